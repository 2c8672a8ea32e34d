"""Two people let a device back that was given up, as they do on the manager's page."""

from __future__ import annotations

from typing import Any, Protocol

from counter_app.domain.actor import Actor
from counter_app.domain.exceptions import BACK, LET_BACK

FIRST, SECOND = Actor("0301", "", ("supervisor",)), Actor("0302", "", ("supervisor",))


class Hall(Protocol):
    """Whatever holds a hub."""

    @property
    def hub(self) -> Any:
        """The hub."""


def wish_of(hall: Hall, device: str) -> Any:
    """The exception that a device wants to come back."""
    (found,) = [one for one in hall.hub.exceptions() if one["code"] == BACK and device in one["event_id"]]
    return found


def let_back(hall: Hall, device: str) -> None:
    """Both say yes."""
    event = wish_of(hall, device)["event_id"]
    for who in (FIRST, SECOND):
        hall.hub.settle_exception(event, BACK, LET_BACK, "设备已找回并当面核对", who)
