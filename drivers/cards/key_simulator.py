"""A simulated key module (加密机) as a process: the service a region's readers ask between two steps.

    python -m drivers.cards.key_simulator --data DIR [--port 0]

Answers `{"question": …}` with `{"answer": …}` for cards whose key it knows; `devices simulate keys behave
mode=away|wrong|garbled|slow|ok` makes it misbehave.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from drivers.cards.simulator_safe import DEMO_KEY, proof
from drivers.simulate import Action, Choice, Parameter, Refused
from drivers.simulator_process import serve

_MODES = {
    "ok": "正常",
    "away": "联系不上",
    "wrong": "密钥不对",
    "garbled": "答复乱码",
    "slow": "很慢",
}
_SLOW_S = 30.0


class KeyModule:
    """The simulated device "keys": one key, and how it behaves."""

    name = "keys"
    title = "加密机"

    def __init__(self, key: str = DEMO_KEY) -> None:
        self._key = key
        self.mode = "ok"
        self.closing = threading.Event()

    def actions(self) -> tuple[Action, ...]:
        """How it behaves."""
        modes = tuple(Choice(code, words) for code, words in _MODES.items())
        return (Action("behave", "加密机状况", (Parameter("mode", "状况", modes, "ok"),)),)

    def do(self, action: str, given: Mapping[str, str]) -> str:
        """Carry out `behave`. Raises Refused."""
        mode = given.get("mode", "ok")
        if action != "behave" or mode not in _MODES:
            raise Refused(f"没有这个动作：{action} {mode}")
        self.mode = mode
        return f"加密机：{_MODES[mode]}"

    def answer(self, question: str) -> str:
        """What step 2 is given for the record of step 1. Raises ValueError for no such record."""
        parts = question.split("|")
        if len(parts) < 8:
            raise ValueError("question")
        card_id, (factor, raw, factor_out, raw_out) = parts[3], map(bytes.fromhex, parts[4:8])
        key = self._key if self.mode != "wrong" else self._key[::-1]
        inside = proof(key, card_id, factor, raw, 8)
        return f"{inside.hex().upper()}|{proof(key, card_id, factor_out, raw_out, 16).hex().upper()}|"


class Web(ThreadingHTTPServer):
    """An HTTP server on 127.0.0.1 that asks a module; the caller serves and closes it."""

    def __init__(self, module: KeyModule, port: int = 0) -> None:
        self.module = module
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def url(self) -> str:
        """Where questions are answered."""
        return f"http://127.0.0.1:{self.server_address[1]}/"


class _Handler(BaseHTTPRequestHandler):
    server: Web

    def do_POST(self) -> None:
        """Answer one question, or misbehave as the module was told to."""
        module = self.server.module
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if module.mode == "slow":
            module.closing.wait(_SLOW_S)
        if module.mode in ("away", "slow"):
            self.close_connection = True
            return
        try:
            told: Any = {"answer": module.answer(str(json.loads(body)["question"]))}
        except (ValueError, KeyError, TypeError):
            told = {"answer": ""}
        text = b"<html>" if module.mode == "garbled" else json.dumps(told).encode("ascii")
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: Any) -> None:
        """Say nothing: a question names a card."""


def main(argv: Sequence[str] | None = None) -> int:
    """The command line above; prints its URL, ends when standard input closes."""
    parser = argparse.ArgumentParser(prog="python -m drivers.cards.key_simulator", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="data folder for the control socket")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    given = parser.parse_args(argv)
    module = KeyModule()
    web = Web(module, given.port)
    threading.Thread(target=web.serve_forever, name="web", daemon=True).start()
    serve(given.data, module, {"url": web.url})
    module.closing.set()
    web.shutdown()
    web.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
