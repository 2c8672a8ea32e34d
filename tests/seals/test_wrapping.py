from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.problems import Problem
from counter_app.seals import wrapping

MINE, OTHER = bytes(range(32)), bytes(range(1, 33))


@given(st.binary(max_size=300), st.text(max_size=20))
def test_only_the_holder_unwraps_and_only_for_its_purpose(secret: bytes, purpose: str) -> None:
    wrapped = wrapping.wrap(secret, wrapping.public_of(MINE), purpose)
    assert wrapping.unwrap(wrapped, MINE, purpose) == secret
    assert len(wrapped) == 32 + 12 + len(secret) + 16
    assert wrapped != wrapping.wrap(secret, wrapping.public_of(MINE), purpose)
    for private, why in ((OTHER, purpose), (MINE, purpose + "x")):
        with pytest.raises(Problem) as caught:
            wrapping.unwrap(wrapped, private, why)
        assert caught.value.code == "seal-broken"


@given(st.integers(0, 90).filter(lambda at: at != 31), st.integers(1, 255))
def test_a_changed_byte_opens_nothing(at: int, flip: int) -> None:
    """Byte 31 is left out: the highest bit of an X25519 key has no meaning."""
    wrapped = bytearray(wrapping.wrap(b"k" * 31, wrapping.public_of(MINE), "p"))
    wrapped[at] ^= flip
    with pytest.raises(Problem) as caught:
        wrapping.unwrap(bytes(wrapped), MINE, "p")
    assert caught.value.code == "seal-broken"


def test_what_is_cut_off_is_refused() -> None:
    wrapped = wrapping.wrap(b"k" * 32, wrapping.public_of(MINE), "p")
    for length in (0, 31, 32, len(wrapped) - 1):
        with pytest.raises(Problem):
            wrapping.unwrap(wrapped[:length], MINE, "p")
