"""Looking at a window as a strict reviewer would: what is cut, covered, too small, unnamed or too pale."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLayout, QLineEdit, QScrollArea, QWidget

from ui.widgets.basic import Elided, held_by

LONG_TEXT = 26  # characters from which a one-line editor may scroll


def shown(window: QWidget, kind: type[QWidget]) -> list[QWidget]:
    """Widgets of a kind that can be seen now, whole (what is scrolled away does not count)."""
    return [
        widget
        for widget in window.findChildren(kind)
        if widget.isVisible() and widget.visibleRegion().boundingRect().size() == widget.size()
    ]


def clipped(window: QWidget) -> list[str]:
    """Words that do not fit where they stand."""
    found = [f"label {w.text()!r}" for w in shown(window, QLabel) if _label_cut(w)]
    found += [f"button {w.text()!r}" for w in shown(window, QAbstractButton) if _button_cut(w)]
    found += [f"field {w.text()!r}" for w in shown(window, QLineEdit) if _field_cut(w)]
    found += [f"sides of {w.accessibleName()}" for w in shown(window, QScrollArea) if _sides_cut(w)]
    return found


def _sides_cut(widget: QWidget) -> bool:
    assert isinstance(widget, QScrollArea)
    return widget.widget().width() > widget.viewport().width()


def _label_cut(widget: QWidget) -> bool:
    assert isinstance(widget, QLabel)
    if isinstance(widget, Elided) or not widget.text():
        return False
    if widget.wordWrap():
        return widget.heightForWidth(widget.width()) > widget.height() + 1
    return widget.sizeHint().width() > widget.width() + 1 or widget.sizeHint().height() > widget.height() + 1


def _button_cut(widget: QWidget) -> bool:
    assert isinstance(widget, QAbstractButton)
    needed = widget.fontMetrics().horizontalAdvance(widget.text())
    return needed > widget.width() - 4 or widget.fontMetrics().height() > widget.height()


def _field_cut(widget: QWidget) -> bool:
    assert isinstance(widget, QLineEdit)
    if len(widget.text()) >= LONG_TEXT or (widget.property("cell") and not _is_sum(widget.text())):
        return False  # it may scroll; a sum of which the end is missing may not
    if widget.toolTip() == widget.text():
        return False
    margins = widget.textMargins()
    room = widget.width() - margins.left() - margins.right() - 12
    return widget.fontMetrics().horizontalAdvance(widget.text()) > room


def _is_sum(text: str) -> bool:
    return "." in text and text.replace(",", "").replace(".", "").isdigit()


def overlaps(window: QWidget) -> list[str]:
    """Siblings in a layout that stand on one another."""
    found = []
    for parent in [window, *window.findChildren(QWidget)]:
        layout = parent.layout()
        if layout is None or not parent.isVisible():
            continue
        boxes = [w for w in _placed(layout) if w.isVisible() and not w.geometry().isEmpty()]
        for n, one in enumerate(boxes):
            for other in boxes[n + 1 :]:
                if one.geometry().intersects(other.geometry()):
                    found.append(f"{_name(one)} and {_name(other)} in {_name(parent)}")
    return found


def _placed(layout: QLayout) -> list[QWidget]:
    """The widgets of a layout and of those nested in it: all are siblings."""
    return [one for lines in (layout, *layout.findChildren(QLayout)) for one in held_by(lines)]


def outside(window: QWidget) -> list[str]:
    """Visible controls that reach beyond their parent without being in a scroll area."""
    found = []
    for widget in window.findChildren(QWidget):
        parent = widget.parentWidget()
        if not widget.isVisible() or parent is None or isinstance(widget, QLabel):
            continue
        if parent.metaObject().className() == "QWidget" and parent.objectName() == "qt_scrollarea_viewport":
            continue
        if isinstance(widget, (QAbstractButton, QLineEdit)) and not parent.rect().contains(widget.geometry()):
            found.append(_name(widget))
    return found


def small_fonts(window: QWidget, least: int = 13) -> list[str]:
    """Text below the smallest size."""
    kinds = (QLabel, QAbstractButton, QLineEdit)
    widgets = [w for kind in kinds for w in window.findChildren(kind) if w.isVisible() and w.text()]
    return [f"{_name(w)} {w.fontInfo().pixelSize()} px" for w in widgets if w.fontInfo().pixelSize() < least]


def small_targets(window: QWidget, least: int = 24) -> list[str]:
    """Controls that are hard to hit."""
    found = []
    for kind in (QAbstractButton, QLineEdit):
        for widget in shown(window, kind):
            if min(widget.width(), widget.height()) < least:
                found.append(f"{_name(widget)} {widget.width()}×{widget.height()}")
    return found


def unnamed(window: QWidget) -> list[str]:
    """Controls a screen reader has no words for."""
    found = []
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            interface = QAccessible.queryAccessibleInterface(widget)
            if interface is None or not interface.text(QAccessible.Text.Name).strip():
                found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def pale(window: QWidget, least: float = 4.5) -> list[str]:
    """Words whose contrast, by pixels, is below the least."""
    picture = window.grab().toImage()
    found = []
    for kind in (QLabel, QAbstractButton, QLineEdit):
        for widget in shown(window, kind):
            if not widget.text().strip() or not widget.isEnabled() or _is_covered(window, widget):
                continue
            corner = widget.mapTo(window, QPoint(0, 0))
            ratio = _contrast(picture, QRect(corner, widget.size()))
            if ratio < least:
                found.append(f"{_name(widget)} {ratio:.1f}")
    return found


def _is_covered(window: QWidget, widget: QWidget) -> bool:
    """Whether something floats over the widget."""
    top = window.childAt(widget.mapTo(window, widget.rect().center()))
    return top is not None and top is not widget and not widget.isAncestorOf(top)


def luminance(colour: QColor) -> float:
    """WCAG relative luminance."""
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def ratio(one: QColor, other: QColor) -> float:
    """WCAG contrast of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _contrast(picture: QImage, box: QRect) -> float:
    """The ground is the commonest colour inside the edge; the text is what differs most from it."""
    scale = picture.devicePixelRatio()
    edge_x, edge_y = min(5, box.width() // 5), min(5, box.height() // 5)
    inner = box.adjusted(edge_x, edge_y, -edge_x, -edge_y)
    cut = picture.copy(QRect(inner.topLeft() * scale, inner.size() * scale))
    if cut.isNull() or inner.isEmpty():
        return 21.0
    seen = Counter(memoryview(cut.convertToFormat(QImage.Format.Format_RGB32).constBits()).cast("I"))
    ground = QColor(seen.most_common(1)[0][0])
    return max(ratio(ground, QColor(rgb)) for rgb in seen)


def tab_walk(window: QWidget, most: int = 200) -> list[QWidget]:
    """Where Tab leads, from the widget that has the focus until it comes round."""
    walked: list[QWidget] = []
    for _ in range(most):
        focus = QApplication.focusWidget()
        if focus is None or focus in walked:
            return walked
        walked.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    return walked


def tabbable(window: QWidget) -> list[QWidget]:
    """What Tab should reach: visible, enabled, takes Tab, and is no proxy."""
    return [
        w
        for w in window.findChildren(QWidget)
        if w.isVisible()
        and w.isEnabled()
        and w.focusPolicy() & Qt.FocusPolicy.TabFocus
        and w.focusProxy() is None
    ]


def _name(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    words = text() if callable(text) else ""
    words = words or widget.accessibleName() or widget.objectName()
    return f"{type(widget).__name__}({words})"
