"""The self-service machine: every kind of page in turn, as somebody would meet them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from counter_app.services.visit_view import ProblemView
from tests.album.guide import packs
from tests.album.look import Face, Limits, Room, Shown, Style
from tests.fakes.kiosk import Citizen, kiosk_office
from ui.kiosk_registry import screens
from ui.tongues import MOST_LETTERS

ROOMS = ((1080, 1920), (1280, 1024), (1920, 1080))
REACH = 4  # of an upright screen, the highest quarter is out of reach
MOST_SAID = 45  # characters a voice may take; of another language MOST_LETTERS
LEAST_FONT, LEAST_TARGET = 24, 76


def walk(citizen: Citizen) -> Iterator[str]:
    """Every kind of page in turn, as somebody would meet them."""
    yield "home"
    for wish in ("balance", "verify"):
        citizen.model.want(wish)
        yield {"balance": "who"}.get(wish, wish)
    citizen.model.verify("x")
    citizen.settled()
    yield "verified"
    citizen.model.problem = ProblemView(
        "kiosk-scan", "这个码不能用来核验身份", "扫到的不是医保码。", "请打开医保电子凭证再扫。"
    )
    citizen.model.go("refused")
    yield "refused"
    citizen.card()
    for place in ("home", "balance", "matters", "owed", "papers", "rate"):
        citizen.model.go(place)
        yield f"{place}-known"
    yield from matter(citizen)
    yield from ends(citizen)


def matter(citizen: Citizen) -> Iterator[str]:
    """One matter, question by question."""
    citizen.model.open("YD01")
    citizen.settled()
    yield "situation"
    for name in ("city", "date", "sign"):
        citizen.tiles()[0].click()
        citizen.settled()
        if citizen.model.at.key == "begndate" and name == "sign":
            citizen.touch("下一步")
        yield name
    yield "material"
    citizen.model.settle("promise")
    citizen.settled()
    while citizen.model.place == "question":
        yield "agree"
        citizen.touch("我看清楚了，同意，去签名")
        yield "sign"
        citizen.write_name()
        yield "signed"
        citizen.touch("签好了")
    yield "check"
    citizen.model.confirm()
    citizen.settled()
    yield "done"
    citizen.model.go("rate")
    yield "rate"
    citizen.model.ask_why(citizen.model.view.visit.case.case_id, 1)
    yield "rate_why"
    for place in ("thanks", "printing"):
        citizen.model.go(place)
        yield place
    citizen.model.open("GZ02")
    citizen.settled()
    citizen.tiles()[0].click()
    citizen.settled()
    yield "other"
    citizen.model.skip()
    yield "word"
    for letter in "WANG":
        citizen.touch(letter)
    yield "word-typed"
    citizen.model.answer("王芳")
    citizen.settled()
    yield "number"


def ends(citizen: Citizen) -> Iterator[str]:
    """Numbers, covers, and what was left."""
    citizen.model.want("ticket")
    citizen.settled()
    yield "groups"
    citizen.model.take_number("")
    citizen.settled()
    yield "ticket"
    citizen.model.slip_is_printed = False
    citizen.model.go("ticket")
    yield "ticket-unprinted"
    for cover in ("still_here", "helped", "guide", "pin", "calm"):
        citizen.model.lay(cover)
        yield f"cover-{cover}"
    citizen.model.lay("")
    citizen.pull()
    citizen.card()
    yield "unfinished"
    citizen.model.view = citizen.model.view.__class__(
        citizen.model.view.visit, window_only="异地安置认定材料"
    )
    citizen.model.go("window")
    yield "window"


def more(citizen: Citizen) -> list[str]:
    """What a page of a machine may not do either: hang too high, or talk too long."""
    found = []
    if citizen.face.is_upright and citizen.face.cover.isHidden():
        top = citizen.window.height() // REACH
        found = [
            f"out of reach: {b.text() or b.accessibleName()}"
            for b in citizen.buttons()
            if b.mapTo(citizen.window, b.rect().topLeft()).y() < top - 4
        ]
    said = citizen.ears.said[-1] if citizen.ears.said else ""
    most = MOST_LETTERS if citizen.ears.tongues and citizen.ears.tongues[-1] else MOST_SAID
    return found + ([f"too long to say: {said}"] if len(said) > most else [])


def show(bot: Any, app: QApplication, style: Style, room: Room, chapter: str) -> Iterator[Shown]:
    """The whole walk."""
    with tempfile.TemporaryDirectory(prefix="ow-album-") as folder:
        desk = kiosk_office(Path(folder) / "data", packs())
        citizen, met = Citizen(bot, desk, room), set()
        try:
            citizen.face._restyle(style.theme, style.scale)
            for name in walk(citizen):
                citizen.settled()
                met.add(citizen.model.place)
                yield Shown(name, citizen.window, citizen.settled, lambda: more(citizen))
            assert met == set(screens()), "the walk does not come past every page"
        finally:
            citizen.close()
            desk.close()


FACE = Face(
    "kiosk",
    ROOMS,
    ("walk",),
    show,
    Limits(contrast={"light": 7.0, "contrast": 7.0}, font=LEAST_FONT, target=LEAST_TARGET),
    is_walk=True,
    is_resized=False,
)
