"""Waiting until a window has nothing under way and nothing left to lay out."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication

from ui.jobs import Jobs
from ui.widgets.form import Form

TURNS = (
    6  # of the event loop in a row without an outcome: showing, laying out and painting follow one another
)


def until_still(bot: Any, jobs: Jobs, timeout: int = 20_000) -> None:
    """Wait for what was asked for, also for what its outcome asks for, and for what they draw.

    Waiting for `under_way == 0` alone is too little: an outcome may ask again, and what it draws is
    shown only by a later turn of the loop.
    """
    ended: list[int] = []
    counted = jobs.quiet.connect(lambda: ended.append(1))
    still = 0
    while still < TURNS:
        bot.waitUntil(lambda: jobs.under_way == 0 and not _is_growing(), timeout=timeout)
        before = len(ended)
        QApplication.processEvents()
        is_still = jobs.under_way == 0 and len(ended) == before and not _is_growing()
        still = still + 1 if is_still else 0
    jobs.quiet.disconnect(counted)


def _is_growing() -> bool:
    """Whether a form is still being built, a few rows at a time with a breath between."""
    return any(
        form.is_behind for window in QApplication.topLevelWidgets() for form in window.findChildren(Form)
    )
