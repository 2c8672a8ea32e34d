"""柜外清 screens through the GWQ library: plain C calling convention, answers by callback on its threads.

Files the library wants to read or leave lie in the host's own folder in memory and go after each call.
"""

from __future__ import annotations

import base64
import binascii
import ctypes
import html
import json
import threading
from collections import deque
from pathlib import Path
from typing import Any, Deque, Mapping, Optional, Sequence

from drivers.citizen_side import NOT_RATED, RATED, SKIPPED
from drivers.host.library import Library
from drivers.protocols import Driver, Fault, Pin, Rating, Signature, Teller

_PNG = b"\x89PNG\r\n\x1a\n"
_HTML, _PASSWORD = 1, 2
_TEXT = ctypes.c_char_p
_NUMBER = ctypes.c_int32
_CODED = ctypes.CFUNCTYPE(None, _NUMBER, _TEXT)
_SIGNED = ctypes.CFUNCTYPE(None, _NUMBER, _TEXT, _TEXT)
_HEARD = ctypes.CFUNCTYPE(None, _NUMBER, _TEXT, ctypes.POINTER(_TEXT), _NUMBER)
_SENT = ctypes.CFUNCTYPE(None, _NUMBER)
_BUTTONS = "1,1,核对无误|2,1,有误"
_NAME = "gwq"
_AWAY: Mapping[int, str] = {-1: "服务未启动", -2: "未连接", -3: "参数不正确"}


class GwqScreen:
    """One screen. `tcp` is its address when it is not on USB; `levels` are the device's codes, best first."""

    def __init__(self, library: Library, tcp: str, levels: Sequence[str]) -> None:
        self._library, self._levels = library, {code: 5 - at for at, code in enumerate(levels)}
        library.function("GWQ_SetHidAndTcp", ctypes.c_bool, _TEXT)(not tcp, tcp.encode("ascii", "replace"))
        self._online = library.function("GWQ_DeviceOnline")
        self._cancel = library.function("GWQ_CancelOperate")
        # The library may call them late: they must stay alive, but not for ever.
        self._callbacks: Deque[Any] = deque(maxlen=64)
        self._cancel()  # a process that was ended in the middle of a question left the screen asking

    def online(self) -> bool:
        """Whether the screen is there now."""
        return bool(self._online() == 0)

    def welcome(self, teller: Teller) -> None:
        """Show who sits here. Raises Fault `gwq-away`."""
        call = self._library.function("GWQ_TellerInfo", _TEXT, _TEXT, _TEXT, _TEXT, ctypes.c_bool)
        self._done(call(_gbk(teller.name), _gbk(teller.number), _gbk(teller.post), b"", False))

    def call(self, name: str, number: str, words: str) -> None:
        """Show who is served now. Raises Fault `gwq-away`."""
        told = json.dumps({"name": name, "number": number, "call": words}, ensure_ascii=False)
        self._done(self._library.function("GWQ_CallNumberInfo", _TEXT, _TEXT)(_gbk(told), b""))

    def confirm(self, title: str, lines: Sequence[Sequence[str]], limit_ms: int) -> bool:
        """Show what was entered; True is 无误.

        Raises Fault `gwq-away`, `citizen-timeout`, `citizen-cancelled`, `device-broken`.
        """
        page = Path("confirm.html")
        page.write_text(_page(title, lines), "utf-8")
        answer = _Answer()
        back = self._kept(_CODED(answer.coded))
        call = self._library.function("GWQ_PDFConfirmCB", _TEXT, _NUMBER, _TEXT, _NUMBER, _CODED)
        try:
            place = str(page.resolve()).encode()
            self._done(call(place, _seconds(limit_ms), _gbk(_BUTTONS), _HTML, back))
            return _agreed(answer.wait(limit_ms))
        finally:
            page.unlink(missing_ok=True)
            self._forget()

    def sign(self, title: str, limit_ms: int) -> Signature:
        """Wait for a signature.

        Raises Fault `gwq-away`, `citizen-timeout`, `citizen-cancelled`, `sign-empty`.
        """
        answer = _Answer()
        back = self._kept(_SIGNED(answer.signed))
        call = self._library.function("GWQ_InfoPreviewSignature", _TEXT, _SIGNED)
        asked = json.dumps({"title": title, "timeout": _seconds(limit_ms)}, ensure_ascii=False)
        try:
            self._done(call(_gbk(asked), back))
            image = base64.b64decode(answer.wait(limit_ms), validate=True)
        except (binascii.Error, ValueError):
            raise Fault("device-broken", "no picture") from None
        finally:
            self._forget()
        if not image:
            raise Fault("sign-empty", "")
        if not image.startswith(_PNG):
            raise Fault("device-broken", "no PNG")
        return Signature(image, (), _NAME)

    def rate(self, title: str, limit_ms: int) -> Rating:
        """Wait for a rating; a time-out is 未评. Raises Fault `gwq-away`, `device-broken`."""
        answer = _Answer()
        back = self._kept(_CODED(answer.coded))
        call = self._library.function("GWQ_StartAppraise", _CODED, _TEXT)
        asked = json.dumps({"title": title, "timeout": _seconds(limit_ms)}, ensure_ascii=False)
        try:
            self._done(call(back, _gbk(asked)))
            return self._rated(answer.wait(limit_ms))
        except Fault as fault:
            if fault.code in ("citizen-timeout", "citizen-cancelled"):
                return Rating(NOT_RATED if fault.code == "citizen-timeout" else SKIPPED, 0, _NAME)
            raise
        finally:
            self._forget()

    def pin(self, kind: str, limit_ms: int) -> Pin:
        """Wait for a PIN on the screen's keys. Raises Fault `gwq-away`, `pin-timeout`, `pin-cancelled`."""
        answer = _Answer()
        sent, heard = self._kept(_SENT(lambda code: None)), self._kept(_HEARD(answer.heard))
        self._library.function("set_callback", _SENT, _HEARD)(sent, heard)
        call = self._library.function("GWQ_Keyboard", _NUMBER, _NUMBER, ctypes.c_bool)
        try:
            self._done(call(_PASSWORD, _seconds(limit_ms), True))
            secret = answer.wait(limit_ms)
        except Fault as fault:
            known = {"citizen-timeout": "pin-timeout", "citizen-cancelled": "pin-cancelled"}
            raise Fault(known.get(fault.code, fault.code), fault.detail) from None
        finally:
            self._forget()
        if not secret:
            raise Fault("pin-refused", "0")
        return Pin(secret, not secret.isdigit())

    def close(self) -> None:
        """Stop asking."""
        self._cancel()

    def _rated(self, told: bytes) -> Rating:
        try:
            given = json.loads(told.decode("gb18030"))
            level = self._levels[str(given["appraiseLevel"])]
            reasons = tuple(
                code for code in str(given.get("appraiseContent", "")).split("|") if code.isdecimal()
            )
        except (ValueError, KeyError, TypeError):
            raise Fault("device-broken", "rating") from None
        return Rating(RATED, level, _NAME, reasons)

    def _done(self, code: int) -> None:
        if code:
            raise Fault("gwq-away", _AWAY.get(code, str(code)))

    def _kept(self, callback: Any) -> Any:
        self._callbacks.append(callback)
        return callback

    def _forget(self) -> None:
        """The call is over: nothing of it is called or left lying any more."""
        self._cancel()
        for file in Path.cwd().glob("*.png"):
            file.unlink(missing_ok=True)


