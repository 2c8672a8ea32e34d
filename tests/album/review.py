"""The desk behind the counter: the work, a case, a decision, a hub that is away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from counter_app.problems import Problem
from counter_app.services.review_view import AnswerLine
from tests.album.look import COUNTER_ROOMS, Face, Limits, Room, Shown, Style
from tests.fakes.page_pictures import page_picture
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


def covered_page(qtbot: Any, make: Any) -> Place:
    """A page covered at the counter, and the question why it is to be seen whole."""
    port = FakeReviewing()
    seen = port.sheets["case-2"]
    ref = next(line.pages[0] for line in seen.materials if line.pages)
    port.sheets["case-2"] = replace(seen, covered=(ref,))
    made: Place = make(port, case="case-2")
    made.model.look_at(ref, "医院收费票据 第 1 页")
    settle(qtbot, made)
    made.desk.viewer.ask_why()
    return made


def laying(qtbot: Any, make: Any) -> Place:
    """A page on which covers are being laid."""
    port = FakeReviewing()
    page = page_picture("出院记录")
    port.page = lambda ref: page  # type: ignore[method-assign]
    made: Place = make(port, case="case-2")
    made.model.look_at("a" * 64, "医院收费票据 第 1 页")
    settle(qtbot, made)
    made.desk.viewer.cover()
    made.desk.viewer._picture.add_box()
    return made


def laid(qtbot: Any, make: Any) -> Place:
    """The same page once they are laid."""
    made = laying(qtbot, make)
    made.desk.viewer.cover()
    settle(qtbot, made)
    return made


def sealed(qtbot: Any, make: Any) -> Place:
    """A look that opens what was sealed for the hall, and says why the rest stays closed."""
    port = FakeReviewing()
    elsewhere, later = Problem("value-elsewhere", ""), Problem("value-own", "")
    port.opened |= {
        "certno": AnswerLine("certno", "证件号码", "371102198803150027", True),
        "tel": AnswerLine("tel", "联系电话", "••••", True, elsewhere.cause + elsewhere.advice),
        "adm_date": AnswerLine("adm_date", "诊断", "••••", True, later.cause + later.advice),
    }
    made: Place = make(port, case="case-2")
    made.model.reveal()
    settle(qtbot, made)
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
    "covered-page": covered_page,
    "laying-covers": laying,
    "laid-covers": laid,
    "sealed": sealed,
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
