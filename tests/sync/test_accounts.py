"""A clerk made at one counter signs in at another: accounts, roles, passwords, bars and second factors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.domain.actor import Actor
from counter_app.domain.logins import AUDIT, SECURITY, SYSTEM, LoginRules
from counter_app.hub.tables import tokens
from counter_app.joined import sealed_for_hall
from counter_app.problems import Problem
from counter_app.seals import hall_fields
from counter_app.services import accounts
from counter_app.services.door import Door, Proof, sign_in
from counter_app.storage import audit
from counter_app.sync.accounts import ASK_S, AccountSync
from counter_app.sync.field_keys import fetched
from counter_app.sync.remote_hub import RemoteHub
from tests.fakes.logins import CHEAP, code_at
from tests.hub.stores import HALL
from tests.sync.joined import PROGRAM, Desk, Hall, hall_in

WORDS = "石臼港 2026"
PEOPLE = {SYSTEM: ("9001", "高远"), SECURITY: ("9002", "沈安"), AUDIT: ("9003", "严明")}
OFFICER = {role: Actor(no, name, (role,)) for role, (no, name) in PEOPLE.items()}
CLERK = "0400"


class Counter:
    """One enrolled counter: its door, and its exchange of accounts, asked whenever the test says."""

    def __init__(self, hall: Hall, name: str) -> None:
        self.desk: Desk = hall.desk(name)
        sealed_for_hall(self.desk.store, self.desk.folder)
        store = self.desk.store
        self.door = Door(store, store.secrets, hall.clock.now, passwords=CHEAP, rules=LoginRules(most=2))
        self._sync = AccountSync(self.desk.hub, store, store.secrets, lambda call: call())

    def hear_keys(self) -> None:
        """What single values are sealed with in this hall."""
        fields = self.desk.store.secrets.hall
        assert isinstance(fields, hall_fields.HallFields)
        fields.take(fetched(self.desk.hub, HALL))

    def sync(self) -> int:
        self._sync._asked -= ASK_S
        return self._sync.run(self.door.now_ms)

    def enter(self, no: str, words: str, code: str = "", new: str = "") -> str:
        """ "" or why somebody is not let in."""
        try:
            sign_in(self.door, no, Proof(words, code, new))
        except Problem as problem:
            return problem.code
        return ""


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with hall_in(tmp_path) as made:
        yield made


@pytest.fixture
def here(hall: Hall) -> Counter:
    """A counter with its three officers and one clerk."""
    made = Counter(hall, "here")
    accounts.found(made.door, PEOPLE)
    words = accounts.add(made.door, OFFICER[SYSTEM], OFFICER[SECURITY], Actor(CLERK, "乔新", ("clerk",)))
    assert made.enter(CLERK, words, new=WORDS) == ""
    made.sync()
    return made


@pytest.fixture
def there(hall: Hall) -> Counter:
    """Another counter of the hall, with nobody."""
    return Counter(hall, "there")


def test_who_was_made_at_one_counter_signs_in_at_another(here: Counter, there: Counter) -> None:
    assert there.enter(CLERK, WORDS) == "login-wrong"
    assert there.sync() == 4
    assert there.enter(CLERK, WORDS) == ""
    assert [one.clerk_no for one in there.desk.store.clerks()] == [CLERK, "9001", "9002", "9003"]
    with pytest.raises(Problem, match="accounts-there"):
        accounts.found(there.door, PEOPLE)  # nobody founds a second set of officers
    assert (there.sync(), here.sync()) == (0, 0)
    assert audit.verify(there.desk.store)[0]
    assert [f["kind"] for f in there.desk.store.facts()].count("clerk.heard") == 4


def test_every_change_goes_round(here: Counter, there: Counter) -> None:
    there.sync()
    assert there.enter(CLERK, WORDS, new="another words 7") == ""
    there.sync()
    assert here.sync() == 1
    assert here.enter(CLERK, WORDS) == "login-wrong"  # the old one opens nothing any more
    assert here.enter(CLERK, "another words 7") == ""
    accounts.set_roles(here.door, OFFICER[SECURITY], CLERK, ("clerk", "supervisor"))
    here.sync()
    there.sync()
    assert next(one for one in there.desk.store.clerks() if one.clerk_no == CLERK).may("supervisor")
    accounts.disable(there.door, OFFICER[SYSTEM], CLERK)
    there.sync()
    here.sync()
    assert here.enter(CLERK, "another words 7") == "login-wrong"


def test_who_is_barred_at_one_counter_is_barred_at_all_until_an_officer_opens(
    here: Counter, there: Counter
) -> None:
    there.sync()
    assert here.enter(CLERK, "x") == "login-wrong"
    here.sync()
    assert there.enter(CLERK, WORDS) == ""  # one wrong answer is nobody else's business
    assert here.enter(CLERK, "x") == "login-barred"
    here.sync()
    there.sync()
    assert there.enter(CLERK, WORDS) == "login-barred"
    accounts.unlock(there.door, OFFICER[SECURITY], CLERK)
    there.sync()
    here.sync()
    assert here.enter(CLERK, WORDS) == ""


def test_a_second_factor_travels_sealed_for_the_hall_and_not_before(
    hall: Hall, here: Counter, there: Counter
) -> None:
    secret = accounts.give_totp(here.door, OFFICER[SECURITY], CLERK)
    here.sync()
    there.sync()
    assert there.enter(CLERK, WORDS) == ""  # what cannot be opened elsewhere is not told yet
    here.hear_keys()
    there.hear_keys()
    here.sync()
    there.sync()
    assert there.enter(CLERK, WORDS) == "code-needed"
    assert there.enter(CLERK, WORDS, code_at(secret, hall.clock.now())) == ""


def test_nothing_of_a_password_is_in_clear_at_the_hub_or_told_to_a_stranger(
    hall: Hall, here: Counter
) -> None:
    kept = here.desk.store.login(CLERK)
    assert kept is not None
    with hall.hub.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT text FROM reference").scalars().all()
        assert len(connection.execute(tokens.select()).all()) > 0
    assert rows
    assert not any(kept.kept.encode() in bytes(row) or b"argon2" in bytes(row) for row in rows)
    from counter_app.hub.tokens import Bearer

    stranger = RemoteHub(hall.served.url, hall.hub.issue(Bearer(HALL, "device")))
    with pytest.raises(Problem, match="token-role"):
        stranger.ask("POST", "/v1/accounts", {"request_id": "r1"})
    with pytest.raises(Problem, match="scope-unknown"):
        stranger.reference("accounts", 0)
    assert "accounts" not in stranger.scopes()
    stranger.close()


def test_a_device_that_left_and_roles_that_exclude_each_other(hall: Hall, here: Counter) -> None:
    wrong = {"clerk_no": "0500", "name": "甲", "roles": ["clerk", AUDIT], "active": True, "version": 1}
    body = {"request_id": "r", "accounts": [{**wrong, "kept": "x"}]}
    with pytest.raises(Problem, match="roles-apart"):
        here.desk.hub.ask("POST", "/v1/accounts", body)
    member = here.desk.member.device
    assert all(one["clerk_no"] != "0500" for one in hall.hub.accounts(member, []))
    hall.hub.revoke_device(member, PROGRAM, "丢失")
    with pytest.raises(Problem, match="device-revoked"):
        hall.hub.accounts(member, [])


def test_two_counters_that_had_made_the_same_number_keep_the_halls(hall: Hall, here: Counter) -> None:
    late = Counter(hall, "late")
    accounts.found(late.door, {**PEOPLE, SYSTEM: ("9001", "另一人")})
    assert late.sync() == 4
    names = {one.clerk_no: one.clerk_name for one in late.desk.store.clerks()}
    assert names["9001"] == "高远"
    away = replace(late.door, online=lambda: False)
    hall.clock.pass_(days=8)
    with pytest.raises(Problem, match="login-offline"):
        sign_in(away, CLERK, Proof(WORDS))
