"""The document camera at the desk: take, look, turn, take again, delete, all by keys; Esc folds it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from counter_app.services.visit_view import CaseView, MaterialView
from ui.viewmodels.desk import DeskModel
from ui.viewmodels.pages import PagesModel
from ui.widgets.basic import Elided, button, column, dispatch, label, put_text, row, show
from ui.widgets.live_view import LiveView
from ui.widgets.overlay import Overlay

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
        self._whole = QPixmap()
        self._caption, self._count = Elided("", "h3"), label("", "label")
        self._said = label("", "problem", wrap=True)
        self._hint = label(KEPT, "small", wrap=True)
        self._picture = QLabel()
        self._picture.setWordWrap(True)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.live = LiveView(model.counter.preview, LIVE)
        self._keys = self._make_keys()
        self._buttons: list[QAbstractButton] = []
        self._build()
        self.pages.changed.connect(self._draw)
        self.pages.picture.connect(self._show_picture)
        self.pages.closed.connect(self.fold)

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
        self.live.sees.connect(lambda _: QTimer.singleShot(0, self, self._fit))
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

    def fold(self) -> bool:
        """Put it away and forget the picture; tells whether it was open."""
        self.pages.close()
        self._show_picture(None)
        return super().fold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Its own keys; all others are the desk's."""
        act = self._keys.get(Qt.Key(event.key()))
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Backspace and held == Qt.KeyboardModifier.ShiftModifier:
            self.pages.retake(True)
        elif act is not None and held == Qt.KeyboardModifier.NoModifier:
            if not event.isAutoRepeat():
                act()
        elif not dispatch(self, event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture fits again."""
        super().resizeEvent(event)
        self._fit()

    def _draw(self) -> None:
        pages = self.pages
        count = f"第 {pages.at + 1} 页，共 {len(pages.refs)} 页" if pages.refs else "还没有页"
        put_text(self._count, pages.under_way or count)
        put_text(self._said, f"✕ {pages.said}" if pages.said else "")
        show(self._said, bool(pages.said))
        self.setAccessibleDescription(f"{self._caption.whole}，{pages.under_way or count}。{pages.said}")
        for nth, made in enumerate(self._buttons):
            made.setEnabled(not pages.under_way and (nth == 0 or bool(pages.refs)))
        if not pages.refs and not pages.under_way:
            self._picture.setText(NOTHING)

    def _show_picture(self, data: object) -> None:
        image = QImage.fromData(data) if isinstance(data, bytes) else QImage()
        self._whole = QPixmap.fromImage(image) if not image.isNull() else QPixmap()
        self._picture.clear()
        if isinstance(data, bytes) and image.isNull():
            self._picture.setText(UNREADABLE)
        self._picture.setAccessibleName(f"{self._caption.whole}，第 {self.pages.at + 1} 页" if data else "")
        self._fit()

    def _fit(self) -> None:
        room = self._picture.size()
        if not self._whole.isNull() and room.width() > 20 and room.height() > 20:
            smooth = Qt.TransformationMode.SmoothTransformation
            fitted = self._whole.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth)
            self._picture.setPixmap(fitted)
