from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app import logs

CANARIES = ("371102195501010190", "钱示例", "13900001234", "J44.9 肺炎")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    handler = logs.keep_log(tmp_path)
    yield tmp_path / logs.FOLDER / logs.FILE
    logging.getLogger().removeHandler(handler)
    handler.close()


def test_it_tells_what_happened_and_of_nobody(file: Path, expect_log: pytest.FixtureRequest) -> None:
    expect_log("trouble")  # type: ignore[operator]
    try:
        raise ValueError(f"cannot read {CANARIES[0]} of {CANARIES[1]}")
    except ValueError:
        logging.getLogger("desk").exception("trouble with %s\n%s", *CANARIES[:2])
    (line,) = file.read_text("ascii").splitlines()
    assert "ERROR desk: trouble with # | ~" in line
    assert "ValueError at test_logs.test_it_tells_what_happened_and_of_nobody:" in line
    assert not any(canary in line for canary in CANARIES)
    assert file.parent.stat().st_mode & 0o077 == 0


def test_numbers_of_ours_stay_readable() -> None:
    assert logs.discreet("units 1041 to 1043 put back") == "units 1041 to 1043 put back"
    assert logs.discreet("code 37110219550101019X.") == "code #."
