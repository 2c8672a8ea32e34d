"""The windows behind the counter, as every file that tests one of them opens it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from tests.fakes import manage_place, review_place
from tests.fakes.hall import Hall, open_hall


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """A real hub with a hall, in a folder of the test's own."""
    (tmp_path / "hub").mkdir()
    with open_hall(tmp_path / "hub") as made:
        yield made


@pytest.fixture
def managed(
    hall: Hall, tmp_path: Path, qtbot: Any, qapp_dressed: QApplication
) -> Iterator[Callable[..., manage_place.Place]]:
    """Opens the manager's desk over the hall; closed with the test."""
    with manage_place.places(qtbot, qapp_dressed, hall, tmp_path / "tables") as make:
        yield make


@pytest.fixture
def reviewed(qtbot: Any, qapp_dressed: QApplication) -> Iterator[Callable[..., review_place.Place]]:
    """Opens the reviewer's desk; closed with the test."""
    with review_place.places(qtbot, qapp_dressed) as make:
        yield make
