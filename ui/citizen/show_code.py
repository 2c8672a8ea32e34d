"""扫码: a QR code large enough for an old telephone at arm's length."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.registry import CitizenView
from ui.viewmodels.citizen import ShowCode
from ui.widgets.basic import put_text
from ui.widgets.citizen_page import CitizenPageWidget, words

QUIET = 4  # modules of white around a code


class CodePicture(QWidget):
    """Draws a QR code, black on white whatever the theme, as large as fits."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("二维码")
        self._modules: list[list[bool]] = []

    def put(self, code: str) -> None:
        """Show another code; "" shows none."""
        self._modules = _modules(code) if code else []
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Whole pixels per module, or a scanner loses the grid."""
        if not self._modules:
            return
        count = len(self._modules) + 2 * QUIET
        step = max(2, min(self.width(), self.height()) // count)
        left, top = (self.width() - count * step) // 2, (self.height() - count * step) // 2
        painter = QPainter(self)
        painter.fillRect(left, top, count * step, count * step, QColor("white"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("black"))
        for y, line in enumerate(self._modules):
            for x, dark in enumerate(line):
                if dark:
                    painter.drawRect(QRectF(left + (x + QUIET) * step, top + (y + QUIET) * step, step, step))
        painter.end()


class ShowCodePage(CitizenPageWidget):
    """The code and what it is for."""

    def __init__(self) -> None:
        super().__init__()
        self._title = words("", "c-title", centred=True)
        self._words = words("", "c-body", centred=True)
        self.picture = CodePicture()
        self.body.addWidget(self._title)
        self.body.addWidget(self.picture, 1)
        self.body.addWidget(self._words)

    def draw(self, page: ShowCode) -> None:
        """Draw the code."""
        put_text(self._title, page.title)
        put_text(self._words, page.words)
        self.picture.put(page.code)

    def wipe(self) -> None:
        """Forget the code."""
        super().wipe()
        self.picture.put("")


def _modules(code: str) -> list[list[bool]]:
    import qrcode  # at first use: nobody waits for it at a start

    made = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    made.add_data(code)
    made.make(fit=True)
    return [[bool(dark) for dark in line] for line in made.get_matrix()]


CITIZEN = CitizenView(ShowCode, ShowCodePage)
