"""A name written, or a finger pressed, under something said at the window."""

from __future__ import annotations

from counter_app.domain.value import Value

SIGNED, FINGER = "sign", "finger"
HOWS = (SIGNED, FINGER)


class Signed(Value, frozen=True):
    """One signature of a case: `page` names the sealed picture, `words` is what it stands under."""

    page: str
    how: str = SIGNED
    words: str = ""
    device: str = ""
