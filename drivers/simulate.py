"""Drives simulated devices from outside: each is a process with a control socket in the data folder.

A simulator process describes what it can do as a list of `Action`s; the demo panel draws that list and the
command `devices simulate` offers it, so neither knows any particular device. The sockets lie under
`DATA/simulators/` and only the folder's owner may use them.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol, TextIO

FOLDER = "simulators"
_MOST = 1 << 20
_LIMIT_S = 60.0  # a device of a busy machine may have to be started first; one that is gone refuses at once


class Refused(Exception):
    """An action that makes no sense now; the text says why, for whoever asked."""


@dataclass(frozen=True)
class Choice:
    """One value a parameter can take."""

    code: str
    label: str


@dataclass(frozen=True)
class Parameter:
    """One parameter of an action; with no `choices` it is free text."""

    name: str
    title: str
    choices: tuple[Choice, ...] = ()
    default: str = ""


@dataclass(frozen=True)
class Action:
    """One thing that can be done to a simulated device; `title` is Chinese and ready for a button."""

    name: str
    title: str
    parameters: tuple[Parameter, ...] = ()


class Simulated(Protocol):
    """A simulated device as the panel sees it."""

    name: str
    title: str

    def actions(self) -> tuple[Action, ...]:
        """What can be done now."""

    def do(self, action: str, given: Mapping[str, str]) -> str:
        """Do it; returns one line saying what happened. Raises Refused."""


class Remote:
    """A simulated device in another process, reached by its control socket."""

    def __init__(self, path: Path, limit_s: float = _LIMIT_S) -> None:
        self._path = path
        self._limit_s = limit_s
        hello = self._ask({"hello": 1})
        self.name: str = hello["name"]
        self.title: str = hello["title"]

    def actions(self) -> tuple[Action, ...]:
        """What can be done now."""
        return tuple(_action(row) for row in self._ask({"actions": 1})["actions"])

    def do(self, action: str, given: Mapping[str, str] | None = None) -> str:
        """Do it; returns what happened. Raises Refused, also when the process has gone."""
        return str(self._ask({"do": action, "with": dict(given or {})})["said"])

    def _ask(self, question: Mapping[str, Any]) -> dict[str, Any]:
        try:
            with socket.socket(socket.AF_UNIX) as link, short_path(self._path) as path:
                link.settimeout(self._limit_s)
                link.connect(path)
                link.sendall(json.dumps(question, ensure_ascii=False).encode() + b"\n")
                answer: dict[str, Any] = json.loads(_line(link))
        except (OSError, ValueError) as error:
            raise Refused(f"{self._path.stem}: {type(error).__name__}") from error
        if "refused" in answer:
            raise Refused(answer["refused"])
        return answer


class ControlServer:
    """Serves one simulated device on `DATA/simulators/<name>.sock` in a daemon thread until `close`."""

    def __init__(self, data: Path, simulated: Simulated) -> None:
        folder = data / FOLDER
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._simulated = simulated
        self._path = folder / f"{simulated.name}.sock"
        self._path.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX)
        with short_path(self._path) as path:
            self._listener.bind(path)
        self._path.chmod(0o600)
        self._listener.listen(8)
        threading.Thread(target=self._serve, name="control", daemon=True).start()

    def close(self) -> None:
        """Stop serving and remove the socket."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # closing alone would not wake the thread in accept
        self._listener.close()
        self._path.unlink(missing_ok=True)

    def _serve(self) -> None:
        while True:
            try:
                link, _ = self._listener.accept()
            except OSError:
                return  # closed
            with link:
                link.settimeout(5)
                try:
                    answer = self._answer(json.loads(_line(link)))
                    link.sendall(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
                except (OSError, ValueError):
                    continue  # whoever asked has gone or spoke nonsense

    def _answer(self, question: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            if "do" in question:
                return {"said": self._simulated.do(str(question["do"]), question.get("with", {}))}
            if "actions" in question:
                return {"actions": [asdict(action) for action in self._simulated.actions()]}
        except Refused as refused:
            return {"refused": str(refused)}
        except Exception as error:  # a bug of a simulator must be told to the person at the panel
            return {"refused": f"{type(error).__name__}: {error}"}
        return {"name": self._simulated.name, "title": self._simulated.title}


def found(data: Path) -> tuple[Remote, ...]:
    """The simulated devices that are running for a data folder, by name."""
    remotes = []
    for path in sorted((data / FOLDER).glob("*.sock")):
        try:
            remotes.append(Remote(path))
        except Refused:
            continue  # left behind by a killed simulator
    return tuple(remotes)


def main(argv: Sequence[str], data: Path, out: TextIO | None = None) -> int:
    """The command `devices simulate [DEVICE ACTION [NAME=VALUE…]]`.

    With no arguments prints the devices and their actions as JSON. A VALUE of `-` is read from standard
    input, so that nothing about a person stands in an argument. Returns 0, 1 (refused) or 2 (usage).
    """
    out = out or sys.stdout
    devices = {remote.name: remote for remote in found(data)}
    if not argv:
        rows = [
            {"id": r.name, "title": r.title, "actions": [asdict(a) for a in r.actions()]}
            for r in devices.values()
        ]
        out.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
        return 0
    if len(argv) < 2 or argv[0] not in devices or any("=" not in pair for pair in argv[2:]):
        sys.stderr.write("devices simulate DEVICE ACTION [NAME=VALUE…]: " + ", ".join(devices) + "\n")
        return 2
    given = dict(pair.split("=", 1) for pair in argv[2:])
    given = {name: sys.stdin.read() if value == "-" else value for name, value in given.items()}
    try:
        out.write(devices[argv[0]].do(argv[1], given) + "\n")
    except Refused as refused:
        sys.stderr.write(str(refused) + "\n")
        return 1
    return 0


@contextmanager
def short_path(path: Path) -> Iterator[str]:
    """The path through an open folder: a socket's own path may not pass 107 bytes, a data folder's may."""
    folder = os.open(path.parent, os.O_PATH)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def _line(link: socket.socket) -> bytes:
    data = b""
    while not data.endswith(b"\n"):
        more = link.recv(65536)
        if not more or len(data) > _MOST:
            raise ValueError("no whole line")
        data += more
    return data


def _action(row: Mapping[str, Any]) -> Action:
    parameters = [
        Parameter(p["name"], p["title"], tuple(Choice(**c) for c in p["choices"]), p["default"])
        for p in row["parameters"]
    ]
    return Action(row["name"], row["title"], tuple(parameters))
