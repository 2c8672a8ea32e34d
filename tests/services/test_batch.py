"""Lists of employers and villages: judged row by row, accepted at once, never twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.cases import CaseState
from counter_app.domain.people import EvidenceKind
from counter_app.problems import Problem, Problems
from counter_app.services.batch import marks_of
from counter_app.services.batch_accept import BatchDone
from tests.fakes.office import TestOffice, certno
from tests.services.lists import HEADER, idno, row, sheet


def judged(desk: TestOffice, rows: list[list[str]], header: tuple[str, ...] = HEADER) -> BatchDone:
    """The list checked and accepted by the village's clerk at the window."""
    if not desk.visit.state.is_open:
        desk.identify("li_guifang")
    wish = desk.visit.list_wish("CB05", received=["*"])
    return desk.visit.accept_list(desk.visit.check_list(wish, sheet(rows, header)))


def codes(done: BatchDone) -> dict[int, list[tuple[str, str]]]:
    return {r.line.number: [(p.code, p.where) for p in r.problems] for r in done.checked.bad}


def test_everybody_gets_a_case_of_their_own_and_all_one_paper(desk: TestOffice) -> None:
    before = desk.store.state.unit_no
    done = judged(desk, [row(n) for n in range(3)])
    assert done.batch
    assert (len(done.cases), done.checked.bad) == (3, ())
    records = [desk.store.case(record.number) for record in done.cases.values()]
    assert all(r is not None and r.state is CaseState.DONE for r in records)
    assert {r.came.batch for r in records if r} == {done.batch}
    assert {r.came.channel for r in records if r} == {"import"}
    assert [p.number for p in desk.store.queued_papers()] == [done.batch]
    content = json.loads(desk.store.papers()[0].content)
    assert [one["number"] for one in content["people"]] == [r.number for r in records if r]
    assert idno(0) not in desk.store.papers()[0].content
    # visit.opened, the identity's draft, then one unit for the whole list
    assert desk.store.state.unit_no - before == 2
    kinds = [fact["kind"] for fact in desk.store.facts()]
    assert kinds.count("batch.accepted") == 1
    assert kinds.count("case.accepted") == 3
    told = next(f for f in desk.store.facts() if f["kind"] == "batch.accepted")
    assert told["body"]["cases"] == [r.number for r in records if r]


def test_hundreds_are_one_commit(desk: TestOffice, size: Callable[[str], int]) -> None:
    many = size("list_rows")
    desk.identify("li_guifang")
    wish = desk.visit.list_wish("CB05", received=["*"])
    checked = desk.visit.check_list(wish, sheet([row(n) for n in range(many)]))
    before = desk.store.state.unit_no
    done = desk.visit.accept_list(checked)
    assert (len(done.cases), desk.store.state.unit_no - before) == (many, 1)
    numbers = {record.number for record in done.cases.values()}
    assert len(numbers | {done.batch}) == many + 1
    reopened = desk.again()
    assert len(reopened.store.cases(limit=many + 1)) == many
    reopened.close()


def test_a_bad_row_names_row_column_and_advice_and_the_good_ones_stay_good(desk: TestOffice) -> None:
    rows = [
        row(0),
        row(1, 证件号码="371102197001010010"),
        row(2, 居民类别="火星人"),
        row(3, 联系电话="12345"),
        row(4, 已核对未重复参保="否"),
        row(5, 参保年度=""),
    ]
    done = judged(desk, rows)
    assert codes(done) == {
        3: [("idno-check", "certno")],
        4: [("field-choice", "resd_kind")],
        5: [("field-phone", "tel")],
        6: [("field-rule", "dup_checked")],
        7: [("field-required", "insu_year")],
    }
    assert list(done.cases) == [2]
    told = done.as_dict()
    first = told["problems"][0]
    assert (first["row"], first["column"], first["code"]) == (3, "证件号码", "idno-check")
    assert first["advice"]
    marks = marks_of(done.checked, {2: "N1"})
    assert marks.outcome == {2: "已受理 N1", **dict.fromkeys(range(3, 8), "退回更正")}
    assert marks.faulty[3] == frozenset({1})


def test_the_corrected_list_does_not_double(desk: TestOffice) -> None:
    first = judged(desk, [row(0), row(1, 联系电话="1")])
    again = judged(desk, [row(1), row(0)])
    assert [r.number for r in again.checked.rows] == ["", first.cases[2].number]
    assert list(again.cases) == [2]
    third = judged(desk, [row(1), row(0)])
    assert (third.batch, dict(third.cases)) == ("", {})
    assert len(desk.store.cases()) == 2
    assert desk.again().store.cases()[0].came.batch == again.batch


