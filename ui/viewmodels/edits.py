"""Typed text on its way to the visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from counter_app.domain.value import Value
from counter_app.services.visit_view import VisitView
from ui.ports import VisitPort

Call = Callable[[VisitPort], VisitView]


class PendingEdit(Value, frozen=True):
    """One hand-over: the call for the services lane, and whom to tell what became of it."""

    call: Call
    arrived: Callable[[], None]
    lost: Callable[[], None]


class PendingForm(Protocol):
    """A form with typed text; `destroyed` tells when it goes."""

    destroyed: Any

    def pending(self) -> list[PendingEdit]:
        """What the visit does not have yet."""
