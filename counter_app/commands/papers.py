"""`papers list`: every numbered paper and what became of it."""

from __future__ import annotations

import argparse

from counter_app.commands.output import show
from counter_app.commands.reading import add_data, add_json, reading
from counter_app.commands.registry import EXIT_DONE, Command

COLUMNS = ("number", "case", "kind", "state", "sha256", "printed", "reprints")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_data(parser)
    add_json(parser)
    parser.add_argument("action", choices=("list",))
    parser.add_argument("--case", default="", metavar="NUMBER", help="only the papers of one case")


def run(arguments: argparse.Namespace) -> int:
    """List papers, oldest first."""
    with reading(arguments) as opened:
        rows = [
            {
                "id": p.paper_id,
                "number": p.number,
                "case": p.case_number,
                "kind": p.kind,
                "state": p.state,
                "sha256": p.sha256,
                "printed": p.printed,
                "reprints": p.reprints,
            }
            for p in opened.storage.papers(arguments.case)
        ]
    show(rows, COLUMNS, arguments.json)
    return EXIT_DONE


COMMAND = Command("papers", "list the papers of this counter", add_arguments, run)
