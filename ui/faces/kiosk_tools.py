"""The tools of a kiosk, on every page: sound, size, colours, 长辈版, help; and what they are called now."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from ui.widgets.basic import put_text, show
from ui.widgets.touch import big

SOUNDS = ("声音：关", "声音：开")
GAP = 18  # px between two
ELDERS = ("长辈版", "普通版")


class KioskTools:
    """The buttons by name; the face puts them where its arrangement has room."""

    def __init__(self, acts: Mapping[str, Callable[[], object]]) -> None:
        self.buttons: dict[str, QPushButton] = {name: big("", act) for name, act in acts.items()}
        for one in self.buttons.values():
            one.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._left_out = frozenset[str]()

    def width(self) -> int:
        """How wide all of them are beside each other, in px.

        Never by `isHidden`: Qt hides what has just come to another place until the loop comes round.
        """
        offered = [one for name, one in self.buttons.items() if name not in self._left_out]
        return sum(one.sizeHint().width() + GAP for one in offered)

    def call(self, is_loud: bool, is_elder: bool, say: Callable[[str], str] | None) -> None:
        """Name every tool by what it shows or does; who has the largest letters needs no larger."""
        names = {
            "sound": SOUNDS[is_loud],
            "larger": "字更大",
            "dark": "黑底",
            "elder": ELDERS[is_elder],
            "help": "叫工作人员来",
        }
        for name, made in self.buttons.items():
            put_text(made, say(names[name]) if say is not None else names[name])
        self._left_out = frozenset({"larger"} if is_elder else ())
        show(self.buttons["larger"], not is_elder)
