"""`docs/faults.md` from `faults.toml`: `python -m tests.faults.document` writes it anew."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TABLE = Path(__file__).with_name("faults.toml")
DOCUMENT = ROOT / "docs" / "faults.md"
MUTANTS = ROOT / "tests" / "mutants"
HEAD = Path(__file__).with_name("faults_head.md")


def table() -> Mapping[str, Any]:
    """The whole of `faults.toml`."""
    return tomllib.loads(TABLE.read_text("utf-8"))


def killer(mutant: str) -> str:
    """The test that a mutant's own patch names."""
    found = re.search(r"^# test: *(\S+)", (MUTANTS / f"{mutant}.patch").read_text("utf-8"), re.MULTILINE)
    return found[1] if found else ""


def document() -> str:
    """The text of `docs/faults.md`."""
    told = table()
    lines = [HEAD.read_text("utf-8")]
    for title, key in (("Promises", "promise"), ("Faults", "fault")):
        lines += [f"## {title}\n", "| | | tests | mutants |", "|---|---|---|---|"]
        lines += _rows(told[key])
        lines.append("")
    return "\n".join(lines)


def _rows(entries: list[Mapping[str, Any]]) -> Iterator[str]:
    for one in entries:
        tests = "<br>".join(_short(name) for name in one["tests"])
        mutants = "<br>".join(f"`{name}`" for name in one["mutants"])
        yield f"| {one['id']} | {one['title']} | {tests} | {mutants} |"


def _short(test: str) -> str:
    file, _, name = test.partition("::")
    return f"[{name}](../{file})"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), "utf-8")
