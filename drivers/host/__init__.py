"""Driver family: host."""
