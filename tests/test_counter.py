"""The joined counter: what its palette answers about filings, and that the hub's reach it by themselves."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.bootstrap import Parts
from counter_app.counter import Counter
from counter_app.seals.device import DeviceSecrets
from counter_app.services import filings
from counter_app.wire.package import pack
from drivers.room import DeviceRoom
from tests.fakes.office import TestOffice, open_office
from tests.services.test_filings import filing
from tests.wire.test_package import KEYS, RECORD, TRUST, head


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestOffice]:
    opened = open_office(tmp_path / "data")
    opened.office = replace(opened.office, trust=TRUST)
    yield opened
    opened.close()


@pytest.fixture
def counter(desk: TestOffice) -> Iterator[Counter]:
    made = Counter(Parts(desk.office, DeviceRoom({}), ()))
    yield made
    made.close()


def until(done: Callable[[], bool], counter: Counter) -> None:
    """Wait for the lanes, not for the clock."""
    for _ in range(50):
        if done():
            return
        counter._sync.run(lambda: None).result()
        counter._services.run(lambda: None).result()
    raise AssertionError("it never came")


def test_filings_are_found_by_any_of_their_words(counter: Counter, desk: TestOffice) -> None:
    filings.receive(desk.office, (filing(), filing(filing_id="app:W2", content_hash="x", origin="另一平台")))
    rows = counter.search("<")
    assert [(row.kind, row.code) for row in rows] == [("filing", "app:W1"), ("filing", "app:W2")]
    assert "李*芳" in rows[0].title
    assert "已齐全" in rows[0].hint
    assert [row.code for row in counter.search("<另一")] == ["app:W2"]
    assert [row.code for row in counter.search(">wlj")] == ["filings"]


def test_what_waits_at_the_hub_comes_by_looking(counter: Counter, desk: TestOffice) -> None:
    desk.hub.send("r1", json.loads(pack(head(), [RECORD], DeviceSecrets(KEYS).sign)))
    assert counter.search("<") == ()
    until(lambda: bool(counter.search("<")), counter)
    assert [row.code for row in counter.search("<")] == ["app:W1"]
