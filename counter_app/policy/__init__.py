"""Sums and deadlines, every step said."""
