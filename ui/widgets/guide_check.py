"""预审材料: find the matter, tick what somebody has, print what is missing."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListView, QPushButton, QVBoxLayout, QWidget

from counter_app.services.guide_view import Matter, Wanted
from ui.viewmodels.guide import GuideModel
from ui.widgets.basic import button, column, empty, label, row, show
from ui.widgets.editors import TextEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.page import scrolled

SIGNS = {True: "✓ 已带", False: "✕ 还缺", None: "□ 没看"}
NEXT = {None: True, True: False, False: None}


class CheckPanel(QFrame):
    """Typing finds a matter; Enter opens it; Space says 已带, 还缺 or 没看 of a material; F10 prints."""

    def __init__(self, model: GuideModel) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setAccessibleName("预审材料")
        self._model = model
        self._found: tuple[Matter, ...] = ()
        self._matter: Matter | None = None
        self._situation = ""
        self.wanted: tuple[Wanted, ...] = ()
        self.lines: list[QPushButton] = []
        self._build()
        self.hide()

    def _build(self) -> None:
        page = column(self, (16, 14, 16, 14), 10)
        self._title = label("预审材料：办什么事？", "h2", wrap=True)
        page.addWidget(self._title)
        self.search = TextEdit()
        self.search.setAccessibleName("事项")
        self.search.setPlaceholderText("事项名、拼音首字母或编码")
        self.search.typed.connect(self.seek)
        self.search.returnPressed.connect(self.open_first)
        page.addWidget(self.search)
        self._texts = QStringListModel(self)
        self._list = QListView()
        self._list.setModel(self._texts)
        self._list.setAccessibleName("事项清单")
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.activated.connect(lambda index: self.open(self._found[index.row()]))
        page.addWidget(self._list, 1)
        self._build_lines(page)

    def _build_lines(self, page: QVBoxLayout) -> None:
        inside = QWidget()
        self._body = column(inside, (0, 0, 6, 0), 6)
        self._scroll = scrolled(inside, "材料")
        page.addWidget(self._scroll, 1)
        self._go = row(gap=8)
        self._go.addWidget(button("返回 Esc", self.put_aside))
        self._go.addStretch(1)
        self.print_button = button("打印一次性告知单 F10", self.print_, "primary")
        self._go.addWidget(self.print_button)
        page.addLayout(self._go)

    def start(self) -> None:
        """Begin anew."""
        self._matter, self.wanted = None, ()
        self.show()
        self.search.setText("")
        self.seek("")
        self._draw()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def seek(self, text: str) -> None:
        """Matters by words, pinyin or code."""
        self._model.jobs.run(partial(self._model.port.matters, text), self._put_found)

    def _put_found(self, found: tuple[Matter, ...]) -> None:
        self._found = found[:12]
        self._texts.setStringList([f"{m.title}　{m.hint}".strip() for m in self._found])

    def open_first(self) -> None:
        """Enter: the first found."""
        if self._found:
            self.open(self._found[0])

    def open(self, matter: Matter, situation: str = "") -> None:
        """What this matter needs."""
        self._matter = matter
        port = self._model.port
        situations = port.situations(matter.code)
        self._situation = situation or (situations[0][0] if situations else "")
        self.wanted = port.wanted(matter.code, self._situation)
        self._draw(situations)
        if self.lines:
            self.lines[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self, situations: tuple[tuple[str, str], ...] = ()) -> None:
        matter = self._matter
        empty(self._body)
        self.lines = []
        show(self._list, matter is None)
        show(self.search, matter is None)
        show(self._scroll, matter is not None)
        show(self.print_button, matter is not None)
        self._title.setText(f"预审材料：{matter.title}" if matter else "预审材料：办什么事？")
        if matter is None:
            return
        if len(situations) > 1:
            box = QWidget()
            flow = FlowLayout(box, 6)
            for code, words in situations:
                one = button(words, partial(self.open, matter, code), "toggle")
                one.setCheckable(True)
                one.setChecked(code == self._situation)
                flow.addWidget(one)
            self._body.addWidget(box)
        for n, item in enumerate(self.wanted):
            made = button(self._words(item), partial(self.turn, n), "choice", item.name)
            self.lines.append(made)
            self._body.addWidget(made)
        if not self.wanted:
            self._body.addWidget(label("不用带材料，带证件就行。", "label"))
        self._body.addStretch(1)

    @staticmethod
    def _words(item: Wanted) -> str:
        more = "，".join(part for part in (item.form, item.ease) if part)
        return f"{SIGNS[item.has]}　{item.name}" + (f"（{more}）" if more else "")

    def turn(self, nth: int) -> None:
        """没看, 已带, 还缺, and round again."""
        item = self.wanted[nth]
        changed = replace(item, has=NEXT[item.has])
        self.wanted = (*self.wanted[:nth], changed, *self.wanted[nth + 1 :])
        self.lines[nth].setText(self._words(changed))

    def digit(self, number: int) -> bool:
        """A digit turns the material of that line."""
        if 1 <= number <= len(self.lines):
            self.turn(number - 1)
            return True
        return False

    def print_(self) -> None:
        """Print what to bring."""
        matter = self._matter
        if matter is not None:
            call = partial(self._model.port.tell, matter.code, self._situation, self.wanted)
            self._model.jobs.run(call, self._printed)

    def _printed(self, came_out: bool) -> None:
        if came_out:
            self._model.notices.tell("一次性告知单已打印", kind="ok")
        else:
            self._model.notices.tell("告知单没打出来", "请检查打印机，再按 F10。", "err")

    def put_aside(self) -> bool:
        """One step back: from a matter to the search, from there away."""
        if self.isHidden():
            return False
        if self._matter is not None:
            self.start()
        else:
            self.hide()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down walk through the materials."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        at = next((n for n, line in enumerate(self.lines) if line.hasFocus()), -1)
        if step and at >= 0:
            self.lines[max(0, min(at + step, len(self.lines) - 1))].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)
