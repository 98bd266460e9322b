"""What is seen of handover: ``lists`` many at once, ``one`` a handover, ``papers`` letters and bundles."""
