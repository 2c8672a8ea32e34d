"""The way to a hall's hub for programs beside the windows: by address, or by the door a desk left."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.sync.remote_hall import RemoteHall

DOOR = "hub.door"


def hall_at(url: str, token_file: Path | None) -> RemoteHall:
    """The hub at an address. Raises Problem `usage` without a token, `setting-value` for no address."""
    from counter_app.sync.remote_hall import RemoteHall

    if token_file is None:
        raise Problem("usage", "--token-file", "--hub 需要 --token-file")
    try:
        token = token_file.read_text("utf-8").strip()
    except OSError as error:
        raise Problem("usage", "--token-file", error.strerror or token_file.name) from error
    return RemoteHall(url, token)


def door(folder: Path) -> RemoteHall:
    """The hub that a desk running on this folder serves. Raises Problem `hub-away` when none does."""
    from counter_app.sync.remote_hall import RemoteHall

    try:
        told = json.loads((folder / DOOR).read_text("utf-8"))
        return RemoteHall(str(told["url"]), str(told["token"]))
    except (OSError, ValueError, KeyError) as error:
        raise Problem("hub-away", DOOR, type(error).__name__) from error
