"""The desk behind the counter: the work, a case, a decision, a hub that is away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.problems import Problem
from tests.album.look import COUNTER_ROOMS, Face, Limits, Room, Shown, Style
from tests.fakes.review_messages import DONE, REFUSED, UNKNOWN, decided
from tests.fakes.review_place import Place, places, settle
from tests.fakes.reviewing import FakeReviewing


def offers(qtbot: Any, make: Any) -> Place:
    return make(case="case-2")


def reasons(qtbot: Any, make: Any) -> Place:
    made: Place = make(case="case-2")
    made.press(Qt.Key.Key_4)
    made.press(Qt.Key.Key_1)
    return made


def days(qtbot: Any, make: Any) -> Place:
    made: Place = make(case="case-2")
    made.press(Qt.Key.Key_2)
    return made


def transfer(qtbot: Any, make: Any) -> Place:
    made: Place = make(case="case-1")
    made.press(Qt.Key.Key_2)
    return made


def blocked(qtbot: Any, make: Any) -> Place:
    return make(case="case-3")


def away(qtbot: Any, make: Any) -> Place:
    made: Place = make(case="case-2")
    made.port.away = True
    made.model.refresh()
    settle(qtbot, made)
    return made


def refusal(qtbot: Any, make: Any) -> Place:
    made: Place = make(case="case-2")
    made.keeper.notices.refuse(Problem("same-person", "actor", "初审和复核"))
    return made


def told(qtbot: Any, make: Any) -> Place:
    made: Place = make(case="case-2")
    decided(qtbot, made, DONE, UNKNOWN, REFUSED)
    return made


def help_keys(qtbot: Any, make: Any) -> Place:
    made: Place = make(case="case-2")
    made.press(Qt.Key.Key_F1)
    return made


def nothing(qtbot: Any, make: Any) -> Place:
    port = FakeReviewing()
    port.rows = ()
    return make(port)


SCENES = {
    "offers": offers,
    "reasons": reasons,
    "days": days,
    "transfer": transfer,
    "blocked": blocked,
    "away": away,
    "refusal": refusal,
    "told": told,
    "help": help_keys,
    "nothing": nothing,
}


def show(bot: Any, app: QApplication, style: Style, room: Room, chapter: str) -> Iterator[Shown]:
    """One scene."""
    with places(bot, app) as place:

        def make(port: FakeReviewing | None = None, case: str = "") -> Place:
            return place(port, room, style.scale, style.theme, case)

        made = SCENES[chapter](bot, make)
        settle(bot, made)
        yield Shown(chapter, made.window, lambda: settle(bot, made))


FACE = Face("review", COUNTER_ROOMS, tuple(SCENES), show, Limits())
