"""Where a hub is and with what token: as it was given, or as a desk on this machine left it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from counter_app.problems import Problem

DOOR_FILE = "hub.door"
Where = Callable[[], tuple[str, str]]


def given(url: str, token_file: Path | None) -> Where:
    """A hub at an address; the token is read from its file, never from an argument.

    Raises Problem `usage` when the file is missing or cannot be read.
    """
    if token_file is None:
        raise Problem("usage", "--token-file", "--hub 需要 --token-file")
    try:
        token = token_file.read_text("utf-8").strip()
    except OSError as error:
        raise Problem("usage", "--token-file", error.strerror or str(token_file)) from error
    return lambda: (url, token)


def beside(folder: Path) -> Where:
    """The hub that a desk serves from its data folder; looked up anew, because each start has another port.

    What it gives raises Problem `hub-away` while no desk serves there.
    """

    def where() -> tuple[str, str]:
        try:
            told = json.loads((folder / DOOR_FILE).read_text("utf-8"))
            return str(told["url"]), str(told["token"])
        except (OSError, ValueError, KeyError) as error:
            raise Problem("hub-away", DOOR_FILE, type(error).__name__) from error

    return where
