"""配置: what is chosen, under a name, in a file that goes to the next window on a stick."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.ports import DevicePort
from ui.viewmodels.desk import DeskModel
from ui.widgets.basic import Elided, button, column, empty, is_tight, label, put_text, row, show
from ui.widgets.device_lists import headed
from ui.widgets.editors import TextEdit
from ui.widgets.page import scrolled

WORDS = "把现在各设备的驱动和参数存成一份配置，下次开机照用；导出后可在别的窗口导入。配置里没有个人信息。"


class ProfilesPane(QWidget):
    """Save, use, carry away, take in."""

    def __init__(self, model: DeskModel, back: Callable[[], object]) -> None:
        super().__init__()
        self._model = model
        self._in_use = ""
        self.name = _edit("配置名称", "如 三号窗")
        self.file = _edit("文件或文件夹", "导出到哪个文件夹，或要导入的 .toml 文件的完整路径")
        self._said = label("", "label", wrap=True)
        self._inside = QWidget()
        self._column = column(self._inside, (0, 0, 6, 0), 6)
        page = column(self, gap=10)
        self._words = label(WORDS, "soft", wrap=True)
        page.addLayout(headed("设备配置", button("返回设备", back)))
        page.addWidget(self._words)
        page.addLayout(_across("名称", self.name, button("保存并使用", self.save, "primary")))
        page.addLayout(_across("文件", self.file, button("导入", self.bring)))
        page.addWidget(self._said)
        page.addWidget(scrolled(self._inside, "已有的配置"), 1)
        self._said.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sentence gives way where text is large and the window small."""
        super().resizeEvent(event)
        show(self._words, not is_tight(self))

    def enter(self) -> None:
        """The name can be typed at once."""
        self._say("")
        self.name.setFocus()

    def put(self, names: Sequence[str], in_use: str) -> None:
        """Show the profiles there are."""
        self._in_use = in_use
        if not self.name.text():
            self.name.setText(in_use)
        empty(self._column)
        self._column.addWidget(label(f"已有 {len(names)} 份配置", "group"))
        for name in names:
            self._column.addWidget(self._one(name))
        self._column.addStretch(1)

    def save(self) -> None:
        """Keep what is chosen under the name typed."""
        name = self.name.text().strip()
        self._run(partial(self._devices.save_profile, name), f"已保存为“{name}”，下次开机照用。")

    def bring(self) -> None:
        """Take in the file typed."""
        self._run(partial(self._devices.bring_profile, self.file.text()), "已导入“{}”，按“使用”启用。")

    def _one(self, name: str) -> QWidget:
        made = QWidget()
        line = row(made, gap=8)
        line.addWidget(Elided(f"{'✓ 在用　' if name == self._in_use else ''}{name}", "label"), 1)
        use = partial(self._run, partial(self._devices.use_profile, name), f"正在使用“{name}”。")
        line.addWidget(button("使用", use, name=f"使用配置 {name}"))
        line.addWidget(button("导出", partial(self._export, name), name=f"导出配置 {name}"))
        return made

    def _export(self, name: str) -> None:
        self._run(partial(self._devices.export_profile, name, self.file.text()), "已导出到 {}")

    @property
    def _devices(self) -> DevicePort:
        return self._model.counter.devices

    def _run(self, call: Callable[[], object], said: str) -> None:
        self._say("")
        self._model.jobs.aside(call, partial(self._done, said))

    def _done(self, said: str, told: object) -> None:
        self._say(said.format(told))
        self._model.jobs.aside(partial(self._model.counter.device_page, False), self._listed)

    def _say(self, words: str) -> None:
        put_text(self._said, words)
        show(self._said, bool(words))

    def _listed(self, view: object) -> None:
        names, in_use = getattr(view, "profiles", ()), getattr(view, "in_use", "")
        self.put(names, in_use)


def _edit(name: str, hint: str) -> TextEdit:
    made = TextEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    return made


def _across(words: str, edit: TextEdit, act: QWidget) -> QHBoxLayout:
    line = row(gap=8)
    line.addWidget(label(words, "label"))
    line.addWidget(edit, 1)
    line.addWidget(act)
    return line
