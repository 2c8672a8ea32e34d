"""Whatever a hall did: parts are the whole, nothing of nothing is no rate, nobody is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.catalog.holidays import shipped
from counter_app.catalog.load import load_catalogue
from counter_app.domain.cases import CaseRecord, CaseState, Clocks, MaterialRecord, MaterialState
from counter_app.problems import Problem
from counter_app.services import reports
from counter_app.services.reports.model import NOTHING, Body, CaseFile, Ledger, Period, adds_up, mean, share

PACKS = load_catalogue()
TODAY = date(2026, 11, 20)
DAYS = st.dates(date(2026, 1, 1), TODAY)
NAME = "欧阳绝密"


def record(type_id: str = "YD01", **more: object) -> CaseRecord:
    """A case as the store gives it."""
    day = more.pop("day", TODAY)
    assert isinstance(day, date)
    made = CaseRecord(
        case_id=str(more.pop("case_id", "c1")),
        number="261120-001-ABC-0001-1",
        type_id=type_id,
        type_name=PACKS.types[type_id].name,
        situation="",
        state=CaseState.DONE,
        principal_name=NAME,
        person_id="p1",
        party="self",
        pack="",
        received_on=day,
        accepted_at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
        business_date=day,
        due_on=None,
        answers={"insutype": "310"},
        materials=(),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def ledger(*cases: CaseFile, region: str = "kuitun", **more: object) -> Ledger:
    """A ledger of one place."""
    made = Ledger(PACKS, PACKS.regions[region], shipped(), Period(), TODAY, cases)
    return replace(made, **more)  # type: ignore[arg-type]


def built(report_id: str, *cases: CaseFile, region: str = "kuitun", **more: object) -> Body:
    return reports.find(report_id).build(ledger(*cases, region=region, **more))


def row(body: Body, label: str) -> reports.Row:
    (found,) = [one for one in body.rows if one.label == label]
    return found


MATERIALS = st.lists(
    st.builds(MaterialRecord, st.just("M"), st.just("某材料"), st.sampled_from(MaterialState)), max_size=4
)
RECORDS = st.builds(
    lambda type_id, day, state, situation, kind, party, helped, due, listed: record(
        type_id,
        day=day,
        state=state,
        situation=situation,
        answers={"insutype": kind} if kind else {},
        party=party,
        helped_by=helped,
        clocks=Clocks(5, 3, due, due),
        materials=tuple(listed),
    ),
    st.sampled_from(["YD01", "MT02", "MT06", "BX02", "CX02"]),
    DAYS,
    st.sampled_from(CaseState),
    st.sampled_from(["", "green", "area", "bingdi"]),
    st.sampled_from(["310", "390", "510", ""]),
    st.sampled_from(["self", "agent"]),
    st.sampled_from(["", "0317"]),
    st.none() | DAYS,
    MATERIALS,
)
FILES = st.builds(
    CaseFile,
    RECORDS,
    st.sampled_from(["desk", "online", "hospital", "import", "kiosk", "never heard of"]),
    st.sampled_from(["", "M00503", "M99999"]),
    st.none() | st.integers(0, 300),
    st.integers(0, 4),
    st.none() | DAYS,
    st.booleans(),
    st.booleans(),
    st.none() | st.integers(0, 119),
    st.none() | st.integers(0, 10**9),
)


@given(
    st.lists(FILES, max_size=12).map(
        lambda some: tuple(replace(f, record=replace(f.record, case_id=str(n))) for n, f in enumerate(some))
    ),
    st.sampled_from(list(PACKS.regions)),
    st.none() | st.dictionaries(st.integers(0, 5), st.integers(0, 50)),
)
def test_parts_are_the_whole_for_any_cases(
    cases: tuple[CaseFile, ...], region: str, ratings: dict[int, int] | None
) -> None:
    here = ledger(*cases, region=region, ratings=ratings)
    for report in reports.by_id().values():
        body = report.build(here)
        reconciled = [check for check in body.checks if report.id not in ("compression", "sizes")]
        assert [check.text for check in reconciled if not check.ok] == []
        for one in body.rows:
            if one.unit == "%" and one.of is not None and one.count is not None and report.id != "sizes":
                assert one.value == (Fraction(one.count, one.of) if one.of else None)
                assert 0 <= one.count <= one.of
        assert NAME not in str(reports.table(report, here).as_dict())


@given(st.lists(FILES, min_size=1, max_size=12))
def test_a_division_names_every_case_once(cases: list[CaseFile]) -> None:
    for report_id in ("acceptances", "insurance", "outcomes"):
        body = built(report_id, *cases)
        parts = [one.count or 0 for one in body.rows if one.unit == "%" and not one.label.startswith("其中")]
        assert sum(parts) == row(body, "合计").count == len(cases)


def test_of_nothing_there_is_no_rate_and_no_average() -> None:
    for report in reports.by_id().values():
        if report.id in ("compression", "figures", "sizes", "online_rate", "no_visit"):
            continue  # these count what the place offers or has published, and that is there
        table = reports.table(report, ledger(ratings={}))
        shown = [line[3] for line in table.lines if "目标" not in str(line[0]) and line[2] == 0]
        assert set(shown) <= {NOTHING, "0"}, report.id
        assert "0%" not in str(table.lines)


def test_helpers_of_the_arithmetic() -> None:
    assert share("x", 1, 3).shown() == "33.33%"
    assert share("x", 0, 0).shown() == NOTHING
    assert mean("x", [1, 2, 2], "分").value == 2
    assert mean("x", [], "工作日").shown() == NOTHING
    assert adds_up("x", [2584, 945], 3529).ok
    assert adds_up("x", [1], 3).text.endswith("与 3 不符，差 -2")


def test_channels_are_two_sides_and_publicity_is_none_of_them() -> None:
    body = built("channels", CaseFile(record()), CaseFile(record(), "online"), CaseFile(record(), "hospital"))
    assert (row(body, "线下").count, row(body, "线上").count) == (1, 2)
    assert row(body, "窗口").shown() == "33.33%"
    told = {entry.label for entry in PACKS.regions["kuitun"].book("publicity")}
    assert told
    assert not told & {one.label for one in body.rows}


def test_the_green_channel_counts_what_was_done_the_same_day() -> None:
    same = CaseFile(record("MT02", situation="green"), finished=TODAY)
    later = CaseFile(record("MT02", situation="green", day=date(2026, 11, 18)), finished=TODAY)
    body = built("green", same, later, CaseFile(record()))
    assert (row(body, "绿色通道").count, row(body, "当日办结").shown()) == (2, "50%")


def test_recognition_by_situation_and_side() -> None:
    here = CaseFile(record("MT06", situation="bingdi"))
    there = CaseFile(record("MT06", situation="area"), "online")
    labels = {one.label for one in built("recognition", here, there).rows}
    assert {"兵地变更·线下", "统筹区内·线上"} <= labels


def test_time_is_counted_in_working_days_and_clock_minutes() -> None:
    friday, monday = date(2026, 11, 13), date(2026, 11, 16)
    body = built("durations", CaseFile(record(day=friday), seconds=450, finished=monday))
    assert row(body, "从收件到办结").value == 1
    assert row(body, "窗口受理用时").shown() == "7.5"


def test_late_is_after_the_day_said_and_nothing_said_is_not_late() -> None:
    due = Clocks(statutory_due=date(2026, 11, 30), promised_due=date(2026, 11, 18))
    late = CaseFile(record(clocks=due, state=CaseState.ACCEPTED))
    silent = CaseFile(record(state=CaseState.ACCEPTED))
    body = built("overdue", late, silent)
    assert (row(body, "超过承诺时限").count, row(body, "超过承诺时限").of) == (1, 1)
    assert row(body, "超过法定时限").count == 0


def test_visits_and_once_and_never() -> None:
    files = [CaseFile(record(), visits=n, finished=TODAY) for n in (0, 1, 2)]
    assert row(built("visits", *files), "办结件到窗次数").value == 1
    assert row(built("visits", *files), "慢特病认定跑动次数（改革前）").value == 4
    assert row(built("visits", *files), "较改革前减少").shown() == "75%"
    assert row(built("one_visit", *files), "一次办结").count == 2
    assert row(built("no_visit", *files), "零跑腿办结件").count == 1


def test_promises_are_measured_against_the_law_and_the_places_own_target() -> None:
    body = built("compression", region="zaozhuang")
    assert row(body, "BX02 住院费用手工报销").note == "30→9 个工作日"
    assert row(body, "BX02 住院费用手工报销").shown() == "70%"
    assert row(body, "本地整体压缩目标").shown() == "53%"
    assert all(check.ok for check in body.checks)


def test_four_forms_became_one() -> None:
    assert row(built("materials"), "慢特病认定表单：多表合一").shown() == "75%"


def test_published_figures_are_done_again() -> None:
    assert [check.text for check in built("figures").checks] == ["线上审核分险种：2584 + 945 = 3529"]
    assert row(built("figures", region="rizhao"), "人均生育医疗费").shown() == "389407"  # 分
    assert row(built("figures", region="county57"), "职工门特次均支付").value == 42354


def test_lists_are_held_against_what_the_place_says_it_has() -> None:
    body = built("sizes", region="rizhao")
    assert [check.text for check in body.checks] == ["各窗口组之和：5 + 5 = 10"]
    assert row(body, "双通道药店").count == 0  # the shipped list is for practice
    assert row(body, "窗口").shown() == "100%"


def test_who_did_not_answer_is_no_good_rating() -> None:
    body = built("ratings", ratings={5: 3, 1: 1, 0: 4})
    assert row(body, "满意率").shown() == "75%"
    assert row(body, "参评率").shown() == "50%"
    assert row(body, "平均分").shown() == "4"
    assert built("ratings").rows[0].shown() == NOTHING


def test_help_by_age_and_modes_by_label() -> None:
    old = CaseFile(record(helped_by="0317"), age=83)
    young = CaseFile(record("MT06", party="agent"))
    body = built("help", old, young)
    assert (row(body, "帮办件").count, row(body, "代办件").count, row(body, "80 岁以上").count) == (1, 1, 1)
    assert row(built("modes", old, young), "一次办").count == 1


def test_money_is_summed_and_averaged_to_the_fen() -> None:
    files = [CaseFile(record("BX02"), paid=100), CaseFile(record("BX02"), paid=101), CaseFile(record())]
    body = built("payments", *files)
    assert (row(body, "合计").count, row(body, "合计").of, row(body, "合计").value) == (201, 2, 101)
    assert row(built("payments"), "合计").shown() == NOTHING


def test_every_report_is_defined() -> None:
    for report in reports.by_id().values():
        about = report.definition
        assert about.numerator, report.id
        assert about.period, report.id
        assert len(set(about.sources)) == len(about.sources), report.id
    with pytest.raises(Problem):
        reports.find("nothing")


def test_the_period_holds_its_ends() -> None:
    week = Period(date(2026, 11, 16), date(2026, 11, 20))
    assert week.holds(date(2026, 11, 16))
    assert week.holds(date(2026, 11, 20))
    assert not week.holds(date(2026, 11, 21))
    assert Period().holds(date.min)


def test_money_of_a_figure_is_whole_fen() -> None:
    for region in PACKS.regions.values():
        for one in reports.find("figures").build(ledger(region=region.id)).rows:
            assert one.unit != "分" or isinstance(one.value, int), one.label
