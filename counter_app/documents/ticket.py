"""The number on 80 mm paper: as a narrow PDF and as operations for a receipt printer.

It is no signed paper and has no number of its own among those; its QR only finds the ticket again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from counter_app.documents.dots import needs_dots, qr_dots, text_dots
from counter_app.documents.lines import wrap
from counter_app.documents.press import Press
from counter_app.documents.strips import MM
from counter_app.domain.ticket_slip import SPARE, TicketSlip
from counter_app.seals.canonical import canonical
from drivers.protocols import PrintJob

WIDTH, MARGIN = 80 * MM, 5 * MM
QR_SIZE = 24 * MM
NUMBER, LARGE, SMALL = 34.0, 13.0, 9.5
AFTERWARDS = ("过号不作废：请到引导台说明，恢复后优先叫号。", "号票请保管到办完；丢了可到引导台补打。")
Operation = tuple[Any, ...]


def lines_of(slip: TicketSlip) -> tuple[str, ...]:
    """What stands below the number."""
    if slip.is_spare:
        who = "　".join(one for one in (slip.group, slip.klass and f"{slip.klass}优先") if one)
        return tuple(one for one in (who, SPARE[0], f"取号时间 {slip.taken_at}") if one)
    line = f"前面 {slip.ahead} 人，约 {slip.low} 至 {slip.high} 分钟"
    who = "　".join(one for one in (slip.group, slip.klass and f"{slip.klass}优先") if one)
    return tuple(one for one in (who, line, f"取号时间 {slip.taken_at}") if one)


def below(slip: TicketSlip) -> tuple[str, ...]:
    """The small words under the code."""
    return (SPARE[1], *AFTERWARDS) if slip.is_spare else AFTERWARDS


def press(slip: TicketSlip, qr: Sequence[Sequence[bool]]) -> PrintJob:
    """The print job of one number. Raises Problem `font-missing`."""
    small = [part for told in below(slip) for part in wrap(told, SMALL, WIDTH - 2 * MARGIN)]
    told = lines_of(slip)
    head = [*(["演示用，不作凭证"] if slip.is_demo else []), slip.hall]
    head += [f"补打 {slip.reissues}"] if slip.reissues else []
    height = len(head) * 14 + 60 + len(told) * 19 + QR_SIZE + len(small) * 14 + 2 * MARGIN
    sheet = Press(f"号票 {slip.number}", WIDTH, height)
    y = height - MARGIN
    for words in head:
        y -= 14
        sheet.centred(y, words, SMALL)
    y -= 46
    sheet.centred(y, slip.number, NUMBER, bold=True)
    for words in told:
        y -= 19
        sheet.centred(y, words, LARGE)
    y -= QR_SIZE + 10
    sheet.qr(qr, (WIDTH - QR_SIZE) / 2, y, QR_SIZE)
    for words in small:
        y -= 14
        sheet.ink(MARGIN, y, words, SMALL)
    sheet.turn()
    pdf = sheet.finish("ticket.json", canonical({"number": slip.number, "ticket": slip.ticket_id}))
    return PrintJob(_name(slip), "号票", "r80", pdf, operations(slip, qr, head))


def operations(slip: TicketSlip, qr: Sequence[Sequence[bool]], head: Sequence[str]) -> tuple[Operation, ...]:
    """The same for a printer that takes text, raster and cut."""
    told = [(words, "centre") for words in head]
    told += [(slip.number, "centre large bold")]
    told += [(words, "centre") for words in lines_of(slip)]
    above = [("text", *line) if not needs_dots(line[0]) else text_dots(line[0]) for line in told]
    small = [("text", words, "small") for words in below(slip)]
    return (*above, qr_dots(qr), *small, ("feed", 3), ("cut",))


def _name(slip: TicketSlip) -> str:
    again = f"-{slip.reissues}" if slip.reissues else ""
    return f"ticket-{slip.taken_at[:10].replace('-', '')}-{slip.number}{again}"
