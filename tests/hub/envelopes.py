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
    return envelope(seq, "case.accepted", body, case_id=other.pop("case_id", f"case-{number}"), **other)
