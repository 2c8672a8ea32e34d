"""Devices on which a citizen signs."""
