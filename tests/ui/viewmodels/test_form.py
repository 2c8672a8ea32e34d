from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.services.visit_view import FieldView
from tests.fakes import snapshots as s
from tests.fakes.case_snapshots import YD01, problem
from tests.fakes.visit import FakeVisit
from ui.viewmodels.form import FOLD, call_for, cell_of, fields_to_show, folded, places, total, yuan


class Asked:
    """Remembers what it was asked."""

    def __getattr__(self, verb: str) -> object:
        return lambda *arguments: (verb, arguments)


def test_situation_fields_and_questions_are_rows_of_one_form() -> None:
    rows = fields_to_show(YD01)
    assert [rows[0].key, rows[-1].key] == ["@situation", "@ask:lives"]
    asked = Asked()
    assert call_for("@situation", "inner")(asked) == ("set_situation", ("inner",))  # type: ignore[arg-type]
    assert call_for("@ask:lives", "yes")(asked) == ("ask", ("lives", True))  # type: ignore[arg-type]
    assert call_for("tel", "1")(asked) == ("set_field", ("tel", "1"))  # type: ignore[arg-type]


@given(
    st.lists(st.tuples(st.booleans(), st.sampled_from(["", "other", "payee"])), min_size=1, max_size=30),
    st.integers(1, 2),
)
def test_no_two_rows_share_a_place(shapes: list[tuple[bool, str]], columns: int) -> None:
    fields = [
        FieldView(str(n), "甲", "text", wide=wide, group=group) for n, (wide, group) in enumerate(shapes)
    ]
    found, heads = places(fields, columns)
    taken = [(place.line, place.column + n) for place in found for n in range(place.span)]
    assert len(taken) == len(set(taken))
    assert all(place.column + place.span <= columns for place in found)
    assert not {line for line, _ in heads} & {line for line, _ in taken}
    assert [(p.line, p.column) for p in found] == sorted((p.line, p.column) for p in found)


def known(n: int, **more: object) -> FieldView:
    return replace(FieldView(f"k{n}", f"栏{n}", "text", "值", source="hub", group="person"), **more)  # type: ignore[arg-type]


def test_a_group_that_is_wholly_known_is_one_line() -> None:
    fields = (*(known(n) for n in range(5)), FieldView("own", "自填", "text"))
    rows = folded(fields, ())
    assert [row.key for row in rows] == [FOLD + "person", "own"]
    assert "栏0 值" in rows[0].value
    assert folded(fields, {"person"}) == fields


@pytest.mark.parametrize(
    "odd",
    [
        {"problem": problem("field-date", "k2", "日期不正确", "", "")},
        {"value": "", "required": True},
        {"source": "clerk"},
    ],
)
def test_a_group_with_something_to_do_stays_open(odd: dict[str, object]) -> None:
    fields = tuple(known(n, **(odd if n == 2 else {})) for n in range(5))
    assert folded(fields, ()) == fields


def test_places_of_cells_in_both_spellings() -> None:
    assert cell_of("invoices.0.amount") == ("invoices", 0, "amount")
    assert cell_of("invoices[1].amount") == ("invoices", 0, "amount")
    assert cell_of("tel") == ("tel", 0, "")


def test_sums_are_in_fen_and_nonsense_has_no_sum() -> None:
    assert total([["1,200.50"], ["0.05"], [""]], 0) == 120055
    assert total([["12"], ["x"]], 0) is None
    assert yuan(120055) == "¥1,200.55"
    assert yuan(-5) == "-¥0.05"


def test_the_fake_visit_refuses_the_ui_thread() -> None:
    with pytest.raises(AssertionError, match="UI thread"):
        FakeVisit(s.EMPTY).view()
