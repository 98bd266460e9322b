"""E-mail as rows: asked for in the same transaction as what it tells, sent afterwards, tried again, never doubled."""
