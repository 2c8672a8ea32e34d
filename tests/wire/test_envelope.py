from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from counter_app.problems import Problem
from counter_app.seals import chain
from counter_app.seals.canonical import canonical
from counter_app.wire.envelope import decode_envelope, envelope_from_plain, newest_body


def plain(**changes: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "event_id": "019ab000-0000-7000-8000-0123456789ab",
        "device": "d1",
        "epoch": 1,
        "seq": 1,
        "kind": "case.accepted",
        "schema": 1,
        "actor": {"clerk_no": "C01", "window": "3"},
        "business_date": "2026-11-22",
        "wall_ms": 1795312800000,
        "mono_ms": 12,
        "alg": "sha256",
        "body": {"number": "N", "名": "𬱖"},
        "prev_hash": "",
        "case_id": "c1",
    } | changes
    return row | {"hash": chain.link(row)}


def test_an_envelope_survives_the_wire_and_holds() -> None:
    row = plain()
    envelope = decode_envelope(canonical(row))
    assert envelope.as_plain() == row
    assert envelope.holds("")
    assert not envelope.holds("0" * 64)
    assert json.loads(msgspec.json.encode(envelope)) == row
    assert envelope_from_plain(row) == envelope


@pytest.mark.parametrize("alg", ["sha256", "sm3"])
def test_every_changed_field_breaks_the_chain(alg: str) -> None:
    row = plain(alg=alg)
    assert decode_envelope(canonical(row)).holds("")
    for name, value in row.items():
        other = value + 1 if isinstance(value, int) else {} if isinstance(value, dict) else f"{value}x"
        assert not chain.holds({**row, name: other}, ""), name
    assert not chain.holds({k: v for k, v in row.items() if k != "case_id"}, "")


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"\xff", canonical(plain() | {"extra": 1}), canonical(plain() | {"seq": "1"}), b'{"seq":1}'],
)
def test_other_shapes_are_refused(data: bytes) -> None:
    with pytest.raises(Problem) as caught:
        decode_envelope(data)
    assert caught.value.code == "envelope-broken"


def test_an_old_body_is_read_by_todays_program_and_kept_as_it_was() -> None:
    envelope = envelope_from_plain(plain())
    casters = {
        ("case.accepted", 1): lambda body: body | {"second": 2},
        ("case.accepted", 2): lambda body: body | {"third": body["second"] + 1},
    }
    assert newest_body(envelope, casters)["third"] == 3
    assert newest_body(envelope) == envelope.body | {"life": {}}
    assert envelope.body == plain()["body"]
