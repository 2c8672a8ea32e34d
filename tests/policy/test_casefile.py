from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from counter_app.policy.casefile import parse_cases, read_cases
from counter_app.problems import Problem


def test_decimals_stay_exact_and_days_stay_words() -> None:
    text = """
    cases:
    - rule: a
      input: {fee: 0.1, big: 99999999999999.99, n: 3, neg: -0.5,
              day: 2024-04-16, at: 2021-08-02T09:10, code: '1101'}
    """
    (case,) = parse_cases(text)
    assert case.inputs == {
        "fee": Decimal("0.1"),
        "big": Decimal("99999999999999.99"),
        "n": 3,
        "neg": Decimal("-0.5"),
        "day": "2024-04-16",
        "at": "2021-08-02T09:10",
        "code": "1101",
    }
    assert (case.id, case.expected, case.region) == ("#1", None, "")


def test_a_bare_list_is_a_file_too() -> None:
    assert [case.rule for case in parse_cases("- rule: a\n- rule: b\n")] == ["a", "b"]


@pytest.mark.parametrize("text", ["", "cases: 3", "meta: {}", "a: [", "\t- x", "{", "&a [*a"])
def test_what_is_no_file_of_cases_is_refused(text: str) -> None:
    with pytest.raises(Problem, match="policy-file"):
        parse_cases(text)


def test_no_python_objects() -> None:
    with pytest.raises(Problem, match="policy-file"):
        parse_cases("- !!python/object/apply:os.getcwd []")


def test_a_broken_case_spoils_only_itself() -> None:
    cases = parse_cases("- 3\n- {rule: a, input: [1]}\n- {rule: b}\n")
    assert [bool(case.broken) for case in cases] == [True, True, False]


def test_a_slip_of_the_key_is_named() -> None:
    (case,) = parse_cases("- {rule: a, inputs: {n: 1}}")
    assert case.broken == "这一例写了 inputs，应为 input。"


@pytest.mark.parametrize("name", ["absent.yaml", "."])
def test_unreadable_files_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Problem, match="policy-file"):
        read_cases(tmp_path / name)


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "gb.yaml"
    file.write_bytes("cases: []  # 中文".encode("gb18030"))
    with pytest.raises(Problem, match="policy-file"):
        read_cases(file)
    file.write_bytes(b"\xef\xbb\xbf" + b"cases: []")
    assert read_cases(file) == []
