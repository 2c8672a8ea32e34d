"""Accounts on a real store: three officers found the counter, two make a clerk, nobody serves two masters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from counter_app.domain.actor import Actor
from counter_app.domain.logins import AUDIT, OFFICERS, SECURITY, SYSTEM
from counter_app.problems import Problem
from counter_app.services import accounts
from counter_app.services.door import Door, Proof, door_of, sign_in
from tests.fakes.logins import CHEAP, WORDS
from tests.fakes.office import TestOffice

NAMED = {SYSTEM: ("9001", "高远"), SECURITY: ("9002", "沈安"), AUDIT: ("9003", "严明")}
NEW = Actor("0400", "乔新", ("clerk",))


def by(role: str) -> Actor:
    number, name = NAMED[role]
    return Actor(number, name, (role,))


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Problem) as caught:
        act()
    return caught.value.code


@pytest.fixture
def door(desk: TestOffice) -> Door:
    made = replace(door_of(desk.office), passwords=CHEAP)
    accounts.found(made, NAMED)
    return made


def test_a_counter_is_founded_once_by_three_people(desk: TestOffice) -> None:
    door = replace(door_of(desk.office), passwords=CHEAP)
    lacking = {role: NAMED[role] for role in (SYSTEM, SECURITY)}
    assert code_of(lambda: accounts.found(door, lacking)) == "field-required"
    doubled = {**NAMED, AUDIT: NAMED[SYSTEM]}
    assert code_of(lambda: accounts.found(door, doubled)) == "roles-apart"
    assert not desk.store.has_logins()
    told = accounts.found(door, NAMED)
    assert sorted(told) == ["9001", "9002", "9003"]
    assert code_of(lambda: accounts.found(door, NAMED)) == "accounts-there"
    assert sign_in(door, "9002", Proof(told["9002"], new_password=WORDS)).roles == (SECURITY,)
    assert not [one for one in told.values() if one in str(desk.store.facts())]


def test_two_officers_make_a_clerk_and_neither_alone(door: Door, desk: TestOffice) -> None:
    pairs = [(by(a), by(b)) for a in OFFICERS for b in OFFICERS if (a, b) != (SYSTEM, SECURITY)]
    for first, second in pairs:
        assert code_of(lambda f=first, s=second: accounts.add(door, f, s, NEW)) == "officer-needed"  # type: ignore[misc]
    words = accounts.add(door, by(SYSTEM), by(SECURITY), NEW)
    assert code_of(lambda: accounts.add(door, by(SYSTEM), by(SECURITY), NEW)) == "account-there"
    assert sign_in(door, "0400", Proof(words, new_password=WORDS)).clerk_name == "乔新"
    fact = next(one for one in desk.store.facts() if one["kind"] == "clerk.added")
    assert fact["body"] == {"clerk_no": "0400", "roles": ["clerk"], "by": ["9001", "9002"]}


def test_an_officer_is_nothing_else_and_nobody_grants_themselves(door: Door) -> None:
    assert code_of(lambda: accounts.set_roles(door, by(SECURITY), "0317", ("clerk", AUDIT))) == "roles-apart"
    assert code_of(lambda: accounts.set_roles(door, by(SECURITY), "9002", ("clerk",))) == "same-person"
    assert code_of(lambda: accounts.set_roles(door, by(SYSTEM), "0317", ("clerk",))) == "officer-needed"
    given = accounts.set_roles(door, by(SECURITY), "0317", ("supervisor", "clerk"))
    assert given.roles == ("clerk", "supervisor")


def test_the_last_officer_stays(door: Door) -> None:
    assert code_of(lambda: accounts.disable(door, by(SYSTEM), "9003")) == "last-officer"
    assert code_of(lambda: accounts.set_roles(door, by(SECURITY), "9001", ("clerk",))) == "last-officer"
    accounts.add(door, by(SYSTEM), by(SECURITY), Actor("9004", "阎正", (AUDIT,)))
    accounts.disable(door, by(SYSTEM), "9003")
    assert "9003" not in [one.clerk_no for one in door.storage.clerks()]
    assert code_of(lambda: accounts.disable(door, by(SYSTEM), "9004")) == "last-officer"


def test_only_an_account_can_be_reset(door: Door) -> None:
    assert code_of(lambda: accounts.reset(door, by(SECURITY), "0317")) == "clerk-unknown"
    assert code_of(lambda: accounts.reset(door, by(SECURITY), "7777")) == "clerk-unknown"
    assert code_of(lambda: accounts.give_totp(door, by(AUDIT), "9001")) == "officer-needed"
