"""Whoever cannot write is read to, before two of the staff; it is a fact and stands on the paper."""

from __future__ import annotations

import json
from typing import Any

import pytest

from counter_app.domain.codec import from_plain
from counter_app.domain.papers import PaperContent
from counter_app.problems import Problem
from tests.fakes.office import TestOffice
from tests.services.test_verbs_sign import PICTURE, WORDS
from tests.services.test_visit import case_of, fill_yd01


def two(desk: TestOffice) -> tuple[str, str]:
    """The clerk at the window and somebody else."""
    mine = desk.office.actor.clerk_no
    other = next(c.clerk_no for c in desk.store.clerks() if c.clerk_no != mine)
    return mine, other


def read_to(desk: TestOffice) -> tuple[str, str]:
    desk.identify("li_guifang")
    fill_yd01(desk)
    numbers = two(desk)
    desk.visit.attest(numbers, WORDS)
    return numbers


def facts(desk: TestOffice) -> list[dict[str, Any]]:
    return [fact["body"] for fact in desk.store.facts() if fact["kind"] == "signature.witnessed"]


def test_who_saw_it_is_a_fact_of_the_acceptance_and_stands_on_its_papers(desk: TestOffice) -> None:
    numbers = read_to(desk)
    desk.visit.sign(PICTURE, WORDS, "finger", "reader")
    assert facts(desk) == []
    desk.visit.check()
    number = desk.visit.submit().case.number  # type: ignore[union-attr]
    (body,) = facts(desk)
    assert [one["clerk_no"] for one in body["witnesses"]] == list(numbers)
    assert all(one["name"] and one["post"] for one in body["witnesses"])
    assert (body["words"], body["by"]) == (WORDS, desk.office.actor.clerk_no)
    told = json.loads(desk.store.papers(number)[0].content)
    (reading,) = told["readings"]
    assert reading["words"] == WORDS
    assert all(no in " ".join(reading["witnesses"]) for no in numbers)
    assert from_plain(PaperContent, told).readings[0].read_at == body["read_at"]


def test_one_person_is_no_two_witnesses(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    fill_yd01(desk)
    mine, other = two(desk)
    for numbers in ((mine,), (mine, f" {mine} "), ("", other), ()):
        with pytest.raises(Problem, match="witness-two"):
            desk.visit.attest(numbers, WORDS)
    with pytest.raises(Problem, match="clerk-unknown"):
        desk.visit.attest((mine, "9999"), WORDS)


def test_nobody_is_witness_in_their_own_matter(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    fill_yd01(desk)
    mine, other = two(desk)
    name = next(c.clerk_name for c in desk.store.clerks() if c.clerk_no == other)
    desk.visit.set_speaker("kin")
    desk.visit.set_agent("agnter_name", name)
    with pytest.raises(Problem, match="witness-party"):
        desk.visit.attest((mine, other), WORDS)


def test_a_changed_answer_was_not_the_one_that_was_read(desk: TestOffice) -> None:
    read_to(desk)
    assert desk.visit.view().case.witnesses  # type: ignore[union-attr]
    desk.visit.set_field("tel", "13800006620")
    assert case_of(desk).witnesses == ()


def test_it_outlives_a_stop_before_the_acceptance(desk: TestOffice) -> None:
    numbers = read_to(desk)
    again = desk.again()
    kept = " ".join(case_of(again).witnesses)
    assert all(number in kept for number in numbers)
    again.close()
