"""Nothing lost, nothing doubled, nothing held up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from counter_app.problems import Problem
from counter_app.sync.drain import drain
from tests.fakes.office import TestOffice, open_office


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestOffice]:
    opened = open_office(tmp_path / "data")
    opened.identify("li_guifang")
    for _ in range(3):
        opened.visit.reveal("x")
    yield opened
    opened.close()


class LostReply:
    """A hub that takes everything in and whose answer never arrives, once."""

    def __init__(self, hub: Any) -> None:
        self._hub, self._lost = hub, False

    def push(self, batch: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
        verdicts: Sequence[Mapping[str, Any]] = self._hub.push(batch)
        if not self._lost:
            self._lost = True
            raise Problem("hub-away", "hub")
        return verdicts


def test_everything_is_acknowledged_and_nothing_waits(desk: TestOffice) -> None:
    waiting = desk.store.outbox().waiting
    assert waiting > 0
    assert drain(desk.store, desk.hub, desk.store.settle) == waiting
    assert desk.store.outbox().waiting == 0
    assert desk.store.outbox().acknowledged == waiting


def test_a_lost_reply_doubles_nothing(desk: TestOffice) -> None:
    hub = LostReply(desk.hub)
    assert drain(desk.store, hub, desk.store.settle) == 0
    assert desk.store.outbox().acknowledged == 0
    waiting = desk.store.outbox().waiting
    assert drain(desk.store, hub, desk.store.settle) == waiting
    verdicts = {v["verdict"] for v in desk.hub.push([dict(f) for f in desk.store.facts()])}
    assert verdicts == {"duplicate"}


def test_one_bad_record_holds_nobody_up(desk: TestOffice) -> None:
    class Bad:
        def push(self, batch: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
            first, *rest = batch
            return [{"event_id": first["event_id"], "verdict": "rejected", "code": "x"}, *desk.hub.push(rest)]

    waiting = desk.store.outbox().waiting
    drain(desk.store, Bad(), desk.store.settle, most=1)
    count = desk.store.outbox()
    assert (count.waiting, count.set_aside, count.acknowledged) == (0, 1, waiting - 1)
