"""Sound as it lies in a WAV file: 16 bit PCM, one channel."""

from __future__ import annotations

import array
import struct
import sys
from dataclasses import dataclass, field
from typing import Iterable

from drivers.protocols import Fault

_LONGEST = 64 << 20  # bytes: half an hour


@dataclass(frozen=True)
class Sound:
    """Samples of 16 bits, little endian, one channel; `rate` per second."""

    rate: int
    samples: bytes = field(repr=False)

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / 2 / self.rate

    def louder(self, percent: int) -> Sound:
        """The same at `percent` of its loudness, 0 to 100."""
        if percent >= 100:
            return self
        values = _values(self.samples)
        scaled = array.array("h", (value * max(0, percent) // 100 for value in values))
        return Sound(self.rate, _bytes(scaled))

    def wav(self) -> bytes:
        """The whole WAV file."""
        form = struct.pack("<HHIIHH", 1, 1, self.rate, self.rate * 2, 2, 16)
        body = b"WAVEfmt " + struct.pack("<I", len(form)) + form
        body += b"data" + struct.pack("<I", len(self.samples)) + self.samples
        return b"RIFF" + struct.pack("<I", len(body)) + body


def from_wav(data: bytes, name: str = "") -> Sound:
    """The sound of a WAV file, also of one written by a pipe that did not know its length.

    Raises Fault `voice-clip` when it is none, or not 16 bit PCM with one channel or two.
    """
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise Fault("voice-clip", name)
    at, form = 12, b""
    while at + 8 <= len(data):
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if kind == b"fmt ":
            form = data[at + 8 : at + 8 + size]
        elif kind == b"data" and len(form) >= 16:
            return _sound(form, data[at + 8 : at + 8 + min(size, _LONGEST)], name)
        at += 8 + size + size % 2
    raise Fault("voice-clip", name)


def joined(parts: Iterable[Sound], pause_ms: int = 0) -> Sound:
    """Several sounds of one rate one after another. Raises Fault `voice-clip` when rates differ."""
    sounds = list(parts)
    if not sounds or len({sound.rate for sound in sounds}) != 1:
        raise Fault("voice-clip", "rate")
    pause = bytes(sounds[0].rate * pause_ms // 1000 * 2)
    return Sound(sounds[0].rate, pause.join(sound.samples for sound in sounds))


def _sound(form: bytes, samples: bytes, name: str) -> Sound:
    kind, channels, rate, _, _, bits = struct.unpack("<HHIIHH", form[:16])
    if (kind, bits) != (1, 16) or channels not in (1, 2) or not 4000 <= rate <= 96_000:
        raise Fault("voice-clip", name)
    samples = samples[: len(samples) // (2 * channels) * 2 * channels]
    if channels == 2:
        values = _values(samples)
        samples = _bytes(
            array.array("h", ((values[n] + values[n + 1]) // 2 for n in range(0, len(values), 2)))
        )
    return Sound(rate, samples)


def _values(samples: bytes) -> array.array[int]:
    values = array.array("h")
    values.frombytes(samples)
    if sys.byteorder == "big":
        values.byteswap()
    return values


def _bytes(values: array.array[int]) -> bytes:
    if sys.byteorder == "big":
        values.byteswap()
    return values.tobytes()
