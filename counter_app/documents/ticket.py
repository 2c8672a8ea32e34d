"""The number on 80 mm paper: as a narrow PDF and as operations for a receipt printer.

It is no signed paper and has no number of its own among those; its QR only finds the ticket again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from counter_app.documents.bilingual import tongue_of, words_for
from counter_app.documents.dots import needs_dots, qr_dots, text_dots
from counter_app.documents.fonts import width
from counter_app.documents.lines import wrap
from counter_app.documents.press import Press
from counter_app.documents.shaping import is_from_right, shaped
from counter_app.documents.strips import MM
from counter_app.domain.ticket_slip import SPARE, TicketSlip
from counter_app.seals.canonical import canonical
from drivers.protocols import PrintJob

WIDTH, MARGIN = 80 * MM, 5 * MM
ROOM = WIDTH - 2 * MARGIN
QR_SIZE = 24 * MM
NUMBER, LARGE, ASIDE, SMALL = 34.0, 13.0, 11.0, 9.5
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


def in_both(slip: TicketSlip, lines: Iterable[str]) -> list[tuple[str, bool]]:
    """Lines, each followed by its words (True) in the language of whoever takes the number."""
    tongue = tongue_of(slip.tongue)
    pairs = (((line, False), (words_for(line, tongue), True)) for line in lines)
    return [one for pair in pairs for one in pair if one[0]]


def press(slip: TicketSlip, qr: Sequence[Sequence[bool]]) -> PrintJob:
    """The print job of one number. Raises Problem `font-missing`."""
    small = [part for told, _ in in_both(slip, below(slip)) for part in wrap(told, SMALL, ROOM)]
    head = [*(["演示用，不作凭证"] if slip.is_demo else []), slip.hall]
    head += [f"补打 {slip.reissues}"] if slip.reissues else []
    above = [(words, SMALL, 14) for words in head] + [(slip.number, NUMBER, 46)]
    above += [(words, ASIDE, 14) for words in _title(slip)]
    above += [(words, ASIDE if is_aside else LARGE, 19) for words, is_aside in in_both(slip, lines_of(slip))]
    height = 14 + sum(step for _, _, step in above) + QR_SIZE + len(small) * 14 + 2 * MARGIN
    sheet = Press(f"号票 {slip.number}", WIDTH, height)
    y = height - MARGIN
    for words, size, step in above:
        y -= step
        sheet.centred(y, shaped(words), size, bold=size == NUMBER)
    y -= QR_SIZE + 10
    sheet.qr(qr, (WIDTH - QR_SIZE) / 2, y, QR_SIZE)
    for words in small:
        y -= 14
        left = ROOM - width(words, SMALL) if is_from_right(words) else 0
        sheet.ink(MARGIN + left, y, words, SMALL)
    sheet.turn()
    pdf = sheet.finish("ticket.json", canonical({"number": slip.number, "ticket": slip.ticket_id}))
    return PrintJob(_name(slip), "号票", "r80", pdf, operations(slip, qr, head))


def _title(slip: TicketSlip) -> list[str]:
    """What the number is, for who reads another language."""
    return [words for words, is_aside in in_both(slip, ("号票",)) if is_aside]


def operations(slip: TicketSlip, qr: Sequence[Sequence[bool]], head: Sequence[str]) -> tuple[Operation, ...]:
    """The same for a printer that takes text, raster and cut."""
    told = [(words, "centre") for words in head]
    told += [(slip.number, "centre large bold")]
    told += [(words, "centre") for words in _title(slip)]
    told += [(words, "centre") for words, _ in in_both(slip, lines_of(slip))]
    above = [_line(*line) for line in told]
    small = [_line(words, "small") for words, _ in in_both(slip, below(slip))]
    return (*above, qr_dots(qr), *small, ("feed", 3), ("cut",))


def _line(words: str, look: str) -> Operation:
    """A line of text, as dots where the printer's own font may lack a letter."""
    return ("text", words, look) if not needs_dots(words) else text_dots(words)


def _name(slip: TicketSlip) -> str:
    again = f"-{slip.reissues}" if slip.reissues else ""
    return f"ticket-{slip.taken_at[:10].replace('-', '')}-{slip.number}{again}"
