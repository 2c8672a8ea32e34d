"""A name written, or a finger pressed before witnesses, under something said at the window."""

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


class Witness(Value, frozen=True):
    """One of the staff who saw a finger pressed: number, name, post."""

    clerk_no: str
    name: str
    post: str = ""


class Witnessed(Value, frozen=True):
    """That somebody who cannot write was read `words` aloud at `read_at` (ISO), and who stood by.

    `by` is the number of whoever read. Source: 指印须念读并有两名工作人员见证.
    """

    words: str
    read_at: str
    by: str
    witnesses: tuple[Witness, ...]
