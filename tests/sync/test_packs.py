"""Packs from the hall's hub: examined at the desk, in force from their day, refused without harm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from counter_app.bootstrap import pack_shelf
from counter_app.catalog.model import Catalogue
from counter_app.catalog.parcel import parcel
from counter_app.catalog.shelf import TRUST
from counter_app.catalog.signing import sign_pack
from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.provider import ED25519, STANDARD, key_id, new_key
from counter_app.sync.packs import PackSync
from counter_app.sync.reference import pull_reference
from tests.catalog.conftest import Pack
from tests.sync.joined import Desk, Hall, hall_in

TODAY, LATER = date(2026, 11, 23), date(2026, 12, 1)


@dataclass
class Joined:
    """A desk that has joined, and what its packs told it."""

    hall: Hall
    desk: Desk
    told: list[Problem] = field(default_factory=list)
    now: Catalogue = field(default_factory=lambda: pack_shelf(Path("/nowhere")).chosen(TODAY)[0])

    def __post_init__(self) -> None:
        place = self.desk.folder
        self.packs = PackSync(
            self.desk.store,
            lambda: pack_shelf(place),
            place / TRUST,
            lambda: self.now,
            lambda made: setattr(self, "now", made),
            self.told.append,
        )

    def hear(self, day: date = TODAY) -> int:
        came = pull_reference(self.desk.store, self.desk.hub, self.desk.store.take_reference)
        return self.packs.run(day, bool(came))


@pytest.fixture
def joined(tmp_path: Path) -> Iterator[Joined]:
    with hall_in(tmp_path) as hall:
        yield Joined(hall, hall.desk("a"))


def pack(folder: Path, version: str, name: str = "示例事项", since: str = "2026-11-23") -> Path:
    """A whole pack on disk, as the hall's office writes it."""
    made = Pack(folder / version)
    made.write("catalog/_pack.toml", f'name = "hall"\nversion = "{version}"\nvalid_from = {since}\n')
    if name != "示例事项":
        made.change("示例事项", name)
    return made.folder


def signed(folder: Path, key: bytes) -> Path:
    def sign(message: bytes) -> dict[str, str]:
        sig = STANDARD.sign(ED25519, key, message)
        mine = STANDARD.public_key(ED25519, key)
        return {"alg": ED25519, "key_id": key_id(mine), "sig": base64url.encode(sig)}

    sign_pack(folder, sign)
    return folder


def publish(joined: Joined, folder: Path) -> None:
    entity, body = parcel(folder)
    joined.hall.hub.publish("catalogue", {entity: body})


def test_a_pack_of_the_hall_is_in_use_once_it_has_come(joined: Joined, tmp_path: Path) -> None:
    before = joined.now.pack
    publish(joined, pack(tmp_path / "office", "9001"))
    assert joined.hear() == 2  # on the shelf, and in use
    assert joined.now.pack == "hall-9001" != before
    assert joined.now.types["AA01"].name == "示例事项"
    assert (joined.hear(), joined.told) == (0, [])
    assert pack_shelf(joined.desk.folder).chosen(TODAY)[0].pack == "hall-9001"  # after a start too


def test_a_pack_waits_for_its_day(joined: Joined, tmp_path: Path) -> None:
    publish(joined, pack(tmp_path / "office", "9001"))
    publish(joined, pack(tmp_path / "office", "9002", "后一版", "2026-12-01"))
    joined.hear()
    assert joined.now.pack == "hall-9001"
    assert joined.hear(LATER) == 1  # nothing came; the day did
    assert joined.now.types["AA01"].name == "后一版"


def test_a_bad_pack_is_told_once_and_the_old_one_stays(joined: Joined, tmp_path: Path) -> None:
    publish(joined, pack(tmp_path / "office", "9001"))
    joined.hear()
    entity, body = parcel(pack(tmp_path / "office", "9002"))
    files = {name: text.replace('flow = "instant"', 'flow = "none"') for name, text in body["files"].items()}
    joined.hall.hub.publish("catalogue", {entity: {**body, "files": files}})
    joined.hall.hub.publish("regions", {"pack:out": {"files": {"../../settings.toml": "evil = true"}}})
    joined.hear()
    joined.hear()
    assert [one.code for one in joined.told] == ["pack-broken", "pack-broken"]
    assert joined.now.pack == "hall-9001"
    assert [head.version for head in pack_shelf(joined.desk.folder).heads()] == ["9001"]
    assert not (joined.desk.folder / "settings.toml").exists()


def test_who_signs_packs_is_told_by_the_hall_and_taken_back(joined: Joined, tmp_path: Path) -> None:
    key = new_key()
    public = STANDARD.public_key(ED25519, key)
    name = f"pack-signer:{key_id(public)}"
    joined.hall.hub.publish("keys", {name: {"public_key": public.hex()}})
    publish(joined, signed(pack(tmp_path / "office", "9001"), key))
    publish(joined, pack(tmp_path / "office", "9002", "没有签名"))
    joined.hear()
    assert joined.now.pack == "hall-9001"
    assert [one.code for one in joined.told] == ["pack-unsigned"]
    joined.hall.hub.publish("keys", {name: {"public_key": public.hex(), "revoked_on": "2026-11-23"}})
    joined.hear()
    assert joined.now.pack not in ("hall-9001", "hall-9002")  # what ships is there always
    assert "pack-signature" in [one.code for one in joined.told]
