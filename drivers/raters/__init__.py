"""Devices on which a citizen rates."""
