"""`catalog`: what can be done here, as data; and whether the pack files are right."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from counter_app.catalog.check import check
from counter_app.catalog.conditions import Expression
from counter_app.catalog.flows import FLOWS, mermaid
from counter_app.catalog.load import load_catalogue
from counter_app.catalog.model import Catalogue, Offer, Origin, TransactionType
from counter_app.catalog.packs import read
from counter_app.catalog.schema import schema_text
from counter_app.catalog.search import resolve
from counter_app.commands.output import print_json, show
from counter_app.commands.registry import EXIT_DONE, EXIT_REFUSED, Command
from counter_app.problems import Problem

COLUMNS = ("id", "name", "category", "window_group", "offline", "version", "regions")
MANUAL = """
catalog list             every transaction type of the packs
catalog check [DIR]      every fault of the packs that ship, or of the files in DIR, with file and line;
                         exit 1 when there is one
catalog show ID          one type with its form, materials, limits; an old id leads to what took it over
catalog schema           the JSON Schema of the pack files
catalog flow [ID]        the drawing of a flow as Mermaid

DIR holds types directly or in catalog/, regions in regions/; what it lacks is taken from the program.
Files are described in docs/catalog.md.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("action", choices=("list", "check", "show", "schema", "flow"))
    parser.add_argument("word", nargs="?", default="", metavar="WORD", help="DIR, ID or flow")
    parser.add_argument("--packs", type=Path, metavar="DIR", help="read packs from DIR")
    parser.add_argument("--data", type=Path, metavar="DIR", help="the data folder (not looked at)")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the things of `catalog`. Raises Problem(s) for a broken pack or an unknown id."""
    action, word = arguments.action, arguments.word
    if action == "check":
        return _check(Path(word) if word else arguments.packs, arguments.json)
    if action == "schema":
        sys.stdout.write(schema_text())
    elif action == "flow":
        _flow(word)
    elif action == "show":
        print_json(_show(load_catalogue(arguments.packs), word))
    else:
        packs = load_catalogue(arguments.packs)
        show([summary(type_, packs) for type_ in packs.types.values()], COLUMNS, arguments.json)
    return EXIT_DONE


def _flow(word: str) -> None:
    if word and word not in FLOWS:
        raise Problem("not-found", word, word)
    sys.stdout.write("\n".join(mermaid(FLOWS[name]) for name in ([word] if word else FLOWS)))


def summary(type_: TransactionType, packs: Catalogue) -> dict[str, Any]:
    """One line of `catalog list`; `regions` are those where a counter can open it."""
    offers = {region: type_.offered_in.get(region, Offer()) for region in packs.regions}
    return {
        "id": type_.id,
        "name": type_.name,
        "category": type_.category,
        "window_group": type_.domain,
        "offline": type_.offline,
        "version": type_.version,
        "regions": [region for region, offer in offers.items() if offer.mode in {"办", "代收转"}],
    }


def _check(folder: Path | None, as_json: bool) -> int:
    findings = [asdict(finding) for finding in check(folder)]
    if as_json:
        print_json({"ok": not findings, "types": len(read(folder).types), "findings": findings})
    else:
        show(findings, ("file", "line", "code", "text"), False)
    return EXIT_REFUSED if findings else EXIT_DONE


def _show(packs: Catalogue, word: str) -> dict[str, Any]:
    found = resolve(packs, word)
    if found is None:
        raise Problem("type-unknown", word, word)
    type_id, situation = found
    document: dict[str, Any] = plain(packs.types[type_id])
    return {**document, "asked_for": word, "situation": situation}


def plain(value: Any) -> Any:
    """Frozen values as JSON data: conditions as their text, without the places they were written at."""
    if isinstance(value, Expression):
        return value.text
    if isinstance(value, StrEnum | date):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = ((part.name, getattr(value, part.name)) for part in fields(value))
        return {name: plain(part) for name, part in parts if not isinstance(part, Origin)}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if hasattr(value, "items"):
        return {_key(name): plain(item) for name, item in value.items()}
    return value


def _key(name: Any) -> str:
    """`promised` is keyed (region, situation): `zaozhuang` or `zaozhuang/er`."""
    return "/".join(part for part in name if part) if isinstance(name, tuple) else str(name)


COMMAND = Command(
    name="catalog",
    help="what can be done at this counter, and whether the pack files are right",
    add_arguments=add_arguments,
    run=run,
    manual=MANUAL,
)
