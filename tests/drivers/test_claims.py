"""Whose a device is: told of another process, of one that was killed, and of the same process twice."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from drivers.claims import Claims, Route

OTHER = """
import sys
from drivers.claims import Claims
claims = Claims(sys.argv[1])
print(getattr(claims, sys.argv[2])("reader"), flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def scope(tmp_path: object) -> str:
    return str(tmp_path)


@contextmanager
def other(scope: str, rule: str) -> Iterator[tuple[bool, subprocess.Popen[str]]]:
    """Another process claims by a rule, and holds on until this is left."""
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-c", OTHER, scope, rule], stdin=pipe, stdout=pipe, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip() == "True", process
    finally:
        process.kill()
        process.communicate()


def test_what_another_was_told_to_use_is_not_ours_until_it_is_gone(scope: str) -> None:
    ours = Claims(scope)
    with other(scope, "name") as (theirs, process):
        assert theirs
        assert not ours.name("reader")
        assert not ours.may_use("reader")
        assert ours.may_use("another reader")
        process.kill()  # as hard as it can end
        process.wait()
        assert ours.name("reader")
        assert ours.may_use("reader")


def test_what_was_only_found_is_the_first_ones_and_gives_way_to_a_name(scope: str) -> None:
    ours = Claims(scope)
    assert ours.may_use("reader")
    with other(scope, "may_use") as (theirs, _):
        assert not theirs
        assert ours.may_use("reader")
    with other(scope, "name") as (theirs, _):
        assert theirs
        assert not ours.may_use("reader")  # at once, though it was ours
    assert ours.may_use("reader")


def test_what_is_given_back_is_anybodys(scope: str) -> None:
    ours = Claims(scope)
    assert ours.name("reader")
    with other(scope, "name") as (theirs, _):
        assert not theirs
    ours.release()
    with other(scope, "name") as (theirs, _):
        assert theirs


def test_one_process_never_stands_in_its_own_way(scope: str) -> None:
    first, second = Claims(scope), Claims(scope)
    assert [first.name("reader"), second.name("reader"), second.may_use("reader")] == [True] * 3


def test_equal_names_of_two_services_are_two_readers(scope: str) -> None:
    with other(scope + "/a", "name") as (theirs, _):
        assert theirs
        assert Claims(scope + "/b").name("reader")
        assert not Claims(scope + "/a").name("reader")


def test_a_route_means_one_reader_or_all(scope: str) -> None:
    assert [Route("a", scope).is_ours(name) for name in ("a", "b")] == [True, False]
    assert [Route("", scope).is_ours(name) for name in ("a", "b")] == [True, True]
