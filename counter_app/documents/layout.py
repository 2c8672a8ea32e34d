"""Blocks into strips: every line of text and every rule with its place, before anything is drawn.

Lengths are points. A strip's own origin is its upper left corner, y grows downwards; a strip is never
broken across pages. Because nothing is drawn yet, a paper can be tried at several sizes and its pages
counted before the first one begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from counter_app.documents import blocks, fonts
from counter_app.documents.lines import wrap
from counter_app.domain.value import Value

MM = 72 / 25.4
_AHEAD = 3  # how far a short value may move up to fill a line
SIGNATURE = 13 * MM  # the height of a signature or a finger on its line
INK, SOFT, RULE, TINT = 0.0, 0.32, 0.58, 0.955


class Ink(Value, frozen=True):
    """One line of text with its baseline at (x, y)."""

    x: float
    y: float
    text: str
    size: float
    grey: float = INK
    bold: bool = False


class Shape(Value, frozen=True):
    """A box (`fill` or `edge` grey, None for neither) or, with no height, a rule."""

    x: float
    y: float
    width: float
    height: float = 0.0
    edge: float | None = None
    fill: float | None = None
    thick: float = 0.5
    dash: bool = False


class SealPlace(Value, frozen=True):
    """Where the hall's seal goes."""

    x: float
    y: float
    width: float
    height: float


class CodePlace(Value, frozen=True):
    """Where a QR code of a text goes; a square."""

    x: float
    y: float
    width: float
    text: str


class PicturePlace(Value, frozen=True):
    """Where the picture of a signature goes; its lower edge on the line that is signed on."""

    x: float
    y: float
    width: float
    height: float
    page: str


Item = Ink | Shape | SealPlace | CodePlace | PicturePlace


class Strip(Value, frozen=True):
    """A piece of a page. `sticks` keeps it with the next one; `head` is repeated after a page turn."""

    height: float
    items: tuple[Item, ...] = ()
    sticks: bool = False
    head: Strip | None = None


class Scale(Value, frozen=True):
    """The sizes of one try: body text, the width of a line, and the height kept for a seal."""

    text: float
    room: float
    seal: float = 27 * MM

    @property
    def small(self) -> float:
        """Notices at the end."""
        return max(self.text - 1, 8.8)

    @property
    def pad(self) -> float:
        """White inside a cell; a full page spends less of it."""
        return self.text * 0.29 + max(self.text - 9.5, 0) * 0.5


def strips(given: Sequence[blocks.Block], scale: Scale) -> list[Strip]:
    """All strips of a paper from top to bottom."""
    return [strip for block in _joined(given) for strip in _MAKERS[type(block)](block, scale)]


def _joined(given: Sequence[blocks.Block]) -> list[blocks.Block]:
    """Facts that follow each other become one box, with one width of labels."""
    done: list[blocks.Block] = []
    for block in given:
        last = done[-1] if done else None
        if isinstance(block, blocks.Facts) and isinstance(last, blocks.Facts):
            done[-1] = blocks.Facts((*last.pairs, *block.pairs))
        else:
            done.append(block)
    return done


def _paragraph(
    text: str, scale: Scale, size: float, hang: float = 0.0, bold: bool = False, gap: float = 0.2
) -> list[Strip]:
    """One strip a line; `hang` is where lines after the first begin."""
    step = size * (1.45 if scale.text > 10 else 1.38)
    found = wrap(text, size, scale.room - hang)
    made = [
        Strip(step, (Ink(hang, size * 1.12, line, size, INK, bold),), sticks=n in (0, len(found) - 2))
        for n, line in enumerate(found)
    ]
    made[-1] = replace(made[-1], height=step + size * gap, sticks=False)
    return made


def _opening(block: blocks.Opening, scale: Scale) -> list[Strip]:
    return _paragraph("　　" + block.text, scale, scale.text + 0.5, gap=0.45)


def _text(block: blocks.Text, scale: Scale) -> list[Strip]:
    return _paragraph(block.text, scale, scale.small if block.small else scale.text, bold=block.bold)


