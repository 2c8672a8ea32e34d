"""What a delegate is told of the row it paints, with types.

Python 3.11 gets a PySide6 below 6.10 (`pyproject.toml`), whose own descriptions leave these fields out.
"""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget


class ItemOption(Protocol):
    """The fields of a `QStyleOptionViewItem` that our delegates read or write."""

    rect: QRect
    state: QStyle.StateFlag
    font: QFont
    fontMetrics: QFontMetrics  # noqa: N815 - Qt's name
    palette: QPalette
    text: str
    widget: QWidget


def fields_of(option: QStyleOptionViewItem) -> ItemOption:
    """The same object, seen by its fields."""
    return cast(ItemOption, option)
