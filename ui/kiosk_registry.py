"""Finding the pages of the kiosk: every module of `ui.kiosk` with a constant SCREEN is one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from counter_app import walk
from counter_app.domain.value import Value

if TYPE_CHECKING:
    from ui.viewmodels.kiosk import KioskModel


class Screen(Value, frozen=True):
    """One page. `build(model)` makes its widget anew each time; `say(model)` is spoken when it comes.

    What is spoken has at most 40 characters and nothing that belongs to a person.
    """

    place: str
    build: Callable[[KioskModel], Any]
    say: Callable[[KioskModel], str]


def screens() -> Mapping[str, Screen]:
    """Every page by its place. Raises ValueError when two claim the same."""
    import ui.kiosk as package

    return walk.found(package, "SCREEN", lambda screen: screen.place)
