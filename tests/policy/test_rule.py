from __future__ import annotations

from pathlib import Path

from counter_app.policy.casefile import read_cases
from counter_app.policy.names import NAMES
from counter_app.policy.rule import all_rules

HERE = Path(__file__).parent


def test_rules_name_known_parameters() -> None:
    assert {name for rule in all_rules().values() for name in rule.rates.values()} <= set(NAMES)


def test_every_rule_has_a_case_worked_out_by_hand() -> None:
    covered = {case.rule for file in ("given.yaml", "edges.yaml") for case in read_cases(HERE / file)}
    assert covered == set(all_rules())


def test_there_are_as_many_edges_as_given_cases() -> None:
    assert len(read_cases(HERE / "edges.yaml")) >= len(read_cases(HERE / "given.yaml")) > 70
