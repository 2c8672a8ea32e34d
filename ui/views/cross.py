"""全域通办: where the person is insured, when that is not here."""

from __future__ import annotations

from functools import partial

from counter_app.services.visit_view import VisitView
from ui.registry import Page
from ui.viewmodels.desk import DeskModel
from ui.viewmodels.verdict import cross_words
from ui.widgets.ask_page import AskPage
from ui.widgets.basic import button
from ui.widgets.choice import ChoiceEdit

WORDS = (
    "参保地在外区的，由本窗口受理并转交，参保地审核。"
    "选定后，由谁审核、时限从哪天算起，写在通知书上；Ctrl+Z 可撤销。"
)


class CrossPage(AskPage):
    """One list of districts, by code, initials or words."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model, "全域通办", WORDS)
        self.place = ChoiceEdit()
        self.line("参保地", "参保地", "代码、首字母或名称", self.place)
        self.take = button("按全域通办受理", self._take, "primary")
        self._ours = button("参保地在本地", partial(self._put, ""), name="取消全域通办，参保地在本地")
        self.close_with(self.take, self._ours)

    def draw(self, view: VisitView) -> None:
        """Draw what is offered and what is chosen."""
        case = view.case
        if case is None or case.cross is None:
            return
        self.name_it(f"全域通办：{case.name}")
        self.place.set_choices(case.cross.places)
        self._ours.setEnabled(bool(case.cross.place))
        self.said.setText(cross_words(case))

    def enter(self) -> None:
        """Start with what is chosen already."""
        case = self.model.view.case
        super().enter()
        self.place.put(case.cross.place if case is not None and case.cross is not None else "")
        self.draw(self.model.view)

    def step(self, by: int) -> bool:
        """Enter on a district accepts for it: nothing is final before the case is submitted."""
        if by > 0 and self.place.hasFocus() and self.place.text().strip():
            self._take()
            return True
        return super().step(by)

    def _take(self) -> None:
        if self.place.value().strip():
            self._put(self.place.value())

    def _put(self, place: str) -> None:
        self.place.fold()
        self.model.do("accept_for", place, then=lambda _: self.leave())


PAGE = Page("cross", "全域通办", CrossPage)
