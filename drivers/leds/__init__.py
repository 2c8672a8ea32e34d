"""Strips of letters over a window."""