class _Answer:
    """One answer from a thread of the library; its strings live only as long as the callback."""

    def __init__(self) -> None:
        self._came = threading.Event()
        self._code = 0
        self._text: Optional[bytes] = None

    def coded(self, code: int, text: Optional[bytes]) -> None:
        self._put(code, text)

    def signed(self, code: int, image: Optional[bytes], strokes: Optional[bytes]) -> None:
        self._put(code, image)

    def heard(self, command: int, text: Optional[bytes], more: Any, count: int) -> None:
        self._put(max(0, -command), text)

    def wait(self, limit_ms: int) -> bytes:
        if not self._came.wait(limit_ms / 1000 + 0.5):
            raise Fault("citizen-timeout", str(limit_ms))
        if self._code == 1:
            raise Fault("citizen-cancelled", "")
        if self._code == 2:
            raise Fault("citizen-timeout", str(limit_ms))
        if self._code:
            raise Fault("gwq-away", _AWAY.get(self._code, str(self._code)))
        return self._text or b""

    def _put(self, code: int, text: Optional[bytes]) -> None:
        if not self._came.is_set():
            self._code, self._text = code, bytes(text) if text is not None else None
            self._came.set()


def _agreed(button: bytes) -> bool:
    """Which of `_BUTTONS` was pressed; anything else is no answer and never taken for one."""
    if button not in (b"1", b"2"):
        raise Fault("device-broken", "button")
    return button == b"1"


def _gbk(text: str) -> bytes:
    return text.encode("gb18030", "replace")


def _seconds(limit_ms: int) -> int:
    return max(1, -(-limit_ms // 1000))


def _page(title: str, lines: Sequence[Sequence[str]]) -> str:
    """The page to be confirmed, in large letters; the library shows it like any other."""
    rows = "".join(f"<tr><th>{html.escape(a)}</th><td>{html.escape(b)}</td></tr>" for a, b in lines)
    style = "body{font:28px sans-serif}th{text-align:left;padding:8px 24px 8px 0;font-weight:normal}"
    head = f'<meta charset="utf-8"><style>{style}</style>'
    body = f"<h1>{html.escape(title)}</h1><table>{rows}</table>"
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


def _open(config: Mapping[str, Any]) -> GwqScreen:
    library = Library(str(config.get("lib", "")), tuple(config.get("before", ())))
    levels = str(config.get("levels", "5 4 3 2 1")).split()
    if len(set(levels)) != 5:
        raise ValueError("levels")
    return GwqScreen(library, str(config.get("tcp", "")), levels)


DRIVER = Driver(id="vendor_gwq", family="gwq", title="柜外清客户屏（厂商库）", open=_open, hosted=True)
