"""F: the twelve F-keys, the same on every page; a fallback for the mouse."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy

from ui import keymap
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button, row


class KeyStrip(QFrame):
    """Learned once. Never takes the focus."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__()
        self.setObjectName("keys")
        self.setAccessibleName("功能键")
        line = row(self, (10, 4, 10, 4), 5)
        for key in keymap.strip():
            made = button(f"{key.chord} {key.strip}", partial(model.act.emit, key.action), "key")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.setToolTip(key.label)
            made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            line.addWidget(made, 1)
