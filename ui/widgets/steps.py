"""The five steps of a case, with the one it is at."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.widgets.basic import is_tight, label, put_text, row, show, style
from ui.words import STEPS


class StepChips(QWidget):
    """核身 填写 材料 核对 办结: done ones carry a tick, the current one is marked."""

    def __init__(self) -> None:
        super().__init__()
        line = row(self, gap=6)
        self._chips = []
        for _ in STEPS:
            chip = label("", "chip")
            chip.setProperty("chip", "quiet")
            self._chips.append(chip)
            line.addWidget(chip)

    def put(self, step: str) -> None:
        """Mark the step a case is at."""
        codes = [code for code, _ in STEPS]
        at = codes.index(step) if step in codes else 0
        for nth, (chip, (_, words)) in enumerate(zip(self._chips, STEPS, strict=True)):
            passed = nth < at or step == "done"
            put_text(chip, f"{words} ✓" if passed else f"{nth + 1} {words}")
            show(chip, nth == at or not is_tight(self))
            style(chip, chip="ok" if passed else "info" if nth == at else "quiet")
            chip.setAccessibleName(
                f"第 {nth + 1} 步 {words}" + ("，已完成" if passed else "，当前" if nth == at else "")
            )
