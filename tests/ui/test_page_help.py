"""Every page of every face has help of its own, and the keys it names are the real ones."""

from __future__ import annotations

import re

import pytest

from ui import keymap
from ui.kiosk_registry import screens
from ui.page_help import PageHelp, help_for, page_helps
from ui.registry import pages
from ui.viewmodels.manage import PAGES

OVER_THE_DESK = {"palette", "photograph", "locked"}
ASKED_AT_THE_GUIDE = {"take", "needs", "promote", "reissue", "assist", "merge", "cancel"}
TABLES = {
    "desk": keymap.KEYS,
    "review": keymap.REVIEW_KEYS,
    "guide": keymap.GUIDE_KEYS,
    "manage": keymap.MANAGE_KEYS,
    "kiosk": (),
}
OF_WIDGETS = {
    "↑",
    "↓",
    "←",
    "→",
    "+",
    "-",
    "0",
    "空格",
    "退格",
    "Tab",
    "1…9",
}  # keys every list or viewer has
OF_VIEWERS = {"Ctrl+M", "Ctrl+N", "Shift+退格", "Shift+方向键"}  # see docs/hands.md
CHORD = re.compile(
    r"(?:(?:Ctrl|Alt|Shift)\+)+(?:F\d{1,2}|[A-Z](?![a-z])|[A-Z][a-z]+|1…9|退格|方向键)|F\d{1,2}"
)
LONGEST_SAID = 40
EVERY = [(face, page, told) for face in TABLES for page, told in page_helps(face).items()]


def known(face: str) -> set[str]:
    """Chords of a face as the help writes them."""
    found = {key.chord.replace("Return", "Enter") for key in TABLES[face]}
    numbered = {chord[:-1] + "1…9" for chord in found if chord.endswith("+1") and f"{chord[:-1]}9" in found}
    return found | numbered | OF_WIDGETS | OF_VIEWERS


def named(told: PageHelp) -> set[str]:
    """Every key a page's help names, in its table and inside its sentences."""
    table = {one for chord, _ in told.keys for one in chord.split(" ")}
    sentences = [told.about, *told.wrong, *(does for _, does in told.keys)]
    return table | {one for words in sentences for one in CHORD.findall(words)}


def unknown(face: str, told: PageHelp) -> set[str]:
    """Keys that are no keys of this face."""
    return named(told) - known(face)


def test_every_page_of_the_desk_has_help_under_its_own_title() -> None:
    helps = page_helps("desk")
    assert set(helps) == set(pages()) | OVER_THE_DESK
    assert {step: helps[step].title for step in pages()} == {s: p.title for s, p in pages().items()}


def test_every_page_of_the_other_faces_has_help() -> None:
    assert set(page_helps("kiosk")) == set(screens())
    assert set(page_helps("review")) == {"read", "decide", "viewer"}
    assert {page: told.title for page, told in page_helps("manage").items()} == dict(PAGES)
    assert set(page_helps("guide")) == ASKED_AT_THE_GUIDE | {"numbers", "materials"}
    assert {key.action for key in keymap.GUIDE_KEYS} > ASKED_AT_THE_GUIDE


@pytest.mark.parametrize(("face", "page", "told"), EVERY, ids=lambda one: one if isinstance(one, str) else "")
def test_a_page_says_its_purpose_what_helps_and_only_real_keys(face: str, page: str, told: PageHelp) -> None:
    assert len(told.about) >= 8
    assert told.wrong
    assert all(words.endswith(("。", "”。")) for words in (told.about, *told.wrong))
    assert unknown(face, told) == set()
    assert bool(told.keys) == (face != "kiosk")
    if face == "kiosk":
        assert len(told.about) <= LONGEST_SAID


def test_a_key_that_does_not_exist_is_found() -> None:
    wrong = PageHelp("x", "x", (("F13", "x"),), ("先按 Ctrl+Q，再按 F10。",))
    assert unknown("desk", wrong) == {"F13", "Ctrl+Q"}
    assert unknown("manage", PageHelp("x", "x", (("F8", "x"),), ())) == {"F8"}
    assert help_for("desk", "nowhere") is None
