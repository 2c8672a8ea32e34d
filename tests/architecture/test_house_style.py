"""The house style that ruff does not know: docstrings, short files, no drawers for odds and ends."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("counter_app", "ui", "drivers", "resources")
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

LONGEST_FILE, USUAL_FILE = 400, 250
LONGEST_FUNCTION, USUAL_FUNCTION = 60, 30


def _sources(*rooms: str) -> list[Path]:
    return sorted(
        f for room in rooms or ROOMS for f in (ROOT / room).rglob("*.py") if "mutants" not in f.parts
    )


def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"), str(file))


def _public(node: ast.AST, inside: str = "") -> Iterator[tuple[str, Definition]]:
    """Public classes and functions, and the public methods of public classes."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, Definition) or child.name.startswith("_"):
            continue
        yield inside + child.name, child
        if isinstance(child, ast.ClassDef):
            yield from _public(child, child.name + ".")


def _is_qt_override(name: str) -> bool:
    """`paintEvent`, `rowCount`: Qt says what it is for."""
    return "." in name and re.search(r"\.[a-z]+[A-Z]", name) is not None


def test_every_public_name_says_why_it_exists() -> None:
    silent = []
    for file in _sources():
        tree = _tree(file)
        where = file.relative_to(ROOT)
        if ast.get_docstring(tree) is None:
            silent.append(f"{where}: the module")
        for name, node in _public(tree):
            is_port_method = "." in name and file.name in ("ports.py", "hall_ports.py")
            if ast.get_docstring(node) is None and not _is_qt_override(name) and not is_port_method:
                silent.append(f"{where}:{node.lineno}: {name}")
    assert silent == []


def _lengths(files: list[Path]) -> dict[str, int]:
    return {str(f.relative_to(ROOT)): len(f.read_text("utf-8").splitlines()) for f in files}


def test_files_stay_short() -> None:
    lengths = _lengths(_sources())
    assert {f: n for f, n in lengths.items() if n > LONGEST_FILE} == {}
    over = [f for f, n in lengths.items() if n > USUAL_FILE]
    assert len(over) <= len(lengths) / 10, over


def test_functions_stay_short() -> None:
    lengths = {}
    for file in _sources():
        for node in ast.walk(_tree(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                lengths[f"{file.relative_to(ROOT)}:{node.name}"] = length
    assert {f: n for f, n in lengths.items() if n > LONGEST_FUNCTION} == {}
    over = [f for f, n in lengths.items() if n > USUAL_FUNCTION]
    assert len(over) <= len(lengths) / 10, over


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    names = [f.stem for f in _sources()] + [f.parent.name for f in _sources()]
    assert {n for n in names if re.fullmatch(r"utils?|common|helpers?|misc|managers?|tools", n)} == set()
    classes = [n.name for f in _sources() for n in ast.walk(_tree(f)) if isinstance(n, ast.ClassDef)]
    assert [
        name for name in classes if re.search(r"Manager$|Helper$|Singleton|ServiceLocator|EventBus", name)
    ] == []


def test_nothing_keeps_a_global_by_the_statement() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in _sources()
        for node in ast.walk(_tree(file))
        if isinstance(node, ast.Global)
    ]
    assert found == []


def test_nothing_is_put_off() -> None:
    """A half-made thing is an issue, not a comment."""
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    found = [
        f"{file.relative_to(ROOT)}:{nth}"
        for file in _sources(*ROOMS, "installer", "benchmarks")
        for nth, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if marks.search(line)
    ]
    assert found == []


def test_a_digit_is_what_int_takes() -> None:
    """`"²".isdigit()` is true and `int("²")` raises: bytes know only ASCII ones."""
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in _sources()
        for node in ast.walk(_tree(file))
        if isinstance(node, ast.Attribute) and node.attr == "isdigit" and "secret" not in ast.unparse(node)
    ]
    assert found == []
