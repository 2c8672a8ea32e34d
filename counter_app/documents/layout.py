"""Blocks into strips: every line of text and every rule with its place, before anything is drawn.

Lengths are points. A strip's own origin is its upper left corner, y grows downwards; a strip is never
broken across pages. Because nothing is drawn yet, a paper can be tried at several sizes and its pages
counted before the first one begins.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from counter_app.documents import blocks, cells, fonts
from counter_app.documents.cells import GAP
from counter_app.documents.lines import wrap
from counter_app.documents.shaping import is_from_right, shaped
from counter_app.documents.strips import (
    INK,
    MM,
    SOFT,
    CodePlace,
    Ink,
    Item,
    PicturePlace,
    Scale,
    SealPlace,
    Shape,
    Strip,
)

SIGNATURE = 13 * MM  # the height of a signature or a finger on its line


def strips(given: Sequence[blocks.Block], scale: Scale) -> list[Strip]:
    """All strips of a paper from top to bottom."""
    return [strip for block in _joined(given) for strip in _MAKERS[type(block)](block, scale)]


def _joined(given: Sequence[blocks.Block]) -> list[blocks.Block]:
    """Facts that follow each other become one box, with one width of labels."""
    done: list[blocks.Block] = []
    for block in given:
        last = done[-1] if done else None
        if isinstance(block, blocks.Facts) and isinstance(last, blocks.Facts):
            done[-1] = blocks.Facts((*last.pairs, *block.pairs), (*last.asides, *block.asides))
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


def _under(told: list[Strip], aside: str, scale: Scale, hang: float = 0.0) -> list[Strip]:
    """Strips with the same in another language below them, at the side it is read from."""
    if not aside:
        return told
    size, step = scale.aside, scale.aside * 1.3
    lines = [
        Ink(_side(line, size, hang, scale.room), size, line, size, SOFT)
        for line in wrap(aside, size, scale.room - hang)
    ]
    tight = replace(told[-1], height=told[-1].height - scale.text * 0.15, sticks=True)
    below = [Strip(step, (line,), sticks=nth == 0) for nth, line in enumerate(lines)]
    below[-1] = Strip(step + scale.text * 0.15, below[-1].items)
    return [*told[:-1], tight, *below]


def _side(line: str, size: float, left: float, right: float) -> float:
    """Where a line begins: at the left, or so that it ends at the right where it is read from there."""
    return right - fonts.width(line, size) if is_from_right(line) else left


def _opening(block: blocks.Opening, scale: Scale) -> list[Strip]:
    return _beside(_paragraph("　　" + block.text, scale, scale.text + 0.5, gap=0.45), block.aside, scale)


def _text(block: blocks.Text, scale: Scale) -> list[Strip]:
    made = _paragraph(block.text, scale, scale.small if block.small else scale.text, bold=block.bold)
    return _beside(made, block.aside, scale)


def _beside(told: list[Strip], aside: str, scale: Scale, hang: float = 0.0) -> list[Strip]:
    """The same in another language: at the end of the last line where it has room there, else below it."""
    line, last = shaped(aside), told[-1].items[-1]
    wide = fonts.width(line, scale.aside)
    if not isinstance(last, Ink) or last.x + fonts.width(last.text, last.size) + GAP + wide > scale.room:
        return _under(told, aside, scale, hang)
    after = Ink(scale.room - wide, last.y, line, scale.aside, SOFT)
    return [*told[:-1], replace(told[-1], items=(*told[-1].items, after))] if aside else told


def _heading(block: blocks.Heading, scale: Scale) -> list[Strip]:
    size = scale.text + 0.5
    bar = Shape(0, size * 0.44, 2.6, size * 1.02, fill=0.2)
    title = Ink(8, size * 1.3, block.text, size, bold=True)
    line = shaped(block.aside)
    after = 8 + fonts.width(block.text, size) + size * 0.8
    told = (
        (Ink(_side(line, scale.text, after, scale.room), size * 1.3, line, scale.text, SOFT),) if line else ()
    )
    return [Strip(size * 1.82, (bar, title, *told), sticks=True)]


def _listed(block: blocks.Listed, scale: Scale) -> list[Strip]:
    size = scale.small if block.small else scale.text
    hang = fonts.width("10. " if len(block.lines) > 9 else "1. ", size)
    made: list[Strip] = []
    asides = block.asides or ("",) * len(block.lines)
    for nth, (line, aside) in enumerate(zip(block.lines, asides, strict=True), 1):
        whole = _beside(_paragraph(line, scale, size, hang), aside, scale, hang)
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


def _signing(block: blocks.Signing, scale: Scale) -> list[Strip]:
    size, step = scale.text, scale.text * 2.6
    items: list[Item] = []
    end = scale.room * (0.58 if block.seal else 0.72)
    y = max(size * 2.1, SIGNATURE + 4 if block.given.pages else 0)
    for nth, signer in enumerate(block.signers):
        start = fonts.width(signer + "：", size)
        items += [Ink(0, y, signer + "：", size), Shape(start, y + 2.5, end - start, edge=0.3)]
        if block.asides and block.asides[nth]:
            line = shaped(block.asides[nth])
            left = end - fonts.width(line, scale.aside)
            items.append(Ink(left, y + 4 + scale.aside, line, scale.aside, SOFT))
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
    blocks.Key: cells.key,
    blocks.Heading: _heading,
    blocks.Facts: cells.facts,
    blocks.Table: cells.table,
    blocks.Listed: _listed,
    blocks.Text: _text,
    blocks.Signing: _signing,
    blocks.Divide: _divide,
    blocks.Code: _code,
}
