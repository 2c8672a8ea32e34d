"""Ctrl+U: the panel of rare characters, made when a name first needs it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from counter_app.late import late
from ui.widgets.editors import TextEdit

if TYPE_CHECKING:
    from ui.faces.desk import Desk
    from ui.widgets import rare_panel
    from ui.widgets.rare_panel import RarePanel
else:
    rare_panel = late("ui.widgets.rare_panel")


class RareActions:
    """Opens the panel for the field that has the focus."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._panel: RarePanel | None = None

    def table(self) -> dict[str, Callable[[], object]]:
        """Actions by name."""
        return {"rare": self.open}

    @property
    def panel(self) -> RarePanel:
        """The one panel of this desk."""
        if self._panel is None:
            self._panel = rare_panel.RarePanel(self._desk.model.jobs, self._desk)
        return self._panel

    def open(self) -> None:
        """Open for the field being typed in; where there is none, say so."""
        focus = QApplication.focusWidget()
        if isinstance(focus, TextEdit) and not focus.isReadOnly() and focus is not self.panel.edit:
            self.panel.open(focus, self._desk.banner.geometry().bottom() + 4)
        elif self._panel is None or self._panel.isHidden():
            self._desk.model.notices.tell("光标不在可填的栏里", "先到要填的一栏，再按 Ctrl+U 找生僻字。")
