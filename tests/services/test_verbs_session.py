"""Signing in and out at the window, the lock, and acts of two people, on a real store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from counter_app.domain.days import OPENING
from counter_app.domain.logins import AUDIT
from counter_app.problems import Problem
from counter_app.services.visit import Visit
from counter_app.sync.drain import drain
from tests.fakes.logins import CHEAP, CLERK, OFFICERS, SECOND, WORDS, door_with_people
from tests.fakes.office import TestOffice


@pytest.fixture
def visit(desk: TestOffice) -> Visit:
    """A window where people sign in, and nobody has."""
    door_with_people(desk)
    made = Visit(replace(desk.office, passwords=CHEAP))
    made.begin_signed_out()
    return made


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Problem) as caught:
        act()
    return caught.value.code


def send(desk: TestOffice) -> None:
    drain(desk.store, desk.hub, desk.store.settle)


def test_nobody_acts_before_somebody_signed_in(visit: Visit, desk: TestOffice) -> None:
    assert visit.view().locked
    assert (visit.view().session.is_secured, visit.view().session.is_signed_in) == (True, False)
    assert code_of(lambda: visit.take(desk.card("li_guifang"))) == "login-needed"
    assert code_of(lambda: visit.reveal("p1")) == "locked"
    assert visit.state.principals == ()
    assert code_of(lambda: visit.sign_in(CLERK, "x")) == "login-wrong"
    assert code_of(lambda: visit.sign_in(OFFICERS[AUDIT].clerk_no, WORDS)) == "roles-work"
    assert visit.view().locked
    view = visit.sign_in(CLERK, WORDS)
    assert (view.locked, view.clerk_name, view.session.is_signed_in) == (False, "陈静", True)
    visit.take(desk.card("li_guifang"))
    assert visit.office.actor.window == desk.office.actor.window
    opened = next(f for f in desk.store.facts() if f["kind"] == "visit.opened")
    assert opened["actor"]["clerk_no"] == CLERK


def test_the_lock_keeps_the_visit_and_takes_its_owner(visit: Visit, desk: TestOffice) -> None:
    visit.sign_in(CLERK, WORDS)
    before = visit.take(desk.card("li_guifang"))
    visit.reveal(before.current_principal)
    assert visit.is_revealed(before.current_principal)
    assert visit.lock().locked
    assert not visit.is_revealed(before.current_principal)
    assert code_of(lambda: visit.reveal(before.current_principal)) == "locked"
    assert code_of(lambda: visit.unlock("x")) == "login-wrong"
    assert code_of(lambda: visit.unlock(WORDS, clerk_no=SECOND)) == "held-by-other"
    assert visit.view().locked
    after = visit.unlock(WORDS)
    assert not after.locked
    assert after.principals == before.principals
    assert visit.state.visit_id


def test_another_takes_a_locked_window_when_nobody_is_served(visit: Visit) -> None:
    visit.sign_in(CLERK, WORDS)
    visit.lock()
    assert visit.unlock(WORDS, clerk_no=SECOND).clerk_no == SECOND


def test_leaving_waits_for_open_work_and_for_the_hall(visit: Visit, desk: TestOffice) -> None:
    visit.sign_in(CLERK, WORDS)
    assert code_of(visit.sign_out) == "leave-unsent"  # the login itself is not with the hall yet
    send(desk)
    visit.take(desk.card("li_guifang"))
    send(desk)
    assert code_of(visit.sign_out) == "leave-unsent"
    visit.finish()
    send(desk)
    view = visit.sign_out()
    assert (view.locked, view.clerk_no, view.session.is_signed_in) == (True, "", False)
    assert code_of(lambda: visit.take(desk.card("li_guifang"))) == "login-needed"
    assert desk.store.facts()[-1]["kind"] == "clerk.signed_out"
    assert visit.sign_in(SECOND, WORDS).clerk_no == SECOND


def test_the_day_is_opened_and_closed_by_two_logins(visit: Visit, desk: TestOffice) -> None:
    visit.sign_in(CLERK, WORDS)
    for item in OPENING:
        visit.look(item.id, True)
    assert code_of(lambda: visit.open_day(SECOND)) == "second-login"
    assert code_of(lambda: visit.sign_second(CLERK, WORDS)) == "two-needed"
    assert code_of(lambda: visit.sign_second(SECOND, "x")) == "login-wrong"
    assert code_of(lambda: visit.open_day(SECOND)) == "second-login"
    visit.sign_second(SECOND, WORDS)
    desk.clock.tick(300)
    assert code_of(lambda: visit.open_day(SECOND)) == "second-login"  # too long ago
    visit.sign_second(SECOND, WORDS)
    assert [one.no for one in visit.open_day(SECOND).opened_by] == [CLERK, SECOND]
    send(desk)
    assert code_of(lambda: visit.close_day(SECOND)) == "second-login"  # one signature, one act
    assert code_of(lambda: visit.hand_over(SECOND)) == "second-login"
    visit.sign_second(SECOND, WORDS)
    send(desk)
    assert visit.hand_over(SECOND).clerk_no == SECOND


def test_a_demo_hall_only_asks_who(desk: TestOffice) -> None:
    visit = desk.visit
    session = visit.view().session
    assert [one.name for one in session.choices] == ["陈静", "林晓", "周楠", "何主任"]
    assert session.choices[-1].post == "值班主管"
    assert not session.is_secured
    visit.begin_signed_out()
    assert visit.view().session.is_signed_in  # a demo starts with its clerk
    visit.lock()
    assert not visit.unlock().locked
    visit.lock()
    assert visit.unlock(clerk_no="0301").clerk_name == "何主任"
    assert code_of(lambda: visit.unlock(clerk_no="7777")) == "clerk-unknown"
    visit.sign_out()
    assert visit.view().locked
    assert visit.sign_in("0319").clerk_name == "周楠"
