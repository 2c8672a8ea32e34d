"""A loudspeaker on the network as a process: takes WAV files, one per connection, and keeps what it played.

    python -m drivers.voices.simulator --data DIR [--port 0] [--speed 20]

Sounds fall into `DIR/simulators/loudspeaker/` as `0001.wav`; it answers `ok` when the sound has been heard,
`speed` times faster than real. Served actions: unplug, plug, mute (takes sound and answers nothing).
"""

from __future__ import annotations

import argparse
import socket
import socketserver
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from drivers.protocols import Fault
from drivers.simulate import FOLDER, Action, Refused
from drivers.simulator_process import serve
from drivers.voices.sound import from_wav

_ACTIONS = {"unplug": "拔掉音箱", "plug": "接上音箱", "mute": "音箱没有回应", "unmute": "音箱恢复"}


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    table: Loudspeaker


class _Connection(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        server = self.server
        assert isinstance(server, _Server)
        with suppress(OSError):
            answer = server.table.play(_whole(self.request))
            if answer:
                self.request.sendall(answer)


class Loudspeaker:
    """The simulated device "loudspeaker". `at_once` is the most sounds it ever played together."""

    name = "loudspeaker"
    title = "音箱"

    def __init__(self, folder: Path, port: int = 0, speed: float = 20.0) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder, self._speed = folder, speed
        self._lock = threading.Lock()
        self._kept = len(list(folder.glob("*.wav")))
        self._playing = 0
        self._muted = False
        self.at_once = 0
        self._server: _Server | None = None
        self.port = port
        self._plug()

    def actions(self) -> tuple[Action, ...]:
        """Plug and silence."""
        return tuple(Action(name, title) for name, title in _ACTIONS.items())

    def do(self, action: str, given: Mapping[str, str]) -> str:
        """Carry out one of `actions`. Raises Refused."""
        if action not in _ACTIONS:
            raise Refused(f"没有这个动作：{action}")
        if action in ("mute", "unmute"):
            self._muted = action == "mute"
        else:
            self.close() if action == "unplug" else self._plug()
        return _ACTIONS[action]

    def play(self, data: bytes) -> bytes:
        """Play a WAV file and keep it; the answer to who sent it."""
        try:
            sound = from_wav(data)
        except Fault:
            return b"no sound\n"
        if self._muted:
            return b""
        with self._lock:
            self._kept += 1
            self._playing += 1
            self.at_once = max(self.at_once, self._playing)
            (self._folder / f"{self._kept:04d}.wav").write_bytes(data)
        time.sleep(sound.seconds / self._speed)
        with self._lock:
            self._playing -= 1
        return b"ok\n"

    def close(self) -> None:
        """Pull the plug."""
        server, self._server = self._server, None
        if server is not None:
            server.shutdown()
            server.server_close()

    def _plug(self) -> None:
        if self._server is None:
            self._server = _Server(("127.0.0.1", self.port), _Connection)
            self._server.table = self
            self.port = self._server.server_address[1]
            threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()


def _whole(link: socket.socket) -> bytes:
    """One WAV file: its header says how long it is."""
    data = b""
    while len(data) < 8 or len(data) < 8 + int.from_bytes(data[4:8], "little"):
        more = link.recv(65536)
        if not more:
            break
        data += more
    return data


def main(argv: Sequence[str] | None = None) -> int:
    """The command line above; ends when standard input closes."""
    parser = argparse.ArgumentParser(prog="python -m drivers.voices.simulator", description=__doc__)
    parser.add_argument("--deck", type=Path, help="not needed: a loudspeaker knows nobody")
    parser.add_argument("--data", type=Path, required=True, help="data folder for sounds and control socket")
    parser.add_argument("--port", type=int, default=0, help="TCP port; 0 takes a free one")
    parser.add_argument("--speed", type=float, default=20.0, help="how much faster than real it plays")
    given = parser.parse_args(argv)
    table = Loudspeaker(given.data / FOLDER / "loudspeaker", given.port, given.speed)
    serve(given.data, table, {"port": f"127.0.0.1:{table.port}"})
    table.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
