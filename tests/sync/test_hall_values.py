"""Sealed values opened behind the counter: by an enrolled place, each look written down."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from counter_app.commands.review import COMMAND, open_review
from counter_app.domain.actor import Actor
from counter_app.domain.cases import Fact
from counter_app.hub.field_keys import keys_of
from counter_app.hub.looks import looks_of
from counter_app.hub.tokens import Bearer
from counter_app.joined import sealed_for_hall
from counter_app.problems import Problem
from counter_app.seals.device import DeviceSecrets, hall_version
from counter_app.seals.device import sealed_for_hall as sealed_with
from counter_app.services.resealing import KIND
from counter_app.services.review_sheet import HIDDEN
from counter_app.services.review_view import AnswerLine
from counter_app.services.reviewing import Reviewing
from counter_app.settings import Settings
from counter_app.sync.drain import drain
from counter_app.sync.field_keys import FieldSync
from counter_app.sync.hall_values import HallValues
from counter_app.sync.member import join
from tests.commands.test_review import words
from tests.hub.stores import clerk
from tests.sync.joined import PROGRAM, Desk, Hall, hall_in

CASE, CERTNO, ACCOUNT = "case-1", "37020319560704002X", "6222021234567890"
MANAGER = Actor("0301", "何主任", ("supervisor",))


@dataclass
class Place:
    """A hall, one of its counters, and a place behind it that joined with a code of its own."""

    hall: Hall
    desk: Desk
    stack: contextlib.ExitStack
    folder: Path

    def review(self) -> Reviewing:
        given = words("--data", str(self.folder), "--clerk", "0420")
        return open_review(given, Settings(), self.stack)

    def keys_heard(self) -> DeviceSecrets:
        """The counter's secrets once it has the hall's keys."""
        desk = self.desk
        sealed_for_hall(desk.store, desk.folder)
        place = (desk.folder, desk.member.hall, desk.hub, desk.store, desk.store.secrets)
        FieldSync(*place, write=lambda call: call()).run(desk.store.clock.now())
        return desk.store.secrets

    def tell(self, kind: str, body: Mapping[str, object]) -> None:
        store = self.desk.store
        with store.unit(clerk("1"), store.clock.now()) as unit:
            unit.record(Fact(kind, {"number": "N1", **body}, CASE))
        drain(store, self.desk.hub, store.settle)

    def accept(self, agent: Mapping[str, str] | None = None, **sealed: str) -> None:
        answers = {key: {"sealed": value} for key, value in sealed.items()} | {"rloc_admdvs": "310000"}
        told = {"type_id": "YD01", "type_name": "异地安置退休人员备案", "answers": answers}
        self.tell("case.accepted", {**told, "agent": agent} if agent else told)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with hall_in(tmp_path) as hall, contextlib.ExitStack() as stack:
        folder = tmp_path / "behind"
        join(folder, hall.served.url, hall.hub.invite("reviewer", PROGRAM, clerk="0420"), "审核岗")
        yield Place(hall, hall.desk("window"), stack, folder)


def shown(place: Place, look: str = "look-1") -> dict[str, AnswerLine]:
    return {line.key: line for line in place.review().reveal(CASE, "", look).answers}


def sealed_by(secrets: DeviceSecrets, key: str, value: str) -> str:
    return secrets.seal(value, f"{CASE}|{key}")


def test_an_enrolled_reviewer_opens_what_a_counter_sealed_for_the_hall(place: Place) -> None:
    secrets = place.keys_heard()
    place.accept(
        certno=sealed_by(secrets, "certno", CERTNO), bank_acct=sealed_by(secrets, "bank_acct", ACCOUNT)
    )
    masked = {line.key: line.value for line in place.review().sheet(CASE).answers}
    assert (masked["certno"], masked["bank_acct"]) == (HIDDEN, HIDDEN)
    lines = shown(place)
    assert (lines["certno"].value, lines["bank_acct"].value) == (CERTNO, ACCOUNT)
    with place.hall.hub.database.read() as connection:
        (look,) = looks_of(connection, place.hall.hub.hall, CASE)
    assert (look["id"], look["clerk"]) == ("look-1", "0420")
    assert look["what"].startswith("后台查看完整信息：")
    assert "证件号码" in look["what"]
    assert CERTNO not in str(look)
    kept = b"".join(file.read_bytes() for file in place.folder.rglob("*") if file.is_file())
    assert CERTNO.encode() not in kept, "what was shown lies nowhere on that machine"


def test_the_number_of_who_came_for_somebody_is_opened_like_an_answer(place: Place) -> None:
    own = sealed_by(place.desk.store.secrets, "agnter_certno", CERTNO)
    place.accept({"agnter_name": "周伯", "agnter_rlts": "邻里", "agnter_certno": own})
    masked = {line.key: line.value for line in place.review().sheet(CASE).answers}
    assert masked["agnter_certno"] == HIDDEN
    assert shown(place)["agnter_certno"].because == "".join(words_of("value-own"))
    place.tell(KIND, {"values": {"agnter_certno": sealed_by(place.keys_heard(), "agnter_certno", CERTNO)}})
    line = shown(place, "look-2")["agnter_certno"]
    assert (line.label, line.value, line.because) == ("到场人证件号码", CERTNO, "")
    with place.hall.hub.database.read() as connection:
        looks = looks_of(connection, place.hall.hub.hall, CASE)
    assert all("到场人证件号码" in one["what"] for one in looks)
    assert CERTNO not in str(looks)


def test_nobody_came_so_nothing_stands_of_an_agent(place: Place) -> None:
    place.accept(certno=sealed_by(place.keys_heard(), "certno", CERTNO))
    assert "agnter_certno" not in shown(place)


def test_what_only_its_counter_opens_says_so_until_that_counter_sealed_it_again(place: Place) -> None:
    own = place.desk.store.secrets
    place.accept(certno=sealed_by(own, "certno", CERTNO), bank_acct=sealed_by(own, "bank_acct", ACCOUNT))
    closed = shown(place)["certno"]
    assert (closed.value, closed.because) == (HIDDEN, "".join(words_of("value-own")))
    ours = place.keys_heard()
    place.tell(KIND, {"values": {"certno": sealed_by(ours, "certno", CERTNO)}})
    lines = shown(place, "look-2")
    assert (lines["certno"].value, lines["certno"].because) == (CERTNO, "")
    assert lines["bank_acct"].because, "one that stays closed hides no other"


def test_a_value_of_another_hall_is_refused_calmly(place: Place) -> None:
    ours, strange = place.keys_heard(), sealed_with(CERTNO, f"{CASE}|certno", {1: b"o" * 32})
    place.accept(certno=strange, bank_acct="x1.AAAA", psn_name=sealed_by(ours, "psn_name", "李桂芳"))
    lines = shown(place)
    assert {lines[key].because for key in ("certno", "bank_acct")} == {"".join(words_of("value-elsewhere"))}
    assert lines["psn_name"].value == "李桂芳"
    assert lines["certno"].value == HIDDEN


def test_a_key_renewed_after_the_first_look_is_asked_for(place: Place) -> None:
    hub, hall = place.hall.hub, place.desk.member.hall
    place.keys_heard()
    values = HallValues(place.desk.hub, hall)
    sealed = sealed_by(place.desk.store.secrets, "certno", CERTNO)
    assert values.open(sealed, f"{CASE}|certno") == CERTNO
    other = place.hall.desk("leaves")
    hub.revoke_device(other.member.device, MANAGER, "丢失")
    with hub.database.write() as connection:
        assert hub.identity is not None
        newer = sealed_with(ACCOUNT, f"{CASE}|bank_acct", keys_of(connection, hall, hub.identity, 1))
    assert (hall_version(sealed), hall_version(newer)) == (1, 2)
    assert values.open(newer, f"{CASE}|bank_acct") == ACCOUNT
    assert "6222" not in repr(values)


def test_a_place_that_was_given_up_opens_nothing(place: Place) -> None:
    secrets = place.keys_heard()
    place.accept(certno=sealed_by(secrets, "certno", CERTNO))
    open_one = place.review()
    (row,) = [one for one in place.hall.hub.devices() if one["role"] == "reviewer"]
    place.hall.hub.revoke_device(row["id"], MANAGER, "丢失")
    with pytest.raises(Problem):
        open_one.reveal(CASE, "", "look-1")


def test_a_token_alone_has_no_keys_and_says_what_helps(place: Place, tmp_path: Path) -> None:
    place.accept(certno=sealed_by(place.keys_heard(), "certno", CERTNO))
    file = tmp_path / "token"
    file.write_text(place.hall.hub.issue(Bearer(place.hall.hub.hall, "reviewer", clerk="0420")))
    given = words("--hub", place.hall.served.url, "--token-file", str(file), "--clerk", "0420")
    far = open_review(given, Settings(), place.stack)
    lines = {line.key: line for line in far.reveal(CASE, "", "look-1").answers}
    assert (lines["certno"].value, lines["certno"].because) == (HIDDEN, "".join(words_of("value-keyless")))


def words_of(code: str) -> tuple[str, str]:
    problem = Problem(code, "")
    return problem.cause, problem.advice


def test_the_command_says_how_values_are_opened() -> None:
    assert "joined a hall" in COMMAND.manual
