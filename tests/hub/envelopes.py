"""Envelopes as a device would make them, chained and hashed for real."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counter_app.seals.chain import link


def envelope(
    seq: int, kind: str = "visit.opened", body: Mapping[str, Any] | None = None, **other: Any
) -> dict[str, Any]:
    """One envelope of device K7Q; `other` overrides any field before the hash is made."""
    made = {
        "event_id": f"0193-{other.get('device', 'K7Q')}-{other.get('epoch', 1)}-{seq}",
        "device": "K7Q",
        "epoch": 1,
        "seq": seq,
        "kind": kind,
        "schema": 1,
        "actor": {"clerk_no": "G001"},
        "business_date": "2026-11-23",
        "wall_ms": 1_795_400_000_000 + seq,
        "mono_ms": seq,
        "body": dict(body or {}),
        "prev_hash": "",
        "alg": "sha256",
        **other,
    }
    return {**made, "hash": link(made)}


def chained(count: int, first: int = 1, **other: Any) -> list[dict[str, Any]]:
    """A dense run of facts, each naming its predecessor."""
    made: list[dict[str, Any]] = []
    for seq in range(first, first + count):
        made.append(envelope(seq, prev_hash=made[-1]["hash"] if made else "", **other))
    return made


def accepted(seq: int, number: str, **other: Any) -> dict[str, Any]:
    """The fact that a case was accepted."""
    body = {"number": number, "type_id": "MT02", "state": "accepted", "certno_blind": other.pop("blind", "")}
    body |= other.pop("more", {})
    return envelope(seq, "case.accepted", body, case_id=other.pop("case_id", f"case-{number}"), **other)


def reviewed(seq: int, number: str, flow: str = "payment", **other: Any) -> dict[str, Any]:
    """The fact that a case was accepted which goes to a desk behind the counter, as a counter tells it."""
    more = {
        "type_name": "住院费用手工报销",
        "principal_name": "李桂芳",
        "received_on": "2026-11-23",
        "accepted_at": "2026-11-23T09:00:00+08:00",
        "clocks": {"statutory_days": 20, "promised_days": 10, "pauses": []},
        "life": {"flow": flow, "desks": ["待遇审核岗"], "deferred": [], **other.pop("life", {})},
        "answers": {"amount": 100},
        "agent": {"agnter_name": "王敏", "agnter_certno": "sealed"},
    }
    return accepted(seq, number, more=more | other.pop("told", {}), **other)
