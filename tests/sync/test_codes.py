"""A one-time code counts once in a hall; a counter that hears no hub goes by what it took itself."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.domain.actor import Actor
from counter_app.domain.logins import SECURITY, SYSTEM
from counter_app.hub.tokens import Bearer
from counter_app.joined import spend_at
from counter_app.problems import Problem
from counter_app.services import accounts
from counter_app.sync.remote_hub import RemoteHub
from tests.fakes.logins import code_at
from tests.hub.stores import HALL
from tests.sync.joined import PROGRAM, Hall, hall_in
from tests.sync.test_accounts import CLERK, OFFICER, PEOPLE, WORDS, Counter


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with hall_in(tmp_path) as made:
        yield made


@pytest.fixture
def secret(counters: tuple[Counter, Counter]) -> str:
    """The clerk's second factor, known at both counters."""
    here, there = counters
    accounts.found(here.door, PEOPLE)
    words = accounts.add(here.door, OFFICER[SYSTEM], OFFICER[SECURITY], Actor(CLERK, "乔新", ("clerk",)))
    assert here.enter(CLERK, words, new=WORDS) == ""
    made = accounts.give_totp(here.door, OFFICER[SECURITY], CLERK)
    for one in (here, there):
        one.hear_keys()
        one.sync()
    return made


@pytest.fixture
def counters(hall: Hall) -> tuple[Counter, Counter]:
    """Two counters of one hall that ask it about codes."""
    made = Counter(hall, "here"), Counter(hall, "there")
    for one in made:
        one.door = replace(one.door, spend=one.desk.hub.spend_code)
    return made


def test_a_code_taken_at_one_counter_is_worth_nothing_at_another(
    hall: Hall, counters: tuple[Counter, Counter], secret: str
) -> None:
    here, there = counters
    code = code_at(secret, hall.clock.now())
    assert here.enter(CLERK, WORDS, code) == ""
    assert there.enter(CLERK, WORDS, code) == "code-wrong"
    login = there.desk.store.login(CLERK)
    assert login is not None
    assert login.failures == 1  # somebody who read it over a shoulder is counted like any other guess
    hall.clock.pass_(seconds=60)
    assert there.enter(CLERK, WORDS, code_at(secret, hall.clock.now())) == ""


def test_a_refused_new_password_leaves_the_code_and_the_old_password(
    hall: Hall, counters: tuple[Counter, Counter], secret: str
) -> None:
    here, there = counters
    code = code_at(secret, hall.clock.now())
    assert here.enter(CLERK, WORDS, code, new="short") == "password-weak"
    assert there.enter(CLERK, WORDS, code) == ""
    assert here.enter(CLERK, WORDS, code, new="another words 7") == "code-wrong"
    hall.clock.pass_(seconds=60)
    assert here.enter(CLERK, WORDS, code_at(secret, hall.clock.now())) == ""


def test_without_the_hall_each_counter_goes_by_itself(
    hall: Hall, counters: tuple[Counter, Counter], secret: str
) -> None:
    here, there = counters
    code = code_at(secret, hall.clock.now())
    assert here.enter(CLERK, WORDS, code) == ""
    cut = replace(there.door, online=lambda: False)
    there.door = cut
    assert there.enter(CLERK, WORDS, code) == ""
    assert there.enter(CLERK, WORDS, code) == "code-wrong"  # but once here too


def test_of_two_counters_at_the_same_moment_one_is_believed(
    counters: tuple[Counter, Counter],
) -> None:
    spends = [spend_at(one.desk.folder) for one in counters]
    with ThreadPoolExecutor(2) as both:
        for step in range(1, 9):
            asked = [both.submit(one, CLERK, step) for one in spends if one is not None]
            assert sorted(one.result() for one in asked) == [False, True]


def test_a_question_may_be_asked_again_and_only_by_a_device(
    hall: Hall, counters: tuple[Counter, Counter]
) -> None:
    hub = counters[0].desk.hub
    body = {"request_id": "r1", "clerk_no": CLERK, "step": 7}
    assert [hub.ask("POST", "/v1/codes", body)["counts"] for _ in range(2)] == [True, True]
    assert not hub.ask("POST", "/v1/codes", {**body, "request_id": "r2"})["counts"]
    stranger = RemoteHub(hall.served.url, hall.hub.issue(Bearer(HALL, "device")))
    with pytest.raises(Problem, match="token-role"):
        stranger.ask("POST", "/v1/codes", body)
    stranger.close()
    hall.hub.revoke_device(counters[1].desk.member.device, PROGRAM, "lost")
    with pytest.raises(Problem, match=r"token-unknown|device-revoked"):
        counters[1].desk.hub.ask("POST", "/v1/codes", body)
