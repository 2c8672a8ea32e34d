"""The keys of the devices: their page, 报修, and typing where a reader is lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.faces.desk import Desk


class DeviceActions:
    """Actions that open a page over whatever is being done; nothing of a case is touched."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._model = desk.model

    def table(self) -> dict[str, Callable[[], object]]:
        """Actions by name."""
        return {
            "devices": partial(self._open, "devices"),
            "repair": self._repair,
            "type_number": lambda: self._desk.work.page.enter(),
        }

    def _repair(self) -> None:
        """Of the device looked at on the page, else of the one that was lost last."""
        chosen = getattr(self._desk.work.page, "role", "")
        newest = self._model.device_watch.newest
        role = chosen or (newest.role if newest is not None else "")
        self._open("repair", role)

    def _open(self, page: str, subject: str = "") -> None:
        self._model.flush()
        self._model.go(aside=page, subject=subject, about="")
