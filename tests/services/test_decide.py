"""After the window: each way a case can go on, each with its fact and paper."""

from __future__ import annotations

import pytest

from counter_app.domain.cases import CaseState
from counter_app.problems import Problem
from counter_app.services import decide
from tests.fakes.office import TestOffice
from tests.services.test_visit import case_of


def accept_mt02(desk: TestOffice, defer: bool = False) -> str:
    desk.identify("li_guifang")
    desk.visit.open_case("MT02")
    for key, value in {"opsp_dise_code": "M03900", "ide_fixmedins_no": "日照示范人民医院"}.items():
        desk.visit.set_field(key, value)
    desk.visit.set_field("hosp_ide_date", "2026-11-20")
    for code in ("M_MTFORM", "M_MEDREC"):
        desk.visit.receive(code)
    desk.visit.defer("M_EXAM") if defer else desk.visit.receive("M_EXAM")
    desk.visit.check()
    desk.visit.submit()
    return case_of(desk).number


@pytest.mark.parametrize(
    ("outcome", "state", "paper"),
    [
        ("approve", CaseState.DONE, "BJTZ"),
        ("approve_payment", CaseState.DONE, "DYHD"),
        ("refuse", CaseState.REFUSED, "BYBL"),
        ("withdraw", CaseState.WITHDRAWN, "CHSQ"),
        ("terminate", CaseState.TERMINATED, "ZZBL"),
        ("extend", CaseState.ACCEPTED, "YQBL"),
        ("return_originals", CaseState.ACCEPTED, "THQS"),
    ],
)
def test_every_way_has_its_state_and_paper(
    desk: TestOffice, outcome: str, state: CaseState, paper: str
) -> None:
    number = accept_mt02(desk)
    decide.decide(desk.office, number, outcome, "按规定办理", 100)
    after = desk.store.case(number)
    assert after is not None
    assert after.state is state
    assert [p.kind for p in desk.store.papers(number)][-1] == paper


def test_nothing_is_paid_or_done_while_a_material_is_deferred(desk: TestOffice) -> None:
    number = accept_mt02(desk, defer=True)
    with pytest.raises(Problem) as refused:
        decide.decide(desk.office, number, "approve")
    assert refused.value.code == "material-missing"
    decide.make_good(desk.office, number, "M_EXAM")
    assert decide.decide(desk.office, number, "approve").state is CaseState.DONE


def test_a_decision_against_somebody_needs_its_reason(desk: TestOffice) -> None:
    number = accept_mt02(desk)
    with pytest.raises(Problem) as refused:
        decide.decide(desk.office, number, "refuse", "  ")
    assert refused.value.code == "reason-needed"


def test_a_decided_case_is_not_decided_again(desk: TestOffice) -> None:
    number = accept_mt02(desk)
    decide.decide(desk.office, number, "approve")
    with pytest.raises(Problem) as refused:
        decide.decide(desk.office, number, "refuse", "迟了")
    assert refused.value.code == "state-wrong"


def test_a_diagnosis_stands_on_no_paper(desk: TestOffice) -> None:
    number = accept_mt02(desk)
    assert all("M03900" not in paper.content for paper in desk.store.papers(number))
