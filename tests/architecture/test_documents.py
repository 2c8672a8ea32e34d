"""The documents say what the program does."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from counter_app import settings

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "resources").rglob("*.md")])


def _commands(file: Path) -> list[str]:
    """The lines of its shell blocks, without comments."""
    blocks = re.findall(r"^```sh\n(.*?)^```", file.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    lines = [re.sub(r"\s+#.*", "", line).strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def test_both_readmes_give_the_same_commands() -> None:
    english = _commands(ROOT / "README.md")
    assert english[:2] == ["sh installer/run.sh", "sh installer/test.sh"]
    assert _commands(ROOT / "README.zh-CN.md") == english


def test_the_settings_manual_is_the_declarations() -> None:
    written = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert written == settings.manual(), "write docs/settings.md anew from counter_app.settings.manual()"


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda f: str(f.relative_to(ROOT)))
def test_links_lead_somewhere(file: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", file.read_text("utf-8"))
    assert [link for link in links if not (file.parent / link).exists()] == []


def test_nothing_names_the_machine_it_was_made_on() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    private = re.compile(r"(?<![\w.])/(work|root)/\w|/tmp/brief|/home/\w+/")
    found = []
    for name in filter(None, tracked):
        file = ROOT / name
        if not file.is_file() or file.suffix in {".png", ".pdf", ".gz"} or file == Path(__file__):
            continue
        found += [name for line in file.read_text("utf-8", "replace").splitlines() if private.search(line)]
    assert found == []
