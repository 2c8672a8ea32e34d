"""The band that says what will happen to the case, and when."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QSizePolicy

from counter_app.services.visit_view import CaseView
from ui.viewmodels.verdict import verdict
from ui.widgets.basic import Elided, row, show, style


class VerdictBand(QFrame):
    """One headline and one line of reasons; all of them with Ctrl+E."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("band", "info")
        line = row(self, (12, 5, 10, 5), 10)
        self._headline = Elided("", "h3")
        self._headline.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._detail = Elided("", "small")
        line.addWidget(self._headline)
        line.addWidget(self._detail, 1)
        self.hide()

    def put(self, case: CaseView, online: bool, hidden: bool = False) -> None:
        """Say what a case's verdict is."""
        words = verdict(case, online)
        show(self, words is not None and not hidden)
        if words is None:
            return
        style(self, band=words.kind)
        self._headline.put(words.headline)
        self._detail.put(("Ctrl+E 看依据　" if words.detail else "") + words.detail)
