"""Grey pixels as a PNG file, with the standard library alone."""

from __future__ import annotations

import struct
import zlib


def grey_png(pixels: bytes, width: int) -> bytes:
    """Grey pixels, line by line, as a PNG file."""
    height = len(pixels) // width
    lines = b"".join(b"\x00" + pixels[at : at + width] for at in range(0, len(pixels), width))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    ends = (_part(b"IHDR", head), _part(b"IDAT", zlib.compress(lines)), _part(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(ends)


def _part(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