def _heading(block: blocks.Heading, scale: Scale) -> list[Strip]:
    size = scale.text + 0.5
    bar = Shape(0, size * 0.44, 2.6, size * 1.02, fill=0.2)
    title = Ink(8, size * 1.3, block.text, size, bold=True)
    return [Strip(size * 1.82, (bar, title), sticks=True)]


def _listed(block: blocks.Listed, scale: Scale) -> list[Strip]:
    size = scale.small if block.small else scale.text
    hang = fonts.width("10. " if len(block.lines) > 9 else "1. ", size)
    made: list[Strip] = []
    for nth, line in enumerate(block.lines, 1):
        whole = _paragraph(line, scale, size, hang)
        first = whole[0]
        made += [replace(first, items=(Ink(0, size * 1.12, f"{nth}.", size), *first.items)), *whole[1:]]
    return made


def _divide(block: blocks.Divide, scale: Scale) -> list[Strip]:
    return [Strip(16, (Shape(0, 9, scale.room, edge=0.35, thick=0.7, dash=True),))]


def _code(block: blocks.Code, scale: Scale) -> list[Strip]:
    side, gap = 24 * MM, 4 * MM
    size, step = scale.small, scale.small * 1.5
    told = [line for text in block.lines for line in wrap(text, size, scale.room - side - gap)]
    first = max(size * 1.1, (side - len(told) * step) / 2 + size)
    lines = tuple(Ink(side + gap, first + nth * step, line, size) for nth, line in enumerate(told))
    return [Strip(max(side, len(told) * step) + 6, (CodePlace(0, 2, side, block.text), *lines))]


# --- cells ----------------------------------------------------------------------------------------


class Cell(Value, frozen=True):
    """One cell of a row."""

    width: float
    text: str
    label: bool = False
    right: bool = False


def _row(cells: Iterable[Cell], scale: Scale, head: Strip | None = None) -> Strip:
    size, pad, step = scale.text, scale.pad, scale.text * 1.32
    told = list(cells)
    wrapped = [wrap(cell.text, size, cell.width - 2 * pad) for cell in told]
    height = max(len(lines) for lines in wrapped) * step + 2 * pad - (step - size) * 0.55
    items: list[Ink | Shape | SealPlace | CodePlace] = []
    x = 0.0
    for cell, lines in zip(told, wrapped, strict=True):
        items.append(Shape(x, 0, cell.width, height, edge=RULE, fill=TINT if cell.label else None))
        for nth, line in enumerate(lines):
            left = x + pad
            if cell.right:
                left = x + cell.width - pad - fonts.width(line, size)
            items.append(Ink(left, pad + size * 0.9 + step * nth, line, size, SOFT if cell.label else INK))
        x += cell.width
    return Strip(height, tuple(items), head=head)


def _facts(block: blocks.Facts, scale: Scale) -> list[Strip]:
    pairs = [pair for pair in block.pairs if pair[1]]
    if not pairs:
        return []
    label = max(fonts.width(name, scale.text) for name, _ in pairs) + 2 * scale.pad
    label, half = max(label, scale.text * 4 + 2 * scale.pad), scale.room / 2
    narrow = half - label - 2 * scale.pad
    made: list[Strip] = []
    while pairs:
        row = _side_by_side(pairs, lambda value: fonts.width(value, scale.text) <= narrow)
        wide = half - label if len(row) == 2 else scale.room - label
        cells = [cell for name, value in row for cell in (Cell(label, name, label=True), Cell(wide, value))]
        made.append(_row(cells, scale))
    return [*made, Strip(scale.text * 0.25)]


def _side_by_side(pairs: list[blocks.Pair], fits: Callable[[str], bool]) -> list[blocks.Pair]:
    """Take the next pair, and beside it the next short one: a long value between them leaves no gap."""
    first = pairs.pop(0)
    if fits(first[1]):
        for at, (_, value) in enumerate(pairs[:_AHEAD]):
            if fits(value):
                return [first, pairs.pop(at)]
    return [first]


def _table(block: blocks.Table, scale: Scale) -> list[Strip]:
    total = sum(share for share, _ in block.columns)
    widths = [share / total * scale.room for share, _ in block.columns]
    names = [name for _, name in block.columns]
    head = _row((Cell(w, name, label=True) for w, name in zip(widths, names, strict=True)), scale)
    made = [replace(head, sticks=True)]
    for texts in block.rows:
        row = [
            Cell(w, text, right=n in block.right)
            for n, (w, text) in enumerate(zip(widths, texts, strict=True))
        ]
        made.append(_row(row, scale, head))
    return [*made, Strip(scale.text * 0.25)]


