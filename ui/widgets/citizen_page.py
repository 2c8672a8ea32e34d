"""What the pages of the citizen's screen have in common: large letters, a time limit, and being wiped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.viewmodels.citizen import CitizenPage, GivenUp
from ui.widgets.basic import column, label

LEAST_EM = 24  # px: the smallest letters a citizen is shown


class CitizenPageWidget(QWidget):
    """A page: `put` shows a value, `answered` tells what the citizen did, `wipe` leaves nothing behind."""

    answered = Signal(object)
    spoke = Signal(str)  # words for a voice; never a value

    def __init__(self) -> None:
        super().__init__()
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self._too_late)
        self.page: CitizenPage = CitizenPage()
        self.patience = 1  # times a page's own limit
        self.say: Callable[[str], str] = str  # for words that change while the page stands
        self.body: QVBoxLayout = column(self, (24, 12, 24, 16), 12)

    def put(self, page: CitizenPage) -> None:
        """Show a value anew."""
        self.page = page
        self.touched()
        self.draw(page)

    def draw(self, page: Any) -> None:
        """Draw the value; each page its own kind."""

    def touched(self) -> None:
        """Somebody is there: the time begins again."""
        if self.page.limit_ms:
            self._patience.start(self.page.limit_ms * self.patience)
        else:
            self._patience.stop()

    def too_late(self) -> object:
        """The answer when nobody answers."""
        return GivenUp(late=True)

    def wipe(self) -> None:
        """Forget what was shown and written."""
        self._patience.stop()
        self.page = CitizenPage()

    def _too_late(self) -> None:
        self.answered.emit(self.too_late())


def lie(layout: QBoxLayout, is_along: bool) -> None:
    """Put what a layout holds side by side, or one below the other."""
    way = QBoxLayout.Direction.LeftToRight if is_along else QBoxLayout.Direction.TopToBottom
    if layout.direction() != way:
        layout.setDirection(way)


def words(text: str = "", role: str = "c-body", centred: bool = False) -> QLabel:
    """A piece of text for somebody two metres away, possibly without their glasses."""
    made = label(text, role, wrap=True)
    if centred:
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made


def touch(text: str, act: Callable[[], object], kind: str = "c-plain") -> QPushButton:
    """A button for a finger; it never takes the keyboard."""
    made = QPushButton(text)
    made.setProperty("kind", kind)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setAccessibleName(text)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    made.clicked.connect(lambda: act())
    return made


def em_for(width: int, height: int) -> int:
    """The letter size in px for a screen: a 1280 x 800 one gets 33."""
    return max(LEAST_EM, min(56, round(min(width / 36, height / 24))))


def sheet(theme: Theme, em: int) -> str:
    """The style sheet of the window: the theme's colours at the citizen's sizes."""
    c = theme.colours
    sizes = {"c-body": 1.0, "c-soft": 1.0, "c-strong": 1.0, "c-title": 1.35, "c-large": 1.7, "c-huge": 3.4}
    bold = ("c-strong", "c-title", "c-large", "c-huge")
    rules = [f"QWidget#citizen {{ background: {c['surface']}; }}"]
    for role, size in sizes.items():
        colour = c["text2"] if role == "c-soft" else c["primary"] if role == "c-huge" else c["text"]
        weight = "bold" if role in bold else "normal"
        size_px = round(em * size)
        rules.append(
            f'QLabel[role="{role}"] {{ font-size: {size_px}px; font-weight: {weight}; color: {colour}; }}'
        )
    rules.append(
        f"QFrame#c-bar {{ background: {c['bar']}; border: none; }}"
        f"QFrame#c-bar QLabel {{ color: {c['on_bar']}; font-size: {em}px; font-weight: bold; }}"
        f"QFrame#c-hair {{ background: {c['border']}; border: none; max-height: 2px; min-height: 2px; }}"
    )
    rules.append(f'QLabel[role="c-strong"][wrong="true"] {{ color: {c["err"]}; }}')
    edge = max(2, em // 12)
    base = f"font-size: {round(em * 1.1)}px; min-height: {round(em * 2.1)}px; border-radius: {em // 3}px;"
    base += f" padding: {em // 5}px {em // 2}px; font-weight: bold;"
    small = f"font-size: {em}px; min-height: {max(44, round(em * 1.5))}px; border-radius: {em // 4}px;"
    small += f" padding: {em // 8}px {em // 4}px;"
    rules.append(
        f'QPushButton[kind="c-tick"] {{ {small} color: {c["text"]}; background: {c["surface"]};'
        f" border: {edge}px solid {c['border']}; }}"
        f'QPushButton[kind="c-tick"]:checked {{ background: {c["select"]}; color: {c["on_select"]}; }}'
    )
    rules.append(
        f'QPushButton[kind="c-tongue"] {{ {small} min-height: 48px; color: {c["text"]};'
        f" background: {c['surface']}; border: {edge}px solid {c['border']}; }}"
    )
    rules.append(
        f'QPushButton[kind="c-plain"] {{ {base} color: {c["text"]}; background: {c["surface"]};'
        f" border: {edge}px solid {c['border']}; }}"
        f'QPushButton[kind="c-main"] {{ {base} color: {c["on_primary"]}; background: {c["primary"]};'
        f" border: {edge}px solid {c['primary']}; }}"
        f'QPushButton[kind="c-main"]:disabled {{ color: {c["off"]}; background: {c["off_bg"]};'
        f" border: {edge}px solid {c['hair']}; }}"
        f'QPushButton[kind="c-plain"]:disabled {{ color: {c["off"]}; background: {c["off_bg"]}; }}'
        f'QPushButton[kind="c-plain"]:pressed, QPushButton:checked {{ background: {c["strip"]};'
        f" border-color: {c['primary']}; }}"
    )
    return "\n".join(rules)
