"""Nouns of the hall: frozen values and functions on them. Standard library only."""
