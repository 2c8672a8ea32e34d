"""Sealed values of a case for another hall: every device of that hall opens them, nobody on the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from counter_app.domain.cases import Fact
from counter_app.hub.away_tables import away_facts
from counter_app.hub.brought_values import brought_values
from counter_app.hub.gateway.filling import answers_of
from counter_app.hub.tables import envelopes
from counter_app.joined import sealed_for_hall
from counter_app.problems import Problem
from counter_app.seals.device import DeviceSecrets, is_own
from counter_app.services.resealing import KIND
from counter_app.sync.drain import drain
from counter_app.sync.field_keys import FieldSync
from counter_app.sync.forwarding import Forwarding
from counter_app.sync.member import join
from counter_app.sync.neighbour import neighbours_in
from tests.fakes.two_halls import PLACE
from tests.hub.stores import clerk
from tests.sync.joined import PROGRAM, Desk, Hall, hall_in

CASE, CERTNO, ACCOUNT = "case-1", "37020319560704002X", "6222021234567890"


def no_page(name: str) -> bytes:
    raise Problem("not-found", "blob", name)


def keys_heard(desk: Desk) -> DeviceSecrets:
    """The secrets of a device of its hall; what it seals from now on is for the hall."""
    sealed_for_hall(desk.store, desk.folder)
    place = (desk.folder, desk.member.hall, desk.hub, desk.store, desk.store.secrets)
    FieldSync(*place, write=lambda call: call()).run(desk.store.clock.now())
    return desk.store.secrets


class Halls:
    """The hall that accepts, the one that decides, and the way between them."""

    def __init__(self, folder: Path, here: Hall, there: Hall) -> None:
        self.here, self.there = here, there
        join(folder / "others" / PLACE, there.served.url, there.hub.invite("hall", PROGRAM), "胶州大厅")
        self.way = Forwarding(here.hub, neighbours_in(folder / "others"), no_page, wall_ms=lambda: 2**50)
        self.desk, self.theirs = here.desk("window"), there.desk("reviewer")

    def tell(self, kind: str, body: dict[str, Any]) -> None:
        with self.desk.store.unit(clerk("1"), self.desk.store.clock.now()) as unit:
            unit.record(Fact(kind, {"number": "N1", **body}, CASE))
        drain(self.desk.store, self.desk.hub, self.desk.store.settle)

    def accept(self, secrets: DeviceSecrets) -> None:
        def seal(key: str, value: str) -> str:
            return secrets.seal(value, f"{CASE}|{key}")

        answers = {"certno": {"sealed": seal("certno", CERTNO)}, "rloc_admdvs": "310000", "word": "x1.plain"}
        answers["bank_acct"] = {"sealed": seal("bank_acct", ACCOUNT)}
        agent = {"agnter_name": "李*", "agnter_certno": seal("agnter_certno", CERTNO)}
        body = {"type_id": "YD01", "type_name": "异地安置退休人员备案", "answers": answers, "agent": agent}
        self.tell("case.accepted", body)
        self.tell("case.forwarded", {"to": PLACE})

    def answers(self) -> dict[str, Any]:
        """The answers as a device of the other hall gets them, opened by it where it can."""
        found = (self.there.hub.case(CASE) or {})["form"]["answers"]
        return {
            key: self.theirs.store.secrets.open(value["sealed"], f"{CASE}|{key}")
            if isinstance(value, dict)
            else value
            for key, value in found.items()
        }


@pytest.fixture
def halls(tmp_path: Path) -> Iterator[Halls]:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    with hall_in(tmp_path / "here") as here, hall_in(tmp_path / "there", secret=b"t" * 32) as there:
        made = Halls(tmp_path, here, there)
        yield made
        made.way.close()


def rows_of(hall: Hall, *columns: Any) -> list[str]:
    with hall.hub.database.read() as connection:
        return [str(row) for column in columns for row in connection.execute(select(column)).scalars()]


def test_every_device_of_the_other_hall_opens_them_and_nobody_stores_them_plain(halls: Halls) -> None:
    keys_heard(halls.theirs)
    halls.accept(keys_heard(halls.desk))
    assert halls.way.run() > 1
    assert halls.answers() == {
        "certno": CERTNO, "bank_acct": ACCOUNT, "rloc_admdvs": "310000", "word": "x1.plain"
    }  # fmt: skip
    keys = halls.there.hub.field_keys(halls.theirs.member.device)
    with halls.there.hub.database.read() as connection:
        assert answers_of(connection, halls.there.hub.hall, CASE, keys)["bank_acct"] == ACCOUNT  # its gateway
    kept = rows_of(halls.here, away_facts.c.text, envelopes.c.text)
    kept += rows_of(halls.there, envelopes.c.text, brought_values.c.sealed)
    assert [text for text in kept if CERTNO in text or ACCOUNT in text] == []
    boxes = rows_of(halls.there, envelopes.c.text)
    assert any('"sealed":"x1.' in text for text in boxes)
    for text in boxes:  # the key of the accepting hall means nothing there, and is not asked for
        assert '"h1.' not in text
    with pytest.raises(Problem, match="seal-broken"):
        halls.desk.store.secrets.open(rows_of(halls.there, brought_values.c.sealed)[0], f"{CASE}|certno")


def test_what_only_its_counter_opens_follows_once_that_counter_sealed_it_again(halls: Halls) -> None:
    theirs = keys_heard(halls.theirs)
    own = halls.desk.store.secrets  # a counter that has not heard its hall's keys
    halls.accept(own)
    halls.way.run()
    found = (halls.there.hub.case(CASE) or {})["form"]["answers"]
    assert is_own(found["certno"]["sealed"])
    with pytest.raises(Problem, match="seal-broken"):
        theirs.open(found["certno"]["sealed"], f"{CASE}|certno")
    ours = keys_heard(halls.desk)
    again = {key: ours.seal(value, f"{CASE}|{key}") for key, value in
             (("certno", CERTNO), ("bank_acct", ACCOUNT))}  # fmt: skip
    halls.tell(KIND, {"values": again})
    halls.way.run()
    assert halls.answers()["certno"] == CERTNO


def test_a_city_between_them_hands_them_on_in_a_box_of_its_own(halls: Halls, tmp_path: Path) -> None:
    (tmp_path / "city").mkdir()
    with hall_in(tmp_path / "city", secret=b"c" * 32, code="900") as city:
        for folder, hall in (("first", city), ("second", halls.there)):
            join(tmp_path / folder / PLACE, hall.served.url, hall.hub.invite("hall", PROGRAM), folder)
        to_city = Forwarding(halls.here.hub, neighbours_in(tmp_path / "first"), no_page)
        on = Forwarding(city.hub, neighbours_in(tmp_path / "second"), no_page)
        keys_heard(halls.theirs)
        halls.accept(keys_heard(halls.desk))
        with closing(to_city), closing(on):
            assert to_city.run() == on.run() > 1
        assert halls.answers()["certno"] == CERTNO


def test_a_box_moved_to_another_answer_or_made_for_another_hub_is_left_alone(halls: Halls) -> None:
    keys_heard(halls.theirs)
    halls.accept(keys_heard(halls.desk))
    halls.way.run()
    text = next(text for text in rows_of(halls.there, envelopes.c.text) if '"sealed":"x1.' in text)
    box = text.partition('"certno":{"sealed":"')[2].partition('"')[0]
    moved = {"case_id": CASE, "body": {"answers": {"bank_acct": {"sealed": box}}}}
    assert halls.there.hub.keep_brought([moved]) == 0
    right = {"case_id": CASE, "body": {"answers": {"certno": {"sealed": box}}}}
    assert (halls.here.hub.keep_brought([right]), halls.there.hub.keep_brought([right])) == (0, 1)
    assert halls.answers()["bank_acct"] == ACCOUNT
