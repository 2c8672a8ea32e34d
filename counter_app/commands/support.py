"""`support`: one file for whoever helps, without anything of the people served here."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from counter_app.commands.output import print_json
from counter_app.commands.reading import add_data, reading
from counter_app.commands.registry import EXIT_DONE, Command

MANUAL = """\
Writes a zip with versions, settings (those that could be secret only as "set"), devices, sizes and findings
of the data folder, and the tail of the log. It holds no name, no number and no path. It works beside a
running desk; without the passphrase everything but the store's own counts is in it.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_data(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the zip to write")
    parser.add_argument("--no-store", action="store_true", help="do not open the store")


def run(arguments: argparse.Namespace) -> int:
    """Write the bundle and say what is in it."""
    from counter_app.problems import Problem
    from counter_app.support import bundle

    if not arguments.data.is_dir():
        raise Problem("store-missing", str(arguments.data), "--data")
    ask = dict if arguments.no_store else lambda: _store(arguments)
    print_json({"file": str(arguments.out), "parts": bundle(arguments.data, arguments.out, ask)})
    return EXIT_DONE


def _store(arguments: argparse.Namespace) -> Mapping[str, Any]:
    from counter_app.storage.checking import look_over

    with reading(arguments) as opened:
        count = opened.storage.outbox()
        # Codes only: where a finding lies may name a file.
        findings = [problem.code for problem in look_over(opened.store)]
        outbox = {"waiting": count.waiting, "acknowledged": count.acknowledged, "set_aside": count.set_aside}
        state = opened.store.state
        return {"entries": state.entry, "epoch": state.epoch, "outbox": outbox, "findings": findings}


COMMAND = Command("support", "write a file for whoever helps", add_arguments, run, MANUAL)
