"""`follow-ups list|take|call-back|mend|close`: bad answers, from the supervisor's command line."""

from __future__ import annotations

import argparse

from counter_app.commands.output import print_json, show
from counter_app.commands.reading import add_data, add_json
from counter_app.commands.registry import EXIT_DONE, Command
from counter_app.commands.working import add_clerk, working
from counter_app.problems import Problem

COLUMNS = ("id", "number", "level", "state", "call_back_by", "mend_by", "task")
MANUAL = """
follow-ups list                        bad answers nobody has finished with, the oldest first
follow-ups take ID                     make one the inner task FW06, due by the day it has to be mended
follow-ups call-back ID --note WORDS   the citizen was called; what was said
follow-ups mend ID --note WORDS        what was put right
follow-ups close ID                    done with

Only for --clerk who is a supervisor: nobody at a window learns what was answered.
"""
_ACTS = {"call-back": "call_back", "mend": "mend", "close": "close"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_data(parser)
    add_json(parser)
    add_clerk(parser)
    parser.add_argument("action", choices=("list", "take", *_ACTS))
    parser.add_argument("id", nargs="?", default="", metavar="ID")
    parser.add_argument("--note", default="", metavar="WORDS")


def run(arguments: argparse.Namespace) -> int:
    """List or act. Raises Problem `supervisor-needed`, `usage`, and what the hub refuses."""
    from counter_app.domain.codec import to_plain
    from counter_app.services import follow_ups

    if arguments.action != "list" and not arguments.id:
        raise Problem("usage", f"follow-ups {arguments.action}", "缺少评价编号")
    with working(arguments) as office:
        if arguments.action == "list":
            rows = [to_plain(one) for one in follow_ups.open_ones(office)]
            show(rows, COLUMNS, arguments.json)
        elif arguments.action == "take":
            print_json({"number": follow_ups.take(office, arguments.id).number})
        else:
            word = _ACTS[arguments.action]
            print_json(to_plain(follow_ups.act(office, arguments.id, word, arguments.note)))
    return EXIT_DONE


COMMAND = Command("follow-ups", "see to bad answers: call back, mend, close", add_arguments, run, MANUAL)
