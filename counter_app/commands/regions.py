"""`regions list|show`: every value of a region with the row it rests on."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from counter_app.commands.output import print_json, show
from counter_app.commands.registry import EXIT_DONE, Command
from counter_app.problems import Problem

MANUAL = """
regions list             the regions of the packs
regions show REGION      every value with its `source` row, or `default: true` where it is our choice

With --json `show` prints the whole region: agency, windows, hours, parameters, promised limits, how
each type is offered. Without it, as a table, every value that names its rows.
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
        show(_lines(region_document(packs, region)), COLUMNS, False)
    return EXIT_DONE


def _lines(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Parameters, then every other value that names its rows, each under the name it is known by."""
    named = [{**row, "name": row["id"], "value": row["name"]} for row in document["groups"]]
    named += [{**row, "name": row["season"], "value": row["open"]} for row in document["hours"]]
    listed = [*document["diseases"], *document["institutions"]]
    named += [{**row, "name": row["code"], "value": row["label"]} for row in listed if row["source"]]
    for row in document["entries"]:
        said = row["label"] if row["value"] is None else f"{row['label']}：{row['value']}"
        named.append({**row, "name": row["id"], "value": said})
    return [*document["parameters"], *named]


COMMAND = Command(
    name="regions",
    help="the values of a region and where each comes from",
    add_arguments=add_arguments,
    run=run,
    manual=MANUAL,
)
