"""试页: what a printer prints to show that it does, on A4 and as a receipt; nobody's data is on it."""

from __future__ import annotations

from collections.abc import Sequence

from drivers.protocols import PrintJob

A4 = (595.28, 841.89)
TITLE = "打印机试页"
SAMPLE = ("汉字：医疗保障 参保登记 待遇核定", "生僻字：𬱖 䶮 㛃 𠮷", "金额：￥1,234.56　数字：0123456789")


def trial_sheet(lines: Sequence[str]) -> PrintJob:
    """A page and a receipt of the same words; `lines` say where and when. Raises Problem `font-missing`."""
    from counter_app.documents.press import Press

    words = (*lines, *SAMPLE)
    sheet = Press(TITLE, *A4)
    sheet.centred(A4[1] - 120, TITLE, 24, bold=True)
    for nth, line in enumerate(words):
        sheet.ink(90, A4[1] - 180 - nth * 26, line, 14)
    sheet.turn()
    pdf = sheet.finish("trial.json", b"{}")
    told = tuple(("text", line, "") for line in words)
    operations = (("text", TITLE, "centre large"), *told, ("feed", 3), ("cut",))
    return PrintJob("trial", TITLE, pdf=pdf, operations=operations)
