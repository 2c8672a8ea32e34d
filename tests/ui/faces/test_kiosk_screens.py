"""Every kind of page of the kiosk, photographed and reviewed: upright, lying, small, at 150 %."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.catalog.load import load_catalogue
from tests.album.judge import SCREENS, wrong
from tests.album.kiosk import FACE, more
from tests.fakes.kiosk import Citizen, kiosk_office
from tests.fakes.office import TestOffice

PACKS = load_catalogue()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestOffice]:
    opened = kiosk_office(tmp_path / "data", PACKS)
    yield opened
    opened.close()


def test_a_page_that_is_cut_is_noticed(qtbot: Any, qapp_dressed: QApplication, desk: TestOffice) -> None:
    citizen = Citizen(qtbot, desk, (1080, 1920))
    limits = FACE.limits
    assert [*wrong(citizen.window, (1080, 1920), limits, "light"), *more(citizen)] == []
    button = citizen.buttons()[0]
    button.setFixedSize(20, 20)
    assert any(one.startswith("small target") for one in wrong(citizen.window, (1080, 1920), limits, "light"))
    button.setParent(citizen.window)
    button.move(40, 40)
    button.show()
    assert any(one.startswith("out of reach") for one in more(citizen))
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
