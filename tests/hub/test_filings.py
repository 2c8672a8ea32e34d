"""Packages of filings in the hall: kept whole, in the order they came, handed out by number."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from counter_app.hub import filings
from counter_app.hub.commands import Claim, Packages, Send
from counter_app.hub.local import LocalHub
from counter_app.hub.tables import doubts
from counter_app.problems import Problem
from counter_app.seals.device import DeviceSecrets
from counter_app.wire.package import pack
from tests.hub.envelopes import envelope
from tests.hub.stores import HALL, RULES, HandClock, clerk
from tests.wire.test_package import KEYS, RECORD, head


@pytest.fixture
def local(tmp_path: Path) -> Iterator[LocalHub]:
    hub = LocalHub(tmp_path, bytes(32), HALL, HandClock(), RULES)
    yield hub
    hub.close()


def package(name: str, **record: Any) -> dict[str, Any]:
    data = pack(head(package_id=name), [{**RECORD, **record}], DeviceSecrets(KEYS).sign)
    made: dict[str, Any] = json.loads(data)
    return made


def test_what_was_sent_is_handed_out_as_it_came_and_once(local: LocalHub) -> None:
    first, second = package("P1"), package("P2", filing_id="W2")
    assert [local.send("r1", first), local.send("r1", first), local.send("r2", first)] == [True, False, False]
    assert local.send("r3", second)
    assert [(one["no"], one["package"]) for one in local.packages()] == [(1, first), (2, second)]
    assert [one["no"] for one in local.packages(1)] == [2]


def test_the_same_name_with_other_contents_is_a_conflict(local: LocalHub) -> None:
    local.send("r1", package("P1"))
    with pytest.raises(Problem, match="filing-conflict"):
        local.send("r2", package("P1", filing_id="W9"))
    with pytest.raises(Problem, match="request-reused"):
        local.send("r1", package("P2"))
    assert len(local.packages()) == 1


@pytest.mark.parametrize("spoil", [{"format": "x"}, {"records": []}, {"more": 1}, {"manifest": None}])
def test_half_a_package_is_not_kept(local: LocalHub, spoil: dict[str, Any]) -> None:
    with pytest.raises(Problem, match="package-broken"):
        local.send("r1", {**package("P1"), **spoil})
    with pytest.raises(Problem, match="package-broken"):
        local.send("r1", {**package("P1"), "records": [{"x": 1.5}]})
    assert local.packages() == []


def test_two_cases_of_one_filing_are_a_visible_doubt(local: LocalHub) -> None:
    came = {"filing_id": "app:W1"}
    for seq, case_id in [(1, "c1"), (2, "c1"), (3, "c2")]:
        body = {"number": f"N{seq}", "type_id": "YD01", "state": "accepted", "came": came}
        local.push([envelope(seq, "case.accepted", body, case_id=case_id)])
    with local.database.read() as connection:
        chosen = select(doubts.c.subject).where(doubts.c.code == "filing-twice")
        assert list(connection.execute(chosen).scalars()) == ["c2"]


@pytest.mark.parametrize("came", [None, "x", 1, [], {"filing_id": 7}, {"filing_id": ""}, {}])
def test_a_fact_that_says_nonsense_of_where_it_came_from_is_stored(local: LocalHub, came: Any) -> None:
    body = {"number": "N1", "type_id": "YD01", "state": "accepted", "came": came}
    assert local.push([envelope(1, "case.accepted", body, case_id="c1")])[0]["verdict"] == "accepted"


def test_of_many_windows_one_gets_it(engine: Engine) -> None:
    """On both databases: eight windows ask at once."""
    clock, got = HandClock(), []

    def ask(window: str) -> None:
        try:
            with engine.begin() as connection:
                filings.claim(connection, clerk(window), Claim(HALL, clock.now(), "app:W1", window))
            got.append(window)
        except Problem as problem:
            assert problem.code == "filing-elsewhere"  # noqa: PT017

    if engine.dialect.name == "sqlite":
        for n in range(8):  # one writer: whoever asks, asks alone
            ask(str(n))
    else:
        threads = [threading.Thread(target=ask, args=(str(n),)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(got) == 1


def test_both_databases_keep_and_hand_out(engine: Engine) -> None:
    clock = HandClock()
    with engine.begin() as connection:
        assert filings.send(connection, clerk(), Send(HALL, clock.now(), "r1", package("P1")))
    with engine.begin() as connection:
        assert filings.packages_of(connection, clerk(), Packages(HALL))[0]["package"] == package("P1")
