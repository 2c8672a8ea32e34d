"""Another language beside the Chinese of a paper: headings, labels, days, advice. The Chinese binds.

Which language it is stands in the content, so that a paper can be composed again; the words are those of the
paper's edition. What is in no table (names, matters, material names, ways of appeal) stays Chinese alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from counter_app.catalog.tongues import Tongue, read_tongue
from counter_app.documents.blocks import Block, Facts, Heading, Key, Listed, Opening, Signing, Table, Text
from counter_app.documents.sentences import folder
from counter_app.documents.words import DAY

_AND = "；"
_MOMENT = re.compile(DAY.pattern + r"(?: \d\d:\d\d)?")
_LABEL = re.compile("([^：]{2,6})：.+", re.DOTALL)


def beside(given: Iterable[Block], code: str, edition: int = 0) -> list[Block]:
    """The blocks with the words of a language; as they are for one there is no table for."""
    tongue = tongue_of(code, edition)
    if tongue is None:
        return list(given)
    return [_MAKERS.get(type(block), _alone)(block, tongue) for block in given]


def lighter(given: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """The blocks with ever less of the other language, for a sheet that would not hold it all.

    First goes advice that names no day, then what only repeats (heads of tables, the opening, days as
    numbers), then all advice, then the rest.
    """
    less = [_few(block) if isinstance(block, Listed) else block for block in given]
    yield less
    less = [_bare(block) if isinstance(block, Table | Opening | Key) else block for block in less]
    yield less
    yield [_bare(block) if isinstance(block, Listed) else block for block in less]
    yield [_bare(block) for block in less]


def _few(block: Listed) -> Listed:
    """Advice in the other language only where it names a day."""
    lines = zip(block.lines, block.asides or ("",) * len(block.lines), strict=True)
    return replace(block, asides=tuple(aside if DAY.search(line) else "" for line, aside in lines))


def _bare(block: Block) -> Block:
    """A block in Chinese alone; the frame nobody may miss keeps its labels' words."""
    if isinstance(block, Key):
        return replace(block, asides=tuple((name, "") for name, _ in block.asides))
    if isinstance(block, Opening | Heading | Text):
        return replace(block, aside="")
    if isinstance(block, Facts | Table | Listed | Signing):
        return replace(block, asides=())
    return block


@cache
def tongue_of(code: str, edition: int = 0) -> Tongue | None:
    """The words of one language on papers of an edition, None where there are none."""
    if not re.fullmatch(r"\w{2,20}", code):
        return None
    try:
        return read_tongue(f"{folder(edition)}/tongues/{code}.toml")
    except FileNotFoundError:
        return None


def words_for(text: str, tongue: Tongue | None) -> str:
    """A text of a paper in a language, its days as numbers; "" where it has no words or they are the same."""
    if tongue is None:
        return ""
    bare = text.strip("　 ")
    whole = tongue.words.get(bare) or _piecewise(bare, tongue)  # before a place swallows half a sentence
    found = whole or tongue.known(bare) or (bare if _MOMENT.fullmatch(bare) else "")
    found = found if tongue.code.startswith("zh") else DAY.sub(_numbers, found)
    return "" if found == bare else found


def _piecewise(text: str, tongue: Tongue) -> str:
    """A sentence made of parts, where each part has its words."""
    parts = [tongue.known(part) for part in text.split(_AND)] if _AND in text else []
    return " · ".join(parts) if all(parts) else ""


def _numbers(found: re.Match[str]) -> str:
    """2026年12月4日 as 2026-12-04."""
    year, month, day = map(int, found.groups())
    return f"{year}-{month:02}-{day:02}"


def _alone(block: Any, tongue: Tongue) -> Block:
    """What has no words of its own."""
    made: Block = block
    return made


def _said(block: Any, tongue: Tongue) -> Block:
    made: Block = replace(block, aside=words_for(block.text, tongue))
    return made


def _text(block: Text, tongue: Tongue) -> Block:
    """A sentence; of `label：value` on a slip the label."""
    found, label = words_for(block.text, tongue), _LABEL.fullmatch(block.text)
    return replace(block, aside=found or (words_for(label[1], tongue) if label else ""))


def _key(block: Key, tongue: Tongue) -> Block:
    asides = tuple((words_for(name, tongue), words_for(value, tongue)) for name, value in block.pairs)
    return replace(block, asides=asides)


def _facts(block: Facts, tongue: Tongue) -> Block:
    return replace(block, asides=tuple(words_for(name, tongue) for name, _ in block.pairs))


def _table(block: Table, tongue: Tongue) -> Block:
    return replace(block, asides=tuple(words_for(name, tongue) for _, name in block.columns))


def _listed(block: Listed, tongue: Tongue) -> Block:
    return replace(block, asides=tuple(words_for(line, tongue) for line in block.lines))


def _signing(block: Signing, tongue: Tongue) -> Block:
    return replace(block, asides=tuple(words_for(name, tongue) for name in block.signers))


_MAKERS: dict[type[Any], Callable[[Any, Tongue], Block]] = {
    Opening: _said,
    Heading: _said,
    Text: _text,
    Key: _key,
    Facts: _facts,
    Table: _table,
    Listed: _listed,
    Signing: _signing,
}
