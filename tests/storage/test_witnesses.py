"""A hub's word on a chain: what was told anew or cut off here afterwards is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from counter_app.commands.audit import COMMAND
from counter_app.problems import Problem
from counter_app.seals.hub_identity import HubIdentity, identity_from
from counter_app.storage import audit, witnesses
from counter_app.sync.drain import drain
from counter_app.wire.witness import first_bad
from tests.fakes.office import TestOffice, open_office
from tests.storage.test_audit import TRIGGERS, recompute_from


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestOffice]:
    opened = open_office(tmp_path / "data")
    opened.hub.identity = identity_from(opened.store.secrets.keys.database)
    yield opened
    opened.close()


def key(desk: TestOffice) -> bytes:
    assert desk.hub.identity is not None
    return desk.hub.identity.public_key


def worked(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.finish()
    drain(desk.store, desk.hub, desk.store.settle)


def forge(desk: TestOffice, entry: int) -> None:
    """Tell the chain anew from an entry on, so that its own hashes fit again."""
    with desk.store.database.write() as connection:
        for (name,) in connection.execute(TRIGGERS).all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        recompute_from(entry)(connection)


def test_what_the_hub_signed_is_kept_once_and_agrees(desk: TestOffice) -> None:
    assert desk.hub.signed_head(desk.store.state.device) == {}
    worked(desk)
    paper = desk.hub.signed_head(desk.store.state.device)
    assert witnesses.keep(desk.store, paper, key(desk))
    assert not witnesses.keep(desk.store, paper, key(desk))
    assert witnesses.check(desk.store, key(desk)) == (1, None)
    drain(desk.store, desk.hub, desk.store.settle)
    again = desk.hub.signed_head(desk.store.state.device)
    assert again["said"]["seq"] == paper["said"]["seq"] + 1
    assert not witnesses.keep(desk.store, again, key(desk))  # nothing but the paper itself is new
    assert audit.verify(desk.store)[0]


def test_a_chain_told_anew_is_named(desk: TestOffice) -> None:
    worked(desk)
    witnesses.keep(desk.store, desk.hub.signed_head(desk.store.state.device), key(desk))
    seq = desk.store.state.seq - 1
    forge(desk, 2)
    assert witnesses.check(desk.store, key(desk)) == (1, f"1/{seq}")
    paper = desk.hub.signed_head(desk.store.state.device)
    assert first_bad(paper, desk.store.state.device, key(desk), witnesses.hash_in(desk.store)) == f"1/{seq}"


def test_a_paper_of_another_hub_or_device_is_refused(desk: TestOffice) -> None:
    worked(desk)
    paper = desk.hub.signed_head(desk.store.state.device)
    for other in (
        HubIdentity(b"x" * 32).paper("chain-head", paper["said"]),
        {**paper, "said": {**paper["said"], "seq": 1}},
        {**paper, "what": "lease"},
    ):
        with pytest.raises(Problem) as caught:
            witnesses.keep(desk.store, other, key(desk))
        assert caught.value.code == "hub-paper"
    assert desk.hub.identity is not None
    alien = desk.hub.identity.paper("chain-head", {**paper["said"], "device": "somebody"})
    with pytest.raises(Problem):
        witnesses.keep(desk.store, alien, key(desk))


def test_the_command_tells_of_it() -> None:
    assert "--hub" in COMMAND.manual
