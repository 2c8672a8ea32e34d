"""The one number that orders the line, and the numbers people hold."""

from __future__ import annotations

# Larger than any moment in ms until the year 9999, and small enough for every JSON reader (2**53).
FRONT = 1_000_000_000_000_000


def due_key(taken_ms: int, patience_ms: int) -> int:
    """When a ticket is due: the smallest key is called next (earliest due first)."""
    return taken_ms + patience_ms


def to_front(key: int) -> int:
    """The same ticket ahead of everybody who was not put to the front; twice is once."""
    return key if key < 0 else key - FRONT


def is_front(key: int) -> bool:
    """Whether a key was put to the front."""
    return key < 0


def plain(key: int) -> int:
    """The key as it was before anybody put it to the front."""
    return key + FRONT if key < 0 else key


def number_text(prefix: str, nth: int) -> str:
    """The number on the ticket: `A001`; the thousandth is `A1000`."""
    return f"{prefix}{nth:03d}"