def test_a_list_judged_before_another_acceptance_does_not_double_either(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    wish = desk.visit.list_wish("CB05", received=["*"])
    judged_early = desk.visit.check_list(wish, sheet([row(0), row(1)]))
    desk.visit.accept_list(desk.visit.check_list(wish, sheet([row(0)])))
    late = desk.visit.accept_list(judged_early)
    assert list(late.cases) == [3]
    assert desk.visit.accept_list(judged_early).batch == ""
    assert len(desk.store.cases()) == 2


def test_all_received_means_what_is_required(desk: TestOffice) -> None:
    done = judged(desk, [row(0)])
    needed = {m.code for m in done.cases[2].materials if m.state == "received"}
    assert "M_HUKOU" in needed
    optional = [m.code for m in done.cases[2].materials if m.state == "missing"]
    kind = desk.office.type("CB05")
    assert not [m.code for m in kind.materials if m.required and m.code in optional]


def test_a_changed_row_of_somebody_accepted_is_asked_about(desk: TestOffice) -> None:
    judged(desk, [row(0)])
    done = judged(desk, [row(0, 联系电话="13900001234")])
    assert codes(done) == {2: [("batch-row-differs", "row")]}


def test_what_was_reversed_may_come_again_and_what_is_old_too(desk: TestOffice) -> None:
    first = judged(desk, [row(0), row(1)])
    with desk.store.unit(desk.office.actor, desk.clock.now()) as unit:
        unit.save_case(replace(first.cases[2], state=CaseState.REVERSED))
    again = judged(desk, [row(0), row(1)])
    assert list(again.cases) == [2]
    desk.clock.tick(31 * 24 * 3600)
    assert list(judged(desk, [row(0), row(1)]).cases) == [2, 3]


def test_the_same_person_twice_in_a_list(desk: TestOffice) -> None:
    done = judged(desk, [row(0), row(0, 联系电话="13900001234")])
    assert codes(done) == {3: [("batch-row-twice", "row")]}
    assert list(done.cases) == [2]


def test_a_known_number_with_another_name(desk: TestOffice) -> None:
    done = judged(desk, [row(0, 证件号码=certno("wang_min"))])
    assert codes(done) == {2: [("batch-name-differs", "psn_name")]}


def test_the_dead_are_not_enrolled(desk: TestOffice) -> None:
    name = next(p.psn_name for p in desk.cast.people if p.certno == certno("chen_deceased"))
    done = judged(desk, [row(0, 姓名=name, 证件号码=certno("chen_deceased"))])
    assert [code for code, _ in codes(done)[2]] == ["person-deceased"]


def test_headers_by_key_with_stars_and_in_any_order(desk: TestOffice) -> None:
    names = (
        "certno",
        "姓名*",
        "tel",
        "居民类别（必填）",
        "insu_year",
        "dup_checked",
        "险种",
        "人员类别",
        "参保状态",
        "参保地",
    )
    cells = row(0)
    done = judged(desk, [[cells[1], cells[0], *cells[2:]]], names)
    assert list(done.cases) == [2]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ((*HEADER, "爱好"), "batch-column-unknown"),
        ((*HEADER, "certno"), "batch-column-twice"),
    ],
)
def test_a_column_nobody_knows_is_never_dropped_silently(
    desk: TestOffice, header: tuple[str, ...], code: str
) -> None:
    with pytest.raises(Problems) as refused:
        judged(desk, [[*row(0), "x"]], header)
    assert [p.code for p in refused.value.problems] == [code]


def test_columns_of_ones_own_are_let_be(desk: TestOffice) -> None:
    done = judged(desk, [["1", *row(0), "老张家"]], ("序号", *HEADER, "备注"))
    assert list(done.cases) == [2]


def test_who_brings_a_list_has_been_identified(desk: TestOffice) -> None:
    with pytest.raises(Problem, match="batch-handler"):
        desk.visit.list_wish("CB05", received=["*"])


@pytest.mark.parametrize(("type_id", "code"), [("CB04", "batch-not-allowed"), ("NO", "type-unknown")])
def test_which_types_come_as_lists(desk: TestOffice, type_id: str, code: str) -> None:
    desk.identify("li_guifang")
    wish = replace(desk.visit.list_wish("CB05"), type_id=type_id)
    with pytest.raises(Problem, match=code):
        desk.visit.check_list(wish, sheet([row(0)]))


