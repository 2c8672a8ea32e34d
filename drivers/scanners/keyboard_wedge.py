"""A scanner that types like a keyboard: its codes are told from typing by speed alone.

A wedge sends a whole code with less than 30 ms between two characters; the quickest fingers manage a few
such pairs, never `SURE` in a row. So each stroke waits until the pause after it has said what it was: typing
goes on to its field `PATIENT_MS` later at most, and of a code no field ever sees a character. The window's
side of it is `ui/faces/typed_codes.py`; nothing here knows a clock or a screen.
"""

from __future__ import annotations

import unicodedata
from typing import Any, Callable, Mapping, Optional

from drivers.key_scanner import Stroke, Verdict
from drivers.protocols import Driver, Fault, Option, Scan

QUICK_MS = 35  # a longer pause is a person's, until the run is sure
PATIENT_MS = 45  # a stroke nobody follows this long was typing; the rest is for a late event loop
SURE = 6  # so many quick strokes in a row come from no hand
HICCUP_MS = 120  # a pause that a radio scanner may make within a code it has begun
_ENDINGS = {"auto": "\r\t", "cr": "\r", "lf": "\r", "crlf": "\r", "tab": "\t", "none": ""}
_MARKS = str.maketrans("。．", "..")  # what an input method makes of a full stop
_LONGEST = 4096


class Strokes:
    """Cuts a stream of strokes into typing and codes; free of clocks, windows and threads."""

    def __init__(self, ending: str = "auto") -> None:
        if ending not in _ENDINGS:
            raise ValueError("ending: " + ", ".join(_ENDINGS))
        self._endings = _ENDINGS[ending]
        self._count = 0
        self._text = ""
        self._composing = ""
        self._at = 0
        self._ended_at: Optional[int] = None

    @property
    def patience_ms(self) -> Optional[int]:
        """How long to wait before calling `silence`; None when nothing waits."""
        if not self._count:
            return None
        return HICCUP_MS if self._is_sure else PATIENT_MS

    def stroke(self, stroke: Stroke) -> Verdict:
        """What becomes of a stroke and of those before it."""
        if stroke.committed in ("\r", "\t"):
            return self._ending(stroke)
        before = self._end() if self._pauses(stroke.at_ms) else Verdict()
        if not stroke.committed and not stroke.composing and not self._composing:
            return before  # an input method that clears itself
        self._ended_at = None
        self._count += 1
        self._text = (self._text + stroke.committed)[:_LONGEST]
        self._composing = stroke.composing
        self._at = stroke.at_ms
        return Verdict(before.released, before.code, "held")

    def silence(self) -> Verdict:
        """What the pause since the last stroke decides."""
        return self._end()

    def other(self) -> Verdict:
        """A key that no scanner sends; it goes its way after what was held."""
        return self._end()

    @property
    def _is_sure(self) -> bool:
        # One character over and over is a key held down.
        return self._count >= SURE and len(set(self._text + self._composing)) > 1

    def _pauses(self, at_ms: int) -> bool:
        return bool(self._count) and at_ms - self._at > (HICCUP_MS if self._is_sure else QUICK_MS)

    def _ending(self, stroke: Stroke) -> Verdict:
        """Enter or Tab: the end of a code, its second half (CR LF), or a key like any other."""
        if stroke.committed not in self._endings:
            return self._end()
        if not self._count and self._ended_at is not None and stroke.at_ms - self._ended_at <= QUICK_MS:
            return Verdict(own="eaten")
        is_code = self._is_sure and not self._pauses(stroke.at_ms)
        verdict = self._end()
        if is_code:
            self._ended_at = stroke.at_ms
            return Verdict(code=verdict.code, own="eaten")
        return verdict

    def _end(self) -> Verdict:
        count, text, is_sure = self._count, self._text + self._composing, self._is_sure
        self._count, self._text, self._composing, self._ended_at = 0, "", "", None
        return Verdict(code=cleaned(text)) if is_sure else Verdict(released=count)


def cleaned(text: str) -> str:
    """A code as it was printed: narrow, without what an input method or Caps Lock made of it."""
    code = unicodedata.normalize("NFKC", text.translate(_MARKS)).strip()
    return code.swapcase() if code.startswith("ow1") else code


class KeyboardWedge:
    """The wedge as a scanner: the window asks it about each stroke (`stroke`, `silence`, `other`)."""

    def __init__(self, ending: str = "auto") -> None:
        self._strokes = Strokes(ending)
        self._tell: Optional[Callable[[Scan], None]] = None
        self._fault: Callable[[Optional[Fault]], None] = lambda _: None
        self._at_ms = 0

    @property
    def patience_ms(self) -> Optional[int]:
        """How long to wait before calling `silence`; None when nothing waits."""
        return self._strokes.patience_ms

    def watch(self, tell: Callable[[Scan], None], fault: Callable[[Optional[Fault]], None]) -> None:
        """Tell each code from the thread that asks; a keyboard cannot say whether it is there."""
        self._tell, self._fault = tell, fault
        fault(None)

    def stroke(self, stroke: Stroke) -> Verdict:
        """What becomes of a stroke; nothing is held before `watch` or after `close`."""
        if self._tell is None:
            return Verdict()
        self._at_ms = stroke.at_ms
        return self._told(self._strokes.stroke(stroke))

    def silence(self) -> Verdict:
        """What the pause since the last stroke decides."""
        return self._told(self._strokes.silence())

    def other(self) -> Verdict:
        """A key that no scanner sends."""
        return self._told(self._strokes.other())

    def close(self) -> None:
        """Hear nothing more; what is held is given back by the next question."""
        self._tell = None

    def _told(self, verdict: Verdict) -> Verdict:
        if verdict.code is None or self._tell is None:
            return verdict
        if verdict.code.isascii() and verdict.code.isprintable():
            self._tell(Scan(verdict.code, "keyboard", self._at_ms))
        else:  # an input method ate letters: what is left is no code
            self._fault(Fault("scan-garbled"))
            self._fault(None)
        return verdict


def _open(config: Mapping[str, Any]) -> KeyboardWedge:
    return KeyboardWedge(str(config.get("ending", "auto")))


_OPTIONS = (Option("ending", "结尾", "auto（自动）、cr、lf、crlf、tab、none"),)
DRIVER = Driver(id="keyboard_wedge", family="scanners", title="键盘口扫码枪", open=_open, options=_OPTIONS)
