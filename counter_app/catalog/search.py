"""The palette: finding a type by what a clerk's fingers know — words, pinyin, initials, code."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from counter_app.catalog import pinyin
from counter_app.catalog.conditions import Context
from counter_app.catalog.model import Catalogue, Offer
from counter_app.domain.text import half_width
from counter_app.domain.value import Value

_CODE, _WHOLE, _HEADS, _PREFIX, _SCATTERED, _SPELLED, _PART = range(1, 8)


class Entry(Value, frozen=True):
    """One line of the palette. `key` is what is opened: a type id, or `YD01/resident` for a situation."""

    key: str
    label: str
    words: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    hint: str = ""


class _Indexed(Value, frozen=True):
    entry: Entry
    codes: frozenset[str]
    words: tuple[str, ...]
    heads: tuple[str, ...]
    spelled: tuple[str, ...]
    own_heads: int
    own_spelled: int

    def is_own(self, word: str) -> bool:
        """Whether it is the name itself that fits, not an alias."""
        heads, spelled = self.heads[: self.own_heads], self.spelled[: self.own_spelled]
        return (
            word in self.words[0]
            or any(head.startswith(word) or _is_scattered(word, head) for head in heads)
            or any(word in whole for whole in spelled)
        )


class Index:
    """Entries with every reading worked out once; asking is plain string work."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = [_indexed(entry) for entry in entries]

    def find(
        self,
        typed: str,
        usage: Mapping[str, int] | None = None,
        favoured: Collection[str] = (),
        limit: int = 12,
    ) -> tuple[Entry, ...]:
        """Entries that the typed text may mean, best first.

        Exact code, whole word, initials from the beginning, words from the beginning, initials with
        gaps, full pinyin, any part; within each by this clerk's usage of the key, then the favoured
        ones (what suits the person), then the given order. Nothing typed: by usage alone.
        """
        word = "".join(half_width(typed[:60]).split()).lower()
        counts = usage or {}
        ranked = []
        for place, item in enumerate(self._entries):
            rank = _rank(word, item) if word else _WHOLE
            if rank:
                key = item.entry.key
                count = counts.get(key, counts.get(key.partition("/")[0], 0))
                is_alias = not item.is_own(word)
                ranked.append((rank, -count, key not in favoured, is_alias, place, item.entry))
        return tuple(item[-1] for item in sorted(ranked, key=lambda item: item[:5])[:limit])


def entries(catalogue: Catalogue, region: str) -> tuple[Entry, ...]:
    """What can be opened in a region: its types, and their situations that have a name of their own."""
    found: list[Entry] = []
    for type_ in catalogue.types.values():
        offer = type_.offered_in.get(region, Offer())
        if offer.mode == "不办":
            continue
        hint = "" if offer.mode == "办" else offer.mode
        codes = tuple(word for word in type_.aliases if _is_code(word))
        words = (type_.plain_name, *(word for word in type_.aliases if not _is_code(word)))
        found.append(Entry(type_.id, type_.name, words, (type_.id, *codes), hint))
        here = Context(date.min, region={"id": region})
        for item in type_.situations:
            if item.title and not (item.when is not None and item.when.fails(here)):
                olds = tuple(word for word in item.aliases if _is_code(word) and word != type_.id)
                others = (item.name, *(word for word in item.aliases if not _is_code(word)))
                found.append(Entry(f"{type_.id}/{item.code}", item.title, others, olds, type_.name))
    return tuple(found)


def prepare(catalogue: Catalogue, region: str) -> Index:
    """The palette's index, with every list of the region worked out too (about 0.3 s, once)."""
    pinyin.prepare()
    here = catalogue.regions[region]
    for choice in (*here.admdvs, *here.institutions, *here.diseases):
        pinyin.initials(choice.label)
        pinyin.spellings(choice.label)
    return Index(entries(catalogue, region))


def resolve(catalogue: Catalogue, word: str) -> tuple[str, str] | None:
    """Type id and situation code for an id, an old id or an exact name; None when there is none."""
    wanted = half_width(word.strip())
    for type_ in catalogue.types.values():
        if wanted.upper() == type_.id or wanted == type_.name:
            return type_.id, ""
    for type_ in catalogue.types.values():
        for item in type_.situations:
            if wanted.upper() in item.aliases or wanted in (item.title, *item.aliases):
                return type_.id, item.code
        if wanted.upper() in type_.aliases or wanted in type_.aliases:
            return type_.id, ""
    return None


def _is_code(word: str) -> bool:
    return word.isascii() and word.isupper() and word.isalnum()


def _indexed(entry: Entry) -> _Indexed:
    words = tuple(word.lower() for word in (entry.label, *entry.words))
    heads = tuple(head for word in words for head in pinyin.initials(word))
    own = len(pinyin.initials(words[0])), len(pinyin.spellings(words[0]))
    spelled = tuple(whole for word in words for whole in pinyin.spellings(word))
    return _Indexed(entry, frozenset(code.lower() for code in entry.codes), words, heads, spelled, *own)


def _rank(word: str, item: _Indexed) -> int:
    """0 when the entry is not meant, else how directly it is."""
    if word in item.codes:
        return _CODE
    if word in item.words:
        return _WHOLE
    if not word.isascii():
        if any(known.startswith(word) for known in item.words):
            return _PREFIX
        return _PART if any(word in known for known in item.words) else 0
    return _rank_letters(word, item)


def _rank_letters(word: str, item: _Indexed) -> int:
    if any(head.startswith(word) for head in item.heads):
        return _HEADS
    if any(code.startswith(word) for code in item.codes):
        return _PREFIX
    if len(word) > 1 and any(_is_scattered(word, head) for head in item.heads):
        return _SCATTERED
    if any(word in whole for whole in item.spelled):
        return _SPELLED
    return _PART if any(word in known for known in item.words) else 0


def _is_scattered(word: str, head: str) -> bool:
    """Whether the letters occur in this order, beginning with the first: ydba in ydjyba."""
    if not head or word[0] != head[0]:
        return False
    letters = iter(head)
    return all(letter in letters for letter in word)
