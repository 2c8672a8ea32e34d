"""One STEP module per schema change of the hub store."""
