"""Pages: nothing lost, nothing torn, the largest size that fits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from counter_app.documents import blocks
from counter_app.documents.layout import strips
from counter_app.documents.paging import FLOWING, SIZES, flow, pages
from counter_app.documents.strips import Ink, Scale, Strip

LINE = Strip(10.0)
STRIPS = st.lists(st.builds(Strip, st.floats(1, 60), sticks=st.booleans()), max_size=60)


@given(STRIPS, st.integers(200, 400), st.integers(200, 500))
def test_every_strip_stands_once_in_order_and_inside(given_: list[Strip], first: int, later: int) -> None:
    found = flow(given_, first, later)
    assert [placed.strip for page in found for placed in page] == given_
    for nth, page in enumerate(found):
        y = 0.0
        for placed in page:
            assert placed.y == y
            y += placed.strip.height
        together = any(placed.strip.sticks for placed in page)
        assert y <= (later if nth else first) + 0.01 or together


@given(STRIPS)
def test_what_sticks_is_not_left_at_the_foot(given_: list[Strip]) -> None:
    for page in flow(given_, 10_000, 10_000)[:-1]:
        assert not page[-1].strip.sticks


def test_a_heading_turns_the_page_with_its_text() -> None:
    given_ = [*[LINE] * 9, Strip(10.0, sticks=True), LINE]
    assert [len(page) for page in flow(given_, 100, 100)] == [9, 2]


def test_the_head_of_a_table_is_repeated() -> None:
    head = Strip(15.0)
    rows = [Strip(10.0, head=head) for _ in range(20)]
    found = flow([head, *rows], 100, 100)
    assert len(found) > 1
    for page in found:
        assert page[0].strip is head
    assert sum(len(page) - 1 for page in found) == len(rows)


def _sizes(found: list[tuple[object, ...]]) -> set[float]:
    return {
        item.size
        for page in found
        for placed in page
        for item in placed.strip.items  # type: ignore[attr-defined]
        if isinstance(item, Ink)
    }


def test_a_short_paper_is_set_large_and_a_long_one_small() -> None:
    for count in (1, 10, 20, 30, 45):
        given_ = [blocks.Text("今天办理的事项") for _ in range(count)]
        size = _sizes(pages(given_, 480, 650, 700, 70)).pop()  # type: ignore[arg-type]
        larger = [each for each in SIZES if each > size]
        assert all(sum(s.height for s in strips(given_, Scale(each, 480, 70))) > 650 for each in larger)


def test_a_really_long_paper_flows_in_the_ordinary_size() -> None:
    found = pages([blocks.Text("今天办理的事项") for _ in range(150)], 480, 650, 700, 70)
    assert len(found) > 2
    assert _sizes(found) == {FLOWING}  # type: ignore[arg-type]
