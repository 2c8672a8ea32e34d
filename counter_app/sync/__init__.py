"""Outbox drain and feed pull."""
