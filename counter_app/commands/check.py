"""`check`: look a whole data folder over; every finding comes with its advice."""

from __future__ import annotations

import argparse

from counter_app.commands.output import print_json, print_rows
from counter_app.commands.reading import add_data, add_json, reading
from counter_app.commands.registry import EXIT_DONE, EXIT_REFUSED, Command

MANUAL = """\
Reads every page of every database (changed bytes, broken trees, dangling references), both chains, the side
journal, whether business rows, outbox, audit and print jobs belong to each other, and every scanned page. It
works beside a running desk and changes nothing. Exit 1 when anything is wrong.
"""
COLUMNS = ("code", "where", "title", "cause", "advice")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_data(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the findings; none is exit 0."""
    from counter_app.storage.checking import look_over

    with reading(arguments) as opened:
        found = [problem.as_dict() for problem in look_over(opened.store)]
        entries = opened.store.state.entry
    if arguments.json:
        print_json({"ok": not found, "entries": entries, "findings": found})
    else:
        print_rows(found, COLUMNS)
    return EXIT_REFUSED if found else EXIT_DONE


COMMAND = Command("check", "look a data folder over", add_arguments, run, MANUAL)
