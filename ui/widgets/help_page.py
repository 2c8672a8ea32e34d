"""The upper half of the help: the page that is shown now."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from ui.page_help import PageHelp
from ui.widgets.basic import band, column, label, row


def help_card(told: PageHelp) -> QFrame:
    """What the page is for, over its keys on the left and what to do in trouble on the right."""
    made = band("info")
    stack = column(made, (14, 10, 14, 10), 8)
    stack.addWidget(label(told.about, "strong", wrap=True))
    halves = row(gap=20)
    if told.keys:
        left = column(gap=4)
        left.addWidget(label("本页的键", "group"))
        left.addLayout(key_lines(told.keys))
        left.addStretch(1)
        halves.addLayout(left, 1)
    right = column(gap=4)
    right.addWidget(label("遇到问题", "group"))
    for words in told.wrong:
        right.addWidget(label(f"· {words}", "label", wrap=True))
    right.addStretch(1)
    halves.addLayout(right, 1)
    stack.addLayout(halves)
    return made


def key_lines(lines: tuple[tuple[str, str], ...]) -> QGridLayout:
    """Chords at the left, what they do beside them."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for line, (chord, words) in enumerate(lines):
        grid.addWidget(label(chord, "key"), line, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(words, "label", wrap=True), line, 1)
    return grid
