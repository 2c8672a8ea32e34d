"""Pages beside the visit: who speaks, why, lists, reports."""

from __future__ import annotations

from typing import Any

from counter_app.services.visit_view import VisitView
from tests.fakes import snapshots as s
from tests.fakes.case_snapshots import BX02
from tests.fakes.report_tables import tables
from tests.fakes.stand import quiet

SUMMED = s.replace(s.FILLING, case=s.replace(BX02, estimate=s.ESTIMATE))


def reports(qtbot: Any, make: Any) -> Any:
    made = make(s.EMPTY)
    made.counter.tables = tables()
    made.model.go(aside="reports")
    return made


def reports_one(qtbot: Any, make: Any) -> Any:
    made = reports(qtbot, make)
    quiet(qtbot, made)
    made.page()._open("compression")
    return made


def alone(page: str, subject: str = "", about: str = "", view: VisitView = s.EMPTY) -> Any:
    def scene(qtbot: Any, make: Any) -> Any:
        made = make(view)
        made.model.go(aside=page, subject=subject, about=about)
        return made

    return scene


SCENES = {
    "speaker": alone("speaker", view=s.LONG),
    "refuse": alone("refuse", view=s.FILLING),
    "basis": alone("basis", view=s.LONG),
    "basis-sum": alone("basis", view=SUMMED),
    "add-person": alone("add_person", view=s.KNOWN),
    "list": alone("list", view=s.KNOWN),
    "send-back": alone("send_back", "app:W1", "异地就医备案　李*芳"),
    "package": alone("package"),
    "bills": alone("bills", view=s.FILLING),
    "home-visit": alone("home_visit"),
    "book-visit": alone("book_visit", "261122-001-A2B-0001-K"),
    "reports": reports,
    "reports-one": reports_one,
}
