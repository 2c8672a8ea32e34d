"""`audit verify`: check the chain of everything this device has written."""

from __future__ import annotations

import argparse

from counter_app.commands.output import print_json
from counter_app.commands.reading import add_data, add_json, reading
from counter_app.commands.registry import EXIT_DONE, EXIT_REFUSED, Command


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_data(parser)
    add_json(parser)
    parser.add_argument("action", choices=("verify",))


def run(arguments: argparse.Namespace) -> int:
    """Verify the chain; exit 1 and name the first bad entry when it is broken."""
    with reading(arguments) as opened:
        ok, entries, first_bad = opened.verify_chain()
    print_json({"ok": ok, "entries": entries, "first_bad": first_bad})
    return EXIT_DONE if ok else EXIT_REFUSED


COMMAND = Command("audit", "verify the chain of facts", add_arguments, run)
