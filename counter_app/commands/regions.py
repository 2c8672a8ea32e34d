"""`regions list|show`: every value of a region with the row it rests on."""

from __future__ import annotations

import argparse
from pathlib import Path

from counter_app.commands.output import print_json, show
from counter_app.commands.registry import EXIT_DONE, Command
from counter_app.problems import Problem

MANUAL = """
regions list             the regions of the packs
regions show REGION      every value with its `source` row, or `default: true` where it is our choice

With --json `show` prints the whole region: agency, windows, hours, parameters, promised limits, how
each type is offered. Without it the parameters as a table.
"""
COLUMNS = ("name", "value", "unit", "valid_from", "valid_to", "source", "default", "note")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("action", choices=("list", "show"))
    parser.add_argument("region", nargs="?", default="", metavar="REGION", help="such as rizhao")
    parser.add_argument("--packs", type=Path, metavar="DIR", help="read packs from DIR")
    parser.add_argument("--data", type=Path, metavar="DIR", help="the data folder (not looked at)")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """List or show. Raises Problem `not-found` for an unknown region, Problems for a broken pack."""
    from counter_app.catalog.answers import region_document
    from counter_app.catalog.load import load_catalogue

    packs = load_catalogue(arguments.packs)
    if arguments.action == "list":
        rows = [
            {"id": region.id, "name": region.name, "version": region.version}
            for region in packs.regions.values()
        ]
        show(rows, ("id", "name", "version"), arguments.json)
        return EXIT_DONE
    region = packs.regions.get(arguments.region)
    if region is None:
        raise Problem("not-found", arguments.region, arguments.region)
    if arguments.json:
        print_json(region_document(packs, region))
    else:
        show(region_document(packs, region)["parameters"], COLUMNS, False)
    return EXIT_DONE


COMMAND = Command(
    name="regions",
    help="the values of a region and where each comes from",
    add_arguments=add_arguments,
    run=run,
    manual=MANUAL,
)
