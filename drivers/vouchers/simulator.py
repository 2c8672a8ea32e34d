"""The platform that resolves voucher codes as a process: HTTP on 127.0.0.1, fed by a file of people.

    python -m drivers.vouchers.simulator --deck PEOPLE.toml --data DIR [--port N]

Knows the codes that the simulated telephone shows (`simulator_code`), for about a minute each.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from drivers import deck
from drivers.simulate import Action, Choice, Parameter, Refused
from drivers.simulator_process import serve
from drivers.vouchers.simulator_code import owner

PATH = "/localcfc/api/hsecfc/localQrCodeQuery"
_SLOW_S = 20.0
_MODES = {
    "ok": "正常",
    "string": "正常（data 为字符串）",
    "expired": "一律答已失效",
    "refused": "一律拒绝",
    "masked": "证件号被遮盖",
    "garbled": "答复乱码",
    "error": "平台报错（HTTP 500）",
    "slow": "迟迟不答",
    "trickle": "答复断断续续",
    "away": "断线",
}


class Platform:
    """The simulated platform: decides what each query is answered."""

    name = "platform"
    title = "医保码核验平台"

    def __init__(self, people: Sequence[deck.Invented]) -> None:
        self._people = people
        self.mode = "ok"
        self.queries = 0
        self.closing = threading.Event()

    def actions(self) -> tuple[Action, ...]:
        """Choose how the platform behaves from now on."""
        modes = tuple(Choice(code, words) for code, words in _MODES.items())
        return (Action("behave", "平台状况", (Parameter("mode", "状况", modes, self.mode),)),)

    def do(self, action: str, given: Mapping[str, str]) -> str:
        """Carry out `behave`. Raises Refused."""
        mode = given.get("mode", "ok")
        if action != "behave" or mode not in _MODES:
            raise Refused(f"没有这个动作：{action} {mode}")
        self.mode = mode
        return f"平台：{_MODES[mode]}"

    def answer(self, query: Mapping[str, Any]) -> dict[str, Any]:
        """The platform's answer to one ec.query."""
        self.queries += 1
        if query.get("transType") != "ec.query":
            return {"code": -1, "type": "error", "message": "不支持的交易", "data": None}
        code = str(query.get("data", {}).get("ecQrCode", ""))
        person, good = owner(code, self._people)
        if not code.startswith("424"):
            return {"code": 500159, "type": "error", "message": "请使用医保电子凭证二维码", "data": None}
        if self.mode == "refused" or person is None:
            return {"code": 500101, "type": "error", "message": f"未查询到凭证信息 {code}", "data": None}
        if self.mode == "expired" or not good:
            return {"code": 500102, "type": "error", "message": "二维码已失效，请刷新", "data": None}
        data: Any = _person(person, self.mode == "masked")
        if self.mode == "string":
            data = json.dumps(data, ensure_ascii=False)
        return {"code": 0, "type": "success", "message": "成功", "data": data, "orgId": query.get("orgId")}


def _person(person: deck.Invented, masked: bool) -> dict[str, Any]:
    number = person.certno
    token = hashlib.sha256(person.key.encode()).hexdigest()[:16]
    return {
        "userName": person.name,
        "idNo": number[:6] + "********" + number[14:] if masked else number,
        "idType": "01",
        "ecToken": f"{person.region or number[:6]}ecmecib2{token}",
        "insuOrg": person.region or number[:6],
        "gender": person.sex or None,
        "birthday": person.birth_date.replace("-", ".") or None,
        "email": None,
    }


class Web(ThreadingHTTPServer):
    """An HTTP server on 127.0.0.1 that answers for a platform; the caller serves and closes it."""

    def __init__(self, platform: Platform, port: int = 0) -> None:
        self.platform = platform
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def url(self) -> str:
        """Where ec.query is answered."""
        return f"http://127.0.0.1:{self.server_address[1]}{PATH}"


class _Handler(BaseHTTPRequestHandler):
    server: Web

    def do_POST(self) -> None:
        """Answer one query, or misbehave as the platform was told to."""
        platform = self.server.platform
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if platform.mode == "slow":
            platform.closing.wait(_SLOW_S)
        if platform.mode in ("away", "slow"):
            self.close_connection = True
            return
        try:
            answer = json.dumps(platform.answer(json.loads(body)), ensure_ascii=False).encode()
        except ValueError:
            answer = b"{}"
        self._send(500 if platform.mode == "error" else 200, answer)

    def _send(self, status: int, text: bytes) -> None:
        mode, step = self.server.platform.mode, len(text) + 1
        if mode == "garbled":
            text = text[: len(text) // 2]
        if mode == "trickle":
            step = 1
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        with suppress(OSError):  # whoever asked gave up
            for begin in range(0, len(text), step):
                self.wfile.write(text[begin : begin + step])
                self.server.platform.closing.wait(0.2 if mode == "trickle" else 0)

    def log_message(self, *_: Any) -> None:
        """Say nothing: a query holds a citizen's code."""


def main(argv: Sequence[str] | None = None) -> int:
    """The command line above; prints its URL, ends when standard input closes."""
    parser = argparse.ArgumentParser(prog="python -m drivers.vouchers.simulator", description=__doc__)
    parser.add_argument("--deck", type=Path, required=True, help="file of invented people")
    parser.add_argument("--data", type=Path, required=True, help="data folder for the control socket")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    given = parser.parse_args(argv)
    platform = Platform(deck.load(given.deck))
    web = Web(platform, given.port)
    threading.Thread(target=web.serve_forever, name="web", daemon=True).start()
    serve(given.data, platform, {"url": web.url})
    platform.closing.set()
    web.shutdown()
    web.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
