from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from counter_app.seals import chain
from counter_app.seals.canonical import canonical

PIECES = ('"hash":"",', '"hash":""', '\\"hash\\":\\"\\",', "hash", '"', "\\", "名", "")
TEXTS = st.text(max_size=6) | st.sampled_from(PIECES)
BODIES = st.recursive(
    TEXTS | st.integers(-(2**63) + 1, 2**63 - 1) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS | st.just("hash"), inner, max_size=3),
    max_leaves=8,
)


def envelope(body: Any, kind: str, pack: str) -> dict[str, Any]:
    row = {"alg": "sha256", "body": body, "kind": kind, "prev_hash": "", "seq": 1, "wall_ms": 1}
    return row | ({"pack": pack} if pack else {})


@given(BODIES, TEXTS, TEXTS)
def test_the_hash_and_text_made_in_one_walk_are_those_of_two(body: Any, kind: str, pack: str) -> None:
    row = envelope(body, kind, pack)
    digest, text = chain.linked(row)
    assert digest == chain.link(row)
    assert text.encode("utf-8") == canonical({**row, "hash": digest})
    assert chain.holds(json.loads(text), "")


def test_a_row_with_another_predecessor_does_not_hold() -> None:
    row = envelope({}, "k", "") | {"prev_hash": "a" * 64}
    whole = row | {"hash": chain.link(row)}
    assert chain.holds(whole, "a" * 64)
    assert not chain.holds(whole, "b" * 64)
