"""Dressing the application: one style sheet, one font, one palette, at start and at every switch."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from ui.theme import BASE_PX, FAMILIES, Theme, load


def dress(app: QApplication, name: str, scale: int) -> Theme:
    """Put a theme on; everything that is shown is restyled once."""
    theme = load(name, scale)
    if app.property("dressed") == f"{theme.name} {theme.scale}":
        return theme
    app.setProperty("dressed", f"{theme.name} {theme.scale}")
    app.setFont(_font(theme))
    app.setPalette(_palette(theme))
    app.setStyleSheet(theme.style_sheet())
    return theme


def _font(theme: Theme) -> QFont:
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(theme.px(BASE_PX))
    return font


def _palette(theme: Theme) -> QPalette:
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, token in (
        (roles.Window, "bg"),
        (roles.Base, "surface"),
        (roles.AlternateBase, "strip"),
        (roles.Button, "surface"),
        (roles.Mid, "border"),
        (roles.Text, "text"),
        (roles.WindowText, "text"),
        (roles.ButtonText, "text"),
        (roles.Highlight, "primary"),
        (roles.HighlightedText, "on_primary"),
        (roles.PlaceholderText, "off"),
        (roles.ToolTipBase, "surface"),
        (roles.ToolTipText, "text"),
    ):
        palette.setColor(role, QColor(theme.colour(token)))
    return palette
