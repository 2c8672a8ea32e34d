"""请稍候: one calm sentence, also while the clerk's screen is covered."""

from __future__ import annotations

from ui.registry import CitizenView
from ui.viewmodels.citizen import Wait
from ui.widgets.basic import put_text
from ui.widgets.citizen_page import CitizenPageWidget, words


class WaitPage(CitizenPageWidget):
    """A title and a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._title = words("", "c-large", centred=True)
        self._words = words("", "c-body", centred=True)
        self.body.addStretch(2)
        self.body.addWidget(self._title)
        self.body.addWidget(self._words)
        self.body.addStretch(3)

    def draw(self, page: Wait) -> None:
        """Draw the sentence."""
        put_text(self._title, page.title)
        put_text(self._words, page.words)


CITIZEN = CitizenView(Wait, WaitPage)
