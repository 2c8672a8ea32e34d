"""The counter store."""
