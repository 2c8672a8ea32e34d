"""The receipt printer as a process: a TCP printer that leaves a picture and the words of each receipt.

    python -m drivers.printers.simulator --data DIR [--port 0]

Receipts fall into `DIR/simulators/receipts/` as `0001.png` and `0001.txt`. Served actions: take the paper
out, put it in, open and close the cover, switch off and on.
"""

from __future__ import annotations

import socketserver
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from drivers.printers.escpos_paper import Printer, picture
from drivers.simulate import FOLDER, Action, Refused
from drivers.simulator_process import arguments, serve

_ACTIONS = {
    "paper_out": "取出纸卷",
    "paper_in": "装上纸卷",
    "paper_low": "纸卷快用完",
    "open": "打开上盖",
    "close": "合上上盖",
    "off": "关闭电源",
    "on": "打开电源",
}


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    table: ReceiptTable


class _Connection(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        server = self.server
        assert isinstance(server, _Server)
        with suppress(OSError):
            while data := self.request.recv(4096):
                answer = server.table.feed(data)
                if answer:
                    self.request.sendall(answer)


class ReceiptTable:
    """The simulated device "receipt" on TCP."""

    name = "receipt"
    title = "小票打印机"

    def __init__(self, folder: Path, port: int = 0) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder
        self._lock = threading.Lock()
        self.printer = Printer()
        self._kept = len(list(folder.glob("*.txt")))
        self._server: _Server | None = None
        self.port = port
        self._on()

    def actions(self) -> tuple[Action, ...]:
        """Paper, cover and power."""
        return tuple(Action(name, title) for name, title in _ACTIONS.items())

    def do(self, action: str, given: Mapping[str, str]) -> str:
        """Carry out one of `actions`. Raises Refused."""
        if action not in _ACTIONS:
            raise Refused(f"没有这个动作：{action}")
        if action in ("off", "on"):
            self.close() if action == "off" else self._on()
        with self._lock:
            if action == "paper_low":
                self.printer.low = True
            elif action.startswith("paper"):
                self.printer.paper, self.printer.low = action == "paper_in", False
            elif action in ("open", "close"):
                self.printer.cover_closed = action == "close"
        return _ACTIONS[action]

    def feed(self, data: bytes) -> bytes:
        """Bytes from whoever prints; finished receipts fall into the folder."""
        with self._lock:
            answer = self.printer.feed(data)
            while self.printer.receipts:
                receipt = self.printer.receipts.pop(0)
                self._kept += 1
                stem = self._folder / f"{self._kept:04d}"
                picture(receipt).save(stem.with_suffix(".png"))
                stem.with_suffix(".txt").write_text("\n".join(receipt.words) + "\n", "utf-8")
            return answer

    def close(self) -> None:
        """Switch off."""
        server, self._server = self._server, None
        if server is not None:
            server.shutdown()
            server.server_close()

    def _on(self) -> None:
        if self._server is None:
            self._server = _Server(("127.0.0.1", self.port), _Connection)
            self._server.table = self
            self.port = self._server.server_address[1]
            threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()


def main(argv: Sequence[str] | None = None) -> int:
    """The command line above; ends when standard input closes."""
    parser = arguments("drivers.printers.simulator", __doc__)
    parser.add_argument("--port", type=int, default=0, help="TCP port; 0 takes a free one")
    given = parser.parse_args(argv)
    table = ReceiptTable(given.data / FOLDER / "receipts", given.port)
    serve(given.data, table, {"port": f"127.0.0.1:{table.port}"})
    table.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
