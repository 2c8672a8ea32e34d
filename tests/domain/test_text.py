from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain import text
from counter_app.problems import Problem


@given(st.text(max_size=120))
def test_clean_text_stays_clean(raw: str) -> None:
    code, clean = "", ""
    try:
        clean = text.normalise(raw, 60)
    except Problem as problem:
        code = problem.code
    assert code in {"", "field-too-long", "field-control-chars"}
    assert text.normalise(clean, 60) == clean
    assert len(clean) <= 60
    assert not any(unicodedata.category(char) == "Cc" for char in clean)


@pytest.mark.parametrize("dot", ["\u2022", "\u30fb", "\uff0e", "\u2027", "\u22c5", "\u00b7", "."])
def test_every_middle_dot_becomes_one(dot: str) -> None:
    assert text.name(f" 阿卜杜{dot}热合曼 ") == "阿卜杜\u00b7热合曼"
    assert text.name(f"阿卜杜 {dot} 热合曼") == "阿卜杜\u00b7热合曼"


def test_a_foreign_name_keeps_its_full_stop() -> None:
    assert text.name("John  Q. Public") == "John Q. Public"


@pytest.mark.parametrize("rare", ["𬱖", "䶮", "\U00031350", "\ue863", "葛\U000e0101"])
def test_rare_characters_survive(rare: str) -> None:
    assert text.name(f"李{rare}") == f"李{rare}"


@pytest.mark.parametrize(
    "bad", ["a\x00b", "a\tb", "a\u200bb", "a\u202eb", "a\ufffdb", "a\nb", f"a{chr(0xD800)}b"]
)
def test_invisible_characters_are_refused(bad: str) -> None:
    with pytest.raises(Problem) as caught:
        text.normalise(bad, where="addr")
    assert (caught.value.code, caught.value.where) == ("field-control-chars", "addr")


def test_line_breaks_where_they_are_wanted() -> None:
    assert text.normalise("一\r\n二\r三", multiline=True) == "一\n二\n三"


def test_full_width_digits_and_letters() -> None:
    assert text.normalise("ＡＢｃ１２３　号") == "ABc123 号"


class Untouchable(str):
    def strip(self, chars: str | None = None) -> str:
        raise AssertionError("looked at every character")


def test_a_pasted_megabyte_is_refused_by_its_length_alone() -> None:
    with pytest.raises(Problem, match="field-too-long"):
        text.normalise(Untouchable("字" * 1_000_000), 200)
