"""Which papers there are, and how they are sealed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.documents.registry import paper_of, papers
from counter_app.problems import Problem
from counter_app.services.accept import seals_for
from tests.documents.conftest import drawn
from tests.documents.samples import sample


@pytest.mark.parametrize("code", sorted(papers()))
def test_services_seal_what_the_paper_says(code: str) -> None:
    """The seal register counts by the one and the frame is printed by the other."""
    assert tuple(seals_for(code)) == papers()[code].seals


@pytest.mark.parametrize("code", sorted(papers()))
def test_a_frame_for_the_seal_only_on_sealed_papers(code: str) -> None:
    content = replace(sample(code), seals=list(papers()[code].seals))
    has_frame = any("机构业务专用章" in line for line in drawn(content).lines)
    assert has_frame is bool(papers()[code].seals)


def test_refused_money_has_its_own_title() -> None:
    refusal = replace(sample("BYBL"), amount=120_050)
    assert paper_of("BYBL").heading(refusal) == "不予支付决定书"
    told = drawn(refusal).lines
    assert "不予支付决定书" in told
    assert any("其中 1,200.50 元 不符合支付规定" in line for line in told)
    assert "不予办理决定书" in drawn(sample("BYBL")).lines


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(Problem) as refused:
        paper_of("ABCD")
    assert refused.value.code == "not-found"
