"""依据: everything the verdict rests on, and the words of every warning."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from counter_app.domain import money
from counter_app.problems import ROWS
from counter_app.services.visit_view import (
    CaseView,
    ChoiceView,
    EstimateStepView,
    EstimateView,
    VisitView,
)
from ui.registry import Page
from ui.viewmodels import grounds
from ui.viewmodels.desk import DeskModel
from ui.viewmodels.verdict import verdict
from ui.widgets.basic import button, column, empty, label, row
from ui.widgets.choice import ChoiceEdit
from ui.widgets.editors import TextEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.page import PageWidget, scrolled

OBJECTED = "▲ 已提出异议"


class BasisPage(PageWidget):
    """So that nobody has to say “the system does not allow it”: every reason can be objected to."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model)
        self._drawn: CaseView | None = None
        inside = QWidget()
        self._column = column(inside, (0, 0, 6, 0), 8)
        page = column(self, (20, 16, 18, 14), 12)
        page.addWidget(label("本件判断的依据", "h2"))
        page.addWidget(scrolled(inside, "依据"), 1)
        self._about, self._words = ChoiceEdit(), TextEdit()
        self._about.setAccessibleName("对哪一条有异议")
        self._words.setAccessibleName("哪里有误")
        self._words.setPlaceholderText("哪里有误、群众怎么说；原话记录，本件照常往下办")
        line = row(gap=8)
        line.addWidget(label("对哪一条", "label"))
        line.addWidget(self._about, 1)
        line.addWidget(self._words, 3)
        page.addLayout(line)
        actions = QWidget()
        flow = FlowLayout(actions, 8)
        self._back = button("返回 Esc", partial(model.go, aside=""), "primary")
        flow.addWidget(self._back)
        flow.addWidget(button("我认为有误，记录", self._object))
        page.addWidget(actions)

    def draw(self, view: VisitView) -> None:
        """Draw the case's reasons."""
        case = view.case
        if case is None or case == self._drawn:
            return
        self._drawn = case
        empty(self._column)
        lines = basis_lines(case, view.online, view.region)
        names = list(dict.fromkeys(name for name, _ in lines if name != OBJECTED))
        self._about.set_choices(tuple(ChoiceView(name, name) for name in names))
        if self._about.value() not in names:
            self._about.put(names[0])
        for name, words in lines:
            self._column.addWidget(label(name, "group"))
            self._column.addWidget(label(words, "value", wrap=True))
        self._column.addStretch(1)

    def enter(self) -> None:
        """Esc or Enter goes back."""
        self._words.clear()
        self._back.setFocus()

    def step(self, by: int) -> bool:
        """Enter in the words writes them down."""
        if by > 0 and self._words.hasFocus() and self._words.text().strip():
            self._object()
            return True
        return super().step(by)

    def _object(self) -> None:
        about = self._about.value() or "判断"
        self.model.do("object_to", about, self._words.text(), then=self._written)

    def _written(self, view: VisitView) -> None:
        self._words.clear()
        self._back.setFocus()
        self.model.notices.tell("异议已记录", "本件照常办理；有拦住的，可挂起，或用“只收件”出材料接收凭证。")


def basis_lines(case: CaseView, online: bool, region: str = "") -> tuple[tuple[str, str], ...]:
    """Name and words of each reason."""
    words, view = verdict(case, online), case.verdict
    if words is None or view is None:
        return (("判断", "还没有可说的依据。"),)
    lines = [("判断", words.headline), ("适用规则", grounds.applies(case, region))]
    if view.basis:
        lines.append(("依据", view.basis))
    if view.statutory_days is not None:
        lines.append(("法定时限", limit_words(view.statutory_days, view.statutory_due)))
    if view.promised_days is not None:
        lines.append(("本地承诺时限", limit_words(view.promised_days, view.promised_due)))
    if case.estimate is not None:
        lines += estimate_lines(case.estimate)
    if view.pack:
        lines.append(("目录版本", view.pack))
    lines += [
        ("提醒", f"{ROWS[c].title}：{ROWS[c].cause}{ROWS[c].advice}") for c in view.warnings if c in ROWS
    ]
    lines += [
        (name, words)
        for name, words in (("所用内容", grounds.inputs(case)), ("材料", grounds.materials(case)))
        if words
    ]
    lines += [(OBJECTED, f"{about}：{said}") for about, said in case.objections]
    lines += [("还要改正", f"{p.title}：{p.cause}{p.advice}") for p in case.problems]
    return tuple(lines)


def limit_words(days: int, due: str) -> str:
    """A limit in working days with the day it ends; 0 days is at once."""
    if not days:
        return "即时办结"
    return f"{days} 个工作日" + (f"，至 {due}" if due else "")


def estimate_lines(found: EstimateView) -> list[tuple[str, str]]:
    """The trial calculation: its amount and steps, or which parameters are missing; never an amount of 0."""
    if found.because:
        return [("试算", f"按所填内容不能试算：{found.because}")]
    if found.missing:
        return [("试算", f"本地尚未公布：{'、'.join(found.missing)}。不作试算。")]
    lines = [f"{nth}. {step_line(step)}" for nth, step in enumerate(found.steps, 1)]
    head = f"{found.caption} {money.display(found.amount)} 元" if found.amount is not None else ""
    caution = "试算仅供参考，以审核结果为准，请勿向群众承诺金额。" if head else ""
    return [("试算", "\n".join(line for line in (head, *lines, caution) if line))]


def step_line(step: EstimateStepView) -> str:
    """A step with since when its parameter holds and the rows of the published material."""
    since, _, until = step.effective.partition("/")
    period = f"至 {until}" if since == ".." else f"{since} 至 {until}" if until else f"{since} 起"
    ground = "，".join(part for part in (period if step.effective else "", step.source) if part)
    return f"{step.text}〔{ground}〕" if ground else step.text


PAGE = Page("basis", "依据", BasisPage)
