"""The small parts every view is made of: labels, buttons, cards, chips and restyling."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)


def label(text: str = "", role: str = "label", wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """A piece of text that never eats clicks or keys."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made


def button(text: str, act: Callable[[], object] | None = None, kind: str = "", name: str = "") -> QPushButton:
    """A button with words; `name` is told to screen readers when the words need more."""
    made = Button(text)
    if kind:
        made.setProperty("kind", kind)
    if name:
        made.setAccessibleName(name)
    if act is not None:
        made.clicked.connect(lambda: act())
    return made


def card(name: str = "") -> QFrame:
    """A white card on the page's ground."""
    made = QFrame()
    made.setProperty("card", True)
    made.setObjectName(name)
    return made


def band(kind: str) -> QFrame:
    """A coloured strip with its thick left edge."""
    made = QFrame()
    made.setProperty("band", kind)
    return made


def hair() -> QFrame:
    """A thin dividing line."""
    made = QFrame()
    made.setProperty("hair", True)
    return made


def column(parent: QWidget | None = None, margins: Sequence[int] = (0, 0, 0, 0), gap: int = 6) -> QVBoxLayout:
    """A vertical layout with its spaces."""
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    made.setContentsMargins(*margins)
    made.setSpacing(gap)
    return made


def row(parent: QWidget | None = None, margins: Sequence[int] = (0, 0, 0, 0), gap: int = 8) -> QHBoxLayout:
    """A horizontal layout with its spaces."""
    made = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    made.setContentsMargins(*margins)
    made.setSpacing(gap)
    return made


def style(widget: QWidget, **properties: object) -> bool:
    """Set dynamic properties and restyle, only when one of them changed; tells whether it did."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return False
    for name, value in properties.items():
        widget.setProperty(name, value)
    inside = widget.findChildren(QLabel) if "band" in properties else []
    for part in (widget, *inside):
        part.style().unpolish(part)
        part.style().polish(part)
    return True


def put_text(widget: QLabel | QPushButton, text: str) -> None:
    """Change words only when they differ, so that nothing is laid out for nothing."""
    if widget.text() != text:
        widget.setText(text)


def show(widget: QWidget, visible: bool) -> None:
    """Show or hide only when it changes something."""
    if widget.isHidden() == visible:
        widget.setVisible(visible)


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and free it."""
    while (item := layout.takeAt(0)) is not None:
        widget, below = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif below is not None:
            empty(below)


TIGHT_LINES = 30  # lines of text in a window's height below which only the needful is shown


def is_tight(widget: QWidget) -> bool:
    """Whether the window is low for its text size (150 % on a small screen)."""
    return widget.window().height() < widget.fontMetrics().height() * TIGHT_LINES


class Button(QPushButton):
    """A button that Enter presses too, and whose other keys reach the desk first."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the window look first; a held Space presses once."""
        presses = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.isAutoRepeat() and (presses or event.key() == Qt.Key.Key_Space):
            return
        if presses and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self.click()
        elif not dispatch(self, event):
            super().keyPressEvent(event)


def dispatch(widget: QWidget, event: QKeyEvent) -> bool:
    """Offer a key to the window's key table; tells whether it acted."""
    offer = getattr(widget.window(), "offer_key", None)
    return bool(offer is not None and offer(event))


class LinkButton(Button):
    """A link that shortens itself with … and tells the whole to tooltip and screen reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setProperty("kind", "link")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._whole = ""

    def put(self, words: str) -> None:
        """Set the whole text."""
        self._whole = words
        self.setAccessibleName(words)
        self.setToolTip(words)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Narrow: it can always be shortened."""
        return QSize(60, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """As wide as it is allowed to be."""
        return QSize(120, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(40, self.width() - 14)
        cut = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        if cut != self.text():
            self.setText(cut)


class Elided(QLabel):
    """A line that shortens itself with … and tells the whole text to tooltip and screen reader."""

    def __init__(self, text: str = "", role: str = "label") -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._whole = ""
        self.put(text)

    def put(self, text: str) -> None:
        """Set the whole text."""
        if text == self._whole:
            return
        self._whole = text
        self.setAccessibleName(text)
        self._fit()
        self.updateGeometry()

    @property
    def whole(self) -> str:
        """The text before shortening."""
        return self._whole

    def sizeHint(self) -> QSize:
        """As wide as the whole text."""
        hint = super().sizeHint()
        hint.setWidth(self.fontMetrics().horizontalAdvance(self._whole) + 2)
        return hint

    def minimumSizeHint(self) -> QSize:
        """Narrow: it can always be shortened."""
        hint = super().minimumSizeHint()
        hint.setWidth(min(self.fontMetrics().horizontalAdvance("汉汉…"), self.sizeHint().width()))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten to the new width."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size needs another cut."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        cut = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 20))
        self.setText(cut)
        self.setToolTip(self._whole if cut != self._whole else "")


