"""`catalog`: what can be done here, as data; and whether the pack files are right."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

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
    from counter_app.catalog import answers
    from counter_app.catalog.load import load_catalogue
    from counter_app.catalog.schema import schema_text

    action, word = arguments.action, arguments.word
    if action == "check":
        return _check(Path(word) if word else arguments.packs, arguments.json)
    if action == "schema":
        sys.stdout.write(schema_text())
    elif action == "flow":
        _flow(word)
    elif action == "show":
        print_json(answers.shown(load_catalogue(arguments.packs), word))
    else:
        packs = load_catalogue(arguments.packs)
        show([answers.summary(type_, packs) for type_ in packs.types.values()], COLUMNS, arguments.json)
    return EXIT_DONE


def _flow(word: str) -> None:
    from counter_app.catalog.flows import FLOWS, mermaid

    if word and word not in FLOWS:
        raise Problem("not-found", word, word)
    sys.stdout.write("\n".join(mermaid(FLOWS[name]) for name in ([word] if word else FLOWS)))


def _check(folder: Path | None, as_json: bool) -> int:
    from counter_app.catalog.check import check
    from counter_app.catalog.packs import read

    findings = [asdict(finding) for finding in check(folder)]
    if as_json:
        print_json({"ok": not findings, "types": len(read(folder).types), "findings": findings})
    else:
        show(findings, ("file", "line", "code", "text"), False)
    return EXIT_REFUSED if findings else EXIT_DONE


COMMAND = Command(
    name="catalog",
    help="what can be done at this counter, and whether the pack files are right",
    add_arguments=add_arguments,
    run=run,
    manual=MANUAL,
)
