"""Every kind of page of the kiosk, photographed and reviewed: upright, lying, small, at 150 %."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.catalog.load import load_catalogue
from counter_app.services.visit_view import ProblemView
from tests.fakes.kiosk import Citizen, kiosk_office
from tests.fakes.office import TestOffice
from tests.ui import checks
from ui.kiosk_registry import screens

PACKS = load_catalogue()
SCREENS = Path(__file__).resolve().parents[2] / "_screens"
SIZES = (
    (1080, 1920, 100),
    pytest.param(1280, 1024, 150, marks=pytest.mark.long),
    pytest.param(1280, 1024, 100, marks=pytest.mark.long),
    pytest.param(1920, 1080, 100, marks=pytest.mark.long),
    pytest.param(1920, 1080, 150, marks=pytest.mark.long),
    pytest.param(1080, 1920, 150, marks=pytest.mark.long),
)
REACH = 4  # of an upright screen, the highest quarter is out of reach
LEAST_FONT, LEAST_TARGET = 24, 76


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestOffice]:
    opened = kiosk_office(tmp_path / "data", PACKS)
    yield opened
    opened.close()


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
    for cover in ("still_here", "helped", "pin", "calm"):
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


def wrong_on(citizen: Citizen, name: str) -> list[str]:
    """What a strict reviewer finds on a page."""
    window = citizen.window
    QApplication.processEvents()
    found = checks.clipped(window) + checks.outside(window) + checks.overlaps(window) + checks.unnamed(window)
    found += checks.small_fonts(window, LEAST_FONT) + checks.small_targets(window, LEAST_TARGET)
    if citizen.face.is_upright:
        top = window.height() // REACH
        found += [
            f"out of reach: {b.text() or b.accessibleName()}"
            for b in citizen.buttons()
            if citizen.face.cover.isHidden() and b.mapTo(window, b.rect().topLeft()).y() < top - 4
        ]
    said = citizen.ears.said[-1] if citizen.ears.said else ""
    found += [f"too long to say: {said}"] if len(said) > 45 else []
    return [f"{name}: {one}" for one in found]


@pytest.mark.parametrize(("width", "height", "scale"), SIZES)
def test_every_page_is_whole_large_and_within_reach(
    qtbot: Any, qapp_dressed: QApplication, desk: TestOffice, width: int, height: int, scale: int
) -> None:
    citizen = Citizen(qtbot, desk, (width, height))
    while citizen.face.theme.scale != scale:
        citizen.face.larger()
    wrong: list[str] = []
    met: set[str] = set()
    try:
        for name in walk(citizen):
            citizen.settled()
            met.add(citizen.model.place)
            citizen.photo(f"{width}x{height}-{scale}-{name}", SCREENS)
            wrong += wrong_on(citizen, name)
    finally:
        citizen.close()
    assert not wrong, "\n".join(wrong)
    assert met == set(screens())


def test_a_page_that_is_cut_is_noticed(qtbot: Any, qapp_dressed: QApplication, desk: TestOffice) -> None:
    citizen = Citizen(qtbot, desk, (1280, 1024))
    citizen.buttons()[0].setFixedSize(20, 20)
    assert wrong_on(citizen, "home")
    citizen.close()


def test_white_on_black_is_the_same_page(qtbot: Any, qapp_dressed: QApplication, desk: TestOffice) -> None:
    citizen = Citizen(qtbot, desk, (1280, 1024))
    citizen.touch("黑底")
    citizen.photo("dark-home", SCREENS)
    assert "您要办什么？" in citizen.reads()
    citizen.model.wipe()
    citizen.settled()
    assert citizen.face.theme.name == "light"  # the next person finds the everyday looks
    citizen.close()
