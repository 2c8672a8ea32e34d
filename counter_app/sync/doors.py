"""Where a hub is and with what token: as it was given, as this device joined it, or as a desk left it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from counter_app.problems import Problem
from counter_app.sync.member import member_of

DOOR_FILE = "hub.door"
# Address, token, and the authority (PEM) whose certificate it must show; "" = no TLS of our own.
Where = Callable[[], tuple[str, str, str]]


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
    return lambda: (url, token, "")


def beside(folder: Path) -> Where:
    """The hall a folder joined (`enrol`), else the hub a desk serves from it, which each start serves anew.

    What it gives raises Problem `hub-away` while no desk serves there, `hub-keys` for a broken membership.
    """

    def where() -> tuple[str, str, str]:
        member = member_of(folder)
        if member is not None:
            return member.url, member.token, member.ca
        try:
            told = json.loads((folder / DOOR_FILE).read_text("utf-8"))
            return str(told["url"]), str(told["token"]), ""
        except (OSError, ValueError, KeyError) as error:
            raise Problem("hub-away", DOOR_FILE, type(error).__name__) from error

    return where
