"""Kazakh in the Arabic script: the hamza before a word with front vowels, only where it belongs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

import tomli

import resources
from counter_app.catalog.tongues import BESIDE, SCREENS, read_tongue

CODE = "kk_Arab"
HAMZA = "ء"
WORD = re.compile("[\u0621-\u06ff]+")
SIGNS = "،؛؟"
# These letters say by themselves that a word has front vowels: no hamza beside them.
FRONT = frozenset("كگە")
# These stand beside back vowels: a hamza only before a compound whose first part is in front.
BACK = frozenset("قع")
COMPOUNDS = ("تۇپنۇسقا", "تولقۇجات", "دارىحانا", "ارقايسى", "بىرىڭعاي", "بىراق")
ENDINGS = frozenset({"دى", "تى", "نى"})  # of a quoted word: they follow its vowels


def words_of(phrases: Iterable[str]) -> set[str]:
    """Every word of some phrases, without the signs beside it."""
    return {found.strip(SIGNS) for text in phrases for found in WORD.findall(text)} - {""}


def slips(words: set[str]) -> list[str]:
    """Words that break the rule, each as it is written."""
    wrong = {one for one in words if HAMZA in one[1:]}
    for one in (word for word in words if word.startswith(HAMZA)):
        bare = one[1:]
        is_back = BACK & set(bare) and not bare.startswith(COMPOUNDS)
        if not bare or FRONT & set(bare) or is_back:
            wrong.add(one)
    spelt = defaultdict(set)
    for one in words:
        spelt[one.lstrip(HAMZA)].add(one)
    twice = {one for bare, many in spelt.items() if len(many) > 1 and bare not in ENDINGS for one in many}
    return sorted(wrong | twice)


def phrases() -> Iterable[str]:
    """The phrases of screens and voice, and those of the papers as they are printed today."""
    for folder in (SCREENS, *BESIDE):
        yield from tomli.loads(resources.read_bytes(f"{folder}/{CODE}.toml").decode("utf-8"))[
            "words"
        ].values()
    yield from read_tongue(f"forms/tongues/{CODE}.toml").words.values()


def test_a_hamza_stands_where_the_rule_wants_it() -> None:
    words = words_of(phrases())
    assert len(words) > 1500
    assert slips(words) == []


def test_what_breaks_the_rule_is_found() -> None:
    assert slips({"ءنومىر", "نومىرمەن", "ءدارىحانا", "دى", "ءدى"}) == []
    assert slips({"ءنومىر", "نومىر"}) == ["ءنومىر", "نومىر"]  # one word, two ways
    assert slips({"ءنومىرمەن"}) == ["ءنومىرمەن"]
    assert slips({"ءقازىر"}) == ["ءقازىر"]
    assert slips({"نوءمىر"}) == ["نوءمىر"]
