"""The band that says what will happen to the case, and when."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from counter_app.services.visit_view import CaseView
from ui.viewmodels.verdict import verdict
from ui.widgets.basic import Elided, column, label, put_text, show, style


class VerdictBand(QFrame):
    """One headline and one line of reasons; all of them with Ctrl+E."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("band", "info")
        stack = column(self, (12, 5, 10, 5), 1)
        self._headline = label("", "h3", wrap=True)
        self._detail = Elided("", "small")
        stack.addWidget(self._headline)
        stack.addWidget(self._detail)
        self.hide()

    def put(self, case: CaseView, online: bool) -> None:
        """Say what a case's verdict is."""
        words = verdict(case, online)
        show(self, words is not None)
        if words is None:
            return
        style(self, band=words.kind)
        put_text(self._headline, words.headline)
        self._detail.put(words.detail + ("　全部依据 Ctrl+E" if words.detail else ""))
        show(self._detail, bool(words.detail))
