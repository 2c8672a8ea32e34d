"""一次性告知单 of the guide desk on 80 mm: what to bring, what is there, what is missing."""

from __future__ import annotations

from counter_app.documents.dots import needs_dots, text_dots
from counter_app.documents.lines import wrap
from counter_app.documents.press import Press
from counter_app.documents.strips import MM
from counter_app.domain.checklist import Checklist
from counter_app.seals.canonical import canonical
from drivers.protocols import PrintJob

WIDTH, MARGIN = 80 * MM, 5 * MM
LARGE, TEXT, SMALL = 15.0, 11.0, 9.5
MARKS = {True: "√ 已带", False: "× 还缺", None: "□"}  # all in a receipt printer's own font
FOOT = "材料带齐后，任一窗口都能办，不用再到引导台。"


def lines_of(told: Checklist) -> tuple[tuple[str, float], ...]:
    """Every line with its size, not yet wrapped."""
    head = [("演示用，不作凭证", SMALL)] if told.is_demo else []
    head += [(told.hall, SMALL), ("一次性告知单", LARGE), (told.matter, LARGE)]
    head += [(told.situation, TEXT)] if told.situation else []
    items = [(f"{MARKS[has]} {words}", TEXT) for words, has in told.items]
    foot = [*((words, SMALL) for words in told.told), (FOOT, SMALL)]
    foot += [(f"咨询电话 {told.hotline}", SMALL)] if told.hotline else []
    return (*head, *items, *foot, (f"引导台 {told.printed_at} 打印", SMALL))


def press(told: Checklist) -> PrintJob:
    """The print job. Raises Problem `font-missing`."""
    room = WIDTH - 2 * MARGIN
    lines = [(part, size) for words, size in lines_of(told) for part in wrap(words, size, room)]
    height = 2 * MARGIN + sum(size * 1.5 for _, size in lines)
    sheet = Press("一次性告知单", WIDTH, height)
    y = height - MARGIN
    for words, size in lines:
        y -= size * 1.5
        sheet.ink(MARGIN, y, words, size, bold=size == LARGE)
    sheet.turn()
    pdf = sheet.finish("checklist.json", canonical({"matter": told.matter, "at": told.printed_at}))
    operations = tuple(
        ("text", words, "bold" if size == LARGE else "") if not needs_dots(words) else text_dots(words)
        for words, size in lines_of(told)
    )
    stem = "".join(one for one in told.printed_at if one.isdecimal())
    return PrintJob(f"told-{stem}", "一次性告知单", "r80", pdf, (*operations, ("feed", 3), ("cut",)))
