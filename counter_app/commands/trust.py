"""`trust list|add|remove`: whose filings this counter takes in (packs have `catalog trust`)."""

from __future__ import annotations

import argparse
from pathlib import Path

from counter_app.commands.output import show
from counter_app.commands.reading import add_data, add_json
from counter_app.commands.registry import EXIT_DONE, Command
from counter_app.problems import Problem

MANUAL = """\
`add FILE` believes the Ed25519 public key in FILE: 64 hexadecimal digits, as `device.pub` holds them.
`remove KEY_ID` stops believing it. Compare the key id with the sender by another way, by telephone
for instance, before adding: from then on its filings land in the list.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_data(parser)
    add_json(parser)
    parser.add_argument("action", choices=("list", "add", "remove"))
    parser.add_argument("key", nargs="?", default="", help="file with a public key, or a key id")


def run(arguments: argparse.Namespace) -> int:
    """Change or show the trust store of the data folder."""
    from counter_app.seals import trust

    file: Path = arguments.data / trust.SENDERS
    known = trust.load(file)
    if arguments.action == "add":
        known = known.with_key(_key(Path(arguments.key)))
        known.save(file)
    elif arguments.action == "remove":
        if arguments.key not in known.keys:
            raise Problem("not-found", "key", arguments.key[:32])
        known = known.without(arguments.key)
        known.save(file)
    show([{"id": name, "key": key.hex()} for name, key in known.keys.items()], ("id", "key"), arguments.json)
    return EXIT_DONE


def _key(file: Path) -> bytes:
    try:
        key = bytes.fromhex(file.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise Problem("key-file", str(file)) from error
    if len(key) != 32:
        raise Problem("key-file", str(file))
    return key


COMMAND = Command("trust", "whose filings this counter takes in", add_arguments, run, MANUAL)
