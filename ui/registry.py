"""Finding the pages: a module of `ui.views` with PAGE, one of `ui.citizen` with CITIZEN."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from counter_app import walk

if TYPE_CHECKING:
    from ui.viewmodels.citizen import CitizenPage
    from ui.viewmodels.desk import DeskModel


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the work area. `build(model)` makes its widget; `step` is when it is shown.

    Steps: idle, identify, choose, fill, check, done, and the pages opened beside them (`Wish.aside`).
    """

    step: str
    title: str
    build: Callable[[DeskModel], Any]


def pages() -> Mapping[str, Page]:
    """Every page by its step. Raises ValueError when two claim the same step."""
    import ui.views as package

    return walk.found(package, "PAGE", lambda page: page.step)


@dataclass(frozen=True, slots=True)
class CitizenView:
    """One page of the citizen's screen: the value it draws, and `build()` makes its widget."""

    value: type[CitizenPage]
    build: Callable[[], Any]


def citizen_views() -> Mapping[str, CitizenView]:
    """Every page of the citizen's screen by its value's name. Raises ValueError when two draw the same."""
    import ui.citizen as package

    return walk.found(package, "CITIZEN", lambda view: view.value.__name__)
