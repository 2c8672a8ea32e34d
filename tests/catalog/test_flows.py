from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.catalog.flows import FLOWS, Move, Step, check, mermaid

PAGES = Path(__file__).resolve().parents[2] / "docs" / "flows"


@pytest.mark.parametrize("name", FLOWS)
def test_every_flow_is_whole(name: str) -> None:
    assert check(FLOWS[name]) == ()


@pytest.mark.parametrize("name", FLOWS)
def test_the_drawing_in_the_documents_is_the_flow(name: str) -> None:
    assert (PAGES / f"{name}.md").read_text("utf-8") == mermaid(FLOWS[name])


def test_no_drawing_of_a_flow_that_is_gone() -> None:
    assert {page.stem for page in PAGES.glob("*.md")} == set(FLOWS)


def test_faults_are_seen() -> None:
    flow = FLOWS["timed"]
    assert "没有步骤 nowhere" in str(
        check(replace(flow, moves=(*flow.moves, Move("accepted", "nowhere", "x"))))
    )
    assert "走不到步骤 island" in str(check(replace(flow, steps=(*flow.steps, Step("island", "孤岛")))))
    cut = tuple(move for move in flow.moves if move.target != "archived")
    assert "走不到终点" in str(check(replace(flow, moves=cut)))
    assert "重名" in str(check(replace(flow, steps=(*flow.steps, flow.steps[0]))))


def test_money_never_moves_on_one_persons_word_or_with_something_owed() -> None:
    orders = [move for move in FLOWS["payment"].moves if move.target == "pay_ordered"]
    assert {move.source for move in orders} == {"second_review", "account_changed", "pay_ordered"}
    assert "deferred" not in {move.source for move in orders}


def test_the_law_stops_the_clock_where_the_citizen_or_an_expert_has_the_case() -> None:
    clocks = {step.id: step.clock for flow in FLOWS.values() for step in flow.steps}
    assert {clocks[name] for name in ("returned", "deferred", "expert_review", "site_visit", "inquiry")} == {
        "paused"
    }
    assert clocks["first_review"] == "runs"


def test_looking_things_up() -> None:
    flow = FLOWS["instant"]
    assert flow.step("done").name == "办结"
    assert {move.target for move in flow.moves_from("received")} >= {"accepted", "not_accepted"}
