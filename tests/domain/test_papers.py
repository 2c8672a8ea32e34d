"""What is signed: only what is said, and it comes back whole."""

from __future__ import annotations

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.codec import from_plain
from counter_app.domain.papers import (
    Agency,
    PaperAnswer,
    PaperContent,
    PaperMaterial,
    PaperStep,
    plain_of,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
CONTENTS = st.builds(
    PaperContent,
    kind=st.just("SLTZ"),
    number=TEXTS,
    case_number=TEXTS,
    issued_at=TEXTS,
    agency=st.builds(Agency, name=TEXTS, tel=TEXTS),
    applicant_name=TEXTS,
    nth=st.integers(1, 9),
    promised_days=st.none() | st.integers(0, 99),
    amount=st.none() | st.integers(-(10**15), 10**15),
    demo=st.booleans(),
    materials=st.lists(
        st.builds(PaperMaterial, name=TEXTS, copies=st.integers(0, 9), due_on=TEXTS), max_size=3
    ),
    answers=st.lists(st.builds(PaperAnswer, label=TEXTS, value=TEXTS), max_size=3),
    steps=st.lists(st.builds(PaperStep, text=TEXTS, amount=st.none() | st.integers()), max_size=3),
    reasons=st.lists(TEXTS, max_size=3),
)


@given(CONTENTS)
def test_a_content_comes_back_whole(content: PaperContent) -> None:
    assert from_plain(PaperContent, plain_of(content)) == content


def test_what_is_not_said_is_not_signed() -> None:
    bare = PaperContent("SLTZ", "1", "1", "2026-11-23T09:00:00+08:00")
    assert plain_of(bare) == {
        "kind": "SLTZ",
        "number": "1",
        "case_number": "1",
        "issued_at": "2026-11-23T09:00:00+08:00",
    }


def test_a_field_added_later_changes_no_paper() -> None:
    class Later(PaperContent, frozen=True):
        new: str = ""

    told = plain_of(PaperContent("SLTZ", "1", "1", "2026", reasons=["甲"]))
    assert plain_of(Later("SLTZ", "1", "1", "2026", reasons=["甲"])) == told
    assert "new" in {one.name for one in fields(Later)}
    assert plain_of(Later("SLTZ", "1", "1", "2026", new="乙"))["new"] == "乙"


def test_nought_days_and_nought_money_are_said() -> None:
    """Done on the spot and nothing to pay are not the same as unknown."""
    told = plain_of(PaperContent("SLTZ", "1", "1", "2026", promised_days=0, amount=0))
    assert (told["promised_days"], told["amount"]) == (0, 0)