def _key(block: blocks.Key, scale: Scale) -> list[Strip]:
    pairs = [pair for pair in block.pairs if pair[1]]
    if not pairs:
        return []
    pad, size = scale.text * 0.7, scale.text + 4.5
    widths = _shares(
        [max(fonts.width(v, size), fonts.width(n, scale.small)) + 2 * pad for n, v in pairs], scale
    )
    size = min(size, *(_largest(v, w - 2 * pad, scale.text) for (_, v), w in zip(pairs, widths, strict=True)))
    values = [wrap(v, size, w - 2 * pad) for (_, v), w in zip(pairs, widths, strict=True)]
    top = scale.small * 1.35 + pad * 0.55
    height = top + max(map(len, values)) * size * 1.32 + pad * 0.75
    items: list[Ink | Shape | SealPlace] = [Shape(0, 0, scale.room, height, edge=0.15, thick=1.1)]
    x = 0.0
    for (name, _), wide, lines in zip(pairs, widths, values, strict=True):
        if x:
            items.append(Shape(x, pad, 0, height - 2 * pad, edge=RULE))
        items.append(Ink(x + pad, pad * 0.6 + scale.small, name, scale.small, SOFT))
        for n, line in enumerate(lines):
            items.append(Ink(x + pad, top + size * (1.02 + 1.32 * n), line, size, bold=True))
        x += wide
    return [Strip(height, tuple(items)), Strip(scale.text * 0.3)]


def _shares(wanted: Sequence[float], scale: Scale) -> list[float]:
    """Widths of cells that fill the line: equal ones if all fit so, else as much as each needs."""
    equal = scale.room / len(wanted)
    if max(wanted) <= equal:
        return [equal] * len(wanted)
    return [share / sum(wanted) * scale.room for share in wanted]


def _largest(text: str, room: float, least: float) -> float:
    """The largest size at which a text stands on one line, not below `least`."""
    return max(room / max(fonts.width(text, 1), 1), least)


def _signing(block: blocks.Signing, scale: Scale) -> list[Strip]:
    size, step = scale.text, scale.text * 2.6
    items: list[Item] = []
    end = scale.room * (0.58 if block.seal else 0.72)
    y = max(size * 2.1, SIGNATURE + 4 if block.given.pages else 0)
    for nth, signer in enumerate(block.signers):
        start = fonts.width(signer + "：", size)
        items += [Ink(0, y, signer + "：", size), Shape(start, y + 2.5, end - start, edge=0.3)]
        is_given = nth == 0 and bool(block.given.pages)
        day = block.given.day if is_given else "　　　　　年　　　月　　　日"
        items.append(Ink(0, y + step * 0.85, f"日期：{day}", size))
        if is_given:
            items += _given(block.given, start, y, end)
            items.append(Ink(0, y + step * 0.85 + size * 1.3, block.given.under, 8.8, SOFT))
            y += size * 1.3
        y += step * 1.75
    height = y - step * 0.55
    if block.seal:
        wide = 58 * MM
        items.append(SealPlace(scale.room - wide, 5, wide, scale.seal))
        height = max(height, scale.seal + 8)
    return [Strip(height, tuple(items))]


def _given(given: blocks.Given, start: float, y: float, end: float) -> list[Item]:
    """The pictures side by side over the line."""
    wide = (end - start) / len(given.pages)
    return [
        PicturePlace(start + nth * wide, y + 1 - SIGNATURE, wide, SIGNATURE, page)
        for nth, page in enumerate(given.pages)
    ]


_MAKERS: dict[type[Any], Callable[[Any, Scale], list[Strip]]] = {
    blocks.Opening: _opening,
    blocks.Key: _key,
    blocks.Heading: _heading,
    blocks.Facts: _facts,
    blocks.Table: _table,
    blocks.Listed: _listed,
    blocks.Text: _text,
    blocks.Signing: _signing,
    blocks.Divide: _divide,
    blocks.Code: _code,
}
