"""The tests themselves: each can fail, none is there twice, and every mutant still fits."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
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


@cache
def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def _tests() -> Iterator[tuple[Path, Function]]:
    for file in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(_tree(file)):
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
    first: dict[str, str] = {}
    copies = []
    for file, test in _tests():
        # The same words under another file's fixtures are another test (one contract, two families).
        body = str(file) + ast.dump(ast.Module(test.body, [])) + ast.dump(test.args)
        body += "".join(ast.dump(decorator) for decorator in test.decorator_list)
        name = f"{file.relative_to(ROOT)}::{test.name}"
        if first.setdefault(body, name) != name:
            copies.append((first[body], name))
    assert copies == []


def _only_yields(call: ast.Call) -> bool:
    return any(isinstance(argument, ast.Constant) and argument.value == 0 for argument in call.args)


def test_no_test_waits_by_the_clock() -> None:
    """Waiting on a fact is quick and true; sleeping is slow and wrong on a busy machine."""
    sleepers = [
        f"{file.relative_to(ROOT)}::{test.name}"
        for file, test in _tests()
        for node in ast.walk(test)
        if isinstance(node, ast.Call)
        and _called(node) in {"sleep", "qWait"}
        and not _only_yields(node)
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
    # A test may be inherited from a contract in another file, so file and name are looked for apart.
    known = {
        node.name
        for file in TESTS.rglob("*.py")
        for node in ast.walk(_tree(file))
        if isinstance(node, Function)
    }
    for name in named:
        file, _, test = name.split("[")[0].partition("::")
        assert (ROOT / file).is_file(), name
        assert not test or test.split("::")[-1] in known, name


def test_a_mutant_breaks_the_program_not_a_test() -> None:
    strays = {
        patch.name: file
        for patch in MUTANTS
        for file in re.findall(r"^\+\+\+ b/(\S+)", patch.read_text("utf-8"), re.MULTILINE)
        if file.startswith("tests/")
    }
    assert strays == {}
