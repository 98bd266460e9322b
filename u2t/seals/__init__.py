"""Seals (ตราประทับอิเล็กทรอนิกส์): short signed statements that fit into a QR code and verify themselves.

A seal says which paper it belongs to (kind, number, date, issuer, a digest of what it says) and is signed with
Ed25519. Anybody verifies it without a network by the published public key, or online by the number.
"""
