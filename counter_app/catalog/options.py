"""Choosing from a list by code, words or pinyin."""

from __future__ import annotations

from collections.abc import Iterable

from counter_app.catalog import pinyin
from counter_app.catalog.model import Choice, FieldSpec, Region
from counter_app.domain.text import half_width
from counter_app.problems import Problem

YES_NO = (
    Choice("true", "是", ("y", "1", "有", "yes", "shi")),
    Choice("false", "否", ("n", "0", "2", "无", "no", "fou")),
)


def choices(spec: FieldSpec, region: Region) -> tuple[Choice, ...]:
    """What may be chosen in a field here; empty for free fields."""
    if spec.type == "institution_code":
        return tuple(choice for choice in region.institutions if not choice.ended)
    lists = {
        "admdvs": region.admdvs,
        "disease_code": region.diseases,
        "bool": YES_NO,
    }
    return lists.get(spec.type, spec.choices)


def known(spec: FieldSpec, region: Region) -> tuple[Choice, ...]:
    """What a kept value may be, also what can no longer be chosen: an old case still has its words."""
    return region.institutions if spec.type == "institution_code" else choices(spec, region)


def refuse_ended(text: str, spec: FieldSpec, region: Region) -> None:
    """Say why an institution whose agreement is over is not in the list (J85, J87).

    Raises Problem `agreement-ended`.
    """
    if spec.type != "institution_code":
        return
    word = half_width(text.strip()).lower()
    over = (choice for choice in known(spec, region) if choice.ended)
    found = next((choice for choice in over if 1 <= _rank(word, choice) <= _ALIAS), None)
    if found is not None:
        raise Problem("agreement-ended", spec.key, found.label)


def matches(text: str, options: Iterable[Choice], limit: int = 20) -> tuple[Choice, ...]:
    """Options that the typed text may mean, best first; in the list's order where equally good.

    Better is: code or label in full, alias, label from its beginning, initials in full, initials from
    the beginning, full pinyin from the beginning, any part of a label.
    """
    word = half_width(text.strip()).lower()
    if not word:
        return tuple(options)[:limit]
    ranked = [(rank, place, choice) for place, choice in enumerate(options) if (rank := _rank(word, choice))]
    return tuple(choice for _, _, choice in sorted(ranked, key=lambda item: item[:2])[:limit])


def pick(text: str, options: Iterable[Choice], where: str = "") -> Choice:
    """The one option meant. Raises Problem `field-choice` when none, or several by a mere part of a word.

    Initials shared by several options take the first, as Enter in a list does: the clerk sees the word.
    """
    word = half_width(text.strip()).lower() if len(text) <= 200 else ""
    offered = tuple(options)
    found = matches(word, offered, 2) if word else ()
    if not found or (len(found) > 1 and _rank(word, found[0]) == _rank(word, found[1]) == _PART):
        raise Problem("field-choice", where, text.strip()[:20])
    return found[0]


_ALIAS, _PART = 3, 8


def _rank(word: str, choice: Choice) -> int:
    """0 when the option is not meant, else 1 (best) to 8."""
    label = choice.label.lower()
    if word == choice.code.lower():
        return 1
    if word == label:
        return 2
    if word in {alias.lower() for alias in choice.aliases}:
        return 3
    if label.startswith(word):
        return 4
    if word.isascii() and word.isalnum() and not word.isdecimal():
        return _rank_pinyin(word, choice.label)
    return _PART if word in label or any(word in alias.lower() for alias in choice.aliases) else 0


def _rank_pinyin(word: str, label: str) -> int:
    heads = pinyin.initials(label)
    if word in heads:
        return 5
    if any(head.startswith(word) for head in heads):
        return 6
    if any(whole.startswith(word) for whole in pinyin.spellings(label)):
        return 7
    return _PART if word in label.lower() else 0
