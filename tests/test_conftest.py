"""The safety nets of the suite catch what they are for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
CONFTEST = Path(__file__).with_name("conftest.py")


@pytest.fixture
def nested(pytester: pytest.Pytester) -> pytest.Pytester:
    """A small project that uses our conftest."""
    tests = pytester.mkdir("tests")
    (tests / "conftest.py").write_text(CONFTEST.read_text("utf-8"), "utf-8")
    (tests / "sizes.toml").write_text("examples = {short = 1, long = 1}\nkills = {short = 3, long = 400}\n")
    pytester.makeini("[pytest]\naddopts = --import-mode=importlib -p no:randomly\nmarkers = long: x\n")
    return pytester


def _write(project: pytest.Pytester, body: str) -> None:
    (project.path / "tests" / "test_it.py").write_text("import logging\n" + body)


def test_an_unannounced_warning_fails(nested: pytest.Pytester) -> None:
    _write(nested, "def test_it():\n    logging.getLogger('desk').warning('smoke')\n")
    result = nested.runpytest_subprocess("-q")
    assert result.ret != 0
    result.stdout.fnmatch_lines(["*unexpected log: WARNING desk: smoke*"])


def test_an_announced_warning_passes(nested: pytest.Pytester) -> None:
    body = "    expect_log('desk: smo')\n    logging.getLogger('desk').warning('smoke')\n"
    _write(nested, "def test_it(expect_log):\n" + body)
    assert nested.runpytest_subprocess("-q").ret == 0


def test_an_announced_warning_that_never_comes_fails(nested: pytest.Pytester) -> None:
    _write(nested, "def test_it(expect_log):\n    expect_log('smoke')\n")
    result = nested.runpytest_subprocess("-q")
    result.stdout.fnmatch_lines(["*never logged: smoke*"])


@pytest.mark.parametrize(("flag", "kills"), [("-q", 3), ("--long", 400)])
def test_sizes_follow_the_run(nested: pytest.Pytester, flag: str, kills: int) -> None:
    _write(nested, f"def test_it(size):\n    assert size('kills') == {kills}\n")
    assert nested.runpytest_subprocess(flag).ret == 0


def test_long_only_tests_are_left_out_of_the_short_run(nested: pytest.Pytester) -> None:
    _write(
        nested, "import pytest\n@pytest.mark.long\ndef test_it():\n    pass\ndef test_other():\n    pass\n"
    )
    nested.runpytest_subprocess("-q").assert_outcomes(passed=1, deselected=1)
    nested.runpytest_subprocess("-q", "--long").assert_outcomes(passed=2)


def test_every_size_has_a_short_and_a_long_value(size: Callable[[str], int]) -> None:
    import tomllib

    sizes = tomllib.loads(CONFTEST.with_name("sizes.toml").read_text("utf-8"))
    assert {name for name, value in sizes.items() if set(value) != {"short", "long"}} == set()
    assert {name for name, value in sizes.items() if not (value["short"] > 0 and value["long"] > 0)} == set()
    assert size("examples") in sizes["examples"].values()
