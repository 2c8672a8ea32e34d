"""Labels and values in ruled cells: facts, tables, and the frame nobody may miss."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from counter_app.documents import blocks, fonts
from counter_app.documents.lines import wrap
from counter_app.documents.shaping import shaped
from counter_app.documents.strips import INK, RULE, SOFT, TINT, Ink, Item, Scale, Shape, Strip
from counter_app.domain.value import Value

LEADING = 1.25  # from one small line to the next, in sizes
GAP = 8.0  # the least between a line and what stands beside it
Fact = tuple[str, str, str]  # label, value, the label in another language
_AHEAD = 3  # how far a short value may move up to fill a line


class Cell(Value, frozen=True):
    """One cell of a row; `aside` is another language, below a label and at the end of a value."""

    width: float
    text: str
    aside: str = ""
    label: bool = False
    right: bool = False


def _row(cells: Iterable[Cell], scale: Scale, head: Strip | None = None) -> Strip:
    size, pad, step = scale.text, scale.pad, scale.text * 1.32
    told = list(cells)
    wrapped = [wrap(cell.text, size, cell.width - 2 * pad) for cell in told]
    small = [_small(cell, lines, scale) for cell, lines in zip(told, wrapped, strict=True)]
    below = max(one.height for one in small)
    height = max(len(lines) for lines in wrapped) * step + 2 * pad - (step - size) * 0.55 + below
    items: list[Item] = []
    x = 0.0
    for cell, lines, asides in zip(told, wrapped, small, strict=True):
        items.append(Shape(x, 0, cell.width, height, edge=RULE, fill=TINT if cell.label else None))
        for nth, line in enumerate(lines):
            left = x + pad
            if cell.right:
                left = x + cell.width - pad - fonts.width(line, size)
            items.append(Ink(left, pad + size * 0.9 + step * nth, line, size, SOFT if cell.label else INK))
        items += [replace(one, x=x + one.x) for one in asides.items if isinstance(one, Ink)]
        x += cell.width
    return Strip(height, tuple(items), head=head)


def _small(cell: Cell, lines: Sequence[str], scale: Scale) -> Strip:
    """The words of a cell in another language with their places in it; `height` is what they need more."""
    size, pad, step, room = scale.text, scale.pad, scale.text * 1.32, cell.width - 2 * scale.pad
    if not cell.aside:
        return Strip(0.0)
    line = shaped(cell.aside)
    wide, last = fonts.width(line, scale.aside), size * 0.9 + step * (len(lines) - 1)
    if not cell.label and fonts.width(lines[-1], size) + GAP + wide <= room:
        return Strip(0.0, (Ink(pad + room - wide, pad + last, line, scale.aside, SOFT),))
    found = wrap(cell.aside, scale.aside, room)
    starts = [pad if cell.label else pad + room - fonts.width(one, scale.aside) for one in found]
    inks = _asides(found, 0, pad + step * len(lines), scale)
    placed = tuple(replace(ink, x=start) for ink, start in zip(inks, starts, strict=True))
    return Strip(len(found) * scale.aside * LEADING, placed)


def _asides(lines: Sequence[str], x: float, y: float, scale: Scale) -> list[Ink]:
    """Small lines in another language, the first with its upper edge at y."""
    size = scale.aside
    return [Ink(x, y + size * (0.75 + LEADING * nth), line, size, SOFT) for nth, line in enumerate(lines)]


def facts(block: blocks.Facts, scale: Scale) -> list[Strip]:
    """Labels and values, two pairs to a line where both values fit."""
    asides = block.asides or ("",) * len(block.pairs)
    told = [(*pair, aside) for pair, aside in zip(block.pairs, asides, strict=True) if pair[1]]
    if not told:
        return []
    label = max(fonts.width(name, scale.text) for name, _, _ in told) + 2 * scale.pad
    label, half = max(label, scale.text * 4 + 2 * scale.pad), scale.room / 2
    narrow = half - label - 2 * scale.pad
    made: list[Strip] = []
    while told:
        row = _side_by_side(told, lambda value: fonts.width(value, scale.text) <= narrow)
        wide = half - label if len(row) == 2 else scale.room - label
        cells = [
            cell
            for name, value, aside in row
            for cell in (Cell(label, name, label=True), Cell(wide, value, aside))
        ]
        made.append(_row(cells, scale))
    return [*made, Strip(scale.text * 0.25)]


def _side_by_side(told: list[Fact], fits: Callable[[str], bool]) -> list[Fact]:
    """Take the next pair, and beside it the next short one: a long value between them leaves no gap."""
    first = told.pop(0)
    if fits(first[1]):
        for at, (_, value, _) in enumerate(told[:_AHEAD]):
            if fits(value):
                return [first, told.pop(at)]
    return [first]


def table(block: blocks.Table, scale: Scale) -> list[Strip]:
    """A strip for each row, its head repeated on a new page."""
    total = sum(share for share, _ in block.columns)
    widths = [share / total * scale.room for share, _ in block.columns]
    asides = block.asides or ("",) * len(widths)
    names = [(name, aside) for (_, name), aside in zip(block.columns, asides, strict=True)]
    head = _row((Cell(w, *name, label=True) for w, name in zip(widths, names, strict=True)), scale)
    made = [replace(head, sticks=True)]
    for texts in block.rows:
        row = [
            Cell(w, text, right=n in block.right)
            for n, (w, text) in enumerate(zip(widths, texts, strict=True))
        ]
        made.append(_row(row, scale, head))
    return [*made, Strip(scale.text * 0.25)]


def key(block: blocks.Key, scale: Scale) -> list[Strip]:
    """The values as large as their cells allow, beside one another in one frame."""
    asides = block.asides or (("", ""),) * len(block.pairs)
    told = [(pair, aside) for pair, aside in zip(block.pairs, asides, strict=True) if pair[1]]
    if not told:
        return []
    pad = scale.text * 0.7
    widths = _shares([_wanted(pair, aside, scale) + 2 * pad for pair, aside in told], scale)
    rooms = [width - 2 * pad for width in widths]
    sizes = [_largest(value, room, scale.text) for ((_, value), _), room in zip(told, rooms, strict=True)]
    size = min(scale.text + 4.5, *sizes)
    found = [_column(*one, size, room, scale) for one, room in zip(told, rooms, strict=True)]
    height = max(column.height for column in found)
    items: list[Item] = [Shape(0, 0, scale.room, height, edge=0.15, thick=1.1)]
    x = 0.0
    for column, wide in zip(found, widths, strict=True):
        if x:
            items.append(Shape(x, pad, 0, height - 2 * pad, edge=RULE))
        items += [replace(line, x=x + pad) for line in column.items if isinstance(line, Ink)]
        x += wide
    return [Strip(height, tuple(items)), Strip(scale.text * 0.3)]


def _wanted(pair: blocks.Pair, aside: blocks.Pair, scale: Scale) -> float:
    """The room label and value would like, one line each."""
    (name, value), size = pair, scale.text + 4.5
    told = max(fonts.width(value, size), fonts.width(name, scale.small))
    return max(told, *(fonts.width(line, scale.aside) for line in aside))


def _column(pair: blocks.Pair, aside: blocks.Pair, size: float, room: float, scale: Scale) -> Strip:
    """One label and its value from top to bottom, each with its words in another language below."""
    pad, (name, value) = scale.text * 0.7, pair
    items = [Ink(0, pad * 0.6 + scale.small, name, scale.small, SOFT)]
    top = scale.small * 1.35 + pad * 0.55
    for below, is_value in zip(aside, (False, True), strict=True):
        if is_value:
            lines = wrap(value, size, room)
            items += [
                Ink(0, top + size * (1.02 + 1.32 * n), one, size, bold=True) for n, one in enumerate(lines)
            ]
            top += len(lines) * size * 1.32
        asides = wrap(below, scale.aside, room) if below else []
        items += _asides(asides, 0, top, scale)
        top += len(asides) * scale.aside * LEADING
    return Strip(top + pad * 0.75, tuple(items))


def _shares(wanted: Sequence[float], scale: Scale) -> list[float]:
    """Widths of cells that fill the line: equal ones if all fit so, else as much as each needs."""
    equal = scale.room / len(wanted)
    if max(wanted) <= equal:
        return [equal] * len(wanted)
    return [share / sum(wanted) * scale.room for share in wanted]


def _largest(text: str, room: float, least: float) -> float:
    """The largest size at which a text stands on one line, not below `least`."""
    return max(room / max(fonts.width(text, 1), 1), least)
