"""Asking the citizen for a signature, a finger or a rating, on whatever this desk has for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from counter_app.late import late
from drivers.protocols import Fingerprint, Rating, Signature

if TYPE_CHECKING:
    from ui.faces.desk import Desk
    from ui.viewmodels import citizen
else:
    citizen = late("ui.viewmodels.citizen")

SIGNED_UNDER = "以上内容我已核对，情况属实。"
FINGER_MS = 30_000


class Asking:
    """A device of its own goes before the citizen's screen; where there is neither, paper is the way."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._model = desk.model

    def can_press(self) -> bool:
        """Whether a finger can stand for a signature here."""
        return self._model.counter.can("finger")

    def sign(self) -> None:
        """The picture goes to the visit, which seals it, and stays nowhere else."""
        side = self._desk.citizen
        if self._model.counter.can("sign"):
            call = partial(self._model.counter.sign_on_pad, SIGNED_UNDER, citizen.SIGN_MS)
            self._model.jobs.aside(call, self._signed)
            self._tell("请群众在签名板上签名")
        elif side is not None and side.is_open:
            side.sign(SIGNED_UNDER, self._signed)
            self._tell("请群众在副屏上签名")
        else:
            self._tell("本机没有签名板和群众副屏", "请打印后由群众在纸上签字。")

    def finger(self) -> None:
        """For whoever cannot write."""
        if not self.can_press():
            self._tell("本机没有指纹仪", "请打印后由群众用印泥在纸上按指印。")
            return
        call = partial(self._model.counter.press_finger, SIGNED_UNDER, FINGER_MS)
        self._model.jobs.aside(call, self._pressed)
        self._tell("请群众按指纹")

    @property
    def is_open(self) -> bool:
        """Whether there is something to rate with: a device of this desk, or a screen somebody sees."""
        side = self._desk.citizen
        return self._model.counter.can("rate") or (side is not None and side.is_open)

    def rate(self, title: str, number: str, then: Callable[[Rating], None]) -> bool:
        """Ask for a rating of one case; `then` hears exactly one Rating, 未评 when nobody answered.

        False, and `then` hears nothing, where this desk has nothing to rate with.
        """
        side = self._desk.citizen
        if self._model.counter.can("rate"):
            call = partial(self._model.counter.rate_on_device, title, citizen.RATE_MS)
            self._model.jobs.aside(call, then, partial(then, Rating("timeout")))
            return True
        if side is None or not side.is_open:
            return False
        side.rate(title, number, then)
        return True

    def _signed(self, signature: Signature | None) -> None:
        if signature is None:
            self._tell("群众没有签字", "可再请一次，或打印后在纸上签字。")
            return
        self._model.do("sign", signature.image, SIGNED_UNDER, "sign", signature.device)
        self._tell("群众已签字")

    def _pressed(self, finger: Fingerprint) -> None:
        self._model.do("sign", finger.image, SIGNED_UNDER, "finger", finger.device)
        self._tell("群众已按指纹")

    def _tell(self, title: str, text: str = "") -> None:
        self._model.notices.tell(title, text)
