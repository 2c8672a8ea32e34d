"""Papers: one module with PAPER each."""
