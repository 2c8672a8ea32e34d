"""One row of the table of refusals."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """The words of one refusal; `{detail}` in cause or advice is filled by the raiser."""

    title: str
    cause: str
    advice: str
    retry: bool = False
