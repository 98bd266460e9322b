"""Everything that can happen to agencies: the only writers of this part."""
