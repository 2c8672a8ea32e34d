"""`voice say|render|clips`: hear how a hall is called, and see which recordings it still has to make."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter_app.commands.output import print_problems, show
from counter_app.commands.reading import add_json
from counter_app.commands.registry import EXIT_DEVICE, EXIT_DONE, EXIT_REFUSED, Command
from counter_app.problems import Problem
from drivers.protocols import Fault

if TYPE_CHECKING:
    from drivers.protocols import Voice

MANUAL = """\
  voice say "请 A016 号到 5 号窗口"                       heard at once
  voice render "请 A016 号到 5 号窗口" call.wav           the same as a WAV file
  voice say "…" --driver voices.clips --folder DIR       from the hall's own recordings
  voice clips DIR                                        which recordings a folder still lacks (exit 1 if any)
"""
COLUMNS = ("name", "file", "there")
_HEARD_MS = 120_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_json(parser)
    parser.add_argument("action", choices=("say", "render", "clips"))
    parser.add_argument("words", nargs="+", metavar="WORD", help="a sentence and a file, or a folder")
    parser.add_argument("--driver", default="", help="voices.espeak, voices.clips or voices.system")
    parser.add_argument("--folder", default="", metavar="DIR", help="recordings, for voices.clips")
    parser.add_argument("--out", default="", help="aplay, paplay, host:port of a loudspeaker, or a command")
    parser.add_argument("--volume", type=int, default=100, help="0 to 100")
    parser.add_argument("--one", default="一", help="how a 1 in a ticket is said: 一 or 幺")
    parser.add_argument("--letters", default="ABCDEFGH", help="letters of this hall's tickets, for clips")


def run(arguments: argparse.Namespace) -> int:
    """Say, write or look."""
    if arguments.action == "clips":
        return _clips(arguments)
    wanted = 2 if arguments.action == "render" else 1
    if len(arguments.words) != wanted:
        raise Problem("usage", "voice", f"voice {arguments.action} 需要 {wanted} 个参数")
    try:
        _speak(arguments)
    except Fault as fault:
        print_problems([Problem(fault.code, "voice", fault.detail)])
        return EXIT_DEVICE
    return EXIT_DONE


def _speak(arguments: argparse.Namespace) -> None:
    voice = _opened(arguments)
    try:
        if arguments.action == "render":
            voice.render(arguments.words[0], arguments.words[1])
            return
        voice.say(arguments.words[0])
        if not voice.wait(_HEARD_MS):
            raise Fault("voice-away", "timeout")
        trouble = voice.trouble()
        if trouble is not None:
            raise trouble
    finally:
        voice.close()


def _opened(arguments: argparse.Namespace) -> Voice:
    from drivers import registry

    config: dict[str, Any] = {"one": arguments.one, "volume": arguments.volume}
    config["out"] = "none" if arguments.action == "render" else arguments.out
    if arguments.folder:
        config["folder"] = arguments.folder
    driver = arguments.driver or ("voices.clips" if arguments.folder else "voices.espeak")
    voice: Voice = registry.open(driver, config)
    return voice


def _clips(arguments: argparse.Namespace) -> int:
    from drivers.voices import clips

    folder = Path(arguments.words[0])
    needed = clips.needed(arguments.letters, arguments.one)
    lacking = set(clips.missing(folder, arguments.letters, arguments.one))
    rows = [{"id": n, "name": n, "file": n + ".wav", "there": n not in lacking} for n in needed]
    show(rows, COLUMNS, arguments.json)
    return EXIT_REFUSED if lacking else EXIT_DONE


COMMAND = Command(
    "voice", "say a sentence aloud, or list the recordings a hall needs", add_arguments, run, MANUAL
)
