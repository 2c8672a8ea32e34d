"""A name written, or a finger pressed, under something said at the window."""

from __future__ import annotations

from dataclasses import dataclass

SIGNED, FINGER = "sign", "finger"
HOWS = (SIGNED, FINGER)


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature of a case: `page` names the sealed picture, `words` is what it stands under."""

    page: str
    how: str = SIGNED
    words: str = ""
    device: str = ""
