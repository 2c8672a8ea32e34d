"""One number: what it is, and everything that happened to it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from counter_app.domain.tickets import STATE_NAMES, needs_told
from counter_app.services.guide_view import StoryLine
from ui import words
from ui.viewmodels.guide import GuideModel
from ui.widgets.basic import column, empty, label, row
from ui.widgets.page import scrolled


class TicketPane(QFrame):
    """The chosen number with its story; empty it says how to choose."""

    def __init__(self, model: GuideModel) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setAccessibleName("号票经过")
        self._model = model
        page = column(self, (16, 12, 12, 12), 8)
        self._head = column(gap=6)
        page.addLayout(self._head)
        inside = QWidget()
        self._story = column(inside, (0, 0, 6, 0), 4)
        page.addWidget(scrolled(inside, "经过"), 1)
        model.chosen_changed.connect(self.draw)
        model.hall_changed.connect(self.draw)
        self._drawn: object = None
        self.draw()

    def draw(self) -> None:
        """Draw the number as it is now."""
        ticket = self._model.ticket
        if (ticket, self._model.story) == self._drawn:
            return
        self._drawn = (ticket, self._model.story)
        empty(self._head)
        empty(self._story)
        if ticket is None:
            self._head.addWidget(label("选一个号，看它的全部经过", "soft", wrap=True))
            return
        line = row(gap=10)
        line.addWidget(label(ticket.number, "huge"))
        for kind, text in chips(ticket.state.value, words.say(words.KLASS, ticket.klass), ticket.needs):
            chip = label(text, "chip")
            chip.setProperty("chip", kind)
            line.addWidget(chip)
        line.addStretch(1)
        self._head.addLayout(line)
        told = [f"{ticket.window} 号窗口" if ticket.window else "", ticket.note]
        told += [f"帮办 {ticket.helper}" if ticket.helper else ""]
        told += [f"补打 {ticket.reissues} 次" if ticket.reissues else ""]
        if any(told):
            self._head.addWidget(label("　".join(part for part in told if part), "label", wrap=True))
        self._head.addWidget(label("经过", "group"))
        self._put_story(self._model.story)

    def _put_story(self, story: tuple[StoryLine, ...]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        for n, one in enumerate(story):
            who = " ".join(part for part in (one.who, f"{one.window}号窗口" if one.window else "") if part)
            for at, text in enumerate((one.at, one.what, who, one.why)):
                grid.addWidget(label(text, "strong" if at == 1 else "label", wrap=at == 3), n, at)
        grid.setColumnStretch(3, 1)
        self._story.addLayout(grid)
        self._story.addStretch(1)


def chips(state: str, klass: str, needs: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """State, class and needs as chips; needs stand out."""
    kinds = {"waiting": "info", "called": "warn", "serving": "ok", "missed": "err", "parked": "defer"}
    found = [(kinds.get(state, "quiet"), {s.value: name for s, name in STATE_NAMES.items()}[state])]
    found += [("warn", f"▲ {klass}")] if klass else []
    found += [("defer", f"◆ {needs_told(needs)}")] if needs else []
    return tuple(found)
