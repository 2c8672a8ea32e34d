"""The tests themselves: each can fail, none is there twice, and every mutant still fits."""

from __future__ import annotations

import ast
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"
MUTANTS = sorted((TESTS / "mutants").glob("*.patch"))
Function = ast.FunctionDef | ast.AsyncFunctionDef

# A call with such a name is an assertion made elsewhere (`assert_same_text`, pytester's `fnmatch_lines`, …).
ASSERTING = re.compile(
    r"^(assert|check|expect|raises|fail|verify|fnmatch_lines|waitUntil|waitSignal|run_state)"
)


def _tests() -> Iterator[tuple[Path, Function]]:
    for file in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, Function) and node.name.startswith("test_"):
                yield file, node


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _can_fail(test: Function) -> bool:
    for node in ast.walk(test):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call) and ASSERTING.search(_called(node).lstrip("_")):
            return True
    return False


def test_every_test_asserts_something() -> None:
    idle = [f"{file.relative_to(ROOT)}::{test.name}" for file, test in _tests() if not _can_fail(test)]
    assert idle == []


def test_no_test_is_a_copy_of_another() -> None:
    bodies = Counter(
        ast.dump(ast.Module(test.body, []))
        + ast.dump(test.args)
        + str([ast.dump(d) for d in test.decorator_list])
        for _, test in _tests()
    )
    copies = [body for body, times in bodies.items() if times > 1]
    assert copies == []


def test_no_test_waits_by_the_clock() -> None:
    """Waiting on a fact is quick and true; sleeping is slow and wrong on a busy machine."""
    sleepers = [
        f"{file.relative_to(ROOT)}::{test.name}"
        for file, test in _tests()
        for node in ast.walk(test)
        if isinstance(node, ast.Call)
        and _called(node) in {"sleep", "qWait"}
        and "kill" not in test.name  # a kill at any moment has no fact to wait for
    ]
    assert sleepers == []


def test_our_own_modules_are_faked_not_patched() -> None:
    found = [
        str(file.relative_to(ROOT))
        for file in sorted(TESTS.rglob("*.py"))
        if re.search(
            r"\bmock\.patch|from unittest import mock|import unittest\.mock", file.read_text("utf-8")
        )
        and file != Path(__file__)
    ]
    assert found == []


def _named_tests(patch: Path) -> list[str]:
    return re.findall(r"^# test: *(\S+)", patch.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("patch", MUTANTS, ids=lambda p: p.stem)
def test_a_mutant_applies_and_names_its_test(patch: Path) -> None:
    fits = subprocess.run(
        ["git", "apply", "--check", str(patch)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert fits.returncode == 0, fits.stderr
    named = _named_tests(patch)
    assert named, "the header names no test"
    known = {f"{file.relative_to(ROOT)}::{test.name}" for file, test in _tests()}
    known |= {name.split("::")[0] for name in known}
    assert [name for name in named if name.split("[")[0] not in known] == []


def test_a_mutant_breaks_the_program_not_a_test() -> None:
    strays = {
        patch.name: file
        for patch in MUTANTS
        for file in re.findall(r"^\+\+\+ b/(\S+)", patch.read_text("utf-8"), re.MULTILINE)
        if file.startswith("tests/")
    }
    assert strays == {}
