"""A scanned page, large, over the work; Esc folds it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from ui.viewmodels.review import ReviewModel
from ui.widgets.basic import Elided, column, row
from ui.widgets.overlay import Overlay
from ui.widgets.page import scrolled

UNREADABLE = "这一页的影像无法显示，请用原件交接单调取原件。"


class PageViewer(Overlay):
    """Shows one page as wide as there is room."""

    def __init__(self, model: ReviewModel, window: QWidget) -> None:
        super().__init__(window, self.fold)
        self._under = window
        self._caption = Elided("", "h3")
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area: QScrollArea = scrolled(self._picture, "影像")
        stack = column(self, (14, 10, 10, 10), 8)
        head = row(gap=8)
        head.addWidget(self._caption, 1)
        head.addWidget(self.close_button)
        stack.addLayout(head)
        stack.addWidget(self._area, 1)
        model.page_came.connect(self.open)

    def open(self, data: object, caption: str) -> None:
        """Show a page that has come."""
        self.setGeometry(self._under.rect().adjusted(60, 20, -60, -20))
        self._caption.put(caption)
        image = QImage.fromData(bytes(data)) if isinstance(data, bytes) else QImage()
        if image.isNull():
            self._picture.setText(UNREADABLE)
        else:
            width = self.width() - 60
            whole = QPixmap.fromImage(image)
            smooth = Qt.TransformationMode.SmoothTransformation
            self._picture.setPixmap(whole.scaledToWidth(min(width, whole.width() * 2), smooth))
        self._picture.setAccessibleName(caption)
        self.rise()

    def fold(self) -> bool:
        """Put it away and forget the picture; tells whether it was open."""
        self._picture.clear()
        return super().fold()