class ChipRow(QWidget):
    """Chips side by side; those that find no room are counted in a last one with their words."""

    GAP = 6

    def __init__(self) -> None:
        super().__init__()
        self._chips: tuple[tuple[str, str], ...] = ()
        self._labels: list[QLabel] = []
        self._more = label("", "chip")
        self._more.setParent(self)
        self._more.setProperty("chip", "quiet")
        self._more.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def put(self, chips: Sequence[tuple[str, str]]) -> None:
        """Show these chips: kind and words, in order of importance."""
        given = tuple(chips)
        if given == self._chips:
            return
        self._chips = given
        while len(self._labels) < len(given):
            made = label("", "chip")
            made.setParent(self)
            self._labels.append(made)
        for made, (kind, words) in zip(self._labels, given, strict=False):
            put_text(made, words)
            style(made, chip=kind)
        self._arrange()
        self.updateGeometry()

    @property
    def words(self) -> tuple[str, ...]:
        """What the chips say, also those that found no room."""
        return tuple(words for _, words in self._chips)

    def sizeHint(self) -> QSize:
        """All chips in a row."""
        used = self._labels[: len(self._chips)]
        width = sum(made.sizeHint().width() + self.GAP for made in used)
        return QSize(width, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for one chip's height."""
        style_height = self._more.sizeHint().height()
        return QSize(40, style_height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Count anew what fits."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size: measure again."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._arrange()
            self.updateGeometry()

    def _arrange(self) -> None:
        widths = [made.sizeHint().width() for made in self._labels[: len(self._chips)]]
        fitting = self._fitting(widths)
        x, height = 0, self._more.sizeHint().height()
        top = max(0, (self.height() - height) // 2)
        for n, made in enumerate(self._labels):
            if n < fitting:
                made.setGeometry(x, top, widths[n], height)
                x += widths[n] + self.GAP
            show(made, n < fitting)
        left_out = self._chips[fitting:]
        if left_out:
            put_text(self._more, f"＋{len(left_out)}")
            self._more.setToolTip("、".join(words for _, words in left_out))
            self._more.setAccessibleName(self._more.toolTip())
            self._more.setGeometry(x, top, self._more.sizeHint().width(), height)
        show(self._more, bool(left_out))

    def _fitting(self, widths: list[int]) -> int:
        if sum(widths) + self.GAP * max(0, len(widths) - 1) <= self.width():
            return len(widths)
        room = self.width() - self.fontMetrics().horizontalAdvance("＋99") - 16 - self.GAP
        used, count = 0, 0
        for width in widths:
            if used + width > room:
                break
            used += width + self.GAP
            count += 1
        return count


class Portrait(QWidget):
    """The place of the photo: the picture when there is one, else a calm silhouette."""

    def __init__(self, side: int = 58) -> None:
        super().__init__()
        self._side = side
        self._picture: object | None = None
        self._data = ""
        self._employer = False
        self.setAccessibleName("照片")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def put(self, photo: str, employer: bool = False) -> None:
        """Show a photo given as base64 text; "" shows the silhouette."""
        if (photo, employer) == (self._data, self._employer):
            return
        self._data, self._employer = photo, employer
        self._picture = _picture(photo) if photo else None
        self.update()

    def sizeHint(self) -> QSize:
        """A passport picture's shape."""
        scale = self.fontMetrics().height() / 20
        return QSize(round(self._side * 0.82 * scale), round(self._side * scale))

    def minimumSizeHint(self) -> QSize:
        """Never smaller than it is meant to be."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture or the silhouette in the theme's colours."""
        from ui.widgets.drawing import draw_picture, draw_silhouette

        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._picture is not None:
            draw_picture(painter, self.rect(), self._picture)
        else:
            draw_silhouette(painter, self.rect(), self.palette(), self._employer)
        painter.end()


def _picture(photo: str) -> object | None:
    import base64
    import binascii

    from PySide6.QtGui import QImage

    try:
        raw = base64.b64decode(photo, validate=True)
    except (binascii.Error, ValueError):
        return None
    image = QImage.fromData(raw)
    return None if image.isNull() else image
