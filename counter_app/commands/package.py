"""`package`: records and leases that travel by stick, where no line does."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter_app.commands.output import print_json
from counter_app.commands.reading import add_data, reading
from counter_app.commands.registry import EXIT_DONE, EXIT_REFUSED, Command
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.sync.member import Member

MANUAL = """\
counter-app package export --data DIR --out FOLDER
    Seal every record the hall has not acknowledged for the hall's hub; beside a running desk too. Nothing
    is deleted: what is sent later all the same is known there by then.

counter-app package import FILE --data DIR
    Take a package in at any counter of the hall. Away from the hall it is kept and handed on with the next
    sync. Twice is once.

counter-app package lease FILE --data DIR
    Renew the lease of this device with a file the hall wrote (counter-app hub-admin lease).

counter-app package ready --data DIR
    Whether this folder may be removed: exit 1 while records would be lost with it.
"""
_ALL = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_data(parser)
    parser.add_argument("action", choices=("export", "import", "lease", "ready"))
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="import, lease: the file")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="export: where the files go")


def run(arguments: argparse.Namespace) -> int:
    """Export, take in, renew or ask."""
    return _ACTIONS[arguments.action](arguments)


def _export(arguments: argparse.Namespace) -> int:
    from counter_app.clock import WallClock
    from counter_app.sync.carrying import export, note_exported
    from counter_app.sync.member import device_key

    if arguments.out is None:
        raise Problem("usage", "--out", "请写明 --out 文件夹")
    with reading(arguments) as opened:
        records = opened.storage.waiting(_ALL)
    member = _member(arguments.data)
    made = export(records, arguments.out, member, device_key(arguments.data), WallClock().now())
    note_exported(arguments.data, records)
    files = [{"file": one.file, "records": one.records, "sha256": one.sha256} for one in made]
    print_json({"records": len(records), "files": files})
    return EXIT_DONE


def _import(arguments: argparse.Namespace) -> int:
    from counter_app.sync import carrying
    from counter_app.sync.member import hall_of

    file = carrying.keep(arguments.data, _bytes(arguments.file))
    hall = hall_of(arguments.data)
    try:
        carrying.hand_on(arguments.data, hall)
    finally:
        hall.close()
    done = file.with_suffix(carrying.DONE)
    told: dict[str, Any] = json.loads(done.read_text("utf-8")) if done.exists() else {}
    if "refused" in told:
        raise Problem(told["refused"], "file", arguments.file.name)
    print_json({"kept": not told, **told})
    return EXIT_DONE


def _lease(arguments: argparse.Namespace) -> int:
    from counter_app.sync.lease_book import LeaseBook

    member = _member(arguments.data)
    try:
        paper = json.loads(_bytes(arguments.file))
    except ValueError as error:
        raise Problem("hub-paper", "file", "lease") from error
    book = LeaseBook(arguments.data, member.hall, member.device, member.hub_key)
    lease = book.renew(paper if isinstance(paper, dict) else {})
    print_json({"from": lease.begins.isoformat(), "days": lease.days})
    return EXIT_DONE


def _ready(arguments: argparse.Namespace) -> int:
    from counter_app.sync.carrying import left_behind

    with reading(arguments) as opened:
        left = left_behind(arguments.data, opened.storage.waiting(_ALL))
    if left:
        raise Problem("unsent-left", "outbox", str(left))
    print_json({"ready": True})
    return EXIT_DONE if not left else EXIT_REFUSED


def _member(folder: Path) -> Member:
    from counter_app.sync.member import member_of

    member = member_of(folder)
    if member is None:
        raise Problem("enrol-none", "hub")
    return member


def _bytes(file: Path | None) -> bytes:
    if file is None:
        raise Problem("usage", "FILE", "缺少文件")
    try:
        return file.read_bytes()
    except OSError as error:
        raise Problem("not-found", "file", file.name) from error


_ACTIONS = {"export": _export, "import": _import, "lease": _lease, "ready": _ready}
COMMAND = Command("package", "records and leases that travel by stick", add_arguments, run, MANUAL)
