"""Deciding: what may be done by number, the reason by number, and one key to send it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from counter_app.catalog.reasons import OTHER
from counter_app.domain import money
from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.services.review_view import CaseSheet, Offer
from ui.viewmodels.review import ReviewModel
from ui.widgets.basic import LinkButton, button, column, empty, label, put_text, row, show
from ui.widgets.editors import TextEdit
from ui.widgets.page import scrolled

NEEDS = {
    "amount": "核定金额（元）",
    "days": "延长几个工作日",
    "desk": "转往哪个岗位",
    "way": "怎样送达",
    "material": "补齐了哪一件",
}
WAYS = ("窗口", "邮寄", "电子", "短信")
MOST_KEYS = 9


class Line(Value, frozen=True):
    """One line that can be chosen: of which group, what it stands for, its words."""

    button: LinkButton
    group: str
    value: str
    words: str


class DecidePane(QFrame):
    """First what to do, then why; numbers choose, F10 sends, Esc goes one step back."""

    def __init__(self, model: ReviewModel) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setAccessibleName("办理")
        self._model = model
        self._title = label("办理", "h3")
        inside = QWidget()
        self._column = column(inside, (0, 0, 6, 0), 5)
        self._scroll = scrolled(inside, "可办的事和理由")
        self._send = button("提交 F10", model.submit, "primary")
        self._back = button("返回 Esc", partial(model.act.emit, "close"))
        self._said = label("", "small", wrap=True)
        self.words: TextEdit | None = None
        self.edits: list[TextEdit] = []
        self._drawn: object = None
        self._lines: list[Line] = []
        self._digits: list[LinkButton] = []
        self._build_frame()
        model.sheet_changed.connect(self.draw)
        model.decision_changed.connect(self.draw)
        self.draw()

    def _build_frame(self) -> None:
        stack = column(self, (14, 10, 8, 12), 6)
        stack.addWidget(self._title)
        stack.addWidget(self._scroll, 1)
        stack.addWidget(self._said)
        line = row(gap=8)
        line.addWidget(self._send, 1)
        line.addWidget(self._back)
        stack.addLayout(line)

    # --- drawing ----------------------------------------------------------------------------
    def draw(self) -> None:
        """Draw what may be done, or what is still to be said about what was chosen."""
        model, offer = self._model, self._model.offer
        if self._drawn != (model.sheet, offer):
            self._drawn = (model.sheet, offer)
            self._build()
        for part in (self._send, self._back, self._said):
            show(part, offer is not None)
        put_text(self._title, offer.name if offer is not None else "办理")
        put_text(self._send, "正在提交…" if model.is_sending else f"提交“{offer.name}” F10" if offer else "")
        put_text(self._said, self._chosen_words())
        self._mark()

    def _build(self) -> None:
        empty(self._column)
        self.words, self._lines, self.edits = None, [], []
        sheet, offer = self._model.sheet, self._model.offer
        if sheet is None:
            self._column.addWidget(label("还没有选办件。", "soft", wrap=True))
        elif offer is None:
            self._offers(sheet.offers)
        else:
            self._once_more(sheet, offer)
            self._needs(sheet, offer)
            self._reasons(offer)
        self._column.addStretch(1)

    def _offers(self, offers: tuple[Offer, ...]) -> None:
        for offer in offers:
            if not offer.blocked:
                words = offer.name + ("…" if offer.reasoned or offer.needs else "")
                self._choice("", offer.act, words, partial(self._model.choose_act, offer))
        for why in dict.fromkeys(offer.blocked for offer in offers if offer.blocked):
            names = "、".join(offer.name for offer in offers if offer.blocked == why)
            self._column.addWidget(label(f"{names}：{why}", "soft", wrap=True))
        if not offers:
            self._column.addWidget(label("这一步不归您的岗位办理。", "soft", wrap=True))

    def _once_more(self, sheet: CaseSheet, offer: Offer) -> None:
        """Money is read once more by whoever sends it on."""
        if offer.act in ("second", "pay", "resend") and sheet.amount is not None:
            rest = sheet.amount - sheet.paid
            words = f"核定 {money.display(sheet.amount)} 元，应付 {money.display(rest)} 元。"
            self._column.addWidget(label(words, "h3", wrap=True))
            self._column.addWidget(label("请再核对一遍金额和收款账户，然后提交。", "label", wrap=True))

    def _needs(self, sheet: CaseSheet, offer: Offer) -> None:
        for need in offer.needs:
            self._column.addWidget(label(NEEDS[need], "group"))
            if need in ("amount", "days"):
                self._number(sheet, need)
            for value, words in _options(sheet, need):
                name = "desk" if need == "desk" else "detail"
                self._choice(need, value, words, partial(self._model.say, **{name: value}))

    def _number(self, sheet: CaseSheet, need: str) -> None:
        made = TextEdit()
        made.setAccessibleName(NEEDS[need])
        made.typed.connect(partial(self._typed, need))
        self.edits.append(made)
        self._column.addWidget(made)
        made.show()
        known = sheet.amount if sheet.amount is not None else sheet.sum.amount if sheet.sum else None
        if need == "amount" and known is not None:
            made.put(money.plain(known))
            self._typed(need, made.text())

    def _reasons(self, offer: Offer) -> None:
        if not offer.reasoned:
            return
        self._column.addWidget(label("理由", "group"))
        for nth, reason in enumerate(self._model.reasons, 1):
            self._choice("reason", reason.code, reason.text, partial(self._model.choose_reason, nth))
        self.words = TextEdit()
        self.words.setAccessibleName("其他理由")
        self.words.setPlaceholderText("0　其他理由，写在这里")
        self.words.typed.connect(self._model.say_other)
        self._column.addWidget(self.words)
        self.words.show()

    def _choice(self, group: str, value: str, words: str, act: Callable[[], object]) -> None:
        made = LinkButton()
        made.setProperty("kind", "choice")
        made.clicked.connect(lambda: act())
        self._column.addWidget(made)
        made.show()  # at once, so that it can take the focus with the key that called it
        self._lines.append(Line(made, group, value, words))

    def _mark(self) -> None:
        """Numbers stand at the lines that wait for an answer; a chosen line has its tick."""
        active = self._active()
        self._digits = [line.button for line in self._lines if line.group == active][:MOST_KEYS]
        for line in self._lines:
            numbered = line.button in self._digits
            number = f"{self._digits.index(line.button) + 1}　" if numbered else ""
            line.button.put(number + ("✓ " if self._is_chosen(line) else "") + line.words)

    def _active(self) -> str:
        """The group whose lines the digits choose now: the first not answered, else the last."""
        groups = list(dict.fromkeys(line.group for line in self._lines))
        answered = {line.group for line in self._lines if self._is_chosen(line)}
        waiting = [group for group in groups if group not in answered]
        return (waiting or groups[-1:] or [""])[0]

    def _is_chosen(self, line: Line) -> bool:
        said = self._model.said
        chosen = {"reason": said.reason, "desk": said.desk}.get(line.group, said.detail)
        return bool(line.group) and chosen == line.value

    def _chosen_words(self) -> str:
        said, sheet = self._model.said, self._model.sheet
        reason = next(
            (r.text for r in self._model.reasons if r.code == said.reason), said.reason.removeprefix(OTHER)
        )
        late = {m.code: m.name for m in sheet.materials} if sheet else {}
        parts = [
            f"理由：{reason}" if reason else "",
            f"金额：{money.display(said.amount)} 元" if said.amount is not None else "",
            f"延长 {said.days} 个工作日" if said.days else "",
            f"转往：{said.desk}" if said.desk else "",
            f"选定：{late.get(said.detail, said.detail)}" if said.detail else "",
        ]
        return "；".join(part for part in parts if part) or (
            "请选择或填写后提交。" if self._is_asked() else ""
        )

    def _is_asked(self) -> bool:
        offer = self._model.offer
        return offer is not None and (offer.reasoned or bool(offer.needs))

    # --- keys -------------------------------------------------------------------------------
    def digit(self, number: int) -> bool:
        """A digit chooses the line that bears it; 0 goes to one's own words."""
        if number == 0 and self.words is not None:
            self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        if not 1 <= number <= len(self._digits):
            return False
        goes_on = self._model.offer is not None
        self._digits[number - 1].click()
        if goes_on and self._model.offer is not None and not self._model.is_sending:
            self.focus_in()
        return True

    def focus_in(self) -> None:
        """The first line that waits for an answer, or the button that sends."""
        waits = self._digits and not any(
            self._is_chosen(line) for line in self._lines if line.button in self._digits
        )
        target = self._digits[0] if waits else self._send
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self, need: str, text: str) -> None:
        try:
            value = (money.parse(text) if text.strip() else None) if need == "amount" else _days(text)
        except Problem:
            value = None if need == "amount" else 0
        self._model.say(**{need: value})


def _options(sheet: CaseSheet, need: str) -> list[tuple[str, str]]:
    """What may be chosen: value and words."""
    if need == "desk":
        return [(desk, desk) for desk in sheet.desks]
    if need == "way":
        return [(way, way) for way in WAYS]
    late = [m for m in sheet.materials if m.state == "deferred"]
    return [(m.code, m.name) for m in late] if need == "material" else []


def _days(text: str) -> int:
    return int(text) if text.strip().isascii() and text.strip().isdecimal() and len(text) < 5 else 0
