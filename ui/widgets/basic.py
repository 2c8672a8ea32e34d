"""The small parts every view is made of: labels, buttons, cards, chips and restyling."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.glyphs import legible


def label(text: str = "", role: str = "label", wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """A piece of text that never eats clicks or keys."""
    made = QLabel(legible(text), parent)
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
    # A property nobody has set yet looks like False to a style sheet: no restyling for that.
    if all(
        widget.property(name) == value or not (value or widget.property(name))
        for name, value in properties.items()
    ):
        return False
    for name, value in properties.items():
        widget.setProperty(name, value)
    inside = widget.findChildren(QLabel) if "band" in properties else []
    for part in (widget, *inside):
        if part.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # the others get it when first needed
            part.style().unpolish(part)
            part.style().polish(part)
    return True


def put_text(widget: QLabel | QPushButton, text: str) -> None:
    """Change words only when they differ, so that nothing is laid out for nothing."""
    text = legible(text)
    if widget.text() != text:
        widget.setText(text)


def show(widget: QWidget, visible: bool) -> None:
    """Show or hide only when it changes something."""
    if widget.isHidden() == visible:
        widget.setVisible(visible)


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and free it."""
    take: Callable[[int], QLayoutItem | None] = layout.takeAt
    while (item := take(0)) is not None:
        held: tuple[QWidget | None, QLayout | None] = item.widget(), item.layout()
        widget, below = held
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif below is not None:
            empty(below)


def held_by(layout: QLayout) -> list[QWidget]:
    """The widgets of one layout in their order, without those of layouts inside it.

    Never ask with `QLayout.itemAt`: PySide keeps what it answers beyond the item itself, and whatever is
    built at the same address later is freed twice (`tests/architecture/test_layouts.py`).
    """
    ask: Callable[[], QWidget | None] = layout.parentWidget
    if (parent := ask()) is None:
        return []
    direct = parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    placed = ((layout.indexOf(one), one) for one in direct)
    return [one for _, one in sorted((pair for pair in placed if pair[0] >= 0), key=lambda pair: pair[0])]


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
        words = legible(words)
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
        text = legible(text)
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
