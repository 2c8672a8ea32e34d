"""`tickets list`: the line of a day."""

from __future__ import annotations

import argparse
from datetime import date

from counter_app.commands.output import show
from counter_app.commands.reading import add_data, add_json, reading
from counter_app.commands.registry import EXIT_DONE, Command

COLUMNS = ("number", "group", "class", "state", "window", "taken_at")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_data(parser)
    add_json(parser)
    parser.add_argument("action", choices=("list",))
    parser.add_argument("--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="default: every day")


def run(arguments: argparse.Namespace) -> int:
    """List tickets in the order they were taken."""
    with reading(arguments) as opened:
        rows = [
            {
                "id": t.ticket_id,
                "number": t.number,
                "group": t.group,
                "class": t.klass,
                "state": t.state.value,
                "window": t.window,
                "taken_at": t.taken_at.isoformat(),
            }
            for t in opened.tickets(arguments.day)
        ]
    show(rows, COLUMNS, arguments.json)
    return EXIT_DONE


COMMAND = Command("tickets", "list the tickets of a day", add_arguments, run)
