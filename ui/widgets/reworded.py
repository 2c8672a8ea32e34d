"""Changing the words of a page that was made in Chinese, and the buttons that choose a language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget

from counter_app.catalog.tongues import LEFT_TO_RIGHT, tongues
from ui.viewmodels.kiosk import KioskModel
from ui.widgets.basic import put_text, row
from ui.widgets.touch import Telling, big


def reword(widget: QWidget, say: Callable[[str], str] | None) -> None:
    """Change every word on and below a widget; None leaves it as it was made."""
    if say is None:
        return
    for part in _with_words(widget):
        named = part.accessibleName()
        part.setText(say(part.text()))
        _align(part)
        if named:
            part.setAccessibleName(say(named))
    own = [widget] if isinstance(widget, Telling) else []
    for telling in (*own, *widget.findChildren(Telling)):
        telling.tell_in(say)


def reword_again(widget: QWidget, say: Callable[[str], str] | None) -> None:
    """The same for a widget that stays: what was said before is taken back to its Chinese first."""
    for part in _with_words(widget):
        text = part.text()
        source = str(part.property("source")) if text and part.property("said") == text else text
        said = say(source) if say is not None else source
        if said != text:
            part.setText(said)
        part.setProperty("source", source if said != source else None)
        part.setProperty("said", said if said != source else None)
        _align(part)


def put_words(part: QLabel | QPushButton, source: str, say: Callable[[str], str]) -> None:
    """New Chinese words on a widget that stays, in the language that stands: `reword_again` knows them."""
    said = say(source)
    put_text(part, said)
    part.setProperty("source", source if said != source else None)
    part.setProperty("said", part.text() if said != source else None)


def languages(model: KioskModel) -> QWidget:
    """One button for each language, in its own script; the one being shown is not offered."""
    made = QWidget()
    line = row(made, gap=14)
    line.addStretch(1)
    for one in tongues().values():
        if one.code != model.guest.tongue:
            wish = replace(model.guest, tongue=one.code)
            line.addWidget(big(one.name, partial(model.suit, wish), "quiet"))
    line.addStretch(1)
    return made


def forget_words(widget: QWidget) -> None:
    """Nothing of what was shown stays behind the words."""
    for part in _with_words(widget):
        part.setProperty("source", None)
        part.setProperty("said", None)


def _align(part: QLabel | QAbstractButton) -> None:
    """Chinese words on a page that is read from the right stand at the right, like the others."""
    if isinstance(part, QLabel):
        held = part.alignment()
        if not held & Qt.AlignmentFlag.AlignHCenter and _is_kept_whole(part.text()):
            part.setAlignment(held & ~Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignRight)
        elif held & Qt.AlignmentFlag.AlignRight:
            part.setAlignment(held & ~Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignLeft)


def _is_kept_whole(text: str) -> bool:
    """Whether nothing of a text is read from the right, as of a name or a number that was kept."""
    return text.startswith(LEFT_TO_RIGHT) and not any("\u0600" <= one <= "\u06ff" for one in text)


def _with_words(widget: QWidget) -> Iterator[QLabel | QAbstractButton]:
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget
    yield from widget.findChildren(QLabel)
    yield from widget.findChildren(QAbstractButton)
