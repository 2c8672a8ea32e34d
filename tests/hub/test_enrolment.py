"""A device joins a hall: a code is good once, the hub is the one it came from, TLS 1.3 and nothing older."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from counter_app.domain.actor import Actor
from counter_app.hub.authority import Authority, authority_in
from counter_app.hub.blobs import Blobs
from counter_app.hub.local import LocalHub
from counter_app.hub.server import Served, serving
from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.provider import ED25519, STANDARD, new_key
from counter_app.storage.pages import Pages, opened
from counter_app.sync.member import hall_of, join, member_of
from counter_app.sync.pages import hand_over
from counter_app.sync.pinned import pinned
from counter_app.sync.remote_hall import RemoteHall
from counter_app.wire.enrol import proof_of, told
from tests.hub.stores import HALL, RULES, HandClock, clerk

PROGRAM = Actor("", "", ("system",))


@dataclass
class Place:
    """A hub that speaks TLS, and where devices keep what they know of it."""

    hub: LocalHub
    clock: HandClock
    authority: Authority
    served: Served
    folder: Path

    def code(self, role: str = "kiosk", window: str = "") -> str:
        return told(self.hub.invite(role, PROGRAM, window, "取号机一"), self.authority.fingerprint)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority_in(tmp_path_factory.mktemp("tls"), ["127.0.0.1", "localhost"])


@pytest.fixture
def place(tmp_path: Path, keys: Authority) -> Iterator[Place]:
    clock = HandClock()
    (tmp_path / "hub").mkdir()
    hub = LocalHub(tmp_path / "hub", bytes(32), HALL, clock, RULES)
    with serving({HALL: hub}, authority=keys) as served:
        yield Place(hub, clock, keys, served, tmp_path)
    hub.close()


def raises(code: str) -> Any:
    return pytest.raises(Problem, match=code)


def test_a_kiosk_joins_and_gives_numbers(place: Place) -> None:
    words = place.code()
    assert len(words.replace("-", "")) == 20
    member = join(place.folder / "kiosk", place.served.url, words.lower().replace("-", " "), "大门口")
    assert (member.hall, member.role, member.url) == (HALL, "kiosk", place.served.url)
    assert member.token not in repr(member)
    for name in ("hub.member", "device.key"):
        assert (place.folder / "kiosk" / name).stat().st_mode & 0o777 == 0o600
    hall = hall_of(place.folder / "kiosk")
    assert hall.taken("r1").ticket.number == "A001"
    with raises("token-role"):
        hall.call("1", "c1", clerk("1"))
    hall.close()
    [device] = place.hub.devices()
    assert (device["role"], device["name"], device["id"]) == ("kiosk", "大门口", member.device)


def test_a_code_is_good_once_and_for_half_an_hour(place: Place) -> None:
    words = place.code()
    first = join(place.folder / "a", place.served.url, words)
    with raises("enrol-code"):
        join(place.folder / "b", place.served.url, words)
    again = join(place.folder / "a", place.served.url, words)  # the answer to the first had been lost
    assert again.device == first.device
    assert again.token != first.token
    old = RemoteHall(place.served.url, first.token, ca=first.ca)
    with raises("token-unknown"):
        old.status()
    old.close()
    late = place.code()
    place.clock.pass_(minutes=31)
    with raises("enrol-code"):
        join(place.folder / "b", place.served.url, late)
    assert member_of(place.folder / "b") is None


def test_a_stranger_between_is_told_nothing(place: Place, tmp_path: Path) -> None:
    """Another hub answers at the address: the fingerprint is not its own, and it never sees the code."""
    other = authority_in(tmp_path / "other", ["127.0.0.1"])
    words = place.code()
    with serving({HALL: place.hub}, authority=other) as stranger, raises("enrol-stranger"):
        join(place.folder / "a", stranger.url, words)
    join(place.folder / "a", place.served.url, words)  # still unused
    with serving({HALL: place.hub}, authority=other) as stranger:
        moved = RemoteHall(stranger.url, member_token(place), ca=place.authority.pem)
        with raises("hub-away"):
            moved.status()
        moved.close()


def member_token(place: Place) -> str:
    member = member_of(place.folder / "a")
    assert member is not None
    return member.token


def test_nothing_older_than_tls_1_3(place: Place) -> None:
    context = pinned(place.authority.pem)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    link = http.client.HTTPSConnection("127.0.0.1", place.served.port, context=context, timeout=10)
    with pytest.raises(OSError, match=r"(?i)protocol|alert|version|eof"):
        link.request("GET", "/health")
    link.close()


def test_who_does_not_hold_the_key_does_not_join(place: Place) -> None:
    code = place.hub.invite("kiosk", PROGRAM)
    mine, other = new_key(), new_key()
    public = base64url.encode(STANDARD.public_key(ED25519, mine))
    signature = base64url.encode(STANDARD.sign(ED25519, other, proof_of(HALL, code, public)))
    with raises("enrol-proof"):
        place.hub.enrol(code, public, signature)
    other_code = base64url.encode(STANDARD.sign(ED25519, mine, proof_of(HALL, "ANOTHER2", public)))
    with raises("enrol-proof"):
        place.hub.enrol(code, public, other_code)


def test_guessing_is_stopped(place: Place) -> None:
    short = told("", place.authority.fingerprint)
    for _ in range(10):
        with raises("enrol-code"):
            join(place.folder / "a", place.served.url, "AAAAAAAA" + short)
    with raises("enrol-wait"):
        join(place.folder / "a", place.served.url, place.code())


def test_a_device_that_leaves_is_out_at_once(place: Place) -> None:
    manager = join(place.folder / "m", place.served.url, place.code("manage")).connect()
    code = manager.invite("board")
    join(place.folder / "b", place.served.url, told(code, place.authority.fingerprint))
    board = hall_of(place.folder / "b")
    device = next(one for one in manager.devices() if one["role"] == "board")
    manager.revoke_device(device["id"], "设备丢失")
    with raises("device-revoked"):
        board.status()
    with raises("token-role"):
        manager.invite("emperor")
    manager.close()
    board.close()


def test_the_authority_stays_and_its_keys_are_private(tmp_path: Path) -> None:
    first = authority_in(tmp_path, ["127.0.0.1"])
    again = authority_in(tmp_path, ["10.0.0.7", "hub.local"])
    assert first.fingerprint == again.fingerprint
    assert all(file.stat().st_mode & 0o077 == 0 for file in tmp_path.iterdir())
    (tmp_path / "ca.key").write_text("nonsense")
    with raises("hub-keys"):
        authority_in(tmp_path, ["127.0.0.1"])


@pytest.mark.parametrize("typed", ["", "ABC", "ABCDEFGH-IJKL", "一二三四五六七八"])
def test_what_is_no_code_is_refused_before_anything_is_asked(tmp_path: Path, typed: str) -> None:
    with raises("enrol-code"):
        join(tmp_path, "https://127.0.0.1:9", typed)


def test_a_folder_that_joined_nowhere_says_so(tmp_path: Path) -> None:
    with raises("enrol-none"):
        hall_of(tmp_path)
    (tmp_path / "hub.member").write_text("{")
    with raises("hub-keys"):
        member_of(tmp_path)


def test_pages_scanned_at_one_counter_are_read_by_a_reviewer_elsewhere(place: Place, tmp_path: Path) -> None:
    """The desk seals for the hall it joined and hands over by pieces; the hub can read nothing."""
    with serving({HALL: place.hub}, authority=place.authority, blobs=Blobs(tmp_path / "pages")) as served:
        desk, reviewer, board = (
            join(place.folder / role, served.url, place.code(role))
            for role in ("device", "reviewer", "board")
        )
        assert desk.pages_key == reviewer.pages_key
        assert board.pages_key == ""
        key, old = bytes.fromhex(desk.pages_key), bytes(32)
        before = Pages(place.folder / "device" / "blobs", old).add(b"before it joined")
        pages = Pages(place.folder / "device" / "blobs", key, (old,))
        ref = pages.add(b"a scanned page")
        assert [pages.read(one) for one in (before, ref)] == [b"before it joined", b"a scanned page"]
        hall = desk.connect()
        assert [hand_over(place.folder / "device", hall) for _ in range(2)] == [2, 0]
        seen = reviewer.connect()
        assert opened(seen.page(ref), (bytes.fromhex(reviewer.pages_key),)) == b"a scanned page"
        assert b"scanned" not in next((tmp_path / "pages").rglob(ref)).read_bytes()
        with raises("seal-broken"):
            opened(seen.page(before), (key,))
        hall.close()
        seen.close()
