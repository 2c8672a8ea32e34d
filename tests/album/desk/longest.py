"""A visit in which everything is as long as it can be."""

from __future__ import annotations

from typing import Any

from tests.fakes import longest


def at_work(qtbot: Any, make: Any) -> Any:
    return make(longest.VIEW)


def unit(qtbot: Any, make: Any) -> Any:
    return make(longest.UNIT_VIEW)


def aside(page: str) -> Any:
    def scene(qtbot: Any, make: Any) -> Any:
        made = make(longest.VIEW)
        made.model.go(aside=page)
        return made

    return scene


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
    "longest-basis": aside("basis"),
    "longest-speaker": aside("speaker"),
    "longest-refuse": aside("refuse"),
    "longest-done": done,
}
