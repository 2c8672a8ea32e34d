"""Matters at the kiosk's own face in other languages: page after page no word of them stays Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from counter_app.catalog.load import load_catalogue
from counter_app.catalog.tongues import CHINESE, tongue, tongues
from tests.album.judge import SCREENS, wrong
from tests.album.kiosk import FACE, more
from tests.fakes.filler import CERTNO, Filler
from tests.fakes.filler import WORDS as TYPED
from tests.fakes.kiosk import Citizen, desk_case, kiosk_office
from tests.fakes.office import TestOffice
from ui.viewmodels.guest import Guest
from ui.widgets.touch_days import day_shown

PACKS = load_catalogue()
SHORT = ("en", "ug")  # read from the left, and from the right; tests of the tables go over every language
REST = [code for code in tongues() if code not in (CHINESE, *SHORT)]
HAN = re.compile("[\u4e00-\u9fff]")
NAME = b"\x89PNG\r\n\x1a\n" + bytes(40)
LONG = pytest.mark.long
REGIONS = ("rizhao", *(pytest.param(one, marks=LONG) for one in sorted(PACKS.regions) if one != "rizhao"))
FEW = ("YD01", "CB12", "GZ02", "CX02")  # situations and promises, a table, a second person, a list of choices
MOST_PAGES, UPRIGHT = 60, (1080, 1920)
# What is shown in Chinese to everybody: who runs the hall, the names of languages.
OFFICIAL = frozenset({"日照市政务服务大厅", "日照市", "中文", "繁體中文"})


def names_of(region: str) -> frozenset[str]:
    """Names of places and institutions, and what was typed here: the same in every language."""
    place = PACKS.regions[region]
    named = {choice.label for choice in (*place.admdvs, *place.institutions)}
    return frozenset({*OFFICIAL, *named, *TYPED["text"], *place.agency.values(), place.name})


def simplified(code: str) -> frozenset[str]:
    """Characters that a reader of a language should not meet: all, or only those written otherwise there."""
    table = tongue(code).words
    before, after = set("".join(table)), set("".join(table.values()))
    return frozenset(one for one in before - after if HAN.match(one))


def chinese_left(citizen: Citizen, code: str, names: frozenset[str]) -> list[str]:
    """Chinese words that a reader of another script would meet; names are let be."""
    told = [one.text() for one in citizen.window.findChildren(QLabel) if one.isVisible()]
    told += [text for one in citizen.buttons() for text in (one.text(), one.accessibleName())]
    told += [one for one in citizen.ears.said[-1:] if citizen.ears.tongues[-1]]
    strange = simplified(code)
    return [f"left in Chinese: {text}" for text in told if strange & set(without(text, names))]


def without(text: str, names: frozenset[str]) -> str:
    """A text without names, which stand alone or in a place of it, and without masked ones."""
    for name in sorted(names, key=len, reverse=True) if HAN.search(text) else ():
        text = text.replace(name, "")
    return re.sub(r"[\u4e00-\u9fff]?\*+[\u4e00-\u9fff]?", "", text)


class Stranger:
    """Answers page after page, as a patient stranger would, with what a page offers."""

    def __init__(self, citizen: Citizen) -> None:
        self.citizen, self.model = citizen, citizen.model
        self.kiosk = citizen.port.kiosk
        office = self.kiosk.office
        self.filler = Filler(self.kiosk.visit, office.region, office.today())

    def play(self, type_id: str, situation: str) -> Iterator[str]:
        """Every page of one matter, from its first question to its end."""
        self.model.open(type_id)
        for nth in range(MOST_PAGES):
            self.citizen.settled()
            at = self.model.at.key if self.model.at is not None else ""
            yield f"{type_id}-{situation}-{nth}-{self.model.place}-{at}"
            if self.model.place == "question":
                yield from self._answer(situation)
            elif self.model.place == "check" and self.model.problem is None:
                self.model.confirm()
            else:
                return

    def _answer(self, situation: str) -> Iterator[str]:
        step = self.model.at
        if step.kind == "other":
            self.model.skip()
        elif step.kind == "situation":
            self.model.answer(situation)
        elif step.material is not None and step.ways[0] == "sign":
            self.model.go("sign")
            self.citizen.settled()
            yield "sign"
            self.model.sign(NAME)
        elif step.material is not None:
            self.model.settle(step.ways[0])
        else:
            self.model.answer(self._word(step))

    def _word(self, step: Any) -> str:
        if step.kind in ("more", "ask"):
            return (step.field.value if step.field else "") or "no"
        fields = self.kiosk.office.type(desk_case(self.citizen).type_id).fields
        spec = next(one for one in fields if one.key == (step.hint if step.kind == "cell" else step.key))
        if step.kind == "cell":
            spec = next(one for one in spec.columns if one.key == step.column)
        kept = step.field.value if not step.field.problem and "*" not in step.field.value else ""
        return kept or self.filler._next(spec, step.key) or CERTNO


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestOffice]:
    opened = kiosk_office(tmp_path / "data", PACKS)
    yield opened
    opened.close()


@pytest.fixture
def citizen(qtbot: Any, qapp_dressed: QApplication, desk: TestOffice) -> Iterator[Citizen]:
    made = Citizen(qtbot, desk, UPRIGHT)
    yield made
    made.close()


def matters(citizen: Citizen, count: int) -> list[tuple[str, str]]:
    """Matters of this kiosk and their situations: as many as wanted, those of most kinds of pages first."""
    offered = [PACKS.types[one.code] for one in citizen.model.offers]
    offered.sort(key=lambda kind: FEW.index(kind.id) if kind.id in FEW else len(FEW))
    return [(k.id, one) for k in offered[:count] for one in ([s.code for s in k.situations] or [""])]


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("code", [*SHORT, *(pytest.param(one, marks=LONG) for one in REST)])
def test_no_page_of_a_matter_is_left_in_chinese(
    qtbot: Any,
    qapp_dressed: QApplication,
    desk: TestOffice,
    size: Callable[[str], int],
    code: str,
    region: str,
) -> None:
    desk.office = replace(desk.office, region=PACKS.regions[region])
    citizen = Citizen(qtbot, desk, UPRIGHT)
    names, found, pages = names_of(region), [], 0
    for type_id, situation in matters(citizen, size("kiosk_matters")):
        citizen.card("wang_min")
        citizen.model.suit(Guest(tongue=code))
        for name in Stranger(citizen).play(type_id, situation):
            citizen.settled()
            pages += 1
            seen = chinese_left(citizen, code, names)
            seen += wrong(citizen.window, UPRIGHT, FACE.limits, "light")
            if seen:
                citizen.photo(f"{code}-{region}-{name}", SCREENS)
            found += [f"{name}: {one}" for one in seen]
        citizen.model.wipe()
        citizen.settled()
    citizen.close()
    assert pages > 30
    assert not found, "\n".join(sorted(set(found)))


def test_the_largest_letters_fit_in_another_language_too(citizen: Citizen) -> None:
    citizen.card("wang_min")
    citizen.model.suit(Guest(tongue="ug", wants_elder=True))
    found: list[str] = []
    for name in Stranger(citizen).play("YD01", "retired"):
        citizen.settled()
        seen = [*wrong(citizen.window, UPRIGHT, FACE.limits, "light"), *more(citizen)]
        found += [f"{name}: {one}" for one in seen]
    assert not found, "\n".join(sorted(set(found)))


def test_what_a_matter_wants_told_stands_where_it_is_handed_in(citizen: Citizen) -> None:
    """Beside what is signed where something is, else once on the page of all answers."""
    citizen.card("wang_min")
    told: dict[str, list[str]] = {"CX02": [], "YD01": []}
    for type_id, situation in (("CX02", "sheet"), ("YD01", "worker")):
        for _ in Stranger(citizen).play(type_id, situation):
            citizen.settled()
            read = citizen.reads()
            told[type_id] += [citizen.model.place for one in PACKS.types[type_id].notices if one in read]
        citizen.model.home()
        citizen.settled()
    assert set(told["CX02"]) == {"check"}
    assert set(told["YD01"]) == {"question"}


def test_days_are_digits_for_whoever_reads_another_language() -> None:
    assert day_shown("date")("20261123") == "2026年11月23日"
    assert day_shown("date", False)("20261123") == "2026-11-23"
    assert [day_shown("month", False)(typed) for typed in ("2026", "20261", "202612")] == [
        *("2026", "2026-1", "2026-12"),
    ]
    assert day_shown("datetime", False)("202611230930") == "2026-11-23 09:30"
