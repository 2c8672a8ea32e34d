"""The document camera at the desk: take, look, turn, take again, delete, all by keys; Esc folds it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QGridLayout, QVBoxLayout, QWidget

from counter_app.services.visit_view import CaseView, MaterialView
from ui.viewmodels.desk import DeskModel
from ui.viewmodels.pages import PagesModel
from ui.widgets.basic import Elided, button, column, dispatch, label, put_text, row, show
from ui.widgets.compare_pane import ComparePane
from ui.widgets.live_view import LiveView
from ui.widgets.overlay import Overlay
from ui.widgets.stage import ARROWS, COVERING, Stage

NOTHING = "还没有拍。\n把材料放在高拍仪的台面上，按 空格 拍第一页。"
UNREADABLE = "这一页无法显示，请按 退格 重拍。"
LIVE = QSize(248, 186)
KEPT = "拍下的页已封存，随本件保存。"


class PageTaker(Overlay):
    """Photographs the pages of one material of the case in hand."""

    def __init__(self, model: DeskModel, window: QWidget) -> None:
        super().__init__(window, self.fold)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("拍摄材料")
        self.pages = PagesModel(model)
        self._caption, self._count = Elided("", "h3"), label("", "label")
        self._said = label("", "problem", wrap=True)
        self._hint = label(KEPT, "small", wrap=True)
        self._picture = Stage()
        self._beside = ComparePane(self.pages.fetch)
        self.live = LiveView(model.counter.preview, LIVE)
        self._keys = self._make_keys()
        self._buttons: list[QAbstractButton] = []
        self._build()
        self.pages.changed.connect(self._draw)
        self.pages.picture.connect(self._show_picture)
        self.pages.closed.connect(self.shut)

    def _make_keys(self) -> dict[Qt.Key, Callable[[], object]]:
        pages = self.pages
        return {
            Qt.Key.Key_Space: pages.take,
            Qt.Key.Key_Backspace: pages.retake,
            Qt.Key.Key_Delete: pages.remove,
            Qt.Key.Key_Left: partial(pages.turn, 270),
            Qt.Key.Key_Right: partial(pages.turn, 90),
            Qt.Key.Key_Up: partial(pages.step, -1),
            Qt.Key.Key_Down: partial(pages.step, 1),
            Qt.Key.Key_PageUp: partial(pages.step, -1),
            Qt.Key.Key_PageDown: partial(pages.step, 1),
            Qt.Key.Key_Return: self.fold,
            Qt.Key.Key_Enter: self.fold,
            Qt.Key.Key_Plus: partial(self._picture.closer, 1),
            Qt.Key.Key_Minus: partial(self._picture.closer, -1),
            Qt.Key.Key_0: partial(self._picture.closer, 0),
        }

    def _build(self) -> None:
        stack = column(self, (16, 12, 14, 12), 8)
        head = row(gap=14)
        head.addWidget(self._caption, 1)
        head.addWidget(self._count)
        stack.addLayout(head)
        stack.addWidget(self._said)
        across = row(gap=12)
        frame = QFrame()
        frame.setProperty("card", True)
        inside = row(gap=0)
        inside.addLayout(self._make_live())
        inside.addWidget(self._picture, 1)
        inside.addWidget(self._beside, 1)
        column(frame, (6, 6, 6, 6)).addLayout(inside)
        across.addWidget(frame, 1)
        side = column(gap=8)
        side.addLayout(self._make_buttons())
        side.addStretch(1)
        side.addWidget(self._hint)
        side.addWidget(self.close_button)
        across.addLayout(side)
        stack.addLayout(across, 1)
        self.close_button.setText("拍好了　回车")
        self.close_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _make_live(self) -> QVBoxLayout:
        """What lies under the lens, beside the page that was taken of it."""
        caption = label("镜头下的实时画面", "small")
        show(caption, False)
        self.live.sees.connect(partial(show, caption))
        self.live.sees.connect(lambda _: QTimer.singleShot(0, self, self._picture.refit))
        stack = column(gap=4)
        stack.addWidget(caption)
        stack.addWidget(self.live)
        stack.addStretch(1)
        return stack

    def _make_buttons(self) -> QGridLayout:
        """For the mouse, and to say the keys; the first works without a page too."""
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for words, act, at in (
            ("拍一页　空格", self.pages.take, (0, 0, 1, 2)),
            ("重拍本页　退格", self.pages.retake, (1, 0, 1, 2)),
            ("不裁边重拍　Shift+退格", partial(self.pages.retake, True), (2, 0, 1, 2)),
            ("左转　←", self._keys[Qt.Key.Key_Left], (3, 0, 1, 1)),
            ("右转　→", self._keys[Qt.Key.Key_Right], (3, 1, 1, 1)),
            ("上一页　↑", self._keys[Qt.Key.Key_Up], (4, 0, 1, 1)),
            ("下一页　↓", self._keys[Qt.Key.Key_Down], (4, 1, 1, 1)),
            ("删除本页　Delete", self.pages.remove, (5, 0, 1, 2)),
            ("遮盖　Ctrl+M", self.cover, (6, 0, 1, 1)),
            ("对比　Ctrl+N", self.compare, (6, 1, 1, 1)),
            ("放大　＋", self._keys[Qt.Key.Key_Plus], (7, 0, 1, 1)),
            ("缩小　－", self._keys[Qt.Key.Key_Minus], (7, 1, 1, 1)),
        ):
            made = button(words, act, "" if self._buttons else "primary")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys belong to the whole
            self._buttons.append(made)
            grid.addWidget(made, *at)
        return grid

    def open(self, case: CaseView, material: MaterialView) -> None:
        """Turn to a material; with no page yet the first is taken at once."""
        around = self.window().rect().adjusted(60, 24, -60, -40)
        self.setGeometry(around)
        self.rise()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._caption.put(material.name)
        self.pages.open(case, material)
        self._draw()

    def again(self) -> bool:
        """One more page, when it is open; tells whether it was."""
        if self.isHidden():
            return False
        self.pages.take()
        return True

    def cover(self) -> None:
        """Begin to cover parts of the page looked at, or (begun) burn the covers in."""
        if not self._picture.is_covering:
            if self.pages.refs and not self._picture.is_empty and not self.pages.under_way:
                self._beside.fold()
                self._picture.start_covering()
        else:
            boxes = tuple(self._picture.boxes)
            self._picture.stop_covering()
            if boxes:
                self.pages.cover(boxes)
        self._draw()

    def compare(self) -> None:
        """Another page of the case, or the photo, beside this one; again, the next."""
        if not self._picture.is_covering and not self._beside.next(self.pages.others()):
            self.pages.say("没有可对比的页：本件只有这一页，身份证件也没有照片。")

    def fold(self) -> bool:
        """Put away the covers, then what stands beside, then all of it; tells whether it was open."""
        if self._picture.is_covering:
            self._picture.stop_covering()
            self._draw()
            return True
        if self._beside.fold():
            return True
        return self.shut()

    def shut(self) -> bool:
        """Put all of it away and forget the pictures; tells whether it was open."""
        self._beside.fold()
        self.pages.close()
        self._show_picture(None)
        return super().fold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Its own keys; all others are the desk's."""
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_sizing = held == Qt.KeyboardModifier.ShiftModifier
        if self._picture.is_covering and self._picture.cover_key(key, is_sizing, self.cover):
            return
        act = self._meant(key, held)
        if act is not None:
            if not event.isAutoRepeat() or held == Qt.KeyboardModifier.ShiftModifier:
                act()
        elif not dispatch(self, event):
            super().keyPressEvent(event)

    def _meant(self, key: Qt.Key, held: Qt.KeyboardModifier) -> Callable[[], object] | None:
        """What a key does here."""
        if held == Qt.KeyboardModifier.NoModifier or key == Qt.Key.Key_Plus:
            return self._keys.get(key)
        if held == Qt.KeyboardModifier.ControlModifier:
            return {Qt.Key.Key_M: self.cover, Qt.Key.Key_N: self.compare}.get(key)
        if held == Qt.KeyboardModifier.ShiftModifier:
            if key in ARROWS:
                return partial(self._picture.pan, *ARROWS[key])
            return partial(self.pages.retake, True) if key == Qt.Key.Key_Backspace else None
        return None

    def _draw(self) -> None:
        pages = self.pages
        count = f"第 {pages.at + 1} 页，共 {len(pages.refs)} 页" if pages.refs else "还没有页"
        put_text(self._count, pages.under_way or count)
        put_text(self._said, f"✕ {pages.said}" if pages.said else "")
        show(self._said, bool(pages.said))
        self.setAccessibleDescription(f"{self._caption.whole}，{pages.under_way or count}。{pages.said}")
        covering = self._picture.is_covering
        put_text(self._hint, COVERING if covering else KEPT)
        for nth, made in enumerate(self._buttons):
            made.setEnabled(not pages.under_way and (nth == 0 or bool(pages.refs)))
            show(made, not covering or made.text().startswith("遮盖"))  # the others mean nothing meanwhile
        if not pages.refs and not pages.under_way:
            self._picture.setText(NOTHING)

    def _show_picture(self, data: object) -> None:
        self._picture.put(data if isinstance(data, bytes) else None, UNREADABLE)
        self._picture.setAccessibleName(f"{self._caption.whole}，第 {self.pages.at + 1} 页" if data else "")
