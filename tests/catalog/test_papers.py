from __future__ import annotations

import itertools

import pytest

from counter_app.catalog.model import Catalogue
from counter_app.catalog.papers import MOST, PAPERS, papers_for
from counter_app.catalog.shapes import STAGES
from counter_app.domain.cases import MaterialRecord, MaterialState


def records(*states: MaterialState) -> list[MaterialRecord]:
    return [MaterialRecord(f"M_{n}", "材料", state) for n, state in enumerate(states)]


@pytest.mark.parametrize(
    ("states", "instant", "papers"),
    [
        ((MaterialState.RECEIVED,), True, ("YWHZ",)),
        ((MaterialState.RECEIVED,), False, ("SLTZ",)),
        ((MaterialState.DEFERRED,), True, ("SLTZ", "RQCN")),
        ((MaterialState.COMMITTED,), True, ("YWHZ", "GZCN")),
        ((MaterialState.COMMITTED, MaterialState.DEFERRED), False, ("SLTZ", "RQCN")),
    ],
)
def test_papers_follow_from_the_materials(
    packs: Catalogue, states: tuple[MaterialState, ...], instant: bool, papers: tuple[str, ...]
) -> None:
    assert papers_for(packs.types["YD01"], "accepted", records(*states), instant=instant) == papers


def test_never_more_than_two_sheets_and_always_one(packs: Catalogue) -> None:
    for type_, stage, state in itertools.product(packs.types.values(), STAGES, MaterialState):
        for party, instant in itertools.product(("self", "agent"), (True, False)):
            found = papers_for(type_, stage, records(state, MaterialState.DEFERRED), party, instant)
            assert 1 <= len(found) <= MOST
            assert set(found) <= set(PAPERS)


def test_money_gets_its_own_notice_and_an_agent_a_blank_form(packs: Catalogue) -> None:
    assert papers_for(packs.types["BX02"], "done") == ("DYHD",)
    assert papers_for(packs.types["MT02"], "done") == ("BJTZ",)
    assert papers_for(packs.types["MT02"], "consult", party="agent") == ("YCGZ", "SQWT")


def test_the_result_of_a_query_is_its_receipt(packs: Catalogue) -> None:
    assert papers_for(packs.types["CX03"], "accepted", instant=True) == ("JFZM",)
    committed = records(MaterialState.COMMITTED)
    assert papers_for(packs.types["CX03"], "accepted", committed, instant=True) == ("JFZM", "GZCN")
    late = records(MaterialState.DEFERRED)
    assert papers_for(packs.types["CX03"], "accepted", late, instant=True) == ("SLTZ", "RQCN")
