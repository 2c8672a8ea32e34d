"""Lines are broken as Chinese is set, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.documents import fonts
from counter_app.documents.lines import wrap

NO_START, NO_END = set("，。、；：？！）》”’…"), set("（《“‘")
TEXTS = st.lists(
    st.sampled_from([*"中文字符号的一是（）《》，。、；：“”…—12aB -", "2026年11月23日"]), max_size=120
).map("".join)


@given(TEXTS, st.integers(60, 500))
def test_nothing_is_lost_but_blanks(text: str, room: int) -> None:
    lines = wrap(text, 10, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(TEXTS, st.integers(120, 500))
def test_lines_stay_inside_and_begin_and_end_well(text: str, room: int) -> None:
    lines = wrap(text, 10, room)
    for line in lines:
        assert fonts.width(line, 10) <= room + 0.02
    runs_of_marks = any(mark * 3 in text for mark in NO_START | NO_END) or _all_marks(text)
    if not runs_of_marks:
        assert not any(line[:1] in NO_START for line in lines[1:] if line)
        assert not any(line[-1:] in NO_END for line in lines[:-1] if line)


def _all_marks(text: str) -> bool:
    """Whether some stretch is marks only, so that it has to be broken among them."""
    marks = NO_START | NO_END | {"—"}
    longest = run = 0
    for char in text:
        run = run + 1 if char in marks else 0
        longest = max(longest, run)
    return longest > 5


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 100, [""]),
        ("一二三四五", 50, ["一二三四五"]),
        ("一二三四，五", 40, ["一二三", "四，五"]),
        ("一二三（四）", 40, ["一二三", "（四）"]),
        ("编号 261123-001-K7Q", 90, ["编号", "261123-001-K7Q"]),
        ("自2026年11月23日起", 80, ["自", "2026年11月23日", "起"]),
        ("共 12 个工作日内办结", 52, ["共 12 个工", "作日内办结"]),
        ("一\n二", 100, ["一", "二"]),
        ("一\t二\x07三", 100, ["一 二 三"]),
        ("一" * 12, 50, ["一" * 5, "一" * 5, "一" * 2]),
        ("A" * 40, 60, None),
    ],
)
def test_examples(text: str, room: float, lines: list[str] | None) -> None:
    found = wrap(text, 10, room)
    assert found == lines if lines is not None else "".join(found) == text
