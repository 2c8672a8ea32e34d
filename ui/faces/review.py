"""The desk behind the counter: the work on the left, the case beside it, the decision by number."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from ui import keymap
from ui.faces.side_desk import SideDesk, words_band
from ui.panes.review_case import CasePane, LifePane
from ui.panes.review_decide import DecidePane
from ui.theme import Theme
from ui.viewmodels.review import ReviewModel
from ui.widgets.basic import column, label, row, show
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.page_viewer import PageViewer
from ui.widgets.review_bar import DeskTabs, ReviewBar
from ui.widgets.work_list import WorkList

NOTHING = "这个岗位现在没有待办件。"
AWAY = "连不上大厅服务。已选好的决定都在，连上后再按 F10；清单会自动更新。"


class ReviewDesk(SideDesk):
    """The work list, the case chosen in it, and the decision."""

    face = "review"

    def __init__(self, app: QApplication, model: ReviewModel, dressed: Theme) -> None:
        super().__init__(app, dressed, keymap.REVIEW_KEYS)
        self.model = model
        self.bar, self.tabs = ReviewBar(model), DeskTabs(model)
        self.list, self.case = WorkList(model, dressed), CasePane(model)
        self.life, self.decide = LifePane(model), DecidePane(model)
        self._empty = label(NOTHING, "soft", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._away, _ = words_band(AWAY)
        self._build()
        self.viewer = PageViewer(model, self)
        self.furnish(model, keymap.REVIEW_DIGITS, self._actions())
        model.rows_changed.connect(self._rows_came)
        model.decision_changed.connect(self._decision_moved)
        model.away_changed.connect(partial(show, self._away))
        self._was_offer: object = None

    def _build(self) -> None:
        page = column(self, gap=0)
        page.addWidget(self.bar)
        middle = column(margins=(8, 8, 8, 8), gap=8)
        middle.addWidget(self.tabs)
        middle.addWidget(self._away)
        middle.addWidget(NoticeBar(self.model))
        panes = row(gap=8)
        left = QFrame()
        left.setProperty("card", True)
        inside = column(left, (1, 1, 1, 1), 0)
        inside.addWidget(self._empty)
        inside.addWidget(self.list, 1)
        self._left, self._right = left, QWidget()
        beside = column(self._right, gap=8)
        beside.addWidget(self.decide, 3)
        beside.addWidget(self.life, 2)
        panes.addWidget(left)
        panes.addWidget(self.case, 1)
        panes.addWidget(self._right)
        middle.addLayout(panes, 1)
        page.addLayout(middle, 1)
        page.addWidget(self.strip(label("1…9 选", "small")))
        self._empty.hide()
        self._away.hide()

    # --- what comes -------------------------------------------------------------------------
    def _rows_came(self) -> None:
        rows = self.model.rows
        show(self._empty, not rows)
        show(self.list, bool(rows))
        had = self.list.chosen()
        self.list.put(rows)
        if rows and had is None and self.model.sheet is None:
            self.list.focus_in()

    def _decision_moved(self) -> None:
        """A decision has just been begun or left: the focus goes to where it is made, or back."""
        if self.model.offer is self._was_offer:
            return
        begun = self.model.offer is not None
        show(self.life, not begun)  # all the room for deciding
        self._was_offer = self.model.offer
        if begun:
            self._enter_decision()
        elif not self.case.isAncestorOf(QApplication.focusWidget() or self):
            self.list.focus_in()  # what had the focus is gone

    def _enter_decision(self) -> None:
        if self.decide.edits:
            self.decide.edits[0].setFocus(Qt.FocusReason.OtherFocusReason)
            self.decide.edits[0].selectAll()
        else:
            self.decide.focus_in()

    # --- keys -------------------------------------------------------------------------------
    def focus_in(self) -> None:
        """To the work list."""
        self.list.focus_in()

    def digit(self, number: int) -> bool:
        """What is decided, then its reason."""
        return self.decide.digit(number)

    def help_top(self) -> int:
        """Below the tabs."""
        return self.tabs.geometry().bottom() + 4

    def help_page(self) -> str:
        """Looking at a page, deciding, or reading."""
        if self.viewer.isVisible():
            return "viewer"
        return "read" if self.model.offer is None else "decide"

    def _actions(self) -> dict[str, Callable[[], object]]:
        model = self.model
        return {
            "materials": self.case.focus_in,
            "next_pane": partial(self.walk_panes, 1),
            "previous_pane": partial(self.walk_panes, -1),
            "call": self.claim_next,
            "submit": model.submit,
            "reveal": model.reveal,
            "give_notice": partial(self._begin, "return"),
            "refuse": partial(self._begin, "refuse"),
        }

    def claim_next(self) -> None:
        """F9: the most urgent case nobody has; it is opened, and claimed where it waits to be."""
        row = next((one for one in self.model.rows if not one.holder), None)
        if row is None:
            self.model.notices.tell("没有待领的办件", "清单里的办件都有人领办。")
            return
        self.list.choose(*row.key)
        self.model.open(row, partial(self._begin, "claim", quietly=True))

    def _begin(self, act: str, quietly: bool = False) -> None:
        offers = self.model.sheet.offers if self.model.sheet is not None else ()
        offer = next((one for one in offers if one.act == act), None)
        if offer is not None:
            self.model.choose_act(offer)
        elif not quietly:
            self.model.notices.tell("这一步不能这样办", "右侧“办理”里列着现在可以办的事。")

    def close_one(self) -> None:
        """Esc: one floating thing, one step of a decision, one message; never what was chosen elsewhere."""
        if self.viewer.fold() or self.help.fold():
            return
        if self.model.is_sending or self.model.put_aside():
            return
        if not self.model.notices.clear():
            self.list.focus_in()

    # --- places and looks -------------------------------------------------------------------
    def walk_panes(self, by: int) -> None:
        """F6: list, case, decision."""
        panes: tuple[tuple[QWidget, Callable[[], object]], ...] = (
            (self._left, self.list.focus_in),
            (self.case, self.case.focus_in),
            (self.decide, self.decide.focus_in),
        )
        focus = QApplication.focusWidget()
        at = next((n for n, (pane, _) in enumerate(panes) if focus and pane.isAncestorOf(focus)), 0)
        for step in (1, 2):  # a pane with nothing to do in it is passed over
            panes[(at + by * step) % len(panes)][1]()
            if QApplication.focusWidget() is not focus:
                return

    def restyled(self) -> None:
        """The list paints by itself; the panes are as wide as their words."""
        self.list.painter_.theme = self.theme
        self.resized()
        self.list.viewport().update()

    def resized(self) -> None:
        """Side panes give way where the window is narrow for the text."""
        em = self.theme.px(14)
        wide = self.width() > em * 110
        self._left.setFixedWidth(min(round(em * (32 if wide else 27)), round(self.width() * 0.36)))
        self._right.setFixedWidth(min(round(em * (32 if wide else 26)), round(self.width() * 0.31)))
