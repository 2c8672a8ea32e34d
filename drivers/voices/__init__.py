"""Devices that say sentences aloud."""
