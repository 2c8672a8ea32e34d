"""`rehearse SCRIPT --out DIR`: play a scripted day without a screen."""

from __future__ import annotations

import argparse
import ctypes
import json
import signal
import subprocess
import sys
from pathlib import Path

from counter_app.commands.output import print_json, print_problems
from counter_app.commands.registry import EXIT_DONE, EXIT_REFUSED, Command
from counter_app.problems import Problem

MANUAL = """\
Plays the script on the same visit, services, simulated devices and papers as the desk.
Papers and transcript.json go to --out; the store lies in --data, else in OUT/data, and is
gone on with when it exists. For each paper that has left, one line: receipt NUMBER SHA256.
After a kill, the same command goes on with the same store. See docs/rehearsal.md.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("script", type=Path, help="the rehearsal script (TOML)")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="where papers and transcript go"
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="the data folder (default: OUT/data)")
    parser.add_argument("--catalog", default="", metavar="DIR", help="pack files to lay over ours")
    parser.add_argument("--repeat", type=int, default=1, metavar="N", help="play N times on the same store")
    parser.add_argument(
        "--json", action="store_true", help="print the transcript instead of receipt lines only"
    )
    parser.add_argument("--child", choices=("first", "resumed"), help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Play; exit 1 when an expectation fails."""
    from counter_app.rehearsal.script import load

    script = load(arguments.script)
    if arguments.repeat < 1:
        raise Problem("usage", "--repeat", "次数须大于 0")
    has_kill = any(step.kind == "kill" for step in script.steps)
    code = EXIT_DONE
    for _ in range(arguments.repeat):
        code = max(code, _supervised(arguments) if has_kill and not arguments.child else _once(arguments))
    return code


def _once(arguments: argparse.Namespace) -> int:
    from counter_app.rehearsal.play import Place, play
    from counter_app.rehearsal.script import load

    place = Place(arguments.out, arguments.data or arguments.out / "data", arguments.catalog)
    played = play(load(arguments.script), place, arguments.out / "resume.json", arguments.child == "resumed")
    if arguments.json:
        print_json(json.loads((arguments.out / "transcript.json").read_text("utf-8")))
    failed = [p for p in played.problems if p["code"] == "expect-failed"]
    if failed:
        print_problems([Problem(p["code"], p["where"], p["cause"]) for p in failed])
    return EXIT_REFUSED if played.failed else EXIT_DONE


def _supervised(arguments: argparse.Namespace) -> int:
    """Play in child processes: one more each time a `kill` step has ended the last."""
    mark, child = arguments.out / "resume.json", "first"
    while True:
        argv = [
            sys.executable,
            "-m",
            "counter_app",
            "rehearse",
            str(arguments.script),
            "--out",
            str(arguments.out),
        ]
        argv += ["--data", str(arguments.data or arguments.out / "data"), "--child", child]
        argv += ["--json"] if arguments.json else []
        argv += ["--catalog", arguments.catalog] if arguments.catalog else []
        code = subprocess.run(argv, check=False, preexec_fn=_die_with_parent).returncode
        if code != -signal.SIGKILL or not mark.exists():
            return code if code >= 0 else EXIT_REFUSED
        child = "resumed"


def _die_with_parent() -> None:
    """A child must not play on when the supervising process is killed (prctl PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


COMMAND = Command("rehearse", "play a scripted day without a screen", add_arguments, run, MANUAL)
