"""`train`: a hall to learn in, with tasks and 培训 on every paper."""

from __future__ import annotations

import argparse
import tempfile
from functools import partial
from pathlib import Path

from counter_app.commands.demo import open_demo
from counter_app.commands.registry import Command

MANUAL = """\
The demo hall with a list of tasks for a first day, ticked off as they are done. 培训 stands on the
window and on every paper. It has a store of its own, marked synthetic for ever: it joins no hall
(`enrol` refuses its folder), sends nothing anywhere, and never becomes a real one.
Without --data everything is gone when the window closes; with --data DIR the folder stays.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--data", type=Path, metavar="DIR", help="keep what was practised in this folder")
    parser.add_argument("--region", default="rizhao", help="region pack (default: rizhao)")
    parser.add_argument("--citizen", action="store_true", help="show the citizen's screen in a window")


def run(arguments: argparse.Namespace) -> int:
    """Open the window and run until it is closed."""
    from counter_app.settings import Settings
    from ui.app import run_desk

    with tempfile.TemporaryDirectory(prefix="onewindow-train-") as folder:
        data, keeps = arguments.data or Path(folder), arguments.data is not None
        counter = partial(open_demo, data, keeps, arguments.region, training=True)
        screen = "window" if arguments.citizen else "auto"
        return run_desk(counter, Settings(citizen_screen=screen), demo=True)


COMMAND = Command("train", "open a hall to learn in", add_arguments, run, MANUAL)
