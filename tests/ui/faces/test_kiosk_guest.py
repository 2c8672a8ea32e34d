"""长辈版 and languages at the kiosk: chosen by a touch or by age, gone with the person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from counter_app.catalog.load import load_catalogue
from counter_app.catalog.tongues import CHINESE, tongues
from tests.album.judge import SCREENS, wrong
from tests.album.kiosk import FACE, more
from tests.fakes.kiosk import Citizen, kiosk_office
from tests.fakes.office import TestOffice
from tests.ui import checks
from ui.kiosk.home import ELDER
from ui.viewmodels.guest import Guest
from ui.widgets.reworded import reword
from ui.widgets.touch_keys import WordPad

PACKS = load_catalogue()
SIZES = (
    (1080, 1920),
    pytest.param(1280, 1024, marks=pytest.mark.long),
    pytest.param(1920, 1080, marks=pytest.mark.long),
)
LONG = pytest.mark.long
OTHERS = ["ug", *(pytest.param(code, marks=LONG) for code in tongues() if code not in (CHINESE, "ug"))]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestOffice]:
    opened = kiosk_office(tmp_path / "data", PACKS)
    yield opened
    opened.close()


@pytest.fixture
def citizen(qtbot: Any, qapp_dressed: QApplication, desk: TestOffice) -> Iterator[Citizen]:
    made = Citizen(qtbot, desk, (1080, 1920))
    yield made
    made.close()


def test_older_people_find_fewer_larger_plainer_slower_pages(citizen: Citizen) -> None:
    everyday = citizen.face.theme.scale
    citizen.touch("长辈版")
    assert citizen.face.theme.scale > everyday
    assert len(citizen.tiles()) == len(ELDER) + 1
    assert citizen.ears.paces[-1] < 100
    citizen.touch("其他事情")
    assert "自己办事" in citizen.reads()
    citizen.touch("普通版")
    assert (citizen.face.theme.scale, citizen.ears.paces[-1]) == (everyday, 100)


@pytest.mark.parametrize("room", [(1280, 1024), (1080, 1920)])
def test_with_the_largest_letters_the_tools_stay_where_they_are_and_whole(
    qtbot: Any, qapp_dressed: QApplication, desk: TestOffice, room: tuple[int, int]
) -> None:
    made = Citizen(qtbot, desk, room)
    try:
        made.touch("长辈版")
        places, buttons = set(), made.face._tools.buttons
        for place in ("who", "verify", "home", "who", "home"):
            made.model.go(place)
            made.settled()
            assert checks.clipped(made.window) == []
            places |= {one.parentWidget().objectName() for one in buttons.values()}
        assert places == {"tools"}
    finally:
        made.close()


def test_the_age_on_the_card_decides_and_there_is_a_way_back(citizen: Citizen) -> None:
    citizen.card("li_guifang")  # 78 years old
    assert citizen.model.is_elder
    citizen.model.want("balance")
    citizen.settled()
    assert "卡里还剩多少钱" in citizen.reads()
    citizen.touch("普通版")
    assert not citizen.model.is_elder
    assert "个人账户余额" in citizen.reads()
    citizen.pull()
    assert citizen.model.guest == Guest()
    assert not citizen.model.is_elder


def test_somebody_young_sees_the_everyday_pages(citizen: Citizen) -> None:
    citizen.card("wang_min")
    assert not citizen.model.is_elder


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_is_chosen_on_the_first_page_and_ends_with_the_person(citizen: Citizen, code: str) -> None:
    spoken = tongues()[code]
    citizen.touch(spoken.name)
    assert spoken.words["您要办什么？"] in citizen.reads()
    way = Qt.LayoutDirection.RightToLeft if spoken.is_right_to_left else Qt.LayoutDirection.LeftToRight
    assert citizen.face.layoutDirection() == way
    citizen.card("wang_min")
    citizen.pull()
    assert citizen.face.layoutDirection() == Qt.LayoutDirection.LeftToRight
    assert "您要办什么？" in citizen.reads()


def test_a_language_somebody_left_behind_goes_by_itself(
    qtbot: Any, qapp_dressed: QApplication, desk: TestOffice
) -> None:
    citizen = Citizen(qtbot, desk, (1080, 1920))
    citizen.keeper._patience = 1
    citizen.touch("English")
    qtbot.waitUntil(lambda: citizen.model.guest == Guest(), timeout=60_000)
    citizen.settled()
    assert not citizen.model.cover
    citizen.close()


def test_whoever_is_older_has_twice_the_time(citizen: Citizen) -> None:
    citizen.model.want("verify")
    before = citizen.keeper._idle.interval()
    citizen.touch("长辈版")
    assert citizen.keeper._idle.interval() == 2 * before


# What is shown in Chinese to everybody: the hall, places, the names of languages.
READ_OTHERWISE, HAN = ("ug", "kk_Arab", "en"), re.compile("[\u4e00-\u9fff]")
OFFICIAL = frozenset({"日照市政务服务大厅", "日照市", "中文", "繁體中文"})


def chinese_left(citizen: Citizen) -> list[str]:
    """Chinese words a reader of another script would meet; masked names and official names are let be."""
    told = [one.text() for one in citizen.window.findChildren(QLabel) if one.isVisible()]
    told += [text for one in citizen.buttons() for text in (one.text(), one.accessibleName())]
    runs = [run for text in told for run in re.split("[\u2066\u2069]", text) if HAN.search(run)]
    return [f"left in Chinese: {run}" for run in runs if run not in OFFICIAL and "*" not in run]


def pages(citizen: Citizen) -> Iterator[str]:
    """What somebody meets on the way to a number and to their balance."""
    yield "home"
    citizen.model.want("balance")
    yield "who"
    citizen.card("li_guifang" if citizen.model.is_elder else "wang_min")
    citizen.settled()
    yield "balance"
    citizen.model.want("matters")
    yield "matters"
    citizen.model.want("ticket")
    citizen.settled()
    yield "groups"
    citizen.model.take_number("")
    citizen.settled()
    yield "ticket"
    citizen.model.lay("still_here")
    yield "cover"
    citizen.model.lay("guide")
    yield "guide"


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("look", ["elder", "ug", *(pytest.param(n, marks=LONG) for n in ("kk_Arab", "en"))])
def test_pages_are_whole_for_everybody(
    qtbot: Any, qapp_dressed: QApplication, desk: TestOffice, width: int, height: int, look: str
) -> None:
    citizen = Citizen(qtbot, desk, (width, height))
    guest = Guest(wants_elder=True) if look == "elder" else Guest(tongue=look)
    citizen.model.suit(guest)
    citizen.settled()
    found: list[str] = []
    for name in pages(citizen):
        citizen.settled()
        citizen.photo(f"{look}-{width}x{height}-{name}", SCREENS)
        seen = [*wrong(citizen.window, (width, height), FACE.limits, "light"), *more(citizen)]
        seen += chinese_left(citizen) if look in READ_OTHERWISE else []
        found += [f"{name}: {one}" for one in seen]
    citizen.close()
    assert not found, "\n".join(found)


def test_words_that_change_under_the_finger_stay_in_the_language(qtbot: Any) -> None:
    said = tongues()["ug"].say
    pad = WordPad("")
    reword(pad, said)
    assert said("（还没有写）") in [one.text() for one in pad.findChildren(QLabel)]
    pad.press("w")
    assert said("拼音 w") in [one.text() for one in pad.findChildren(QLabel)]
    pad.deleteLater()


def test_pages_are_said_in_the_language_that_was_touched(citizen: Citizen) -> None:
    citizen.touch("English")
    citizen.model.want("verify")
    citizen.settled()
    assert (citizen.ears.said[-1], citizen.ears.tongues[-1]) == (
        "Please hold the code of the paper before the scanner.",
        "en",
    )
    citizen.model.wipe()
    citizen.model.want("verify")
    citizen.settled()
    assert citizen.ears.tongues[-1] == ""


def test_a_number_is_told_in_the_language_that_was_touched(citizen: Citizen) -> None:
    citizen.model.suit(Guest(tongue="ug"))
    citizen.model.want("ticket")
    citizen.settled()
    citizen.model.take_number("")
    citizen.settled()
    assert citizen.model.slip is not None
    assert citizen.model.slip.tongue == "ug"
    citizen.model.wipe()
    assert (Guest().beside, citizen.model.guest.beside) == ("", "")
