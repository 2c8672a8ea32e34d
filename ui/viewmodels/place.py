"""Which page is shown: a plain function of the snapshot and of where the clerk wants to be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from counter_app.domain.value import Value
from counter_app.services.visit_view import VisitView

ANYWHERE = frozenset(
    {"reports", "verify", "send_back", "package", "home_visit", "book_visit", "devices", "repair"}
    | {"day", "outage", "news", "sign_out"}
)
WIDE = frozenset({"day", "outage"})  # about nobody in particular: they take the room of the panes


class Wish(Value, frozen=True):
    """Where the clerk wants to be. `aside` is a page opened over the case: "", speaker, refuse, basis …;
    those of `ANYWHERE` stand over an idle desk too. `subject` is what such a page is about (a number),
    `about` the same in words.
    """

    checking: bool = False
    aside: str = ""
    subject: str = ""
    about: str = ""

    def changed(self, **wish: Any) -> Wish:
        """The same wish with some of it changed."""
        return replace(self, **wish)

    def after(self, before: VisitView, now: VisitView) -> Wish:
        """Another case, person or end of the visit takes the clerk out of side pages."""
        if _where(before) != _where(now):
            return Wish()
        if now.case is not None and now.case.problems and not (before.case and before.case.problems):
            return replace(self, checking=False)
        return self


def _where(view: VisitView) -> tuple[object, ...]:
    return (view.visit_open, view.current_principal, view.case.case_id if view.case else "")


def page_for(view: VisitView, wish: Wish) -> str:
    """The step of the page to show."""
    if wish.aside in ANYWHERE:
        return wish.aside
    if not view.visit_open and view.ticket is None and not view.principals:
        return "idle"
    if wish.aside and view.principals:
        return wish.aside
    case = view.case
    if case is None:
        return "choose" if view.principals else "identify"
    if case.number or case.step == "done":
        return "done"
    return "check" if wish.checking else "fill"
