"""Blocks into strips: every word placed, inside its cell, and nothing empty printed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.documents import blocks, fonts
from counter_app.documents.layout import strips
from counter_app.documents.strips import Ink, Scale, SealPlace, Shape, Strip

ROOM = 488.0
WORDS = st.text(st.sampled_from("受理事项名称（），。abc123 -欧阳𬱖"), max_size=40)
PAIRS = st.lists(st.tuples(st.text(st.sampled_from("姓名单位"), min_size=1, max_size=6), WORDS), max_size=9)


def _inks(found: list[Strip]) -> list[Ink]:
    return [item for strip in found for item in strip.items if isinstance(item, Ink)]


def _plain(text: str) -> str:
    return text.replace(" ", "")


@given(PAIRS, st.sampled_from([9.0, 10.5, 13.0]))
def test_facts_keep_every_value_beside_its_label(pairs: list[tuple[str, str]], size: float) -> None:
    found = strips([blocks.Facts(tuple(pairs))], Scale(size, ROOM))
    told = [_plain(ink.text) for ink in _inks(found)]
    for label, value in pairs:
        if value:
            assert label in told
            assert _plain(value) in "".join(told)
    assert len([pair for pair in pairs if pair[1]]) == sum(
        isinstance(item, Shape) and item.fill is not None for strip in found for item in strip.items
    )


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=8), st.sampled_from([9.0, 12.0]))
def test_text_stays_inside_its_cell(rows: list[tuple[str, ...]], size: float) -> None:
    table = blocks.Table(((1, "甲"), (2, "乙"), (3, "丙")), tuple(rows), right=(2,))
    for strip in strips([table], Scale(size, ROOM)):
        cells = [item for item in strip.items if isinstance(item, Shape)]
        for ink in (item for item in strip.items if isinstance(item, Ink) and item.text):
            end = ink.x + fonts.width(ink.text, ink.size)
            assert any(c.x <= ink.x + 0.01 and end <= c.x + c.width + 0.02 for c in cells)
            assert 0 < ink.y < strip.height


@pytest.mark.parametrize(
    "block",
    [blocks.Facts((("姓名", ""),)), blocks.Facts(()), blocks.Key((("应办结日", ""),)), blocks.Key(())],
)
def test_nothing_known_prints_nothing(block: blocks.Block) -> None:
    assert strips([block], Scale(10.5, ROOM)) == []


def test_cells_of_a_line_join_without_gap() -> None:
    facts = blocks.Facts((("姓名", "甲"), ("证件", "乙"), ("地址", "一" * 60)))
    for strip in strips([facts], Scale(10.5, ROOM)):
        cells = [item for item in strip.items if isinstance(item, Shape)]
        for left, right in pairwise(cells):
            assert left.x + left.width == pytest.approx(right.x)
        if cells:
            assert cells[-1].x + cells[-1].width == pytest.approx(ROOM)


def test_neighbouring_facts_are_one_box() -> None:
    one = strips([blocks.Facts((("甲", "1"), ("乙", "2")))], Scale(10.5, ROOM))
    two = strips([blocks.Facts((("甲", "1"),)), blocks.Facts((("乙", "2"),))], Scale(10.5, ROOM))
    assert one == two


def test_a_long_value_between_short_ones_leaves_no_gap() -> None:
    facts = blocks.Facts((("甲", "1"), ("乙", "二" * 50), ("丙", "3")))
    found = strips([facts], Scale(10.5, ROOM))
    first = [item.text for item in found[0].items if isinstance(item, Ink)]
    assert first == ["甲", "1", "丙", "3"]


def test_key_values_are_larger_than_anything_else() -> None:
    found = _inks(
        strips([blocks.Key((("应办结日", "2026年12月21日"),)), blocks.Text("说明")], Scale(10, ROOM))
    )
    sizes = {ink.text: ink.size for ink in found}
    assert sizes["2026年12月21日"] > sizes["说明"] >= sizes["应办结日"]


def test_a_seal_has_its_place_only_where_it_is_wanted() -> None:
    for seal in (True, False):
        found = strips([blocks.Signing(("申请人",), seal)], Scale(10.5, ROOM))
        assert any(isinstance(item, SealPlace) for strip in found for item in strip.items) is seal


def test_numbers_stand_before_their_sentences() -> None:
    found = _inks(strips([blocks.Listed(("一" * 80, "二"))], Scale(10.5, ROOM)))
    assert [ink.text for ink in found if ink.x == 0] == ["1.", "2."]
    assert len({ink.x for ink in found if ink.x}) == 1
