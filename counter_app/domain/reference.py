"""Reference data of a hall on its way to a counter: pieces of a scope, and how far a scope was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from counter_app.domain.value import Value


class Place(Value, frozen=True):
    """How far a scope was read; `read_at` (UTC, ISO) is the date of the copy, "" before the first."""

    scope: str
    epoch: int = 0
    last: int = 0
    have: int = 0
    total: int = 0
    read_at: str = ""


class Piece(Value, frozen=True):
    """Some rows of a scope, `{no, entity, version, body}`, and the place they lead to."""

    scope: str
    epoch: int
    last: int
    total: int
    rows: Sequence[Mapping[str, Any]]
