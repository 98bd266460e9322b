"""Everything that can happen to people and accounts: the only writers of this part."""
