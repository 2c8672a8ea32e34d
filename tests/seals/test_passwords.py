from __future__ import annotations

import pytest

from counter_app.problems import Problem
from counter_app.seals.passwords import (
    Passwords,
    new_password,
    new_totp,
    totp_address,
    totp_step,
)

CHEAP = Passwords(memory_kib=8, passes=1)
RFC = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B: "12345678901234567890"


def test_only_the_password_fits_and_the_hash_says_its_cost() -> None:
    kept = CHEAP.hashed("晴天 2026")
    assert kept.startswith("$argon2id$")
    assert "晴天" not in kept
    assert CHEAP.fits("晴天 2026", kept)
    assert not CHEAP.fits("晴天 2027", kept)
    assert not CHEAP.fits("晴天 2026", "broken")
    assert not CHEAP.is_stale(kept)
    assert Passwords(memory_kib=16, passes=1).is_stale(kept)
    assert "m=65536,t=3" in Passwords().hashed("x")


@pytest.mark.parametrize(("at", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924")])
def test_codes_are_those_of_the_rfc_and_count_once(at: int, code: str) -> None:
    step = totp_step(RFC, code, at, 0)
    assert step == at // 30
    assert totp_step(RFC, code, at + 30, 0) == step  # half a minute of patience
    assert totp_step(RFC, code, at + 90, 0) == 0
    assert totp_step(RFC, code, at, step) == 0
    assert totp_step(RFC, "", at, 0) == totp_step(RFC, "１２３", at, 0) == 0


def test_secrets_are_fresh_and_their_address_names_the_clerk() -> None:
    assert len({new_password() for _ in range(50)}) == 50
    secret = new_totp()
    assert len(secret) == 32
    assert f"secret={secret}" in totp_address(secret, "0317", "日照大厅")
    with pytest.raises(Problem):
        totp_step("1!", "123456", 0, 0)
