"""Opening a store for the reading verbs: beside a running desk, and after any kill."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.opened_store import Reading


def add_data(parser: argparse.ArgumentParser, required: bool = True) -> None:
    """Declare `--data` and where the passphrase of a real store comes from."""
    parser.add_argument("--data", type=Path, required=required, metavar="DIR", help="the data folder")
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="file with the store's passphrase (a demo store needs none; default: asked on the terminal)",
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """Declare `--json`."""
    parser.add_argument("--json", action="store_true", help="one bare JSON document on standard output")


def passphrase(arguments: argparse.Namespace) -> str:
    """The passphrase from its file, or from the terminal; never from an argument."""
    file: Path | None = arguments.passphrase_file
    if file is not None:
        return file.read_text("utf-8").strip()
    if not sys.stdin.isatty():
        raise Problem("store-key", str(arguments.data))
    import getpass

    return getpass.getpass("数据口令：")


def passphrase_if_needed(arguments: argparse.Namespace, wish: str) -> tuple[str, str]:
    """The passphrase, asked only where one opens the store, and who keeps a new store's key.

    A passphrase given by its file goes before the wish. Raises what `kept_by` raises, `store-key`.
    """
    if arguments.passphrase_file is not None:  # told already, so nothing is looked up before the window
        return passphrase(arguments), ""
    from counter_app.seals.keyring import kept_by

    return ("" if kept_by(arguments.data, wish) else passphrase(arguments)), wish


@contextmanager
def reading(arguments: argparse.Namespace) -> Iterator[Reading]:
    """The store of `--data`, read only. Raises Problem `store-missing`, `store-key`."""
    from counter_app.opened_store import open_for_reading  # what every verb imports, every start pays for

    opened = open_for_reading(arguments.data, lambda: passphrase(arguments))
    try:
        yield opened
    finally:
        opened.close()


def columns_fit(text: str) -> str:
    """A value for one line of a table."""
    return text.replace("\t", " ").replace(os.linesep, " ")
