"""领用与交接: blank things by number, and the desk handed over at noon."""

from __future__ import annotations

from functools import partial

from counter_app.domain.days import SPARE_KINDS
from counter_app.services.day.handing import Desk
from counter_app.services.visit_view import ChoiceView, VisitView
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button
from ui.widgets.panel import Panel
from ui.widgets.toggles import Toggles


class HandingPanel(Panel):
    """What lies on the desk above; below it the numbers, then who takes over."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model, "桌面现状")
        self.kind = Toggles(many=False)
        self.kind.setAccessibleName("领用类别")
        self.kind.set_choices(tuple(ChoiceView(code, name) for code, name in SPARE_KINDS.items()))
        self.kind.put("numbers")
        self.foot.addWidget(self.kind)
        self.start, self.stop = self.edits(("起号", "如 Y0001"), ("止号", "只有一个时不填"))
        self.to, self.note = self.edits(("接手人", "工号"), ("交代", "还有什么要说的，可不填"))
        self.seconds()
        take = button("领用", partial(self._spares, "take_spares"))
        hand = button("交接给接手人", self._hand, "primary")
        self.leads(self.stop, take)
        self.signs(self.note, hand)
        self.acts(take, button("交回", partial(self._spares, "return_spares")), hand)

    def fetch(self) -> None:
        """What lies on the desk now."""
        self.ask(self.model.counter.visit.on_desk, self._came)

    def first(self) -> None:
        """The number of whoever takes over."""
        self.to.setFocus()

    def _came(self, found: Desk) -> None:
        self.clear()
        for words in found.visits:
            self.say(f"● 在办：{words}")
        if not found.visits:
            self.say("✓ 没有在办、挂起的人")
        self.say(f"{'●' if found.unprinted else '✓'} 未打印单据 {found.unprinted} 份")
        self.say(f"{'●' if found.unsent else '✓'} 未上传记录 {found.unsent} 条")
        for words in found.spares:
            self.say(f"● 手上还有{words}")
        self.end()
        self.first()

    def _spares(self, verb: str) -> None:
        call = getattr(self.model.counter.visit, verb)
        self.order(partial(call, self.kind.value(), self.start.text(), self.stop.text()), self._counted)

    def _counted(self, numbers: tuple[str, ...]) -> None:
        self.start.clear()
        self.stop.clear()
        self.model.notices.tell("已登记", f"{numbers[0]} 至 {numbers[-1]}，共 {len(numbers)} 个")
        self.fetch()

    def _hand(self) -> None:
        call = partial(self.model.counter.visit.hand_over, self.to.text(), self.note.text())
        self.ask_two(self.to, call, self._handed)

    def _handed(self, view: VisitView) -> None:
        self.to.clear()
        self.note.clear()
        self.model.adopt(view)
        self.model.notices.tell("已交接", f"现在由 {view.clerk_name}（工号 {view.clerk_no}）办理")
        self.fetch()
