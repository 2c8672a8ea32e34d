"""`review`: open the desk behind the counter, a client of the hall's hub."""

from __future__ import annotations

import argparse
import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter_app.commands.registry import Command
from counter_app.domain.actor import Actor
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.services.reviewing import Reviewing
    from counter_app.settings import Settings

MANUAL = """\
counter-app review --hub URL --token-file FILE --clerk NO
    Work on the cases of a hall's hub. The token is one person's (role reviewer, finance or supervisor).
    It is read from a file, never given as an argument. Nothing is kept on this machine; sealed values
    (ID number, diagnosis, account) and pages stay closed, because it has no keys of the hall.

counter-app review --data DIR --clerk NO
    DIR joined a hall (counter-app enrol): its pages and sealed values are opened with the hall's keys, which
    are asked for at the first look and stay in memory. Every look is written down at the hub first.

counter-app review --data DIR --clerk NO --role reviewer
    The same on one machine: where a desk runs on DIR with --serve, through the address it left there
    (hub.door); else by opening the hub of DIR itself. Pages and sealed values can be opened here,
    because their keys lie here; every look is written down at the hub first.

Keys: F1 shows them all. Numbers choose what to do and why, F9 takes the most urgent case, F10 sends.
"""
ROLES = ("reviewer", "finance", "supervisor")
DESKS = {"finance": "基金财务岗", "supervisor": "值班主管"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--hub", default="", metavar="URL", help="address of the hall's hub")
    parser.add_argument("--token-file", type=Path, metavar="FILE", help="file with the token of --hub")
    parser.add_argument("--data", type=Path, metavar="DIR", help="data folder of a desk on this machine")
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="file with the passphrase of --data"
    )
    parser.add_argument("--clerk", required=True, metavar="NO", help="工号 of the reviewer")
    parser.add_argument("--clerk-name", default="", metavar="NAME", help="their name")
    parser.add_argument("--role", choices=ROLES, default="reviewer", help="what they do behind the counter")
    parser.add_argument("--desk", default="", help="岗位 shown first (default: by role)")
    parser.add_argument("--region", default="", help="region pack (default: the settings of --data)")


def run(arguments: argparse.Namespace) -> int:
    """Open the window and run until it is closed."""
    from counter_app.settings import SETTINGS_FILE, Settings, load
    from ui.app import run_review

    if bool(arguments.hub) == bool(arguments.data):
        raise Problem("usage", "review", "请用 --hub 或 --data 之一说明大厅服务在哪里")
    settings = load(arguments.data / SETTINGS_FILE) if arguments.data else Settings()
    with contextlib.ExitStack() as stack:
        desk = arguments.desk or DESKS.get(arguments.role, "")
        return run_review(lambda: open_review(arguments, settings, stack), settings, desk)


def open_review(arguments: argparse.Namespace, settings: Settings, stack: contextlib.ExitStack) -> Reviewing:
    """The reviewer's port. Raises Problem (`not-found` for an unknown region, `store-…`, `usage`)."""
    from counter_app.catalog.load import load_catalogue
    from counter_app.clock import WallClock
    from counter_app.services.review_sheet import Eyes
    from counter_app.services.reviewing import Reviewing

    catalogue = load_catalogue()
    region = catalogue.regions.get(arguments.region or settings.region)
    if region is None:
        raise Problem("not-found", "region", arguments.region or settings.region)
    actor = Actor(arguments.clerk, arguments.clerk_name, (arguments.role,))
    hub, page_of, opener = _place(arguments, settings, stack)
    return Reviewing(hub, Eyes(actor, catalogue, region, opener), WallClock(), page_of)


Opener = Callable[[str, str], str]
Place = tuple[Any, Callable[[str], bytes] | None, Opener | None]


def _place(arguments: argparse.Namespace, settings: Settings, stack: contextlib.ExitStack) -> Place:
    """The hall named by its address, the one this folder joined, or the one of the desk in this folder."""
    if arguments.hub:
        return _remote(arguments, stack)
    return _joined(arguments.data, stack) or _beside(arguments, settings, stack)


def _joined(folder: Path, stack: contextlib.ExitStack) -> Place | None:
    """The hall a folder joined, with the pages of every counter; None when it joined none."""
    from counter_app.storage.pages import opened
    from counter_app.sync.hall_values import HallValues
    from counter_app.sync.member import member_of

    member = member_of(folder)
    if member is None:
        return None
    hall, key = member.connect(), bytes.fromhex(member.pages_key)
    stack.callback(hall.close)
    page_of = (lambda ref: opened(hall.page(ref), (key,))) if key else None
    return hall, page_of, HallValues(hall, member.hall).open


def _remote(arguments: argparse.Namespace, stack: contextlib.ExitStack) -> Place:
    from counter_app.sync.hall_values import keyless
    from counter_app.sync.remote_hub import RemoteHub

    if arguments.token_file is None:
        raise Problem("usage", "--token-file", "--hub 需要 --token-file")
    hub = RemoteHub(arguments.hub, _text(arguments.token_file))
    stack.callback(hub.close)
    return hub, None, keyless


def _beside(arguments: argparse.Namespace, settings: Settings, stack: contextlib.ExitStack) -> Place:
    """The hub of a data folder: served by the desk that runs there, else opened here."""
    from counter_app.clock import WallClock
    from counter_app.database.lock import FolderLock
    from counter_app.joined import local_hub
    from counter_app.seals.device import DeviceSecrets
    from counter_app.seals.keyring import keyring_of, keys_of
    from counter_app.storage.pages import FOLDER, Pages

    folder: Path = arguments.data
    if not folder.is_dir():
        raise Problem("store-missing", str(folder), str(folder))
    keys = keys_of(keyring_of(folder, lambda: _passphrase(arguments)), may_create=False)
    page_of, opener = Pages(folder / FOLDER, keys.pages).read, DeviceSecrets(keys).open
    lock = FolderLock(folder)
    try:
        lock.take()
    except Problem:
        served = _door(folder)  # a desk runs there; without --serve it says so by the refusal of its lock
        if served is None:
            raise
        stack.callback(served.close)
        return served, page_of, opener
    stack.callback(lock.free)
    hub = local_hub(settings, folder, keys.database, WallClock())
    stack.callback(hub.close)
    return hub, page_of, opener


def _door(folder: Path) -> Any:
    """The hub a running desk serves, None when none does."""
    from counter_app.sync.remote_hub import RemoteHub

    file = folder / "hub.door"
    if not file.exists():
        return None
    try:
        told = json.loads(file.read_text("utf-8"))
        return RemoteHub(str(told["url"]), str(told["token"]))
    except (OSError, ValueError, KeyError) as error:
        raise Problem("hub-away", "hub.door", type(error).__name__) from error


def _passphrase(arguments: argparse.Namespace) -> str:
    from counter_app.commands.reading import passphrase

    return passphrase(arguments)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8").strip()
    except OSError as error:
        raise Problem("usage", "--token-file", error.strerror or str(file)) from error


COMMAND = Command("review", "open the desk behind the counter", add_arguments, run, MANUAL)
