"""Deciding: what may be done by number, the reason by number, and one key to send it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from counter_app.catalog.reasons import OTHER
from counter_app.domain import money
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
        self._digits: list[QPushButton] = []
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
        if self._drawn != (model.sheet, offer, len(model.reasons)):
            self._drawn = (model.sheet, offer, len(model.reasons))
            self._build()
        for part in (self._send, self._back, self._said):
            show(part, offer is not None)
        put_text(self._title, offer.name if offer is not None else "办理")
        put_text(self._send, "正在提交…" if model.is_sending else f"提交“{offer.name}” F10" if offer else "")
        self._send.setEnabled(not model.is_sending)
        put_text(self._said, self._chosen_words())

    def _build(self) -> None:
        empty(self._column)
        self.words, self._digits, self.edits = None, [], []
        sheet, offer = self._model.sheet, self._model.offer
        if sheet is None:
            self._column.addWidget(label("还没有选办件。", "soft", wrap=True))
        elif offer is None:
            self._offers(sheet.offers)
        else:
            self._once_more(sheet, offer)
            self._needs(offer)
            self._reasons(offer)
        self._column.addStretch(1)

    def _offers(self, offers: tuple[Offer, ...]) -> None:
        open_ = [offer for offer in offers if not offer.blocked]
        for nth, offer in enumerate(open_, 1):
            self._choice(
                nth,
                offer.name + ("…" if offer.reasoned or offer.needs else ""),
                partial(self._model.choose_act, offer),
            )
        for offer in offers:
            if offer.blocked:
                self._column.addWidget(label(f"{offer.name}：{offer.blocked}", "soft", wrap=True))
        if not offers:
            self._column.addWidget(label("这一步不归您的岗位办理。", "soft", wrap=True))

    def _once_more(self, sheet: CaseSheet, offer: Offer) -> None:
        """Money is read once more by whoever sends it on."""
        if offer.act in ("second", "pay", "resend") and sheet.amount is not None:
            rest = sheet.amount - sheet.paid
            words = f"核定 {money.display(sheet.amount)} 元，应付 {money.display(rest)} 元。"
            self._column.addWidget(label(words, "h3", wrap=True))
            self._column.addWidget(label("请再核对一遍金额和收款账户，然后提交。", "label", wrap=True))

    def _needs(self, offer: Offer) -> None:
        for need in offer.needs:
            self._column.addWidget(label(NEEDS[need], "group"))
            if need in ("amount", "days"):
                self._column.addWidget(self._number(need))
                self.edits[-1].show()
            else:
                self._options(need)

    def _number(self, need: str) -> TextEdit:
        made = TextEdit()
        made.setAccessibleName(NEEDS[need])
        made.typed.connect(partial(self._typed, need))
        self.edits.append(made)
        sheet = self._model.sheet
        if need == "amount" and sheet is not None:
            known = sheet.amount if sheet.amount is not None else sheet.sum.amount if sheet.sum else None
            if known is not None:
                made.put(money.plain(known))
                self._typed(need, made.text())
        return made

    def _options(self, need: str) -> None:
        sheet = self._model.sheet
        assert sheet is not None
        if need == "desk":
            found = [(desk, partial(self._model.say, desk=desk)) for desk in sheet.desks]
        elif need == "way":
            found = [(way, partial(self._model.say, detail=way)) for way in WAYS]
        else:
            late = [m for m in sheet.materials if m.state == "deferred"]
            found = [(m.name, partial(self._model.say, detail=m.code)) for m in late]
        for nth, (words, act) in enumerate(found, 1):
            self._choice(nth if not (self._model.offer and self._model.offer.reasoned) else 0, words, act)

    def _reasons(self, offer: Offer) -> None:
        if not offer.reasoned:
            return
        self._column.addWidget(label("理由", "group"))
        for nth, reason in enumerate(self._model.reasons, 1):
            self._choice(nth, reason.text, partial(self._model.choose_reason, nth))
        self.words = TextEdit()
        self.words.setAccessibleName("其他理由")
        self.words.setPlaceholderText("0　其他理由，写在这里")
        self.words.typed.connect(self._model.say_other)
        self._column.addWidget(self.words)
        self.words.show()

    def _choice(self, nth: int, words: str, act: Callable[[], object]) -> None:
        made = LinkButton()
        made.setProperty("kind", "choice")
        made.put(f"{nth}　{words}" if 0 < nth <= MOST_KEYS else words)
        made.clicked.connect(lambda: act())
        self._column.addWidget(made)
        made.show()  # at once, so that it can take the focus with the key that called it
        if 0 < nth <= MOST_KEYS:
            self._digits.append(made)

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
        self._digits[number - 1].click()
        return True

    def focus_in(self) -> None:
        """The first line, or the button that sends."""
        target = self._digits[0] if self._digits else self._send
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self, need: str, text: str) -> None:
        try:
            value = (money.parse(text) if text.strip() else None) if need == "amount" else _days(text)
        except Problem:
            value = None if need == "amount" else 0
        self._model.say(**{need: value})


def _days(text: str) -> int:
    return int(text) if text.strip().isascii() and text.strip().isdigit() and len(text) < 5 else 0
