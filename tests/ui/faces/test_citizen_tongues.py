"""Matters that only a counter does, on the citizen's screen: what the clerk typed in every language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import tomli
from PySide6.QtWidgets import QAbstractButton, QLabel

import resources
from counter_app.catalog.load import load_catalogue
from counter_app.catalog.tongues import CHINESE, tongues
from counter_app.services.parking import CHANNEL
from tests.fakes.office import TestOffice, open_office
from tests.fakes.plays import Play, filled
from tests.ui.faces.test_citizen import screen
from tests.ui.faces.test_citizen_guest import settle, turn_to
from tests.ui.faces.test_kiosk_tongues import names_of, simplified, without
from ui.viewmodels import citizen as c

__all__ = ["screen"]
PACKS, REGION = load_catalogue(), "rizhao"
OTHERS = [code for code in tongues() if code != CHINESE]
# An allowance, a claim with bills, a list of employees, a newborn, a chronic disease, an objection.
FEW = ("SY04", "BX01", "CB03", "CB06", "MT01", "FW08")
COUNTER = [kind.id for kind in PACKS.offered(REGION) if CHANNEL not in kind.channels]
REST = [pytest.param(one, marks=pytest.mark.long) for one in COUNTER if one not in FEW]
DEMO = tomli.loads(resources.read_bytes("demo/people.toml").decode("utf-8"))
# Names of employers and of streets, and of each language in itself.
NAMED = frozenset({
    *(told for one in DEMO["employer"] for told in one.values() if isinstance(told, str)),
    *(told for one in DEMO["person"] for told in one.values() if isinstance(told, str) and len(told) > 8),
    *(one.name for one in tongues().values()),
})  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestOffice]:
    opened = open_office(tmp_path / "data", PACKS)
    yield opened
    opened.close()


def left_on(window: Any, code: str) -> list[str]:
    """What a reader of a language would meet in Chinese; names are let be."""
    told = [one.text() for one in window.findChildren(QLabel) if one.isVisibleTo(window)]
    told += [one.text() for one in window.findChildren(QAbstractButton) if one.isVisibleTo(window)]
    strange, names = simplified(code), names_of(REGION) | NAMED
    return sorted({text for text in told if strange & set(without(text, names))})


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("type_id", [*FEW, *REST])
def test_what_the_clerk_typed_is_read_in_every_language(
    type_id: str, code: str, desk: TestOffice, screen: Any
) -> None:
    view = filled(desk, Play(type_id, REGION)).view()
    assert view.case is not None
    page = c.page_for(replace(view, case=replace(view.case, checked=False)), "check")
    assert isinstance(page, c.Confirm)
    assert len(page.lines) > 3
    window = screen(page)
    turn_to(window, code)
    settle()
    assert left_on(window, code) == []
