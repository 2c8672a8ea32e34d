"""`board`: the hall's screen of calls and its voice, a client of the hall's hub."""

from __future__ import annotations

import argparse
import contextlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter_app.commands.registry import Command
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.services.hall.calling import Caller
    from counter_app.services.hall.trace import Trace
    from counter_app.settings import Settings

MANUAL = """\
counter-app board --hub URL --token-file FILE
    Show and say the calls of a hall's hub. The token has the role board; it sees numbers and windows.

counter-app board --data DIR
    The same from a folder that joined a hall (enrol --role board …), or beside a desk on this machine that
    serves its own hub (desk --serve); settings are those of the folder.

Every setting (layout, monitor, notice, voice, volume by the hour) can be given in counter.toml
(board_…, --settings FILE) or here. The board shows no name and no matter. Esc closes it.

--voice-out DIR writes each call as one WAV file instead of playing it; --trace FILE appends one JSON
line a call: number, window, called_ms (the hub's clock), painted_ms, the name of its WAV.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--hub", default="", metavar="URL", help="address of the hall's hub")
    parser.add_argument("--token-file", type=Path, metavar="FILE", help="file with the token of --hub")
    parser.add_argument("--data", type=Path, metavar="DIR", help="data folder of a desk on this machine")
    parser.add_argument("--settings", type=Path, metavar="FILE", help="a counter.toml with board_… settings")
    parser.add_argument("--layout", default="", help="big, table or notice")
    parser.add_argument("--screen", default="", help="monitor: a number from 1, or its name")
    parser.add_argument("--size", default="", metavar="WxH", help="a window of this size, not full screen")
    parser.add_argument("--hall-name", default="", help="name at the top")
    parser.add_argument("--notice", default="", help="the hall's own words; \\n divides paragraphs")
    parser.add_argument("--tongues", default=None, help="the call below its Chinese: ug kk_Arab en zh_Hant")
    parser.add_argument("--voice", default=None, metavar="DRIVER", help="voice driver; '' = none")
    parser.add_argument(
        "--voice-to", default=None, metavar="OUT", help="player, or host:port of a loudspeaker"
    )
    parser.add_argument("--voice-out", type=Path, metavar="DIR", help="one WAV file a call, instead of sound")
    parser.add_argument("--volume", default=None, metavar="HOURS", help="such as 08:00=80 12:00=40 18:00=0")
    parser.add_argument("--trace", type=Path, metavar="FILE", help="when each call was painted")


def run(arguments: argparse.Namespace) -> int:
    """Show the board until it is closed."""
    from counter_app.clock import WallClock
    from counter_app.services.hall.trace import Trace
    from counter_app.sync.board_feed import BoardFeed
    from counter_app.sync.doors import beside, given
    from ui.app import run_board
    from ui.faces.board import BoardWish

    if bool(arguments.hub) == bool(arguments.data):
        raise Problem("usage", "board", "请用 --hub 或 --data 之一说明大厅服务在哪里")
    settings, clock = _settings(arguments), WallClock()
    where = given(arguments.hub, arguments.token_file) if arguments.hub else beside(arguments.data)
    with contextlib.ExitStack() as stack:
        voice, because = _voice(settings, arguments)
        traced = arguments.trace is not None
        trace = stack.enter_context(Trace(arguments.trace, clock.now, voice is not None)) if traced else None
        caller = _caller(voice, settings, arguments, trace)
        wish = BoardWish(
            arguments.hall_name or settings.hall_name or _region_hall(settings),
            settings.board_layout,
            settings.board_screen,
            settings.board_notice.replace("\\n", "\n"),
            because,
            _size(arguments.size),
            tuple(settings.hall_tongues.split()),
        )
        painted = trace.painted if trace is not None else None
        return run_board(BoardFeed(where), settings, wish, clock, caller, painted)


def _settings(arguments: argparse.Namespace) -> Settings:
    """The settings of the folder or the file, with what the command line says over them."""
    from counter_app.settings import SETTINGS_FILE, Settings, apply, load

    file = arguments.settings or (arguments.data / SETTINGS_FILE if arguments.data else None)
    said = {
        "board_layout": arguments.layout or None,
        "hall_tongues": arguments.tongues,
        "board_screen": arguments.screen or None,
        "board_notice": arguments.notice or None,
        "board_voice": arguments.voice,
        "board_voice_out": arguments.voice_to,
        "board_volume": arguments.volume,
    }
    settings = load(file) if file is not None else Settings()
    return apply(settings, {name: value for name, value in said.items() if value is not None}, "board")


def _voice(settings: Settings, arguments: argparse.Namespace) -> tuple[Any, str]:
    """The voice, or none and the small word that says so on the board."""
    from drivers import registry
    from drivers.protocols import Fault

    if not settings.board_voice:
        return None, ""
    out = "none" if arguments.voice_out is not None else settings.board_voice_out
    try:
        return registry.open(settings.board_voice, {"out": out}), ""
    except Fault as fault:
        if arguments.voice_out is not None:
            raise Problem(fault.code, settings.board_voice, fault.detail) from fault
        return None, "语音未启用"


def _caller(
    voice: Any, settings: Settings, arguments: argparse.Namespace, trace: Trace | None
) -> Caller | None:
    from counter_app.clock import WallClock
    from counter_app.services.hall.calling import Caller
    from counter_app.services.hall.hours import volume

    loud = volume(settings.board_volume)
    if voice is None:
        return None
    folder: Path | None = arguments.voice_out
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    return Caller(voice, loud, WallClock().now, folder, done=trace.said if trace is not None else None)


def _region_hall(settings: Settings) -> str:
    from counter_app.catalog.load import load_catalogue

    region = load_catalogue().regions.get(settings.region)
    return region.name + "医保服务大厅" if region is not None else ""


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{3,5})[xX×](\d{3,5})", text)
    if text and found is None:
        raise Problem("usage", "--size", f"“{text}”应写作 1920x1080")
    return (int(found[1]), int(found[2])) if found is not None else (0, 0)


COMMAND = Command("board", "show and say the hall's calls", add_arguments, run, MANUAL)
