from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

LOOK = """
import ctypes, resource, sys
from pathlib import Path
{act}
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""
STORE = """
from counter_app.database import sqlcipher
sqlcipher.connect(Path({path!r}), bytes(32)).close()
"""


def looked(act: str) -> str:
    done = subprocess.run([sys.executable, "-c", LOOK.format(act=act)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux")
def test_a_process_that_opens_a_store_leaves_no_dump(tmp_path: Path) -> None:
    before = looked(
        "resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))"
    )
    assert before.endswith("1"), "a plain process may be dumped: otherwise this proves nothing"
    assert looked(STORE.format(path=str(tmp_path / "a.db"))) == "(0, 0) 0"
