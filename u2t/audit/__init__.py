"""What was done, by whom, when: one append-only chain of events, written by actions only.

Every event carries the digest of the one before, so that a removed or changed line shows (`manage.py verify_audit`).
"""
