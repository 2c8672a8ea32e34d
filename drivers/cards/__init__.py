"""Driver family: cards."""