def test_no_header_and_no_rows(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    wish = desk.visit.list_wish("CB05")
    with pytest.raises(Problem, match="batch-no-header"):
        desk.visit.check_list(wish, sheet([["a"]], ("b",)))
    with pytest.raises(Problem, match="batch-empty"):
        desk.visit.check_list(wish, sheet([["", ""]]))


def test_materials_are_missing_until_somebody_says_they_came(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    wish = desk.visit.list_wish("CB05")
    rows = [row(0), [*row(1)]]
    checked = desk.visit.check_list(wish, sheet(rows))
    assert {p.code for r in checked.bad for p in r.problems} == {"material-missing"}
    header = (*HEADER, *(f"material.{c}" for c in ("M_ID", "M_HUKOU", "M_AGENTID", "M_POA")))
    checked = desk.visit.check_list(wish, sheet([[*row(0), "已收", "承诺", "已收", "已收"]], header))
    assert checked.bad == ()
    states = {code: mark.state for code, mark in checked.good[0].case.marks.items()}
    assert states["M_HUKOU"] == "committed"


def test_an_employers_roster_is_a_case_per_worker(desk: TestOffice) -> None:
    desk.identify("wang_min")
    desk.visit.with_employer(desk.cast.employers[0].uscc)
    desk.visit.set_speaker("employer")
    for key, value in (
        ("agnter_name", "王敏"),
        ("agnter_certno", certno("wang_min")),
        ("agnter_tel", "13800002234"),
    ):
        desk.visit.set_agent(key, value)
    wish = desk.visit.list_wish("CB03", received=["*"])
    header = ("姓名", "证件号码", "人员类别", "月缴费工资（元）", "起始年月")
    rows = [[f"职工{n}", idno(n), "职工在职", "4500", "2026-12"] for n in range(3)]
    rows[1][3] = "0"
    done = desk.visit.accept_list(desk.visit.check_list(wish, sheet(rows, header)))
    assert codes(done) == {3: [("field-rule", "roster[1].wage")]}
    assert done.as_dict()["problems"][0]["column"] == "月缴费工资（元）"
    record = done.cases[2]
    assert record.answers["roster"][0]["wage"] == 450000
    assert record.principal_name == desk.cast.employers[0].emp_name
    content = json.loads(done.paper.content if done.paper else "{}")
    assert [one["name"] for one in content["people"]] == ["职*0", "职*2"]
    again = desk.visit.check_list(wish, sheet([rows[0]], header))
    assert again.rows[0].number == record.number


def test_a_list_is_proof_of_nobody(desk: TestOffice) -> None:
    done = judged(desk, [row(0)])
    principal = done.checked.rows[0].state.principals[0]
    assert principal.evidence is not None
    assert principal.evidence.kind is EvidenceKind.LIST
    fact = next(f for f in desk.store.facts() if f["kind"] == "case.accepted")
    assert fact["body"]["evidence"]["kind"] == "list"
    assert (fact["schema"], fact["body"]["came"]["channel"]) == (2, "import")


def test_a_broken_commit_leaves_nothing_of_the_list(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    wish = desk.visit.list_wish("CB05", received=["*"])
    checked = desk.visit.check_list(wish, sheet([row(0), row(1)]))
    poisoned = replace(checked.rows[1].state.cases[0], values={"x": object()})
    spoilt = replace(checked.rows[1], state=checked.rows[1].state.with_case(poisoned))
    with pytest.raises((ValueError, TypeError)):
        desk.visit.accept_list(replace(checked, rows=(checked.rows[0], spoilt)))
    assert desk.store.cases() == []
    assert desk.store.papers() == []


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(len(HEADER))), st.lists(st.text(max_size=12), min_size=1, max_size=10))
def test_any_order_of_columns_and_any_garbage(desk: TestOffice, order: list[int], garbage: list[str]) -> None:
    """Good rows are good in every order of columns, and what stands in other rows changes nothing."""
    desk.visit.finish() if desk.visit.state.is_open else None
    desk.identify("li_guifang")
    wish = desk.visit.list_wish("CB05", received=["*"])
    cells = row(7)
    header = [HEADER[n] for n in order]
    found = desk.visit.check_list(wish, sheet([[cells[n] for n in order], garbage], header))
    assert found.rows[0].is_good
    assert all(r.problems for r in found.rows[1:])
