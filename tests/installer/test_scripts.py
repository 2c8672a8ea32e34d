"""The scripts a newcomer starts."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted([*(ROOT / "installer").glob("*.sh")])


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.name)
def test_a_script_is_plain_sh(script: Path) -> None:
    text = script.read_text("utf-8")
    assert text.startswith("#!/bin/sh\n")
    assert re.search(r"^set -eu$", text, re.MULTILINE)
    checked = subprocess.run(["dash", "-n", str(script)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert not re.search(r"\[\[ |\bfunction |<<<|\blocal |\$'|&>", text), "a bashism"


def test_the_build_machine_runs_the_same_test() -> None:
    run = ROOT / ".ci" / "run"
    assert os.access(run, os.X_OK)
    assert "sh installer/test.sh" in run.read_text("utf-8")


def test_the_package_list_names_each_package_once() -> None:
    lines = (ROOT / "installer" / "packages.txt").read_text("utf-8").splitlines()
    names = [line.split("#")[0].strip() for line in lines]
    names = [name for name in names if name]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9+.-]+", name) for name in names)


def _small_project(folder: Path) -> Path:
    """A git project with our mutant runner, one module and one test."""
    (folder / "installer").mkdir()
    (folder / "tests" / "mutants").mkdir(parents=True)
    shutil.copy(ROOT / "installer" / "mutants.sh", folder / "installer")
    (folder / "installer" / "setup.sh").write_text("exit 0\n")
    (folder / ".venv").symlink_to(sys.prefix)
    (folder / ".gitignore").write_text(".venv\n")
    (folder / "sums.py").write_text("def add(a, b):\n    # plain\n    return a + b\n")
    (folder / "tests" / "test_sums.py").write_text(
        "import sums\n\ndef test_add():\n    assert sums.add(1, 2) == 3\n"
    )
    (folder / "pyproject.toml").write_text('[tool.pytest.ini_options]\npythonpath = ["."]\n')
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)
    return folder


def _mutant(project: Path, old: str, new: str, name: str) -> None:
    header = "# The sum is wrong.\n# test: tests/test_sums.py::test_add\n"
    diff = "--- a/sums.py\n+++ b/sums.py\n@@ -1,3 +1,3 @@\n def add(a, b):\n"
    lines = ["    # plain", "    return a + b"]
    body = "".join(f"-{line}\n+{line.replace(old, new)}\n" if old in line else f" {line}\n" for line in lines)
    (project / "tests" / "mutants" / f"{name}.patch").write_text(header + diff + body)


def _run_mutants(project: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "installer/mutants.sh"], cwd=project, capture_output=True, text=True, check=False
    )


def test_a_mutant_that_turns_its_test_red_is_killed(tmp_path: Path) -> None:
    project = _small_project(tmp_path)
    _mutant(project, "a + b", "a - b", "wrong")
    done = _run_mutants(project)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 killed, 0 survived" in done.stdout


def test_a_mutant_nobody_notices_is_told(tmp_path: Path) -> None:
    project = _small_project(tmp_path)
    _mutant(project, "a + b", "b + a", "same")
    done = _run_mutants(project)
    assert done.returncode == 1
    assert "SURVIVED        same" in done.stdout


def test_a_mutant_that_only_breaks_the_import_proves_nothing(tmp_path: Path) -> None:
    project = _small_project(tmp_path)
    _mutant(project, "    # plain", "    broken (", "syntax")
    done = _run_mutants(project)
    assert done.returncode == 1
    assert "SURVIVED        syntax" in done.stdout
