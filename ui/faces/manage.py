"""The manager's desk: a page on the left, what may be ordered on the right, one bar above both."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget, QWidget

from counter_app.services.hall import orders
from ui import keymap
from ui.faces.side_desk import SideDesk, words_band
from ui.panes.manage_lists import BadPage, OverduePage, ShiftPage
from ui.panes.manage_live import LivePage, headline
from ui.panes.manage_messages import MessagesPage
from ui.panes.manage_odd import OddPage
from ui.panes.manage_stats import StatsPage
from ui.theme import Theme
from ui.viewmodels.manage import PAGES, ManageModel
from ui.widgets.basic import Elided, button, column, label, put_text, row, show
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.order_pane import OrderPane

AWAY = "连不上大厅服务，显示的是断开前的情况。已选好的安排都在，连上后再按 F10。"
Page = LivePage | ShiftPage | OverduePage | BadPage | StatsPage | OddPage | MessagesPage


class ManageDesk(SideDesk):
    """The pages of the hall, and the orders beside them."""

    def __init__(self, app: QApplication, model: ManageModel, dressed: Theme, folder: Path) -> None:
        super().__init__(app, dressed, keymap.MANAGE_KEYS)
        self.model, self._folder = model, folder
        self.pages: dict[str, Page] = {
            "floor": LivePage(model),
            "shifts": ShiftPage(model),
            "overdue": OverduePage(model),
            "bad": BadPage(model),
            "stats": StatsPage(model),
            "odd": OddPage(model),
            "messages": MessagesPage(model),
        }
        self.orders = OrderPane(model)
        self._stack = QStackedWidget()
        self._tabs = {page: self._tab(nth, page, name) for nth, (page, name) in enumerate(PAGES, 1)}
        self._counts, self._done = Elided("", "soft"), label("", "chip")
        self._away_band, self._away = words_band(AWAY)
        self._build()
        self.furnish(model, keymap.MANAGE_DIGITS, self._actions())
        model.page_changed.connect(self._turned)
        model.fetched.connect(self._fetched)
        model.away_changed.connect(partial(show, self._away_band))
        model.done.connect(self._tell)
        self.restyled()
        self._turned()

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self.pages[self.model.page]

    def _build(self) -> None:
        page = column(self, gap=0)
        page.addWidget(self._bar())
        middle = column(margins=(8, 8, 8, 8), gap=8)
        tabs = row(gap=4)
        for made in self._tabs.values():
            tabs.addWidget(made)
        tabs.addStretch(1)
        middle.addLayout(tabs)
        middle.addWidget(self._away_band)
        middle.addWidget(NoticeBar(self.model))
        panes = row(gap=8)
        for shown in self.pages.values():
            self._stack.addWidget(shown)
        panes.addWidget(self._stack, 1)
        panes.addWidget(self.orders)
        middle.addLayout(panes, 1)
        page.addLayout(middle, 1)
        page.addWidget(self.strip(label("1…9 选", "small")))
        self._away_band.hide()
        self._done.hide()

    def _bar(self) -> QFrame:
        made = QFrame()
        made.setObjectName("bar")
        made.setAccessibleName("顶栏")
        actor = self.model.port.actor
        self._done.setProperty("chip", "ok")
        line = row(made, (14, 6, 10, 6), 12)
        line.addWidget(label("大厅管理", "window"))
        line.addWidget(label(f"{actor.clerk_name} {actor.clerk_no}".strip(), "soft"))
        line.addWidget(self._done)
        line.addWidget(self._counts, 1)
        line.addWidget(button("全厅取号 Ctrl+J", self.whole_hall))
        line.addWidget(button("应答求助 F9", self.answer, "next"))
        return made

    def _tab(self, nth: int, page: str, name: str) -> QWidget:
        made = button(f"{name} Alt+{nth}", partial(self.model.open, page), "toggle")
        made.setCheckable(True)
        made.clicked.connect(lambda: made.setChecked(self.model.page == page))
        return made

    # --- what comes -------------------------------------------------------------------------
    def _turned(self) -> None:
        for page, made in self._tabs.items():
            made.setChecked(page == self.model.page)  # type: ignore[attr-defined]
        self._stack.setCurrentWidget(self.page)
        show(self.orders, self.model.page not in ("overdue", "stats"))  # there is nothing to order there
        self.page.draw()
        self.page.focus_in()

    def _fetched(self, page: str) -> None:
        if page == "floor":
            self._counts.put(headline(self.model.floor))
        if page == self.model.page:
            fresh = QApplication.focusWidget() is None
            self.page.draw()
            if fresh:
                self.page.focus_in()

    def _tell(self, words: str) -> None:
        put_text(self._done, words)
        show(self._done, bool(words))
        if words and not self.isAncestorOf(QApplication.focusWidget() or self):
            self.page.focus_in()

    # --- keys -------------------------------------------------------------------------------
    def focus_in(self) -> None:
        """To the page."""
        self.page.focus_in()

    def digit(self, number: int) -> bool:
        """What is ordered, then where and why."""
        return self.orders.digit(number)

    def help_top(self) -> int:
        """Below the bar and the tabs."""
        return round(self.height() * 0.12)

    def _actions(self) -> dict[str, Callable[[], object]]:
        pages = {f"page_{nth}": partial(self.model.open, page) for nth, (page, _) in enumerate(PAGES, 1)}
        return {
            **pages,
            "next_pane": partial(self.walk_panes, 1),
            "previous_pane": partial(self.walk_panes, -1),
            "call": self.answer,
            "submit": self.model.submit,
            "hall": self.whole_hall,
            "export": self.export,
        }

    def answer(self) -> None:
        """F9: the oldest call for help, ready to be answered."""
        self.model.open("floor")
        live = self.pages["floor"]
        assert isinstance(live, LivePage)
        if live.answer_first() and self.model.offers:
            self.model.begin(self.model.offers[0])
        else:
            self.model.notices.tell("现在没有求助", "有人求助时，现场页左上方会列出来。")

    def whole_hall(self) -> None:
        """Ctrl+J: stop or go on giving numbers."""
        self.model.open("floor")
        self.model.begin(orders.for_hall(self.model.floor)[0])

    def export(self) -> None:
        """Ctrl+S: the statistics shown, as one file in the folder for tables."""
        if self.model.page != "stats" or not self.model.tables:
            self.model.open("stats")
            self.model.notices.tell("请先看统计", "统计出来后再按 Ctrl+S 导出。")
            return
        name = f"大厅统计_{self.model.tables[0].span.replace(' ', '')}.xlsx"
        self.model.export(self._folder / name)

    def close_one(self) -> None:
        """Esc: one floating thing, one step of an order, one message."""
        if self.help.fold() or self.model.is_sending:
            return
        if self.model.put_aside() or not self.model.notices.clear():
            self.page.focus_in()

    # --- places and looks -------------------------------------------------------------------
    def walk_panes(self, by: int) -> None:
        """F6: the tables of the page that have rows, then the orders."""
        panes: list[tuple[QWidget, Callable[[], object]]] = [
            (table, table.focus_in) for table in self.page.tables if table.isVisible() and table.rows_.rows
        ]
        if self.orders.isVisible():
            panes.append((self.orders, self.orders.focus_in))
        if not panes:
            return
        focus = QApplication.focusWidget()
        at = next((n for n, (pane, _) in enumerate(panes) if focus and pane.isAncestorOf(focus)), -1)
        if at < 0:
            at = next((n for n, (pane, _) in enumerate(panes) if pane is focus), 0)
        panes[(at + by) % len(panes)][1]()

    def restyled(self) -> None:
        """Pages paint by themselves."""
        for page in self.pages.values():
            page.restyle(self.theme)
        self.resized()

    def resized(self) -> None:
        """The orders give way where the window is narrow for the text."""
        self.orders.setFixedWidth(min(self.theme.px(260), round(self.width() * 0.27)))
