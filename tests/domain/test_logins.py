from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.logins import (
    FOR_EVER,
    OFFICERS,
    ROLES,
    WORK,
    Login,
    LoginRules,
    after_failure,
    checked_roles,
    weakness,
)
from counter_app.problems import Problem


@given(st.sets(st.sampled_from(sorted(ROLES)), min_size=1))
def test_nobody_is_two_officers_or_an_officer_who_serves(roles: set[str]) -> None:
    officers = roles & set(OFFICERS)
    if not officers or len(roles) == 1:
        assert set(checked_roles(roles)) == roles
        return
    with pytest.raises(Problem) as caught:
        checked_roles(roles)
    assert caught.value.code == "roles-apart"


@pytest.mark.parametrize(("roles", "code"), [((), "field-required"), (("king",), "role-unknown")])
def test_roles_are_named(roles: tuple[str, ...], code: str) -> None:
    with pytest.raises(Problem) as caught:
        checked_roles(roles)
    assert caught.value.code == code
    assert not set(WORK) & set(OFFICERS)


@given(st.integers(1, 40))
def test_the_door_waits_and_at_last_stays_shut(wrong: int) -> None:
    rules, login = LoginRules(tries=5, wait_s=600, most=15), Login("0317", "")
    for nth in range(1, wrong + 1):
        login = after_failure(login, rules, nth * 1000)
        if nth >= 15:
            assert login.locked_until_ms == FOR_EVER
        elif nth % 5 == 0:
            assert login.locked_until_ms == nth * 1000 + 600_000
    assert login.failures == wrong


@pytest.mark.parametrize(
    ("password", "because"),
    [("a1", "至少"), ("abcdefgh", "两种"), ("x0317xxx", "工号"), ("aaaa1111", "重复"), ("晴天2026年好", "")],
)
def test_weak_passwords_are_told_why(password: str, because: str) -> None:
    told = weakness(password, "0317")
    assert because in told
    assert bool(told) == bool(because)


def test_its_repr_shows_no_secret() -> None:
    assert "argon" not in repr(Login("0317", "$argon2id$x", totp="argon"))
