"""Finding the pages: every module of `ui.views` with a constant PAGE is one."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.viewmodels.desk import DeskModel


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the work area. `build(model)` makes its widget; `step` is when it is shown.

    Steps: idle, identify, choose, fill, check, done, speaker, refuse.
    """

    step: str
    title: str
    build: Callable[[DeskModel], Any]


def pages() -> Mapping[str, Page]:
    """Every page by its step. Raises ValueError when two claim the same step."""
    import ui.views as package

    found: dict[str, Page] = {}
    for module in pkgutil.iter_modules(package.__path__):
        page = getattr(importlib.import_module(f"{package.__name__}.{module.name}"), "PAGE", None)
        if page is None:
            continue
        if page.step in found:
            raise ValueError(f"two pages are shown at {page.step}")
        found[page.step] = page
    return found
