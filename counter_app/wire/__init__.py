"""Structs and canonical JSON shared by storage, sync and hub."""
