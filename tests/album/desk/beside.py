"""Pages beside the visit: who speaks, why, lists, reports."""

from __future__ import annotations

from typing import Any

from tests.fakes import snapshots as s
from tests.fakes.report_tables import tables
from tests.fakes.stand import quiet


def speaker(qtbot: Any, make: Any) -> Any:
    made = make(s.LONG)
    made.model.go(aside="speaker")
    return made


def refuse(qtbot: Any, make: Any) -> Any:
    made = make(s.FILLING)
    made.model.go(aside="refuse")
    return made


def bills(qtbot: Any, make: Any) -> Any:
    made = make(s.FILLING)
    made.model.go(aside="bills")
    return made


def basis(qtbot: Any, make: Any) -> Any:
    made = make(s.LONG)
    made.model.go(aside="basis")
    return made


def basis_sum(qtbot: Any, make: Any) -> Any:
    made = make(s.replace(s.FILLING, case=s.replace(s.BX02, estimate=s.ESTIMATE)))
    made.model.go(aside="basis")
    return made


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


def add_person(qtbot: Any, make: Any) -> Any:
    made = make(s.KNOWN)
    made.model.go(aside="add_person")
    return made


def listed(qtbot: Any, make: Any) -> Any:
    made = make(s.KNOWN)
    made.model.go(aside="list")
    return made


def alone(page: str, subject: str = "", about: str = "") -> Any:
    def scene(qtbot: Any, make: Any) -> Any:
        made = make(s.EMPTY)
        made.model.go(aside=page, subject=subject, about=about)
        return made

    return scene


SCENES = {
    "speaker": speaker,
    "refuse": refuse,
    "basis": basis,
    "basis-sum": basis_sum,
    "add-person": add_person,
    "list": listed,
    "send-back": alone("send_back", "app:W1", "异地就医备案　李*芳"),
    "package": alone("package"),
    "bills": bills,
    "home-visit": alone("home_visit"),
    "book-visit": alone("book_visit", "261122-001-A2B-0001-K"),
    "reports": reports,
    "reports-one": reports_one,
}
