"""Files of private persons: looked at before they are let in, made anew where that takes danger out, sealed at rest.

A file in the vault (ตู้นิรภัย) has no address of its own: whoever serves one asks first who may, and notes who read.
"""
