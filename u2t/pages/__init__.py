"""What every page shares: the shell, components, @shows and @changes, paging, words of objections."""
