"""A core platform for training: its own HTTP process that registers, refuses, dawdles and loses answers.

It knows a few invented people and keeps registrations in memory. A message that arrives twice is done twice:
whoever repeats blindly sees it in `/sim/state`.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from counter_app.hub.gateway.port import KINDS

# What may happen to the next question, in words a trainer types; `late` does it after answering nobody.
MODES = ("ok", "refuse", "lose", "late", "drop", "html", "half", "bridge", "nosn", "text", "away")
PEOPLE: Mapping[str, Mapping[str, str]] = {
    "371102194605120027": {"psn_no": "37110000000000000000000001", "psn_name": "李桂芳"},
    "110105194912310025": {"psn_no": "37110000000000000000000002", "psn_name": "王敏"},
}
_ADDS = {"2501": "refmedin", "2503": "feedetail", "2505": "psnfixmedin"}
_TAKES = {"2502": "refmedin", "2504": "feedetail", "2506": "psnfixmedin"}
_LISTS = {"5301": "feedetail", "5302": "psnfixmedin", "5304": "refmedin"}


@dataclass(slots=True)
class Platform:
    """What the platform remembers. `plan` holds the modes of the next questions, then `mode` holds."""

    paasid: str = "training"
    secret: str = "training"
    mode: str = "ok"
    late_s: float = 0.2
    plan: deque[str] = field(default_factory=deque)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {n: [] for n in _LISTS.values()})
    seen: list[tuple[str, str]] = field(default_factory=list)
    arrived: list[str] = field(default_factory=list)
    turn: threading.Lock = field(default_factory=threading.Lock)

    def came(self, infno: str) -> None:
        """Note that a question is here, whatever becomes of it."""
        with self.turn:
            self.arrived.append(infno)

    def next_mode(self) -> str:
        """How the next question is treated."""
        with self.turn:
            return self.plan.popleft() if self.plan else self.mode

    def done(self, infno: str, body: Mapping[str, Any]) -> tuple[str, Any]:
        """Do what a message asks: an error text ("" = done) and the output."""
        fields = dict((body.get("input") or {}).get(KINDS[infno].node) or {})
        with self.turn:
            self.seen.append((infno, str(body.get("msgid", ""))))
            if infno in _ADDS:
                return self._added(infno, fields)
            if infno in _TAKES:
                return self._taken(infno, fields)
            return self._told(infno, fields)

    def state(self) -> dict[str, Any]:
        """Everything registered and every serial seen, for whoever trains."""
        with self.turn:
            return {"rows": self.rows, "seen": self.seen, "arrived": self.arrived}

    def _added(self, infno: str, fields: dict[str, Any]) -> tuple[str, Any]:
        number = f"SN{len(self.seen):028d}"
        self.rows[_ADDS[infno]].append({**fields, "trt_dcla_detl_sn": number})
        return "", {"result": {"trt_dcla_detl_sn": number}}

    def _taken(self, infno: str, fields: dict[str, Any]) -> tuple[str, Any]:
        rows = self.rows[_TAKES[infno]]
        left = [row for row in rows if row["trt_dcla_detl_sn"] != fields.get("trt_dcla_detl_sn")]
        if len(left) == len(rows):
            return "未找到该备案记录", {}
        rows[:] = left
        return "", {"result": {}}

    def _told(self, infno: str, fields: dict[str, Any]) -> tuple[str, Any]:
        if infno == "9001":
            return "", {"signinoutb": {"sign_no": "S0001", "sign_time": "2026-11-23 08:30:00"}}
        if infno == "1101":
            found = PEOPLE.get(str(fields.get("mdtrt_cert_no", "")))
            return ("", _person(found)) if found else ("未查询到参保人员信息", {})
        if infno == "5303":
            return "", {"data": []}
        mine = [row for row in self.rows[_LISTS[infno]] if row.get("psn_no") == fields.get("psn_no")]
        return "", {_LISTS[infno]: mine}


class Server(ThreadingHTTPServer):
    """One platform at one address."""

    daemon_threads = True

    def __init__(self, platform: Platform, address: tuple[str, int] = ("127.0.0.1", 0)) -> None:
        self.platform = platform
        super().__init__(address, _Handler)

    @property
    def url(self) -> str:
        """Where it answers."""
        host, port = str(self.server_address[0]), self.server_address[1]
        return f"http://{host}:{port}"


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Say nothing: a path is harmless, a habit of printing requests is not."""

    def do_GET(self) -> None:
        """What was registered."""
        self._json(200, self.server.platform.state())

    def do_POST(self) -> None:
        """One message, or what a trainer wants to happen."""
        data = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        try:
            body = json.loads(data)
        except ValueError:
            self._json(400, {"errcode": 400000400})
            return
        if self.path == "/sim/plan":
            self.server.platform.plan.extend(m for m in body.get("next", []) if m in MODES)
            self._json(200, {"next": list(self.server.platform.plan)})
        elif not self._signed():
            self._json(401, {"errcode": 400000401})
        else:
            self._message(self.path.strip("/"), body)

    def _message(self, infno: str, body: Mapping[str, Any]) -> None:
        platform, mode = self.server.platform, self.server.platform.next_mode()
        platform.came(infno)
        if infno.endswith("localQrCodeQuery"):
            self._voucher(body)
        elif infno not in KINDS or mode == "away":
            self._json(404 if infno not in KINDS else 502, {"errcode": 400000404})
        elif mode in ("drop", "html", "bridge", "refuse"):
            self._undone(mode)
        else:
            if mode == "late":
                time.sleep(platform.late_s)
            self._done(mode, *platform.done(infno, body))

    def _done(self, mode: str, trouble: str, output: Any) -> None:
        if mode in ("lose", "late"):
            self._hang_up()
            return
        told: dict[str, Any] = {"infcode": -1 if trouble else 0, "err_msg": trouble}
        told |= {"respond_time": "20261123090000000"}
        told |= {"output": {"result": {}} if mode == "nosn" else output}
        told |= {"inf_refmsgid": f"371100{time.time_ns():024d}"[:30]}
        if mode == "text":
            told["infcode"] = str(told["infcode"])
        self._json(200, told, half=mode == "half")

    def _undone(self, mode: str) -> None:
        if mode == "drop":
            self._hang_up()
        elif mode == "html":
            self._bytes(200, "<html>请登录网络</html>".encode())
        elif mode == "bridge":
            self._json(200, {"code": "999", "msg": "前置机超时"})
        else:
            self._json(200, {"infcode": "-1", "err_msg": "人员待遇享受已暂停", "output": None})

    def _voucher(self, body: Mapping[str, Any]) -> None:
        idno, person = next(iter(PEOPLE.items()))
        data = {"userName": person["psn_name"], "idNo": idno, "idType": "01", "insuOrg": "371100"}
        is_asked = (body.get("data") or {}).get("ecQrCode")
        told = {"code": 0, "message": "", "data": json.dumps(data)} if is_asked else {"code": -1}
        self._json(200, told)

    def _signed(self) -> bool:
        head, platform = self.headers, self.server.platform
        stamp, nonce = head.get("x-tif-timestamp", ""), head.get("x-tif-nonce", "")
        text = f"{stamp}{platform.secret}{nonce}{stamp}"
        right = hashlib.sha256(text.encode()).hexdigest() == head.get("x-tif-signature")
        return right and head.get("x-tif-paasid") == platform.paasid and 10 <= len(nonce) <= 20

    def _hang_up(self) -> None:
        self.close_connection = True

    def _json(self, status: int, told: Any, half: bool = False) -> None:
        self._bytes(status, json.dumps(told, ensure_ascii=False).encode(), half)

    def _bytes(self, status: int, data: bytes, half: bool = False) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data[: len(data) // 2] if half else data)
        self.close_connection = self.close_connection or half


def _person(found: Mapping[str, str]) -> dict[str, Any]:
    base = {**found, "psn_cert_type": "01", "gend": "2", "naty": "01"}
    insured = {"insutype": "390", "psn_type": "1501", "psn_insu_stas": "1", "insuplc_admdvs": "371100"}
    return {"baseinfo": base, "insuinfo": [{**insured, "balc": 0}], "idetinfo": []}
