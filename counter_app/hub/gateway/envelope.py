"""The public message envelope over HTTP: signed headers out, and every way an answer can be no answer.

An infcode of 0 is done, another is refused. What did not arrive, is not JSON, is a bridge's own error, or
says done to a registration without its number, is unknown: it is looked up, never sent again blindly.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPException
from typing import Any

from counter_app.hub.gateway.port import KINDS, Answered, Message, Outcome

_MOST = 4 << 20
# A gateway that turns a question away before it reaches anybody: never done.
_TURNED_AWAY = (400, 401, 403, 404, 413, 429)
_VOUCHER_PATH = "localcfc/api/hsecfc/localQrCodeQuery"


@dataclass(frozen=True, slots=True)
class Site:
    """What one institution is at the platform; `secret` signs the headers and is in no repr."""

    url: str
    paasid: str = ""
    secret: str = field(default="", repr=False)
    fixmedins_code: str = ""
    fixmedins_name: str = ""
    area: str = ""
    opter: str = "1"
    opter_name: str = ""
    limit_s: float = 30.0


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A question goes to the configured address and to no other."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Refuse to follow."""
        return


class EnvelopeGateway:
    """The port `Gateway` over one site's HTTP. `now` gives the moment, for the envelope and the signature."""

    def __init__(self, site: Site, now: Callable[[], datetime]) -> None:
        self._site, self._now = site, now
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())
        self._sign_no = ""

    def sign_in(self, serial: str) -> Outcome:
        """9001 for the day; later messages carry its number."""
        place = {"opter_no": self._site.opter, "mac": "00-00-00-00-00-00", "ip": "127.0.0.1"}
        outcome = self.ask(Message("9001", place, serial))
        signed = outcome.output.get("signinoutb", outcome.output)
        if outcome.how is Answered.DONE and isinstance(signed, Mapping):
            self._sign_no = str(signed.get("sign_no", ""))
        return outcome

    def ask(self, message: Message) -> Outcome:
        """Send one question; how it ended."""
        path = _VOUCHER_PATH if message.infno == "ec.query" else message.infno
        body = self._voucher(message) if message.infno == "ec.query" else self._enveloped(message)
        data = json.dumps(body, ensure_ascii=False).encode("utf-8")
        request = urllib.request.Request(f"{self._site.url.rstrip('/')}/{path}", data, self._head())
        try:
            with self._opener.open(request, timeout=self._site.limit_s) as reply:
                return read(message.infno, reply.read(_MOST + 1))
        except urllib.error.HTTPError as error:
            error.close()
            how = Answered.REFUSED if error.code in _TURNED_AWAY else Answered.UNKNOWN
            return Outcome(how, because=f"HTTP {error.code}")
        except (OSError, HTTPException) as error:
            return Outcome(Answered.UNKNOWN, because=type(error).__name__)

    def _enveloped(self, message: Message) -> dict[str, Any]:
        site, now = self._site, message.at or self._now()
        told = {
            "infno": message.infno,
            "msgid": message.serial,
            "mdtrtarea_admvs": site.area,
            "insuplc_admdvs": message.insuplc or site.area,
            "recer_sys_code": "YBXT",
            "infver": "V1.0",
            "opter_type": "1",
            "opter": site.opter,
            "opter_name": site.opter_name,
            "inf_time": now.strftime("%Y-%m-%d %H:%M:%S"),
            "fixmedins_code": site.fixmedins_code,
            "fixmedins_name": site.fixmedins_name,
            "sign_no": self._sign_no,
        }
        return {**told, "input": {KINDS[message.infno].node: dict(message.fields)}}

    def _voucher(self, message: Message) -> dict[str, Any]:
        org = self._site.fixmedins_code
        return {"orgId": org, "transType": "ec.query", "data": {"orgId": org, **message.fields}}

    def _head(self) -> dict[str, str]:
        """`x-tif-signature` is SHA-256 of timestamp, secret, nonce, timestamp (vendor_abi.md §5.3)."""
        stamp, nonce = str(int(self._now().timestamp())), secrets.token_hex(8)
        text = f"{stamp}{self._site.secret}{nonce}{stamp}"
        return {
            "Content-Type": "application/json; charset=utf-8",
            "x-tif-paasid": self._site.paasid,
            "x-tif-timestamp": stamp,
            "x-tif-nonce": nonce,
            "x-tif-signature": hashlib.sha256(text.encode("utf-8")).hexdigest(),
        }


def read(infno: str, data: bytes) -> Outcome:
    """What an answer means. Numbers may arrive as texts, `output` of a voucher as a text of JSON."""
    try:
        told = json.loads(data[:_MOST].decode("utf-8"))
        if not isinstance(told, dict):
            raise ValueError("no object")
    except (ValueError, RecursionError):
        return Outcome(Answered.UNKNOWN, because="答复不是 JSON")
    if infno == "ec.query":
        return _voucher_answer(told)
    code, words = str(told.get("infcode", "")), str(told.get("err_msg") or told.get("msg") or "")[:200]
    ref = str(told.get("inf_refmsgid", ""))[:30]
    if code == "":
        return Outcome(Answered.UNKNOWN, because=f"前置机：{words}" if words else "答复没有 infcode")
    if code != "0":
        return Outcome(Answered.REFUSED, because=words or f"infcode {code}", ref=ref)
    output = told.get("output")
    output = output if isinstance(output, dict) else {}
    if KINDS[infno].writes and not KINDS[infno].undoes and not registered(output):
        return Outcome(Answered.UNKNOWN, because="答复没有备案流水号", ref=ref)
    return Outcome(Answered.DONE, output, ref=ref)


def registered(output: Mapping[str, Any]) -> str:
    """The number of a registration in an answer, "" where there is none."""
    result = output.get("result")
    found = result.get("trt_dcla_detl_sn") if isinstance(result, Mapping) else ""
    return str(found or "")


def _voucher_answer(told: Mapping[str, Any]) -> Outcome:
    data = told.get("data")
    if isinstance(data, str):
        try:
            data = json.loads(data)
        except (ValueError, RecursionError):
            data = None
    if str(told.get("code")) != "0":
        return Outcome(Answered.REFUSED, because=str(told.get("message", ""))[:200])
    if not isinstance(data, dict):
        return Outcome(Answered.UNKNOWN, because="答复没有人员信息")
    return Outcome(Answered.DONE, data)
