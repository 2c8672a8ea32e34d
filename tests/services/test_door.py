"""Signing in on a real store: wrong answers count through a restart, codes count once, offline it ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from counter_app.domain.actor import Actor
from counter_app.domain.logins import AUDIT, SECURITY, SYSTEM, LoginRules
from counter_app.problems import Problem
from counter_app.seals.passwords import Passwords
from counter_app.services import accounts
from counter_app.services.door import Door, Proof, sign_in, sign_in_to_work, signed_out
from tests.fakes.logins import CLERK, OFFICERS, WORDS, code_at, door_with_people
from tests.fakes.office import TestOffice, open_office

RIGHT = Proof(WORDS)


@pytest.fixture
def door(desk: TestOffice) -> Door:
    return door_with_people(desk)


def refused(door: Door, proof: Proof, number: str = CLERK) -> Problem:
    with pytest.raises(Problem) as caught:
        sign_in(door, number, proof)
    return caught.value


def test_the_right_one_gets_in_and_it_is_written_down(door: Door, desk: TestOffice) -> None:
    actor = sign_in_to_work(door, f" {CLERK} ", RIGHT)
    assert (actor.clerk_no, actor.roles) == (CLERK, ("clerk",))
    signed_out(door, actor)
    told = [(fact["kind"], fact["body"]["clerk_no"]) for fact in desk.store.facts()][-2:]
    assert told == [("clerk.signed_in", CLERK), ("clerk.signed_out", CLERK)]
    assert WORDS not in str(desk.store.facts())
    assert "argon2" not in str(desk.store.facts())


def test_a_number_nobody_has_and_a_wrong_password_sound_alike(door: Door) -> None:
    unknown, wrong = refused(door, RIGHT, "9999"), refused(door, Proof("x"))
    assert (unknown.code, unknown.cause) == (wrong.code, wrong.cause)
    assert unknown.code == "login-wrong"


def test_the_lock_holds_through_a_restart_and_opens_in_time(desk: TestOffice, door: Door) -> None:
    for _ in range(4):
        assert refused(door, Proof("x")).code == "login-wrong"
    assert refused(door, Proof("x")).code == "login-locked"
    again = desk.again()
    late = replace(door, storage=again.store)
    assert refused(late, RIGHT).code == "login-locked"
    again.clock.tick(599)
    assert refused(late, RIGHT).cause == "连续输错次数过多。"
    again.clock.tick(2)
    assert sign_in(late, CLERK, RIGHT).clerk_no == CLERK
    login = again.store.login(CLERK)
    assert login is not None
    assert login.failures == 0
    again.close()


def test_after_too_many_only_the_security_officer_opens(door: Door, desk: TestOffice) -> None:
    short = replace(door, rules=LoginRules(tries=2, wait_s=0, most=4))
    codes = [refused(short, Proof("x")).code for _ in range(4)]
    assert codes == ["login-wrong"] * 3 + ["login-barred"]
    desk.clock.tick(86_400)
    assert refused(short, RIGHT).code == "login-barred"
    with pytest.raises(Problem) as caught:
        accounts.unlock(short, OFFICERS[SYSTEM], CLERK)
    assert caught.value.code == "officer-needed"
    accounts.unlock(short, OFFICERS[SECURITY], CLERK)
    assert sign_in(short, CLERK, RIGHT)


def test_a_code_is_asked_for_and_counts_once(door: Door, desk: TestOffice) -> None:
    secret = accounts.give_totp(door, OFFICERS[SECURITY], CLERK)
    assert secret not in str(desk.store.login(CLERK)) + str(desk.store.facts())
    assert refused(door, RIGHT).code == "code-needed"
    code = code_at(secret, desk.clock.now())
    assert sign_in(door, CLERK, Proof(WORDS, code))
    assert refused(door, Proof(WORDS, code)).code == "code-wrong"
    login = desk.store.login(CLERK)
    assert login is not None
    assert login.failures == 1
    desk.clock.tick(60)
    assert sign_in(door, CLERK, Proof(WORDS, code_at(secret, desk.clock.now())))


def test_without_the_hall_a_login_holds_a_week(door: Door, desk: TestOffice) -> None:
    sign_in(door, CLERK, RIGHT)
    away = replace(door, online=lambda: False)
    desk.clock.tick(7 * 86_400)
    assert sign_in(away, CLERK, RIGHT)
    desk.clock.tick(1)
    assert refused(away, RIGHT).code == "login-offline"
    desk.clock.moment -= timedelta(days=20)  # somebody sets the clock back
    assert refused(away, RIGHT).code == "login-offline"
    assert sign_in(door, CLERK, RIGHT)
    assert sign_in(away, CLERK, RIGHT)


def test_a_first_password_has_to_go(door: Door) -> None:
    first = accounts.reset(door, OFFICERS[SECURITY], CLERK)
    assert refused(door, RIGHT).code == "login-wrong"
    assert refused(door, Proof(first)).code == "password-old"
    assert refused(door, Proof(first, new_password="short")).code == "password-weak"
    assert refused(door, Proof(first, new_password=first)).code == "password-weak"
    assert sign_in(door, CLERK, Proof(first, new_password=WORDS))
    assert sign_in(door, CLERK, RIGHT)


def test_a_cheap_hash_is_made_dearer_at_the_next_login(door: Door, desk: TestOffice) -> None:
    dearer = replace(door, passwords=Passwords(memory_kib=16, passes=1))
    sign_in(dearer, CLERK, RIGHT)
    login = desk.store.login(CLERK)
    assert login is not None
    assert "m=16," in login.kept


def test_an_officer_serves_nobody(door: Door) -> None:
    number = OFFICERS[AUDIT].clerk_no
    assert sign_in(door, number, RIGHT).roles == (AUDIT,)
    with pytest.raises(Problem) as caught:
        sign_in_to_work(door, number, RIGHT)
    assert caught.value.code == "roles-work"


def test_whoever_left_gets_in_no_more(door: Door) -> None:
    accounts.disable(door, OFFICERS[SYSTEM], CLERK)
    assert refused(door, RIGHT).code == "login-wrong"


def test_logins_are_in_the_side_journal(
    door: Door, desk: TestOffice, expect_log: Callable[[str], None]
) -> None:
    expect_log("put back")
    sign_in(door, CLERK, RIGHT)
    folder = desk.folder
    desk.close()
    for file in folder.glob("store.db*"):
        file.unlink()
    back = open_office(folder, desk.catalogue)
    assert back.store.has_logins()
    assert sign_in(replace(door, storage=back.store), CLERK, RIGHT) == Actor(CLERK, "陈静", ("clerk",))
    back.close()
