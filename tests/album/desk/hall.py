"""The day and the hall: opening, handing over, closing, outages."""

from __future__ import annotations

from typing import Any

from counter_app.services.covered import covered
from tests.fakes import days
from tests.fakes import snapshots as s
from tests.fakes.stillness import until_still


def day(part: str, session: Any = s.EMPTY.session) -> Any:
    def scene(qtbot: Any, make: Any) -> Any:
        made = make(s.replace(s.EMPTY, session=session))
        made.counter.visit.answers = days.ANSWERS
        made.desk.actions_.run(f"day_{part}")
        return made

    return scene


def day_away(qtbot: Any, make: Any) -> Any:
    made = make(s.EMPTY)
    made.counter.visit.answers = {**days.ANSWERS, "closing": days.EVENING_AWAY}
    made.desk.actions_.run("day_close")
    return made


def day_rest(qtbot: Any, make: Any) -> Any:
    made = make(s.EMPTY)
    made.counter.visit.answers = {**days.ANSWERS, "days_owed": (days.REST.day,)}
    made.desk.actions_.run("day_close")
    until_still(qtbot, made.model.jobs)
    assert made.page().digit(4)
    return made


def outage(qtbot: Any, make: Any) -> Any:
    made = make(s.replace(s.EMPTY, hall_now=days.DOWN))
    made.counter.visit.answers = days.ANSWERS
    made.desk.actions_.run("outage")
    return made


def outage_after(qtbot: Any, make: Any) -> Any:
    made = make(s.EMPTY)
    made.counter.visit.answers = days.ANSWERS
    made.desk.actions_.run("hall_page")
    return made


def hall_band(qtbot: Any, make: Any) -> Any:
    return make(s.replace(covered(s.FILLING), hall_now=days.HELP))


SCENES = {
    "day-open": day("open"),
    "day-hand": day("hand"),
    "day-close": day("close"),
    "day-close-secured": day("close", s.SECURED),
    "day-hand-secured": day("hand", s.SECURED),
    "day-close-away": day_away,
    "day-rest": day_rest,
    "outage": outage,
    "outage-after": outage_after,
    "hall-band": hall_band,
}
