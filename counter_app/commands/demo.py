"""`demo`: open the demo hall."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter_app.commands.registry import Command

if TYPE_CHECKING:
    from counter_app.counter import Counter

MANUAL = """\
One window with made-up people and simulated devices; nothing to configure.
Without --data everything lies in a temporary folder whose key is in memory only, and is gone
when the window closes. With --data DIR the folder stays, its key in DIR/demo.key beside it.
Such a store is marked synthetic for ever: 演示 stands on every paper.
"""
SHOWN = ("li_guifang", "wang_min", "yi", "maimaiti", "zhao", "chen_deceased", "sun_expired")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--data", type=Path, metavar="DIR", help="keep the demo in this folder")
    parser.add_argument("--region", default="rizhao", help="region pack (default: rizhao)")
    parser.add_argument("--citizen", action="store_true", help="show the citizen's screen in a window")
    parser.add_argument("--serve", action="store_true", help="let review and others work beside this desk")
    parser.add_argument("--people", type=Path, metavar="FILE", help="other invented people (TOML)")
    parser.add_argument("--trace", type=Path, metavar="FILE", help="what the desk did with each key")
    parser.add_argument("--catalog", default="", metavar="DIR", help="pack files to lay over ours")


def run(arguments: argparse.Namespace) -> int:
    """Open the window and run until it is closed."""
    from counter_app.settings import Settings
    from ui.app import run_desk

    with tempfile.TemporaryDirectory(prefix="onewindow-demo-") as folder:
        data = arguments.data or Path(folder)
        keeps = arguments.data is not None
        tables = read_tables(arguments.people) if arguments.people else None
        counter = partial(
            open_demo, data, keeps, arguments.region, arguments.catalog, arguments.serve, tables
        )
        screen = "window" if arguments.citizen else "auto"
        return run_desk(counter, Settings(citizen_screen=screen), demo=True, trace=arguments.trace)


def read_tables(path: Path) -> Mapping[str, Any]:
    """People, employers and clerks of a file. Raises Problem `not-found`, `people-file`."""
    import tomli

    from counter_app.demo.people import EMPLOYER_WORDS, PERSON_WORDS, unknown_words
    from counter_app.problems import Problem

    try:
        tables = tomli.loads(path.read_text("utf-8"))
    except OSError as error:
        raise Problem("not-found", "people", path.name) from error
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Problem("people-file", "people", str(error)) from error
    for name, words in (("person", PERSON_WORDS), ("employer", EMPLOYER_WORDS)):
        for row, word in unknown_words(tables.get(name, []), words):
            raise Problem("people-file", "people", f"{name} {row + 1}: {word}")
    return tables


def open_demo(
    data: Path,
    keeps: bool,
    region: str = "rizhao",
    catalog: str = "",
    serve: bool = False,
    tables: Mapping[str, Any] | None = None,
    training: bool = False,
) -> Counter:
    """The demo hall's counter, with a few people waiting in line."""
    from counter_app.bootstrap import served
    from counter_app.clock import WallClock
    from counter_app.counter import Counter
    from counter_app.demo.beside import DeskPorts
    from counter_app.demo.hall import DemoHall, Plan, demo_tables
    from counter_app.demo.panel import actions
    from counter_app.seals.keyring import DemoKeyring, MemoryKeyring

    keyring = DemoKeyring(data) if keeps else MemoryKeyring()
    if keeps and serve:
        believe_kiosk(data)
    plan = Plan(region=region, keyring=keyring, catalog=catalog, pages=True, tables=tables, training=training)
    hall = DemoHall(plan, data, WallClock())
    hall.__enter__()
    given = (tables or demo_tables()).get("person", [])
    names = {str(row["key"]): str(row["name"]) for row in given if tables or row["key"] in SHOWN}
    for _ in range(3):
        hall.office.ports.hub.take(hall.office.new_id())
    assert hall.parts is not None
    parts = served(hall.parts, data) if serve else hall.parts
    later = (DeskPorts(hall).serve,)
    return Counter(parts, actions(hall, names), (hall.close,), settled=False, later=later)


def believe_kiosk(data: Path) -> None:
    """Let the desk of a demo take up what is left at the kiosk that may be opened beside it."""
    from counter_app.commands.kiosk import BESIDE
    from counter_app.seals import trust
    from counter_app.seals.keyring import DemoKeyring, keys_of

    folder = data / BESIDE
    folder.mkdir(parents=True, exist_ok=True)
    keys = keys_of(DemoKeyring(folder), may_create=True)
    file = data / trust.SENDERS
    trust.load(file).with_key(keys.public_key).save(file)


COMMAND = Command("demo", "open the demo hall", add_arguments, run, MANUAL)
