"""What a hub and a device call one of the hall's field keys."""

from __future__ import annotations


def about(hall: str, version: int) -> str:
    """What the box of a key is bound to: no key is taken for another's, or another hall's."""
    return f"field-key|{hall}|{version}"
