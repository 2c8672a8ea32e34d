"""`guide`: open the guide desk (引导台), a client of the hall's hub."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.commands.registry import Command
from counter_app.domain.actor import Actor
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.services.guide import Guide
    from counter_app.services.number_line import NumberLine
    from counter_app.services.ports import Clock
    from counter_app.settings import Settings
    from counter_app.sync.remote_hall import RemoteHall
    from drivers.room import DeviceRoom

PLACE = "引导台"
BESIDE = "guide"  # the folder of a guide desk inside that of the desk it works beside
MANUAL = """\
counter-app guide --hub URL --token-file FILE --clerk NO
    Numbers for people, their stories, calls for help, what to bring. The token has the role `guide`.
    Its two slips go to --printer (host:port, serial port or device
    file of an ESC/POS printer); without one to PDF files in --papers.

counter-app guide --beside DIR --clerk NO
    The same in the hall of a desk that runs on this machine with --serve.

counter-app guide --data DIR --clerk NO
    The same in the hall that DIR joined (`counter-app enrol`). DIR also keeps spare numbers, with
    --hub too: they are given while the hub is away and told to it afterwards.

Keys: F1 shows them all. F2 takes a number, F3 finds one, F4 answers a call for help, F5 looks through
somebody's papers.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--hub", default="", metavar="URL", help="address of the hall's hub")
    parser.add_argument("--token-file", type=Path, metavar="FILE", help="file with the token of --hub")
    parser.add_argument(
        "--beside", type=Path, metavar="DIR", help="folder of a desk that serves its hub here"
    )
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="folder of this desk: membership, spare numbers"
    )
    parser.add_argument("--clerk", required=True, metavar="NO", help="工号 of whoever stands here")
    parser.add_argument("--clerk-name", default="", metavar="NAME", help="their name")
    parser.add_argument("--region", default="rizhao", help="region pack of this hall (default: rizhao)")
    parser.add_argument(
        "--printer", default="", metavar="PORT", help="80 mm printer: host:port, port or file"
    )
    parser.add_argument(
        "--papers", type=Path, metavar="DIR", help="folder for slips where there is no printer"
    )


def run(arguments: argparse.Namespace) -> int:
    """Open the window and run until it is closed."""
    from ui.app import run_guide

    settings = _settings(arguments)
    with contextlib.ExitStack() as stack:
        return run_guide(lambda: open_guide(arguments, stack), settings)


def open_guide(arguments: argparse.Namespace, stack: contextlib.ExitStack) -> Guide:
    """The guide desk's port. Raises Problem (`hub-away`, `not-found` for an unknown region, `usage`)."""
    from counter_app.catalog.load import load_catalogue
    from counter_app.clock import WallClock
    from counter_app.documents import Papers
    from counter_app.services.guide import Guide

    hub = _hall(arguments)
    stack.callback(hub.close)
    catalogue = load_catalogue()
    region = catalogue.regions.get(arguments.region)
    if region is None:
        raise Problem("not-found", "region", arguments.region)
    room = _printer(arguments)
    stack.callback(room.close)
    actor, clock = Actor(arguments.clerk, arguments.clerk_name, ("clerk", "supervisor")), WallClock()
    line = _line(arguments, hub, clock, stack)
    tongues = _settings(arguments).hall_tongues.split()
    return Guide(hub, actor, catalogue, region, clock, Papers(), room.print, line=line, tongues=tongues)


def _settings(arguments: argparse.Namespace) -> Settings:
    """Those of the counter this desk works beside."""
    from counter_app import settings

    return (
        settings.load(arguments.beside / settings.SETTINGS_FILE) if arguments.beside else settings.Settings()
    )


def _hall(arguments: argparse.Namespace) -> RemoteHall:
    """The hall's hub. Raises Problem `usage` unless exactly one way to it is told."""
    from counter_app.commands.hall_door import door, hall_at
    from counter_app.sync.member import member_of

    member = member_of(arguments.data) if arguments.data else None
    if sum(map(bool, (arguments.hub, arguments.beside, member))) != 1:
        raise Problem("usage", "guide", "请用 --hub、--beside 或已登记的 --data 之一说明大厅服务在哪里")
    if member is not None:
        return member.connect()
    return door(arguments.beside) if arguments.beside else hall_at(arguments.hub, arguments.token_file)


def _line(
    arguments: argparse.Namespace, hub: RemoteHall, clock: Clock, stack: contextlib.ExitStack
) -> NumberLine:
    """How this desk gets numbers; spare ones where it has a folder of its own."""
    from counter_app.database.lock import FolderLock
    from counter_app.domain.ids import new_id
    from counter_app.services.number_line import NumberLine
    from counter_app.services.people_marks import PeopleMarks
    from counter_app.services.spare_numbers import SpareNumbers

    folder = arguments.data or (arguments.beside / BESIDE if arguments.beside else None)
    if folder is None:
        return NumberLine(hub, PeopleMarks(hub))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FolderLock(folder)
    lock.take()
    stack.callback(lock.free)
    spares = SpareNumbers(folder, PLACE, clock.now, lambda: new_id(int(clock.now().timestamp() * 1000)))
    return NumberLine(hub, PeopleMarks(hub, folder), spares)


def _printer(arguments: argparse.Namespace) -> DeviceRoom:
    from drivers.room import DeviceRoom

    if arguments.printer:
        return DeviceRoom({"receipt_printer": ("printers.escpos", {"port": arguments.printer})})
    beside = arguments.beside or arguments.data
    if arguments.papers is None and beside is None:
        return DeviceRoom({})
    folder = arguments.papers or beside / "papers"
    return DeviceRoom({"printer": ("printers.pdf_folder", {"folder": str(folder)})})


COMMAND = Command("guide", "open the guide desk of a hall", add_arguments, run, MANUAL)
