"""An e-seal service as a process, on 127.0.0.1.

    python -m drivers.eseals.simulator --data DIR [--port 0]

It adds a mark to the end of each paper, as a PDF is added to, and numbers every use. Served actions: behave
(ok, refuse, slow, error, garbage, other paper, bare), count.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from drivers.simulate import Action, Choice, Parameter, Refused
from drivers.simulator_process import arguments, serve

MODES = {
    "ok": "正常",
    "refuse": "拒绝用印",
    "slow": "迟迟不答",
    "error": "服务出错",
    "garbage": "答非所问",
    "other": "换了别的文件",
    "bare": "没有盖上",
}
SLOW_S = 0.6


class SealTable:
    """The simulated device "eseal"; the same request is sealed once."""

    name = "eseal"
    title = "电子签章服务"

    def __init__(self, port: int = 0) -> None:
        self.mode = "ok"
        self.uses: dict[str, bytes] = {}
        table = self

        class Handler(BaseHTTPRequestHandler):
            """One request."""

            def do_POST(self) -> None:
                """Seal."""
                length = int(self.headers.get("Content-Length", "0"))
                status, body = table.answer(self.rfile.read(length))
                with suppress(OSError):
                    self.send_response(status)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)

            def log_message(self, format: str, *arguments: Any) -> None:
                """Nothing: a request is a paper."""

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1/seal"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def actions(self) -> tuple[Action, ...]:
        """Behave, count."""
        modes = tuple(Choice(code, label) for code, label in MODES.items())
        return (
            Action("behave", "服务表现", (Parameter("mode", "表现", modes, "ok"),)),
            Action("count", "用印次数"),
        )

    def do(self, action: str, given: Mapping[str, str]) -> str:
        """Carry out one of `actions`. Raises Refused."""
        if action == "count":
            return f"用印 {len(self.uses)} 次"
        mode = given.get("mode", "ok")
        if action != "behave" or mode not in MODES:
            raise Refused(f"没有这个动作：{action} {mode}")
        self.mode = mode
        return MODES[mode]

    def answer(self, body: bytes) -> tuple[int, bytes]:
        """What a request is answered."""
        if self.mode == "refuse":
            return 403, json.dumps({"code": "E403", "message": "印章授权已到期"}).encode()
        if self.mode == "error":
            return 500, b"{}"
        if self.mode == "garbage":
            return 200, b"<html>"
        given = json.loads(body)
        pdf = base64.b64decode(given["pdf"])
        sealed = self.uses.setdefault(given["request_id"], marked(pdf, len(self.uses) + 1))
        if self.mode == "slow":
            time.sleep(SLOW_S)
        shown = {"other": b"%PDF-1.4\n%%EOF\n", "bare": pdf}.get(self.mode, sealed)
        told = {
            "pdf": base64.b64encode(shown).decode(),
            "digest": hashlib.sha256(pdf).hexdigest(),
            "seal": given.get("seal") or "机构业务专用章",
            "serial": f"YZ{sorted(self.uses).index(given['request_id']) + 1:08d}",
            "sealed_at": "2026-11-22T09:30:00+08:00",
            "certificate": "CN=演示签章",
        }
        return 200, json.dumps(told).encode()

    def close(self) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()


def marked(pdf: bytes, nth: int) -> bytes:
    """The paper with a mark behind its end; its own last lines are said again, so it is still a PDF."""
    tail = pdf[pdf.rfind(b"startxref") :] if b"startxref" in pdf else b"%%EOF\n"
    return pdf + f"\n% sealed {nth:08d}\n".encode() + tail


def main(argv: Sequence[str] | None = None) -> int:
    """The command line above; ends when standard input closes."""
    parser = arguments("drivers.eseals.simulator", __doc__)
    parser.add_argument("--port", type=int, default=0, help="TCP port; 0 takes a free one")
    given = parser.parse_args(argv)
    table = SealTable(given.port)
    serve(given.data, table, {"url": table.url})
    table.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
