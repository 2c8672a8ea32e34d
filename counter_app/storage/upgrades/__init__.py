"""One STEP module per schema change of the counter store."""
