"""新功能: what is new in this version, by version; shown once after an upgrade, and found by >xgn."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from counter_app.news import news
from counter_app.services.visit_view import VisitView
from ui.registry import Page
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button, column, label
from ui.widgets.page import PageWidget, scrolled


class NewsPage(PageWidget):
    """Title and sentence of each thing; Esc leads back to work."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model)
        inside = QWidget()
        stack = column(inside, (0, 0, 6, 0), 4)
        version = ""
        for one in news():
            if one.version != version:
                version = one.version
                stack.addWidget(label(f"{version} 版", "group"))
            stack.addWidget(label(one.title, "strong", wrap=True))
            stack.addWidget(label(one.text, "label", wrap=True))
            stack.addSpacing(8)
        stack.addStretch(1)
        page = column(self, (20, 16, 18, 14), 10)
        page.addWidget(label("新功能", "h2"))
        page.addWidget(scrolled(inside, "新功能列表"), 1)
        self._back = button("知道了 Esc", partial(model.go, aside=""), "primary")
        page.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)

    def draw(self, view: VisitView) -> None:
        """Nothing depends on the visit."""

    def enter(self) -> None:
        """Enter leads back at once."""
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)


PAGE = Page("news", "新功能", NewsPage)
