"""Frames of bytes by a template, for devices on a line that nobody has standardised.

A template is hexadecimal bytes and words in braces, with blanks between: `3A {colour} {length2le} {text}
{sum8} 0A`. Words: `{text}` (encoded), `{length}` of the text in one byte, `{length2}` and `{length2le}` in
two, `{sum8} {xor8} {crc16} {crc16be}` over everything since `{from}` or since the beginning (crc16: Modbus,
low byte first), and any value by name as one byte.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from drivers.protocols import Fault

ENCODINGS = ("gb2312", "gbk", "gb18030", "utf-8", "ascii")
_LENGTHS: Mapping[str, tuple[int, str]] = {
    "length": (1, "big"),
    "length2": (2, "big"),
    "length2le": (2, "little"),
}


class Frame:
    """One template, checked when it is made. Raises Fault `frame-template` with what is wrong."""

    def __init__(self, template: str, encoding: str = "gb18030", names: Sequence[str] = ()) -> None:
        if encoding not in ENCODINGS:
            raise Fault("frame-template", "编码 " + encoding)
        self._encoding = encoding
        known = {"text", "from", *_LENGTHS, *_SUMS, *names}
        self._parts: list[tuple[int | None, str]] = []
        for word in template.split():
            if word.startswith("{") and word.endswith("}"):
                if word[1:-1] not in known:
                    raise Fault("frame-template", "没有 " + word)
                self._parts.append((None, word[1:-1]))
            else:
                self._parts.append((_byte(word), ""))
        if not self._parts:
            raise Fault("frame-template", "模板为空")

    def encoded(self, text: str) -> bytes:
        """Text as the device wants it; what its encoding lacks becomes a question mark."""
        return text.encode(self._encoding, "replace")

    def make(self, values: Mapping[str, int], text: str = "") -> bytes:
        """The bytes of one frame. Raises Fault `frame-template` when a value does not fit one byte."""
        body = self.encoded(text)
        made, start = bytearray(), 0
        for fixed, word in self._parts:
            if fixed is not None:
                made.append(fixed)
            elif word == "text":
                made += body
            elif word == "from":
                start = len(made)
            elif word in _LENGTHS:
                made += _sized(len(body), *_LENGTHS[word])
            elif word in _SUMS:
                made += _SUMS[word](bytes(made[start:]))
            else:
                made += _sized(values.get(word, -1), 1, "big")
        return bytes(made)


def _byte(word: str) -> int:
    try:
        value = int(word, 16)
    except ValueError:
        value = -1
    if len(word) != 2 or not 0 <= value <= 255:
        raise Fault("frame-template", "不是十六进制字节：" + word)
    return value


def _sized(value: int, size: int, order: str) -> bytes:
    if not 0 <= value < 256**size:
        raise Fault("frame-template", "数值放不下：" + str(value))
    return value.to_bytes(size, "little" if order == "little" else "big")


def _sum8(data: bytes) -> bytes:
    return bytes([sum(data) & 0xFF])


def _xor8(data: bytes) -> bytes:
    result = 0
    for byte in data:
        result ^= byte
    return bytes([result])


def crc16(data: bytes) -> int:
    """The Modbus checksum: polynomial A001, begun with FFFF."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return crc


_SUMS: dict[str, Callable[[bytes], bytes]] = {
    "sum8": _sum8,
    "xor8": _xor8,
    "crc16": lambda data: crc16(data).to_bytes(2, "little"),
    "crc16be": lambda data: crc16(data).to_bytes(2, "big"),
}
