"""Devices that take the image of a finger."""
