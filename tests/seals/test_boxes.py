"""A box is for one reader, and says what it is about."""

from __future__ import annotations

import pytest

from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.boxes import BoxKey, boxed


def test_only_the_asker_reads_it_and_only_as_what_it_is() -> None:
    mine, stranger = BoxKey(), BoxKey()
    box = boxed(mine.public, b"a secret of the hall", "people 1")
    assert mine.open(box, "people 1") == b"a secret of the hall"
    assert b"secret" not in base64url.decode(box)
    assert boxed(mine.public, b"a secret of the hall", "people 1") != box
    for key, about, given in (
        (stranger, "people 1", box),
        (mine, "people 2", box),
        (mine, "people 1", box[:9]),
    ):
        with pytest.raises(Problem, match="seal-broken"):
            key.open(given, about)


def test_a_changed_box_is_not_opened() -> None:
    mine = BoxKey()
    data = bytearray(base64url.decode(boxed(mine.public, b"a secret", "people 1")))
    data[-1] ^= 1
    with pytest.raises(Problem, match="seal-broken"):
        mine.open(base64url.encode(bytes(data)), "people 1")


@pytest.mark.parametrize("public", ["", "x", base64url.encode(bytes(31))])
def test_what_is_no_key_is_refused(public: str) -> None:
    with pytest.raises(Problem, match="body-broken"):
        boxed(public, b"a secret", "people 1")
