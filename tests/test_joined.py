"""What a folder's settings and membership make of its store."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.joined import by_standard, hub_key_of
from counter_app.problems import Problem
from counter_app.storage import audit
from counter_app.sync.drain import drain
from tests.fakes.office import open_office


def test_the_national_algorithms_may_be_chosen_at_any_time_and_the_hub_takes_them(tmp_path: Path) -> None:
    desk = open_office(tmp_path / "data")
    desk.identify("li_guifang")
    desk.visit.finish()
    by_standard(desk.store, "gm")
    desk.identify("wang_min")
    desk.visit.finish()
    assert {fact["alg"] for fact in desk.store.facts()} == {"sha256", "sm3"}
    assert desk.store.facts()[-1]["alg"] == "sm3"
    assert audit.verify(desk.store)[0]
    assert drain(desk.store, desk.hub, desk.store.settle) == len(desk.store.facts())
    assert desk.store.outbox().waiting == desk.store.outbox().set_aside == 0
    again = desk.again()
    assert again.store.state.hash_alg == "sm3"
    with pytest.raises(Problem) as caught:
        by_standard(again.store, "rot13")
    assert caught.value.code == "setting-value"
    again.close()


def test_a_desk_alone_believes_its_own_hub(tmp_path: Path) -> None:
    one, other = hub_key_of(tmp_path, b"1" * 32), hub_key_of(tmp_path, b"2" * 32)
    assert len(one) == 32
    assert one != other
