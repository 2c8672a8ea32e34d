"""The citizen's screen for older people and in other languages; nothing of it stays for the next."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from counter_app.catalog.tongues import CHINESE, tongues
from tests.album.citizen import PAGES, ROOMS
from tests.album.judge import SCREENS
from tests.ui import checks
from tests.ui.faces.test_citizen import button, press, screen, words_of
from ui.faces.citizen import LARGER

__all__ = ["screen"]
SHOWN = ("welcome", "served", "served-long", "confirm", "sign", "rate", "finished", "wait")
MANY = (ROOMS[0], pytest.param(ROOMS[1], marks=pytest.mark.long), *ROOMS[2:])  # the lowest, and upright
OTHERS = [code for code in tongues() if code != CHINESE]


def settle() -> None:
    for _ in range(8):
        QApplication.processEvents()


def turn_to(window: Any, code: str) -> None:
    """Touch the button until the language is there."""
    for _ in tongues():
        if window._guest.tongue == code:
            break
        window._next.click()
    assert window._guest.tongue == code
    settle()


@pytest.mark.parametrize("size", MANY)
@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("look", ["elder", "ug"])
def test_page_is_whole_for_everybody(look: str, name: str, size: tuple[int, int], screen: Any) -> None:
    window = screen(PAGES[name], size)
    if look == "elder":
        window.suit(True)
        settle()
    else:
        turn_to(window, look)
    window.grab().save(str(SCREENS / f"citizen-{look}-{name}.{size[0]}x{size[1]}.png"))
    assert window.size() == QSize(*size), "the window grew beyond the screen"
    assert checks.clipped(window) == []
    assert checks.overlaps(window) == []
    assert checks.outside(window) == []
    assert checks.small_targets(window, 48) == []


def test_older_people_read_larger_plainer_words_and_have_longer(screen: Any) -> None:
    window = screen(PAGES["confirm"])
    before, limit = window.current._title.fontInfo().pixelSize(), window.current._patience.interval()
    window.suit(True)
    settle()
    assert window.current._title.fontInfo().pixelSize() >= before * LARGER - 2
    assert window.current._patience.interval() == 2 * limit
    assert "电话号码" in words_of(window)
    window.suit(False)
    settle()
    assert "联系电话" in words_of(window)
    assert "电话号码" not in words_of(window)


@pytest.mark.parametrize("code", OTHERS)
def test_every_language_and_back_to_chinese(code: str, screen: Any) -> None:
    window = screen(PAGES["confirm-short"])
    before = words_of(window)
    turn_to(window, code)
    assert button(window, tongues()[code].words["核对无误"])
    turn_to(window, CHINESE)
    assert words_of(window) == before


def test_the_next_person_finds_chinese_and_nothing_behind_the_words(screen: Any) -> None:
    window = screen(PAGES["served"])
    turn_to(window, "en")
    left = window.current
    window.put(PAGES["welcome"])
    settle()
    assert window._guest.tongue == CHINESE
    assert "请持号等候叫号" in words_of(window)
    kept = [part.property("source") for part in left.findChildren(type(left._title))]
    assert not [text for text in kept if text]


def test_agreeing_works_in_another_language(screen: Any) -> None:
    window = screen(PAGES["confirm-short"])
    heard: list[Any] = []
    window.answered.connect(lambda page, answer: heard.append(answer))
    turn_to(window, "en")
    press(window, "All is correct")
    assert [answer.yes for answer in heard] == [True]
