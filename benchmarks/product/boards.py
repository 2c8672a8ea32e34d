"""Ours: a hub, boards and a loudspeaker as processes of their own, and windows that press.

A call is pressed when its request leaves the window; a board has painted it when its trace says so; the
first PCM block is handed to the sound sink when the loudspeaker (a TCP sink of another process) has the
first bytes of its sound. Only the first board has a voice, as in a hall; the loudspeaker answers at once,
so that a sentence of four seconds does not stand between two samples.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.runner import HERE, ROOT, child_environment

WINDOWS, BOARDS = 40, 4
LIMIT_S = 60.0


@dataclass
class HallPlace:
    """A hall at work: who presses, and where each board writes what it painted."""

    links: Sequence[tuple[http.client.HTTPConnection, str]]
    traces: Sequence[Path]
    sounds: Path
    take: tuple[http.client.HTTPConnection, str]
    called: int = 0
    seen: dict[Path, int] = field(default_factory=dict)


@contextmanager
def hall_place(folder: Path) -> Iterator[HallPlace]:
    """A hub with 40 windows, four boards that follow it, one loudspeaker."""
    with ExitStack() as stack:
        told = _hub(stack)
        port = urllib.parse.urlsplit(told["url"]).port
        sounds = folder / "sounds.txt"
        speaker = _speaker(stack, sounds)
        token = folder / "board.token"
        token.write_text(told["others"]["board"])
        traces = [folder / f"board{nth}.jsonl" for nth in range(BOARDS)]
        for nth, trace in enumerate(traces):
            _board(stack, told["url"], token, trace, speaker if nth == 0 else "")
        links = [(_link(stack, port), told["tokens"][f"w{nth}"]) for nth in range(1, WINDOWS + 1)]
        place = HallPlace(links, traces, sounds, (_link(stack, port), told["others"]["kiosk"]))
        _until(lambda: all(trace.exists() for trace in traces))
        time.sleep(2.0)  # connected and drawn once
        yield place


def press(place: HallPlace, window: int) -> dict[str, float]:
    """One call at one window, and how long until all boards painted it and the sink had its sound, in ms."""
    before = {trace: _lines(trace) for trace in place.traces}
    heard = _lines(place.sounds)
    place.called += 1
    link, token = place.take
    _ask(link, token, "/v1/tickets", {"request_id": f"t{place.called}"})
    link, token = place.links[window % len(place.links)]
    name = f"w{window % len(place.links) + 1}"
    start = time.monotonic_ns()
    reply = _ask(link, token, f"/v1/windows/{name}/call", {"call_id": f"c{place.called}"})
    painted = [_wait_line(trace, before[trace]) for trace in place.traces]
    sound = _wait_line(place.sounds, heard)
    _wait_line(place.sounds, heard + 1)  # said twice: the next call must not take the echo for its own
    ticket = json.loads(reply)["ticket"]
    for verb in ("serve", "done"):
        path = f"/v1/tickets/{ticket['id']}/{verb}"
        _ask(link, token, path, {"request_id": f"{verb}{place.called}"})
    boards = [(json.loads(line)["painted_mono_ns"] - start) / 1e6 for line in painted]
    voice = (int(sound) - start) / 1e6
    return {"paint": max(boards), "voice": voice, "both": max(*boards, voice)}


# --- processes --------------------------------------------------------------------------------------
def _start(stack: ExitStack, *command: str) -> subprocess.Popen[str]:
    made = subprocess.Popen(
        [sys.executable, *command],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=child_environment({"QT_QPA_PLATFORM": "offscreen"}),
    )
    stack.callback(made.wait)
    stack.callback(made.terminate)
    return made


def _hub(stack: ExitStack) -> dict[str, dict[str, str]]:
    hub = _start(stack, "-m", "counter_app", "hub", "--demo-windows", str(WINDOWS), "--listen", "127.0.0.1:0")
    assert hub.stdout is not None
    text = hub.stdout.readline()
    return dict(json.loads(text))


def _speaker(stack: ExitStack, sounds: Path) -> str:
    sounds.touch()
    sink = _start(stack, str(HERE / "floors" / "sound_sink.py"), str(sounds))
    assert sink.stdout is not None
    return f"127.0.0.1:{sink.stdout.readline().strip()}"


def _board(stack: ExitStack, url: str, token: Path, trace: Path, speaker: str) -> None:
    command = ["-m", "counter_app", "board", "--hub", url, "--token-file", str(token)]
    command += ["--trace", str(trace), "--size", "1920x1080", "--voice", "voices.espeak" if speaker else ""]
    _start(stack, *command, *(["--voice-to", speaker] if speaker else []))


def _link(stack: ExitStack, port: int | None) -> http.client.HTTPConnection:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT_S)
    stack.callback(link.close)
    return link


def _ask(link: http.client.HTTPConnection, token: str, path: str, body: dict[str, str]) -> bytes:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    try:
        link.request("POST", path, json.dumps(body), headers)
        answer = link.getresponse()
    except (ConnectionError, http.client.HTTPException):  # idle for long: dial again, as a desk does
        link.close()
        link.request("POST", path, json.dumps(body), headers)
        answer = link.getresponse()
    read = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return read


# --- waiting for lines -------------------------------------------------------------------------------
def _lines(file: Path) -> int:
    return len(file.read_bytes().splitlines())


def _wait_line(file: Path, before: int) -> str:
    """The first line after so many."""
    until = time.monotonic() + LIMIT_S
    while time.monotonic() < until:
        lines = file.read_text("utf-8").split("\n")[:-1]
        if len(lines) > before:
            return lines[before]
        time.sleep(0.02)  # the times are in the lines: looking more often would only take the machine away
    raise RuntimeError(f"{file.name}: nothing came")


def _until(holds: object) -> None:
    until = time.monotonic() + LIMIT_S
    while callable(holds) and not holds():
        if time.monotonic() > until:
            raise RuntimeError("the boards did not start")
        time.sleep(0.05)
