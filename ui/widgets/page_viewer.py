"""A scanned page, large, over the work; enlarged, turned for the eye, compared; Esc folds it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.viewmodels.pages import Other
from ui.viewmodels.review import ReviewModel
from ui.widgets.basic import Elided, button, column, dispatch, label, put_text, row, show
from ui.widgets.compare_pane import ComparePane
from ui.widgets.lift_bar import LiftBar
from ui.widgets.overlay import Overlay
from ui.widgets.stage import COVERING, Stage

UNREADABLE = "这一页的影像无法显示，请用原件交接单调取原件。"

KEYS = COVERING.replace("\n", "；")
LAID = "这一页在后台遮盖过：各岗位看到的都是遮盖后的页；受理窗口的经过里有这条记录，窗口封存的原页不变。"


class PageViewer(Overlay):
    """Shows one page as large as there is room; what is covered here is drawn over, the page stays."""

    def __init__(self, model: ReviewModel, window: QWidget) -> None:
        super().__init__(window, self.fold)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("看影像")
        self._under, self._model = window, model
        self._caption, self._picture = Elided("", "h3"), Stage()
        self._beside = ComparePane(model.fetch_page)
        self._keys = self._make_keys()
        self._lay = self._last = self.close_button
        self._hint = label("", "small", wrap=True)
        stack, head, pages = column(self, (14, 10, 10, 10), 8), row(gap=8), row(gap=8)
        head.addWidget(self._caption, 1)
        for words, act in (
            ("放大　＋", self._keys[Qt.Key.Key_Plus]),
            ("缩小　－", self._keys[Qt.Key.Key_Minus]),
            ("转向　→", self._keys[Qt.Key.Key_Right]),
            ("对比　Ctrl+N", self.compare),
            ("遮盖　Ctrl+M", self.cover),
            ("揭开遮盖　Ctrl+M", self.ask_why),
        ):
            made = button(words, act)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys belong to the whole
            head.addWidget(made)
            self._lay, self._last = self._last, made
        self.close_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head.addWidget(self.close_button)
        stack.addLayout(head)
        self._lifting = LiftBar(self._lift)
        stack.addWidget(self._lifting)
        stack.addWidget(self._hint)
        pages.addWidget(self._picture, 1)
        pages.addWidget(self._beside, 1)
        stack.addLayout(pages, 1)
        model.page_came.connect(self.open)

    def _make_keys(self) -> dict[Qt.Key, Callable[[], object]]:
        look = self._picture
        return {
            Qt.Key.Key_Plus: partial(look.closer, 1),
            Qt.Key.Key_Minus: partial(look.closer, -1),
            Qt.Key.Key_0: partial(look.closer, 0),
            Qt.Key.Key_Left: partial(look.turn, 270),
            Qt.Key.Key_Right: partial(look.turn, 90),
            Qt.Key.Key_Up: partial(look.pan, 0, -1),
            Qt.Key.Key_Down: partial(look.pan, 0, 1),
            Qt.Key.Key_PageUp: partial(look.pan, 0, -6),
            Qt.Key.Key_PageDown: partial(look.pan, 0, 6),
        }

    def open(self, data: object, caption: str) -> None:
        """Show a page that has come."""
        self.setGeometry(self._under.rect().adjusted(60, 20, -60, -20))
        self._beside.fold()
        self._caption.put(caption)
        self._lifting.fold()
        self.rise()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._picture.put(data if isinstance(data, bytes) else b"", UNREADABLE)
        self._picture.setAccessibleName(caption)
        self._show_buttons()

    def ask_why(self) -> None:
        """Ctrl+M on a covered page: why its covers are to be lifted."""
        if self._model.is_covered:
            self._lifting.ask()

    def cover(self) -> None:
        """Ctrl+M on any other: begin to cover parts of it, or (begun) lay the covers on record."""
        if self._picture.is_covering:
            boxes = tuple(self._picture.boxes)
            self._picture.stop_covering()
            if boxes:
                self._model.cover(boxes)
        elif self._model.page_ref and not self._model.is_covered and not self._picture.is_empty:
            self._beside.fold()
            self._picture.start_covering()
        self._show_buttons()

    def _show_buttons(self) -> None:
        show(self._last, self._model.is_covered)
        show(self._lay, bool(self._model.page_ref) and not self._model.is_covered)
        put_text(self._hint, KEYS if self._picture.is_covering else LAID if self._model.is_laid else "")
        show(self._hint, bool(self._hint.text()))

    def _lift(self, why: str) -> None:
        self._model.lift(self._model.page_ref, self._caption.whole, why)

    def compare(self) -> None:
        """Another page of the case beside this one; again, the next."""
        sheet = self._model.sheet
        found = [
            Other(f"{line.name} 第 {nth} 页", ref)
            for line in (sheet.materials if sheet is not None else ())
            for nth, ref in enumerate(line.pages, 1)
            if f"{line.name} 第 {nth} 页" != self._caption.whole
        ]
        if not self._beside.next(found):
            self._model.notices.tell("没有可对比的页", "本件只有这一页影像。")

    def fold(self) -> bool:
        """Put away what stands beside, then all of it, and forget the pictures; tells whether it was open."""
        if self._picture.is_covering:
            self._picture.stop_covering()
            self._show_buttons()
            return True
        if self._lifting.fold():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if self._beside.fold():
            return True
        self._picture.put(None)
        return super().fold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Its own keys; all others are the desk's."""
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        key, stage = Qt.Key(event.key()), self._picture
        act = self._keys.get(key)
        is_sizing = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if stage.is_covering and held == Qt.KeyboardModifier.NoModifier:
            if not stage.cover_key(key, is_sizing, self.cover) and not dispatch(self, event):
                super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_M and held == Qt.KeyboardModifier.ControlModifier:
            (self.ask_why if self._model.is_covered else self.cover)()
        elif event.key() == Qt.Key.Key_N and held == Qt.KeyboardModifier.ControlModifier:
            self.compare()
        elif act is not None and held == Qt.KeyboardModifier.NoModifier:
            act()
        elif not dispatch(self, event):
            super().keyPressEvent(event)
