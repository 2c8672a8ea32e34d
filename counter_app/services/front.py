"""What a window says to whoever stands before it: open, paused, calling somebody, serving somebody.

A pure reading of the visit's snapshot; the strip over the window and the customer screen say the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from counter_app.domain import masks
from counter_app.services.visit_view import VisitView

State = Literal["open", "paused", "calling", "serving"]


@dataclass(frozen=True, slots=True)
class Front:
    """One moment at a window. `name` is masked; the strip never shows it."""

    state: State
    window: str
    ticket: str = ""
    name: str = field(default="", repr=False)
    clerk_no: str = ""
    clerk_name: str = ""


def front_of(view: VisitView) -> Front:
    """The moment a snapshot shows.

    A clerk who covered the screen between two people has paused the window; in the middle of a visit the
    person stays the one being served. A number nobody was identified for yet is still being called.
    """
    number = view.ticket.number if view.ticket is not None else ""
    window, no, name = view.window, view.clerk_no, view.clerk_name
    if not view.visit_open:
        return Front("paused" if view.locked else "open", window, clerk_no=no, clerk_name=name)
    person = next((p for p in view.principals if p.key == view.current_principal), None)
    state: State = "calling" if number and not view.principals else "serving"
    return Front(state, window, number, masks.name(person.name) if person else "", no, name)


def strip_words(front: Front) -> tuple[str, str]:
    """Text and colour of the strip over the window: what can be read from the seats, and nobody's name."""
    place = f"{front.window}号窗口" if front.window.isdecimal() else front.window
    if front.state == "paused":
        return f"{place} 暂停服务", "yellow"
    if front.state == "calling":
        return f"请{front.ticket}号到{place}", "red"
    if front.state == "serving":
        return f"{place} 正在办理 {front.ticket}".rstrip(), "green"
    return f"{place} 欢迎办理", "green"


def screen_words(front: Front) -> str:
    """The sentence on the customer screen while somebody is called or served, or the window is paused."""
    if front.state == "paused":
        return "窗口暂停服务，请稍候"
    return "请到本窗口办理" if front.state == "calling" else "正在为您办理"
