"""登录与锁屏: one cover over the desk, laid before anybody is asked anything; beneath it nothing changes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from counter_app.problems import Problem
from counter_app.services.visit_view import VisitView
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import button, column, label, put_text, show
from ui.widgets.cover import Cover
from ui.widgets.editors import TextEdit

WIDTH = 320
_ASKS = {"code-needed": "code", "code-wrong": "code", "password-old": "new", "password-weak": "new"}
_KEPT = ("login-", "code-", "password-", "roles-work", "held-by-other")  # what is said here and nowhere else


class LockCover(Cover):
    """Asks who it is: by password and code where people sign in, by one key in a demo hall."""

    def __init__(self, model: DeskModel, window: QWidget) -> None:
        super().__init__(window)
        self._model = model
        self._before: tuple[QWidget, int, int, int] | None = None
        self._title, self._who = label("", "h1"), label("", "h3")
        self._words, self._refusal = label("", "soft", wrap=True), label("", "problem", wrap=True)
        self._number = _edit("工号")
        self._password, self._code = _edit("口令", True), _edit("动态码（六位）")
        self._new, self._again = _edit("新口令", True), _edit("再输一次新口令", True)
        self._fields = (self._number, self._password, self._code, self._new, self._again)
        self._go = button("", self.enter, "primary")
        self._other = button("换人登录", self._change_hands, "quiet")
        self._choices = [button("", partial(self._choose, nth)) for nth in range(9)]
        self._build()

    def _build(self) -> None:
        stack = column(self, (40, 24, 40, 24), 10)
        stack.addStretch(1)
        for part in (self._title, self._who, self._words):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            stack.addWidget(part)
        self._refusal.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        box = QWidget()
        box.setFixedWidth(WIDTH)
        asked = column(box, gap=8)
        for below in (*self._fields, *self._choices, self._go, self._other):
            asked.addWidget(below)
        stack.addWidget(box, 0, Qt.AlignmentFlag.AlignHCenter)
        stack.addWidget(self._refusal)
        stack.addStretch(2)

    # --- laying and lifting ---------------------------------------------------------------------
    def cover(self) -> None:
        """Cover now; where the clerk was is remembered to the letter."""
        if self.isVisible():
            self._draw(self._model.view)
            return
        QGuiApplication.inputMethod().commit()  # what is being composed is not lost
        self._before = _place(QApplication.focusWidget(), self._under)
        for field in self._fields:
            field.clear()
        put_text(self._refusal, "")
        show(self._code, False)
        self._ask_new(False)
        self._draw(self._model.view)
        self.spread()
        self.take_focus()

    def lift(self) -> bool:
        """Uncover; tells whether the clerk is back where they were."""
        self.hide()
        for field in self._fields:
            field.clear()
        before, self._before = self._before, None
        return before is not None and _return_to(*before)

    def take_focus(self) -> None:
        """The first thing that is asked has the keys; leaving an editor this way ends nothing in it."""
        wanted = next((field for field in self._fields if not field.isHidden() and not field.text()), None)
        offered = next((choice for choice in self._choices if not choice.isHidden()), self._go)
        target: QWidget = wanted or (self._go if not self._go.isHidden() else offered)
        target.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    def offer(self, event: QKeyEvent) -> bool:
        """Enter goes on, a digit chooses somebody of a demo hall."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.enter()
            return True
        nth = int(event.text()) - 1 if event.text().isdecimal() and event.text().isascii() else -1
        if not self._is_secured and 0 <= nth < len(self._model.view.session.choices):
            self._choose(nth)
            return True
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round on the cover and never below it."""
        parts = [part for part in (*self._fields, *self._choices, self._go, self._other) if part.isVisible()]
        if not parts:
            return False
        focus = QApplication.focusWidget()
        at = parts.index(focus) if focus in parts else -1
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        parts[(at + (1 if forward else -1)) % len(parts)].setFocus(reason)
        return True

    # --- what it asks ---------------------------------------------------------------------------
    @property
    def _is_secured(self) -> bool:
        return self._model.view.session.is_secured

    def _draw(self, view: VisitView) -> None:
        session = view.session
        is_here = session.is_signed_in
        put_text(self._title, "已锁屏" if is_here else "请登录")
        who = f"{view.clerk_name}　工号 {view.clerk_no}" if is_here else view.hall
        put_text(self._who, f"{who}　{view.window} 号窗口")
        put_text(self._words, self._sentence(view))
        show(self._number, session.is_secured and not is_here)
        show(self._password, session.is_secured)
        put_text(self._go, "解锁" if is_here else "登录")
        show(self._go, is_here or session.is_secured)
        show(self._other, is_here and session.is_secured and not view.visit_open)
        for nth, choice in enumerate(self._choices):
            is_there = nth < len(session.choices) and not (is_here and view.visit_open)
            if is_there:
                one = session.choices[nth]
                put_text(choice, f"{nth + 1}　{one.name}　{one.post}")
            show(choice, is_there)

    @staticmethod
    def _sentence(view: VisitView) -> str:
        if view.session.is_secured:
            return "填过的内容都在。" if view.session.is_signed_in else "输入工号和口令，按回车。"
        if not view.session.is_signed_in:
            return "演示大厅：按数字选一位工作人员。"
        if view.session.choices and not view.visit_open:
            return "填过的内容都在。按回车继续；演示大厅也可按数字换人。"
        return "填过的内容都在。按回车继续。"

    def _ask_new(self, is_asked: bool) -> None:
        show(self._new, is_asked)
        show(self._again, is_asked)

    # --- what is answered -----------------------------------------------------------------------
    def enter(self) -> None:
        """Go to the next empty line, or hand everything over."""
        focus = QApplication.focusWidget()
        if isinstance(focus, QPushButton) and focus in self._choices:
            self._choose(self._choices.index(focus))
            return
        if focus is self._other:
            self._change_hands()
            return
        empty = next((f for f in self._fields if not f.isHidden() and not f.text()), None)
        if empty is not None:
            empty.setFocus(Qt.FocusReason.TabFocusReason)
            return
        if self._new.text() != self._again.text():
            put_text(self._refusal, "两次输入的新口令不一样，请重新输入。")
            self._again.clear()
            self._again.setFocus(Qt.FocusReason.TabFocusReason)
            return
        self._hand_over()

    def _hand_over(self) -> None:
        proof = [self._password.text(), self._code.text(), self._new.text()]
        while proof and not proof[-1]:
            proof.pop()
        put_text(self._refusal, "")
        if not self._number.isHidden():
            self._model.do("sign_in", self._number.text(), *proof)
        else:
            self._model.do("unlock", *proof)

    def _choose(self, nth: int) -> None:
        number = self._model.view.session.choices[nth].clerk_no
        if self._model.view.session.is_signed_in:
            self._model.do("unlock", "", "", number)
        else:
            self._model.do("sign_in", number)

    def _change_hands(self) -> None:
        """Another clerk takes the locked window, with their own number."""
        show(self._number, True)
        show(self._other, False)
        put_text(self._go, "登录")
        self._number.clear()
        self._password.clear()
        self._number.setFocus(Qt.FocusReason.TabFocusReason)

    def refuse(self, problem: Problem) -> bool:
        """Say a refusal that is about who it is, and ask for what it needs; tells whether it was one."""
        if not self.isVisible() or not problem.code.startswith(_KEPT):
            return False
        put_text(self._refusal, f"{problem.title}。{problem.cause}{problem.advice}")
        asked = _ASKS.get(problem.code, "")
        if asked == "code":
            show(self._code, True)
            self._code.clear()
            self._code.setFocus(Qt.FocusReason.TabFocusReason)
        elif asked == "new":
            self._ask_new(True)
            self._new.clear()
            self._again.clear()
            self._new.setFocus(Qt.FocusReason.TabFocusReason)
        elif self._is_secured:
            self._password.clear()
            self._code.clear()
            self._password.setFocus(Qt.FocusReason.TabFocusReason)
        return True


def _edit(words: str, is_secret: bool = False) -> TextEdit:
    made = TextEdit()
    made.setAccessibleName(words)
    made.setPlaceholderText(words)
    if is_secret:
        made.setEchoMode(QLineEdit.EchoMode.Password)
    return made


def _place(focus: QWidget | None, window: QWidget) -> tuple[QWidget, int, int, int] | None:
    """Where somebody is: the widget; in a line of text the cursor, and the selection's start and length."""
    if focus is None or not window.isAncestorOf(focus):
        return None
    if isinstance(focus, QLineEdit):
        return focus, focus.cursorPosition(), focus.selectionStart(), focus.selectionLength()
    return focus, -1, -1, 0


def _return_to(focus: QWidget, cursor: int, start: int, length: int) -> bool:
    from shiboken6 import isValid

    if not isValid(focus) or not focus.isVisible() or not focus.isEnabled():
        return False
    focus.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
    if isinstance(focus, QLineEdit):
        focus.deselect()
        focus.setCursorPosition(cursor)
        if start >= 0 and cursor == start:
            focus.setSelection(start + length, -length)
        elif start >= 0:
            focus.setSelection(start, length)
    return True
