"""Finding the pages: a module of `ui.views` holds PAGE, one of `ui.citizen` holds CITIZEN."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from counter_app import walk
from counter_app.domain.value import Value

if TYPE_CHECKING:
    from ui.viewmodels.citizen import CitizenPage
    from ui.viewmodels.desk import DeskModel


class Page(Value, frozen=True):
    """One page of the work area. `build(model)` makes its widget; `step` is when it is shown.

    Steps: idle, identify, choose, fill, check, done, and the pages opened beside them (`Wish.aside`).
    """

    step: str
    title: str
    build: Callable[[DeskModel], Any]


class Pages(Mapping[str, Page]):
    """Every page by its step, which is the name of its module: imported when the page is first asked for.

    A desk takes a card before its other pages are there. Raises ValueError for a page under another's name.
    """

    def __init__(self) -> None:
        import ui.views as package

        self._package = package.__name__
        self._steps = tuple(module.name for module in pkgutil.iter_modules(package.__path__))
        self._held: dict[str, Page] = {}

    def __getitem__(self, step: str) -> Page:
        return self.load(step)

    def load(self, step: str) -> Page:
        """The page, its module imported now at the latest. Raises KeyError for an unknown step."""
        if step not in self._steps:
            raise KeyError(step)
        if step not in self._held:
            page: Page = importlib.import_module(f"{self._package}.{step}").PAGE
            if page.step != step:
                raise ValueError(f"{self._package}.{step} holds the page {page.step}")
            self._held[step] = page
        return self._held[step]

    def __contains__(self, step: object) -> bool:
        return step in self._steps

    def __iter__(self) -> Iterator[str]:
        return iter(self._steps)

    def __len__(self) -> int:
        return len(self._steps)

    def is_loaded(self, step: str) -> bool:
        """Whether asking for a page costs nothing any more."""
        return step in self._held


def pages() -> Pages:
    """Every page by its step."""
    return Pages()


class CitizenView(Value, frozen=True):
    """One page of the citizen's screen: the value it draws, and `build()` makes its widget."""

    value: type[CitizenPage]
    build: Callable[[], Any]


def citizen_views() -> Mapping[str, CitizenView]:
    """Every page of the citizen's screen by its value's name. Raises ValueError when two draw the same."""
    import ui.citizen as package

    return walk.found(package, "CITIZEN", lambda view: view.value.__name__)


def citizen_parts() -> Iterator[Callable[[], object]]:
    """What the citizen's screen is made of, each part imported in a turn of its own: no key waits."""
    import ui.citizen as package

    pages = (f"{package.__name__}.{module.name}" for module in pkgutil.iter_modules(package.__path__))
    for name in ("ui.viewmodels.citizen", "ui.widgets.citizen_page", "ui.faces.citizen_side", *pages):
        yield partial(importlib.import_module, name)
