"""Pushes real facts to a hub in batches of a hundred over one connection, and leaves them for the floor.

usage: push_client.py HOST:PORT COUNT TOKEN_FILE RECORDS_FILE     prints `{"per_s": [records a second]}`

The facts are chained as a counter makes them: seven to an acceptance. They are made, encoded and written
to RECORDS_FILE before the clock starts; a client that only sends costs little.
"""

from __future__ import annotations

import json
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from counter_app.seals.chain import link
from counter_app.sync.one_send import OneSend

BATCH = 100
KINDS = (
    "visit.opened", "case.accepted", "material.received", "receipt.issued", "seal.used", "access.read",
    "visit.closed",
)  # fmt: skip


def facts(count: int) -> Iterator[dict[str, Any]]:
    """The chained facts of one device nobody has heard of."""
    device, before = uuid.uuid4().hex, ""
    for seq in range(1, count + 1):
        kind = KINDS[(seq - 1) % len(KINDS)]
        case = f"{device}-{(seq - 1) // len(KINDS)}"
        made: dict[str, Any] = {
            "event_id": f"{device}-{seq}",
            "device": device,
            "epoch": 1,
            "seq": seq,
            "kind": kind,
            "schema": 1,
            "actor": {"clerk_no": "0317", "window": "3"},
            "business_date": "2026-11-23",
            "wall_ms": 1_795_400_000_000 + seq,
            "mono_ms": seq,
            "alg": "sha256",
            "prev_hash": before,
            "body": body(kind, case),
        }
        if kind not in ("visit.opened", "visit.closed"):
            made["case_id"] = case
        before = made["hash"] = link(made)
        yield made


def body(kind: str, case: str) -> dict[str, Any]:
    """What a fact of a kind says, about as long as it is in life."""
    if kind != "case.accepted":
        return {"case": case, "number": case[-12:], "words": "经办机构业务专用章" * 4, "ref": "0" * 64}
    answers = {f"field_{nth}": f"示例内容{nth}" * 2 for nth in range(14)}
    told = {"number": case[-20:], "type_id": "YD01", "type_name": "异地安置退休人员备案", "state": "accepted"}
    more = {
        "certno_blind": case[::-1][:32],
        "person_id": case,
        "answers": answers,
        "party": "self",
        "pack": "1",
    }
    return {**told, **more, "evidence": {"kind": "card", "at": "2026-11-23T09:00:00+08:00"}}


def main(address: str, count: int, token_file: str, records_file: str) -> dict[str, list[float]]:
    """Send every batch, one after the other's answer."""
    token = json.loads(Path(token_file).read_text())[0]
    made = list(facts(count))
    batches = [made[start : start + BATCH] for start in range(0, count, BATCH)]
    with Path(records_file).open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(batch, ensure_ascii=False) + "\n" for batch in batches)
    bodies = [json.dumps({"envelopes": batch}, ensure_ascii=False).encode() for batch in batches]
    head = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    link_ = OneSend(address)  # as a counter asks
    start = time.perf_counter()
    for data in bodies:
        link_.request("POST", "/v1/batches", data, head)
        reply = link_.getresponse()
        told = reply.read()
        if reply.status != 200 or told.count(b'"accepted"') != BATCH:
            raise SystemExit(told[:500].decode())
    spent = time.perf_counter() - start
    link_.close()
    return {"per_s": [count / spent]}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4])))
