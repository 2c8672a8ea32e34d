"""Pages of the citizen's screen, one file each, found by their constant CITIZEN."""
