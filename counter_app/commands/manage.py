"""`manage`: the desk of a hall's manager, a client of the hall's hub; and its statistics as a file."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.commands.registry import EXIT_DONE, Command
from counter_app.domain.actor import Actor
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.services.managing import Managing
    from counter_app.sync.doors import Where

MANUAL = """\
counter-app manage --hub URL --token-file FILE --clerk NO
    The live hall: windows, who waits, help calls, shifts, cases near their last day, bad ratings,
    statistics. The token has the role manage. Nothing is kept on this machine but exported tables.

counter-app manage --data DIR --clerk NO
    The same from a folder that joined a hall (enrol), or beside a desk on this machine that serves its
    own hub (desk --serve).

counter-app manage --export FILE.xlsx --span week …
    Write the statistics of today, week, month or quarter without a window.

Keys: F1 shows them all. Alt+1…5 pages, 1…9 choose, F9 answers a call for help, F10 sends.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--hub", default="", metavar="URL", help="address of the hall's hub")
    parser.add_argument("--token-file", type=Path, metavar="FILE", help="file with the token of --hub")
    parser.add_argument("--data", type=Path, metavar="DIR", help="data folder of a desk on this machine")
    parser.add_argument("--clerk", required=True, metavar="NO", help="工号 of the manager")
    parser.add_argument("--clerk-name", default="", metavar="NAME", help="their name")
    parser.add_argument("--tables", type=Path, metavar="DIR", help="folder for exported tables")
    parser.add_argument("--export", type=Path, metavar="FILE", help="write the statistics and end")
    parser.add_argument("--span", default="today", help="today, week, month or quarter (with --export)")


def run(arguments: argparse.Namespace) -> int:
    """Open the window and run until it is closed, or write the tables."""
    from counter_app.settings import SETTINGS_FILE, Settings, load
    from counter_app.sync.doors import beside, given

    if bool(arguments.hub) == bool(arguments.data):
        raise Problem("usage", "manage", "请用 --hub 或 --data 之一说明大厅服务在哪里")
    settings = load(arguments.data / SETTINGS_FILE) if arguments.data else Settings()
    where = given(arguments.hub, arguments.token_file) if arguments.hub else beside(arguments.data)
    actor = Actor(arguments.clerk, arguments.clerk_name, ("clerk", "supervisor"))
    if arguments.export is not None:
        return _export(arguments, where, actor)
    from ui.app import run_manage

    folder = arguments.tables or (arguments.data or Path.home()) / "tables"
    return run_manage(lambda: open_manage(where, actor), settings, folder)


def open_manage(where: Where, actor: Actor) -> Managing:
    """The manager's port. Raises Problem (`hub-away`, `catalog-…`)."""
    from counter_app.catalog.load import load_catalogue
    from counter_app.clock import WallClock
    from counter_app.documents.hall_files import write
    from counter_app.services.managing import Managing
    from counter_app.sync.remote_manage import RemoteManage

    types = {type_.id: type_.name for type_ in load_catalogue().types.values()}
    url, token, ca = where()
    return Managing(RemoteManage(url, token, ca=ca), actor, WallClock(), types, write)


def _export(arguments: argparse.Namespace, where: Where, actor: Actor) -> int:
    from counter_app.services.hall.tables import SPANS

    if arguments.span not in dict(SPANS):
        raise Problem("usage", "--span", f"“{arguments.span}”应为 " + "、".join(dict(SPANS)))
    port = open_manage(where, actor)
    with contextlib.closing(port.hub):
        port.floor()  # the names of the groups
        port.export(port.statistics(arguments.span), arguments.export)
    return EXIT_DONE


COMMAND = Command("manage", "open the desk of a hall's manager", add_arguments, run, MANUAL)
