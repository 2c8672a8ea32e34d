"""The card that tells a newcomer of the demo hall what to press."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from ui.widgets.basic import column, label

STEPS = (
    ("F9", "呼叫下一位，或直接让人过来"),
    ("演示设备", "在小窗里点“插入…的社保卡”，窗口自动读卡"),
    ("Ctrl+W", "看照片与来人，记下人证已核"),
    ("F2", "输入首字母找事项，如 ydjy、mtb、cb，回车打开"),
    ("Enter", "逐栏填写；F4 到材料，空格收下"),
    ("F8　F10", "请群众核对，再提交；单据自动打印"),
)


class FirstRun(QFrame):
    """Six lines from launch to a printed receipt."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("band", "info")
        stack = column(self, (14, 10, 12, 10), 6)
        stack.addWidget(label("第一次来？照这六步走一遍（演示数据，随便试）", "h3", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        for nth, (key, words) in enumerate(STEPS):
            line, side = nth % 3, nth // 3 * 2
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(label(key, "key"), line, side, top | Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label(words, "label", wrap=True), line, side + 1, top)
            grid.setColumnStretch(side + 1, 1)
        stack.addLayout(grid)
