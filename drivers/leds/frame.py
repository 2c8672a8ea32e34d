"""Strips of letters by a frame template, on a serial line (RS-485 too) or TCP.

The default is a public sample: `3A colour length text sum 0A`, mirrored by the strip. Other strips are
described by `template` (a TOML file with the same words) or by the words themselves:

    show = "A5 {address} {colour} {length} {text} {xor8} 5A"   what puts a text up
    clear = "A5 {address} 00 00 {xor8} 5A"                     what takes it down ("" shows a blank instead)
    reply = "mirror"          or "none", or a template of what the strip answers
    encoding = "gb2312"       gbk gb18030 utf-8 ascii
    address = 1
    width = 0                 bytes a line holds; longer text is cut between characters (0 = no limit)
    colours = { red = 2, green = 0, yellow = 1 }
"""

from __future__ import annotations

import threading
import time
import tomllib
from typing import Any, Dict, Mapping, Optional

from drivers.frames import Frame
from drivers.line_link import LineLink
from drivers.protocols import Driver, Fault, LedText

SHOW = "3A {colour} {length2le} {text} {sum8} 0A"
COLOURS: Mapping[str, int] = {"green": 0, "yellow": 1, "red": 2}
_NAMES = ("address", "colour", "line")
_WORDS = ("show", "clear", "reply", "encoding", "address", "width", "colours")
_REPLY_S = 1.0


class FrameStrip:
    """One strip, or one address of several on a line."""

    def __init__(self, link: LineLink, words: Mapping[str, Any]) -> None:
        encoding = str(words.get("encoding", "gb18030"))
        self._link = link
        self._show = Frame(str(words.get("show", SHOW)), encoding, _NAMES)
        clear = str(words.get("clear", ""))
        self._clear: Optional[Frame] = Frame(clear, encoding, _NAMES) if clear else None
        reply = str(words.get("reply", "mirror"))
        self._mirrored, self._reply = reply == "mirror", None
        if reply not in ("mirror", "none"):
            self._reply = Frame(reply, encoding, _NAMES)
        self._address, self._width = int(words.get("address", 1)), int(words.get("width", 0))
        self._colours: Dict[str, int] = {**COLOURS, **dict(words.get("colours", {}))}
        self._lock = threading.Lock()

    def show(self, shown: LedText) -> None:
        """Put a text up. Raises Fault `led-away`, `frame-template` (no such colour)."""
        if shown.colour not in self._colours:
            raise Fault("frame-template", "没有颜色 " + shown.colour)
        values = {
            "address": self._address,
            "colour": self._colours[shown.colour],
            "line": shown.line,
        }
        self._exchange(self._show, values, self._cut(shown.text))

    def clear(self) -> None:
        """Put nothing up. Raises Fault `led-away`."""
        values = {"address": self._address, "colour": 0, "line": 0}
        self._exchange(self._clear or self._show, values, "" if self._clear else " ")

    def close(self) -> None:
        """Let go of the line."""
        with self._lock:
            self._link.close()

    def _cut(self, text: str) -> str:
        while self._width and len(self._show.encoded(text)) > self._width:
            text = text[:-1]
        return text

    def _exchange(self, frame: Frame, values: Mapping[str, int], text: str) -> None:
        data = frame.make(values, text)
        wanted = data if self._mirrored else self._reply.make(values, text) if self._reply else b""
        with self._lock:
            self._link.forget()
            self._link.send(data)
            came, until = b"", time.monotonic() + _REPLY_S
            while wanted and wanted not in came:
                left = until - time.monotonic()
                if left <= 0:
                    raise Fault("led-away", "没有确认")
                came += self._link.read(left)


def _open(config: Mapping[str, Any]) -> FrameStrip:
    import serial  # noqa: F401  # a missing SDK is told at opening

    words: Dict[str, Any] = {key: config[key] for key in _WORDS if key in config}
    if config.get("template"):
        words = {**_read(str(config["template"])), **words}
    return FrameStrip(LineLink(str(config["port"]), int(config.get("baud", 9600)), "led-away"), words)


def _read(path: str) -> Dict[str, Any]:
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            found = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise Fault("frame-template", type(error).__name__) from None
    unknown = set(found) - set(_WORDS)
    if unknown:
        raise Fault("frame-template", "没有 " + "、".join(sorted(unknown)))
    return found


DRIVER = Driver(
    id="frame",
    family="leds",
    title="窗口条屏（帧模板）",
    open=_open,
    requires=("serial",),
)
