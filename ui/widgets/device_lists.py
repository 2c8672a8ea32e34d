"""What is plugged in, and what is installed: two lists of the device page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from counter_app.services.device_views import DriverView, FoundView
from ui.viewmodels import device_words as words
from ui.widgets.basic import button, column, empty, label, row
from ui.widgets.flow import FlowLayout
from ui.widgets.page import scrolled


class FoundBox(QWidget):
    """Devices that are plugged in, each with a button for every role it could play."""

    def __init__(self, use: Callable[[str, str, Mapping[str, Any]], object]) -> None:
        super().__init__()
        self._use = use
        self._drawn: tuple[FoundView, ...] | None = None
        self._column = column(self, gap=4)

    def put(self, found: tuple[FoundView, ...]) -> None:
        """Show what was found; unchanged, nothing is built anew."""
        if found == self._drawn:
            return
        self._drawn = found
        empty(self._column)
        self._column.addWidget(label(f"查到的设备 {len(found)} 台", "group"))
        if not found:
            words_ = "没有查到串口、读卡器、USB 打印机或打印队列。网口设备请在“更换”里填地址。"
            self._column.addWidget(label(words_, "soft", wrap=True))
        for one in found:
            self._column.addWidget(label(one.title, "label", wrap=True))
            box = QWidget()
            flow = FlowLayout(box, 6)
            for role, driver, config in one.uses:
                title = words.role_title(role)
                use = partial(self._use, role, driver, config)
                flow.addWidget(button(f"用作{title}", use, "", f"{one.title} 用作{title}"))
            self._column.addWidget(box)


class DriversPane(QWidget):
    """Every driver by family: usable, or why not and how to mend it."""

    def __init__(self, back: Callable[[], object]) -> None:
        super().__init__()
        self._inside = QWidget()
        self._column = column(self._inside, (0, 0, 6, 0), 4)
        self._back = button("返回设备", back, "primary")
        page = column(self, gap=8)
        page.addLayout(headed("驱动清单", self._back))
        page.addWidget(scrolled(self._inside, "驱动清单"), 1)

    def enter(self) -> None:
        """Enter goes back."""
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def put(self, drivers: Sequence[DriverView]) -> None:
        """Show them."""
        empty(self._column)
        for family, rows in groupby(drivers, key=lambda one: one.family):
            self._column.addWidget(label(words.family_title(family), "group"))
            for one in rows:
                self._column.addWidget(_line(one))
        self._column.addStretch(1)


def headed(title: str | QWidget, back: QWidget) -> QHBoxLayout:
    """The head of a pane: its title, and the way back at its right."""
    head = row(gap=8)
    head.addWidget(label(title, "h2") if isinstance(title, str) else title, 1)
    head.addWidget(back)
    return head


def _line(one: DriverView) -> QWidget:
    made = QWidget()
    stack = column(made, (0, 2, 0, 2), 1)
    name = one.title if one.title == one.id else f"{one.title}　{one.id}"
    stack.addWidget(label(f"{'✓' if one.available else '✕'} {name}", "label", wrap=True))
    if one.because:
        stack.addWidget(label(f"{one.because}。{words.mend(one.because)}", "problem", wrap=True))
    return made
