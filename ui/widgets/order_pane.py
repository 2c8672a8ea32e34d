"""What may be ordered about the chosen thing, by number: what, with what, why; F10 sends."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from counter_app.services.hall.orders import Offer
from ui.viewmodels.manage import ManageModel
from ui.widgets.basic import button, card, column, empty, held_by, label
from ui.widgets.page import scrolled

MOST = 9
CHOICE, REASON = "choice", "reason"
NOTHING = "在左边选一个窗口、一个号或一条记录，这里列出可以做的安排。"


class OrderPane(QWidget):
    """The right side of every page of the manager's desk."""

    def __init__(self, model: ManageModel) -> None:
        super().__init__()
        self.setAccessibleName("安排")
        self._model = model
        self._drawn: object = None
        self.edit: QLineEdit | None = None
        box = card()
        inside = column(box, (14, 10, 14, 10), 8)
        inside.addWidget(label("安排", "h3"))
        body = QWidget()
        self._column = column(body, (0, 0, 6, 0), 6)
        inside.addWidget(scrolled(body, "可以做的安排"), 1)
        column(self).addWidget(box)
        model.order_changed.connect(self.draw)
        self.draw()

    def digit(self, nth: int) -> bool:
        """The nth line of what stands here now; tells whether there is one."""
        model = self._model
        offer = model.offer
        if offer is None:
            return self._pick(nth, [partial(model.begin, one) for one in model.offers])
        if nth == 0:
            return self._write()
        keys = self._keys(offer)
        if not 1 <= nth <= len(keys):
            return False
        kind, value = keys[nth - 1]
        (model.choose if kind == CHOICE else model.say)(value)
        return True

    def focus_in(self) -> None:
        """Take the focus where something is written, or on the first line."""
        target = self.edit or self._first()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def draw(self) -> None:
        """Lines with their numbers; what is written stays while only its words change."""
        model = self._model
        offer = model.offer
        now = (
            model.offers,
            offer,
            model.values,
            model.is_sending,
            model.why if not self._is_writing() else "",
        )
        if now == self._drawn:
            return
        self._drawn = now
        empty(self._column)
        self.edit = None
        if offer is not None:
            self._order(offer)
        else:
            self._offers()
        self._column.addStretch(1)

    # --- drawing ------------------------------------------------------------------------------
    def _offers(self) -> None:
        model = self._model
        if not model.offers:
            self._column.addWidget(label(NOTHING, "soft", wrap=True))
            return
        self._column.addWidget(label(model.offers[0].about, "strong", wrap=True))
        for nth, offer in enumerate(model.offers, 1):
            self._column.addWidget(button(f"{nth}　{offer.name}", partial(model.begin, offer), "choice"))

    def _order(self, offer: Offer) -> None:
        self._column.addWidget(label(f"{offer.about}：{offer.name}", "strong", wrap=True))
        if offer.choices:
            self._choices(offer)
        if offer.needs_why or offer.reasons:
            self._reasons(offer)
        model = self._model
        send = button("正在提交…" if model.is_sending else "提交 F10", model.submit, "primary")
        send.setEnabled(not model.is_sending)
        self._column.addWidget(send)
        self._column.addWidget(button("先不办 Esc", partial(model.act.emit, "close"), "quiet"))

    def _choices(self, offer: Offer) -> None:
        self._column.addWidget(label("可选多个" if offer.many else "选一个", "group"))
        for choice in offer.choices:
            self._toggle((CHOICE, choice.value), choice.label, choice.value in self._model.values)

    def _reasons(self, offer: Offer) -> None:
        self._column.addWidget(label(offer.hint, "group"))
        for why in offer.reasons:
            self._toggle((REASON, why), why, why == self._model.why)
        own = "" if self._model.why in offer.reasons else self._model.why
        self.edit = QLineEdit(own)
        self.edit.setMaxLength(200)
        self.edit.setAccessibleName(offer.hint)
        self.edit.setPlaceholderText(f"0　{offer.hint}" if not offer.reasons else "0　其他，自己写")
        self.edit.textChanged.connect(self._model.say)
        self._column.addWidget(self.edit)

    def _toggle(self, key: tuple[str, str], words: str, is_chosen: bool) -> None:
        assert self._model.offer is not None
        keys = self._keys(self._model.offer)
        head = f"{keys.index(key) + 1}　" if key in keys else ""
        act = self._model.choose if key[0] == CHOICE else self._model.say
        made = button(f"{head}{'✓ ' if is_chosen else ''}{words}", partial(act, key[1]), "pick")
        made.setCheckable(True)
        made.setChecked(is_chosen)
        self._column.addWidget(made)

    # --- what a number means --------------------------------------------------------------------
    def _keys(self, offer: Offer) -> list[tuple[str, str]]:
        """What the numbers from 1 on stand for: everything where it fits, else first where to, then why."""
        choices = [(CHOICE, choice.value) for choice in offer.choices]
        reasons = [(REASON, why) for why in offer.reasons]
        if len(choices) + len(reasons) <= MOST:
            return choices + reasons
        asks_where = offer.many or not self._model.values
        return (choices if choices and asks_where else reasons)[:MOST]

    def _pick(self, nth: int, lines: list[partial[None]]) -> bool:
        if not 1 <= nth <= len(lines):
            return False
        lines[nth - 1]()
        return True

    def _write(self) -> bool:
        if self.edit is None:
            return False
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _is_writing(self) -> bool:
        return self.edit is not None and self.edit.hasFocus()

    def _first(self) -> QWidget | None:
        able = (one for one in held_by(self._column) if one.focusPolicy() & Qt.FocusPolicy.TabFocus)
        return next(able, None)
