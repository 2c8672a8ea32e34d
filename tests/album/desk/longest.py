"""A visit in which everything is as long as it can be."""

from __future__ import annotations

from typing import Any

from tests.album.desk.beside import alone
from tests.fakes import longest


def at_work(qtbot: Any, make: Any) -> Any:
    return make(longest.VIEW)


def unit(qtbot: Any, make: Any) -> Any:
    return make(longest.UNIT_VIEW)


def check(qtbot: Any, make: Any) -> Any:
    made = make(longest.VIEW)
    made.model.go(checking=True)
    return made


def done(qtbot: Any, make: Any) -> Any:
    return make(longest.DONE)


SCENES = {
    "longest": at_work,
    "longest-unit": unit,
    "longest-check": check,
    "longest-basis": alone("basis", view=longest.VIEW),
    "longest-speaker": alone("speaker", view=longest.VIEW),
    "longest-refuse": alone("refuse", view=longest.VIEW),
    "longest-done": done,
}
