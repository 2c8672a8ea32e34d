"""What the tests of the screen share: a dressed application, a desk over a fake counter, the checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.settings import Settings
from tests.fakes.stand import Stand, gone, quiet, stands
from ui.app import application

__all__ = ["Stand", "gone", "quiet"]


@pytest.fixture
def qapp_dressed(qapp: QApplication) -> QApplication:
    application(Settings())
    return qapp


@pytest.fixture
def stand(qtbot: Any, qapp_dressed: QApplication) -> Iterator[Callable[..., Stand]]:
    """`stand(view, size=(w, h), theme=, scale=)` opens a desk that is closed after the test."""
    with stands(qtbot, qapp_dressed) as make:
        yield make
