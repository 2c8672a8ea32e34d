"""What anybody on the hall's network may throw at a hub: a clear refusal, nothing changed, others served."""

from __future__ import annotations

import gzip
import http.client
import json
import urllib.parse
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from counter_app.hub.sync_tables import device_owners, fences, imports
from counter_app.hub.tables import envelopes
from counter_app.problems import Problem
from counter_app.wire.sealed import split
from tests.sync.joined import Desk, Hall, hall_in


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with hall_in(tmp_path_factory.mktemp("hall")) as made:
        made.desk("a")
        made.desk("b")
        yield made


def state(hall: Hall) -> list[int]:
    with hall.hub.database.read() as connection:
        return [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (envelopes, device_owners, fences, imports)
        ]


def post(hall: Hall, desk: Desk, path: str, data: bytes, **head: str) -> tuple[int, Any]:
    link = http.client.HTTPConnection(urllib.parse.urlsplit(hall.served.url).netloc, timeout=60)
    try:
        given_ = {"Authorization": f"Bearer {desk.member.token}", "Content-Type": "application/json"}
        link.request("POST", path, data, given_ | head)
        reply = link.getresponse()
        return reply.status, json.loads(reply.read())
    except (BrokenPipeError, ConnectionResetError):  # it hung up on us while we were still talking
        return 413, {"problems": [{"code": "body-large"}]}
    finally:
        link.close()


def deep(levels: int) -> bytes:
    return b'{"envelopes": ' + b"[" * levels + b"]" * levels + b"}"


@pytest.mark.parametrize(
    ("data", "head", "code"),
    [
        (b"", {}, "body-broken"),
        (b"\xff\xfe", {}, "body-broken"),
        (b'{"envelopes": [}', {}, "body-broken"),
        (deep(100_000), {}, "body-broken"),
        (b'{"envelopes": [' + b"1," * 3_000 + b"1]}", {}, "body-broken"),
        (b'{"envelopes": [], "pad": "' + b"x" * (100 << 20) + b'"}', {}, "body-large"),
        (gzip.compress(b"0" * (100 << 20)), {"Content-Encoding": "gzip"}, "body-broken"),
        (b'{"envelopes": [], "hub_epoch": -1}', {}, "batch-unsigned"),
        (b'{"envelopes": [], "signature": {"sig": "x"}, "device": "a"}', {}, "batch-signature"),
        (b'{"envelopes": [], "standing": {"what": "hub-epoch", "said": {"epoch": 9}}}', {}, "hub-paper"),
    ],
    ids=["none", "bytes", "half", "deep", "many", "100MB", "bomb", "unsigned", "signature", "epoch"],
)
def test_a_batch_without_sense_changes_nothing(hall: Hall, data: bytes, head: Any, code: str) -> None:
    attacker, other = hall.desks
    before = state(hall)
    status, told = post(hall, attacker, "/v1/batches", data, **head)
    assert 400 <= status < 500
    assert told["problems"][0]["code"] == code
    assert state(hall) == before
    other.work(1)
    assert [v["verdict"] for v in other.hub.push(other.store.waiting())] == ["accepted"]
    other.store.settle([{"event_id": e["event_id"], "verdict": "accepted"} for e in other.store.waiting()])


@given(data=st.binary(max_size=300))
def test_no_bytes_are_a_package(data: bytes) -> None:
    for given_ in (data, b"OW1S\n" + data):
        with pytest.raises(Problem, match="package-broken"):
            split(given_)


@given(
    said=st.recursive(
        st.none() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_no_paper_but_the_hubs_own_is_believed(said: Any) -> None:
    from counter_app.seals.hub_identity import HubIdentity, believed

    paper = {"what": "lease", "said": said, "signature": {"alg": "ed25519", "sig": "AAAA"}}
    with pytest.raises(Problem, match="hub-paper"):
        believed(paper, "lease", HubIdentity(bytes(32)).public_key)
