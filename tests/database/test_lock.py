from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from counter_app.database.lock import FolderLock
from counter_app.problems import Problem

HOLDER = """
import sys
from pathlib import Path
from counter_app.database.lock import FolderLock
lock = FolderLock(Path(sys.argv[1]))
lock.take()
print("held", flush=True)
sys.stdin.read()
"""


def refused(folder: Path) -> bool:
    try:
        FolderLock(folder).take()
    except Problem as problem:
        return problem.code == "store-locked"
    return False


def test_a_second_instance_is_refused_until_the_first_dies(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert refused(tmp_path)
        holder.kill()
    lock = FolderLock(tmp_path)
    lock.take()
    assert refused(tmp_path)
    lock.free()
    lock.free()
    lock.take()
    lock.free()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FolderLock(tmp_path / "none").take()
