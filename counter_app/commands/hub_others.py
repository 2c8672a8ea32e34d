"""The other halls a hub carries cases to (`hub --others`): one folder a place, each of which has joined."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any


@contextlib.contextmanager
def others_of(
    folder: Path, halls: Mapping[str, Any], authority: Any, blobs: Any
) -> Iterator[Mapping[str, list[str]]]:
    """Carry cases to the halls of `folder/HALL/PLACE` until the block is left; the places by hall.

    Raises Problem `hub-keys`, `token-role`.
    """
    from counter_app.problems import Problem
    from counter_app.sync.forwarding import Forwarding, carrying_on
    from counter_app.sync.neighbour import neighbours_in

    def page_of(code: str, name: str) -> bytes:
        if blobs is None:
            raise Problem("blob-off", "blob")
        found: bytes = blobs.read(code, name)
        return found

    made = {}
    for code, hall in halls.items():
        key = bytes.fromhex(authority.pages_key(code)) if authority is not None else b""
        made[code] = Forwarding(hall, neighbours_in(folder / code), partial(page_of, code), key)
    with carrying_on(list(made.values())):
        yield {code: sorted(one.others) for code, one in made.items()}
