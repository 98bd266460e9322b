"""Everything that can happen to the givens: the only writers of this part."""
