"""`catalog`: what can be done here, as data; and whether the pack files are right."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from counter_app.clock import WallClock
from counter_app.commands.output import print_json, print_problems, show
from counter_app.commands.reading import add_data, reading
from counter_app.commands.registry import EXIT_DONE, EXIT_REFUSED, Command
from counter_app.problems import Problem

COLUMNS = ("id", "name", "category", "window_group", "offline", "version", "regions")
MANUAL = """
catalog list             every transaction type of the packs
catalog check [DIR]      every fault of the packs that ship, or of the files in DIR, with file and line;
                         exit 1 when there is one
catalog show ID          one type with its form, materials, limits; an old id leads to what took it over
                         with --data, these three look at the packs which that desk uses today, say which is
                         in force, and exit 1 naming on stderr what was refused
catalog packs            the packs of --data, newest first, and which is in force today
catalog install DIR      put a pack (with _pack.toml) into --data, whole or not at all; once DATA/trust.json
                         exists, only packs signed by a key in it
catalog sign DIR         sign a pack with the device key of --data; `receipt key` prints its public key
catalog trust KEY        believe packs signed by this public key (64 hex digits), from now on only such
catalog schema           the JSON Schema of the pack files
catalog flow [ID]        the drawing of a flow as Mermaid

DIR holds types directly or in catalog/, regions in regions/; what it lacks is taken from the program.
Files are described in docs/catalog.md.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "action", choices=("list", "check", "show", "packs", "install", "sign", "trust", "schema", "flow")
    )
    parser.add_argument("word", nargs="?", default="", metavar="WORD", help="DIR, ID or flow")
    parser.add_argument("--packs", type=Path, metavar="DIR", help="read packs from DIR")
    add_data(parser, required=False)
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the things of `catalog`. Raises Problem(s) for a broken pack or an unknown id."""
    from counter_app.catalog import answers
    from counter_app.catalog.load import load_catalogue
    from counter_app.catalog.schema import schema_text

    action, word = arguments.action, arguments.word
    is_of_desk = arguments.data is not None and arguments.packs is None
    if is_of_desk and (action in ("list", "show") or (action == "check" and not word)):
        return _of_desk(arguments)
    if action == "check":
        return _check(Path(word) if word else arguments.packs, arguments.json)
    if action in ("packs", "install", "sign", "trust"):
        return _shelf(arguments)
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


def _of_desk(arguments: argparse.Namespace) -> int:
    """The packs a desk uses, instead of those that ship."""
    from counter_app.catalog import answers
    from counter_app.commands.packs import desk_packs, finding

    packs, faults = desk_packs(arguments.data)
    if arguments.action == "check":
        findings = [finding(fault) for fault in faults]
        told = {"ok": not faults, "types": len(packs.types), "in_force": packs.pack, "findings": findings}
        if arguments.json:
            print_json(told)
        else:
            show([{"in_force": packs.pack, "types": len(packs.types)}], ("in_force", "types"), False)
            show(findings, ("file", "line", "code", "text"), False)
        return EXIT_REFUSED if faults else EXIT_DONE
    if arguments.action == "show":
        print_json({**answers.shown(packs, arguments.word), "in_force": packs.pack})
    else:
        rows = [{**answers.summary(type_, packs), "in_force": packs.pack} for type_ in packs.types.values()]
        show(rows, (*COLUMNS, "in_force"), arguments.json)
    if faults:
        print_problems(faults)
    return EXIT_REFUSED if faults else EXIT_DONE


def _shelf(arguments: argparse.Namespace) -> int:
    """Packs of a data folder. Raises Problem `usage` without one."""
    from counter_app.catalog.shelf import TRUST
    from counter_app.commands.packs import desk_shelf

    if arguments.data is None or (arguments.action != "packs" and not arguments.word):
        raise Problem("usage", "--data", "需要 --data DIR" + ("" if arguments.data is None else "和一个参数"))
    if arguments.action == "sign":
        return _sign(arguments)
    if arguments.action == "trust":
        return _trust(arguments.data / TRUST, arguments.word)
    packs = desk_shelf(arguments.data)
    if arguments.action == "install":
        packs.install(Path(arguments.word))
    today = WallClock().now().date()
    chosen, faults = packs.chosen(today)
    rows = [
        {
            "id": f"{head.name}-{head.version}",
            "valid_from": str(head.valid_from or ""),
            "valid_to": str(head.valid_to or ""),
            "in_force": f"{head.name}-{head.version}" == chosen.pack,
        }
        for head in packs.heads()
    ]
    show(rows, ("id", "valid_from", "valid_to", "in_force"), arguments.json)
    if faults:
        print_problems(faults)
    return EXIT_REFUSED if faults else EXIT_DONE


def _sign(arguments: argparse.Namespace) -> int:
    from counter_app.catalog.load import load_catalogue
    from counter_app.catalog.signing import sign_pack

    load_catalogue(Path(arguments.word))  # nobody signs what nobody could use
    with reading(arguments) as opened:
        file = sign_pack(Path(arguments.word), opened.secrets.sign)
        print_json({"signature": file.name, "keys": opened.public_keys_hex()})
    return EXIT_DONE


def _trust(file: Path, key: str) -> int:
    from counter_app.seals import trust
    from counter_app.seals.provider import KEY_BYTES

    try:
        raw = bytes.fromhex(key)
    except ValueError:
        raw = b""
    if len(raw) != KEY_BYTES:
        raise Problem("usage", "trust", "公钥应为 64 位十六进制")
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    known = trust.load(file).with_key(raw)
    known.save(file)
    print_json([{"id": name} for name in sorted(known.keys)])
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
