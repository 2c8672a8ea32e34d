"""Pages come by pieces that may be sent again, and what is not what its name says is not kept."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.hub.blobs import Blobs
from counter_app.hub.local import LocalHub
from counter_app.hub.server import serving
from counter_app.hub.tokens import Bearer
from counter_app.problems import Problem
from counter_app.sync import asking
from counter_app.sync.remote_hall import RemoteHall
from tests.hub.envelopes import accepted
from tests.hub.stores import HALL, RULES, HandClock


def name_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def raises(code: str) -> Any:
    return pytest.raises(Problem, match=code)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LocalHub]:
    made = LocalHub(tmp_path, bytes(32), HALL, HandClock(), RULES)
    yield made
    made.close()


@given(st.binary(min_size=1, max_size=300), st.data())
@settings(deadline=None)
def test_pieces_in_any_order_and_twice(tmp_path_factory: Any, page: bytes, data: Any) -> None:
    blobs = Blobs(tmp_path_factory.mktemp("b"))
    held = 0
    while held >= 0:
        start = data.draw(st.integers(0, held))
        end = data.draw(st.integers(held + 1, len(page)))
        held = blobs.add(HALL, name_of(page), page[start:end], start, len(page))
    assert blobs.read(HALL, name_of(page)) == page
    assert blobs.held(HALL, name_of(page)) == -1
    assert blobs.add(HALL, name_of(page), page[:1], 0, len(page)) == -1


def test_what_is_not_what_its_name_says_is_thrown_away(tmp_path: Path) -> None:
    blobs, page = Blobs(tmp_path), b"page one"
    with raises("blob-broken"):
        blobs.add(HALL, name_of(page), b"page two", 0, 8)
    assert blobs.held(HALL, name_of(page)) == 0
    with raises("blob-place"):
        blobs.add(HALL, name_of(page), b"one", 5, 8)
    for wrong in ("../../etc/passwd", "A" * 64, ""):
        with raises("not-found"):
            blobs.add(HALL, wrong, b"x", 0, 1)
    with raises("not-found"):
        blobs.read("../001", name_of(page))


def test_a_page_changed_on_disk_is_noticed(tmp_path: Path) -> None:
    blobs, page = Blobs(tmp_path), os.urandom(100)
    assert blobs.add(HALL, name_of(page), page, 0, 100) == -1
    file = next(tmp_path.rglob(name_of(page)))
    file.write_bytes(page[:-1] + b"x")
    with raises("seal-broken"):
        blobs.read(HALL, name_of(page))


def test_a_reviewer_elsewhere_gets_the_page(
    hub: LocalHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "_PIECE", 1000)
    page = os.urandom(3500)
    with serving({HALL: hub}, blobs=Blobs(tmp_path / "pages")) as served:
        desk, reviewer, kiosk = (
            RemoteHall(served.url, hub.issue(Bearer(HALL, role))) for role in ("device", "reviewer", "kiosk")
        )
        desk.put_page(name_of(page), page)
        desk.put_page(name_of(page), page)
        assert reviewer.page(name_of(page)) == page
        with raises("token-role"):
            kiosk.page(name_of(page))
        with raises("token-role"):
            reviewer.put_page(name_of(page), page)
        with raises("not-found"):
            reviewer.page(name_of(b"other"))
        for one in (desk, reviewer, kiosk):
            one.close()


def test_a_hub_without_a_folder_says_so(hub: LocalHub) -> None:
    with serving({HALL: hub}) as served:
        desk = RemoteHall(served.url, hub.issue(Bearer(HALL, "device")))
        with raises("blob-off"):
            desk.put_page(name_of(b"x"), b"x")
        desk.close()


def test_what_other_windows_did_for_a_person(hub: LocalHub) -> None:
    hub.take("r1", person="p7")
    hub.push([accepted(1, "N1")])
    person = hub.cases()[0]["id"]
    assert person == "case-N1"
    with serving({HALL: hub}) as served:
        desk = RemoteHall(served.url, hub.issue(Bearer(HALL, "device")))
        told = desk.person("p7")
        assert (told["id"], [t["number"] for t in told["tickets"]]) == ("p7", ["A001"])
        assert desk.person("nobody") == {"id": "nobody", "cases": [], "tickets": []}
        desk.close()
