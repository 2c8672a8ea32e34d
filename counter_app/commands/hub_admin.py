"""`hub-admin`: what two people decide about a hall's hub, and what is carried to or from it by stick."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from counter_app.commands.hub import add_store_arguments, open_halls
from counter_app.commands.output import print_json
from counter_app.commands.registry import EXIT_DONE, Command
from counter_app.problems import Problem

MANUAL = """\
counter-app hub-admin promote --database hall/hub.db --key-file hall/hub.key
            --clerk NO --second NO --why WORDS
    This store is the hall's hub from now on: a standby with a copy, or one restored from a backup. Every
    device that hears of it refuses the older hub, and offers again what this one lacks.

counter-app hub-admin lease --database … --device ID --out FILE
    A fresh lease for one device, to be carried to it (counter-app package lease).

counter-app hub-admin import FILE --database …
    Take in records that came by stick, where no counter of the hall has a line.

counter-app hub-admin publish SCOPE FILE --database …
    Reference data for every device: a line of JSON each, {"id": …, …}. SCOPE is people, employers, …
    A FILE that is a folder is a pack of catalogue or regions; it is examined before it is told.

The hub itself must not run on a file store meanwhile; a PostgreSQL may.
"""
_PIECE = 500


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("action", choices=("promote", "lease", "import", "publish"))
    parser.add_argument("words", nargs="*", default=[], metavar="WORD", help="FILE, or SCOPE FILE")
    add_store_arguments(parser)
    parser.add_argument("--clerk", default="", metavar="NO", help="promote: 工号 of who asks")
    parser.add_argument("--second", default="", metavar="NO", help="promote: 工号 of who confirms")
    parser.add_argument("--why", default="", metavar="WORDS", help="promote: the reason")
    parser.add_argument("--device", default="", metavar="ID", help="lease: which device")
    parser.add_argument("--out", type=Path, metavar="FILE", help="lease: where it is written")


def run(arguments: argparse.Namespace) -> int:
    """Do one thing in the first hall named. Raises Problem as the hall does, `store-locked`."""
    arguments.demo_windows, arguments.groups, arguments.key_module = 0, "", ""
    arguments.voucher_url = arguments.region = ""
    with open_halls(arguments) as halls:
        print_json(_ACTIONS[arguments.action](next(iter(halls.values())), arguments))
    return EXIT_DONE


def _promote(hall: Any, arguments: argparse.Namespace) -> Any:
    from counter_app.domain.actor import Actor

    actor = Actor(arguments.clerk, "", ("supervisor",))
    return {"epoch": hall.promote(actor, arguments.second, arguments.why)}


def _lease(hall: Any, arguments: argparse.Namespace) -> Any:
    paper = hall.lease(arguments.device)
    if arguments.out is not None:
        arguments.out.write_text(json.dumps(paper), "utf-8")
    return paper


def _import(hall: Any, arguments: argparse.Namespace) -> Any:
    return hall.take_package(_file(arguments, 0).read_bytes())


def _publish(hall: Any, arguments: argparse.Namespace) -> Any:
    scope, piece, told, last = (arguments.words or [""])[0], {}, 0, 0
    if len(arguments.words) > 1 and Path(arguments.words[1]).is_dir():
        from counter_app.catalog.parcel import parcel

        entity, body = parcel(Path(arguments.words[1]))
        return {"scope": scope, "rows": 1, "last": hall.publish(scope, {entity: body})}
    with _file(arguments, 1).open(encoding="utf-8") as lines:
        for line in lines:
            body = json.loads(line)
            piece[str(body.pop("id"))] = body
            if len(piece) == _PIECE:
                last, told, piece = hall.publish(scope, piece), told + len(piece), {}
    last = hall.publish(scope, piece)
    return {"scope": scope, "rows": told + len(piece), "last": last}


def _file(arguments: argparse.Namespace, nth: int) -> Path:
    if len(arguments.words) <= nth or not Path(arguments.words[nth]).is_file():
        raise Problem("not-found", "file", " ".join(arguments.words[nth : nth + 1]))
    return Path(arguments.words[nth])


_ACTIONS = {"promote": _promote, "lease": _lease, "import": _import, "publish": _publish}
COMMAND = Command("hub-admin", "promote, lease, import, publish: a hall's hub", add_arguments, run, MANUAL)
