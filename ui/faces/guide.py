"""引导台: the guide desk's face. Numbers on the left, one number's story and what is asked on the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from ui import keymap
from ui.faces.side_desk import SideDesk, words_band
from ui.theme import Theme
from ui.viewmodels.guide import GuideModel
from ui.widgets.basic import Elided, band, button, column, label, put_text, row, show
from ui.widgets.editors import TextEdit
from ui.widgets.guide_ask import AskPanel
from ui.widgets.guide_check import CheckPanel
from ui.widgets.guide_list import TicketList
from ui.widgets.guide_ticket import TicketPane
from ui.widgets.notice_bar import NoticeBar

AWAY = "▲ 连不上大厅服务，正在重试。已取的号都有效；可先用应急号牌，恢复后补登。"
SPARES = (
    "▲ 连不上大厅服务，正在重试。已取的号都有效；照常取号，发的是备用号（还有 {left} 个），恢复后自动排队。"
)


class GuideDesk(SideDesk):
    """The numbers of the hall, and what can be done for who holds one."""

    face = "guide"

    def __init__(self, app: QApplication, model: GuideModel, dressed: Theme) -> None:
        super().__init__(app, dressed, keymap.GUIDE_KEYS)
        self.model = model
        self.list, self.ticket = TicketList(model), TicketPane(model)
        self.ask, self.check = AskPanel(model), CheckPanel(model)
        self.finder = TextEdit()
        self._build()
        self.furnish(model, keymap.GUIDE_DIGITS, self._actions())
        model.hall_changed.connect(self.draw)
        model.ask_changed.connect(self._ask_moved)
        model.chosen_changed.connect(self.list.draw)
        model.away_changed.connect(self._away_moved)

    def _build(self) -> None:
        page = column(self, gap=0)
        page.addWidget(self._bar())
        middle = column(margins=(8, 8, 8, 8), gap=8)
        self._calls, (self._away, self._away_words) = self._calls_band(), words_band(AWAY)
        self._closed, self._closed_words = words_band("")
        for part in (self._calls, self._away, self._closed, NoticeBar(self.model)):
            middle.addWidget(part)
        panes = row(gap=8)
        self._left, self._right = self._list_pane(), QWidget()
        beside = column(self._right, gap=8)
        for part, share in ((self.ask, 3), (self.check, 3), (self.ticket, 2)):
            beside.addWidget(part, share)
        panes.addWidget(self._left, 3)
        panes.addWidget(self._right, 2)
        middle.addLayout(panes, 1)
        page.addLayout(middle, 1)
        page.addWidget(self.strip())
        for part in (self._calls, self._away, self._closed):
            part.hide()

    def _bar(self) -> QFrame:
        made = QFrame()
        made.setObjectName("bar")
        made.setAccessibleName("顶栏")
        line = row(made, (14, 6, 10, 6), 12)
        actor = self.model.port.actor
        self._counts = Elided("", "soft")
        line.addWidget(label("引导台", "window"))
        line.addWidget(label(f"{actor.clerk_name} {actor.clerk_no}".strip(), "soft"))
        line.addWidget(self._counts, 1)
        line.addWidget(button("预审材料 F5", partial(self.model.act.emit, "materials")))
        line.addWidget(button("替群众取号 F2", partial(self.model.act.emit, "take"), "next"))
        return made

    def _calls_band(self) -> QFrame:
        made = band("warn")
        made.setAccessibleName("呼叫帮助")
        line = row(made, (12, 6, 12, 6), 10)
        self._calls_words = label("", "h3", wrap=True)
        line.addWidget(self._calls_words, 1)
        line.addWidget(button("我去了 F4", self.model.answer))
        return made

    def _list_pane(self) -> QFrame:
        made = QFrame()
        made.setProperty("card", True)
        inside = column(made, (10, 10, 1, 1), 8)
        self.finder.setAccessibleName("按号查找")
        self.finder.setPlaceholderText("输入号码查找　F3")
        self.finder.typed.connect(self.model.sift)
        inside.addWidget(self.finder)
        self._nobody = label("今天还没有人取号", "soft")
        self._nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside.addWidget(self._nobody)
        inside.addWidget(self.list, 1)
        return made

    # --- what comes -------------------------------------------------------------------------
    def draw(self) -> None:
        """The hall as it is now."""
        hall = self.model.hall
        longest = max((row.waits or 0 for row in hall.rows), default=0)
        self._counts.put(f"等候 {hall.waiting} 人" + (f" · 最久 {longest} 分" if longest else ""))
        rang = "　".join(
            f"● {c.place} {c.at} 呼叫帮助{f'（{c.about}）' if c.about else ''}" for c in hall.calls
        )
        put_text(self._calls_words, rang)
        show(self._calls, bool(hall.calls))
        told = hall.outage or hall.closed
        put_text(self._closed_words, f"▲ {told}" if told else "")
        show(self._closed, bool(told))
        show(self._nobody, not hall.rows)
        show(self.list, bool(hall.rows))
        self.list.draw()

    def _away_moved(self, away: bool) -> None:
        left = self.model.spares
        put_text(self._away_words, SPARES.format(left=left) if left else AWAY)
        show(self._away, away)

    def _ask_moved(self) -> None:
        asking = self.model.ask is not None
        if asking:
            self.check.hide()
        self._make_room()
        if asking:
            return
        if not self.check.isVisible():
            self.focus_in()

    def _make_room(self) -> None:
        """What is asked has the whole pane; the story comes back afterwards."""
        show(self.ticket, self.model.ask is None and self.check.isHidden())

    # --- keys -------------------------------------------------------------------------------
    def focus_in(self) -> None:
        """To the numbers."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def digit(self, number: int) -> bool:
        """One of what is asked, or of what is checked."""
        if self.check.isVisible():
            return self.check.digit(number)
        return self.ask.isVisible() and self.ask.digit(number, QApplication.focusWidget())

    def help_top(self) -> int:
        """Beside the list's upper edge."""
        return self._left.mapTo(self, self._left.rect().topLeft()).y()

    def help_page(self) -> str:
        """What is asked, the check of materials, or the numbers."""
        if self.model.ask is not None:
            return self.model.ask.act
        return "materials" if self.check.isVisible() else "numbers"

    def _actions(self) -> dict[str, Callable[[], object]]:
        model = self.model
        asked = ("take", "needs", "promote", "reissue", "assist", "merge", "cancel")
        return {
            **{name: partial(model.begin, name) for name in asked},
            "find": self.start_find,
            "answer": model.answer,
            "materials": self.start_check,
            "revive": model.revive,
            "next_pane": self.walk_panes,
            "submit": self.submit,
        }

    def start_find(self) -> None:
        """F3: the keys go to the search."""
        self.finder.setFocus(Qt.FocusReason.OtherFocusReason)
        self.finder.selectAll()

    def start_check(self) -> None:
        """F5: what does somebody have to bring?"""
        self.model.put_aside()
        self.check.start()
        self._make_room()

    def submit(self) -> None:
        """F10: do what is asked, or print what is listed."""
        if self.model.ask is not None:
            self.ask.confirm()
        elif self.check.isVisible():
            self.check.print_()

    def close_one(self) -> None:
        """Esc: one floating thing, one question, one message, then the search."""
        if self.help.fold() or self.model.put_aside():
            return
        if self.check.put_aside():
            self._make_room()
            return
        if not self.model.notices.clear() and self.finder.text():
            self.finder.clear()
            self.model.sift("")
        self.focus_in()

    def walk_panes(self) -> None:
        """F6: list and what is on the right."""
        focus = QApplication.focusWidget()
        if focus is not None and self._left.isAncestorOf(focus):
            if self.model.ask is not None:
                self.ask.enter()
            elif self.check.isVisible():
                self.check.search.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_in()
