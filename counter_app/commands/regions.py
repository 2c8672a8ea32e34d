"""`regions list|show`: every value of a region with the row it rests on."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from counter_app.catalog.load import load_catalogue
from counter_app.catalog.model import Catalogue, Region
from counter_app.commands.catalog import plain
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
    packs = load_catalogue(arguments.packs)
    if arguments.action == "list":
        rows = [{"id": region.id, "name": region.name, "version": region.version} for region in _all(packs)]
        show(rows, ("id", "name", "version"), arguments.json)
        return EXIT_DONE
    region = packs.regions.get(arguments.region)
    if region is None:
        raise Problem("not-found", arguments.region, arguments.region)
    if arguments.json:
        print_json(document(packs, region))
    else:
        show(document(packs, region)["parameters"], COLUMNS, False)
    return EXIT_DONE


def _all(packs: Catalogue) -> tuple[Region, ...]:
    return tuple(packs.regions.values())


def document(packs: Catalogue, region: Region) -> dict[str, Any]:
    """The whole region as JSON data."""
    rename = {"is_default": "default"}
    parameters = [{rename.get(k, k): v for k, v in plain(item).items()} for item in region.parameters]
    promises = [
        {"type": type_.id, "situation": situation, "days": days}
        for type_ in packs.types.values()
        for (place, situation), days in type_.limits.promised.items()
        if place == region.id
    ]
    offers = {
        type_.id: plain(type_.offered_in[region.id])
        for type_ in packs.types.values()
        if region.id in type_.offered_in
    }
    whole = {k: v for k, v in plain(region).items() if k not in {"admdvs", "parameters"}}
    return {**whole, "parameters": parameters, "promises": promises, "offers": offers}


COMMAND = Command(
    name="regions",
    help="the values of a region and where each comes from",
    add_arguments=add_arguments,
    run=run,
    manual=MANUAL,
)
