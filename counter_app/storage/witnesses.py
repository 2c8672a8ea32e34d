"""The hub's signatures over this chain, kept in the chain itself, and what they are worth."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from counter_app.domain.actor import Actor
from counter_app.domain.cases import Fact
from counter_app.problems import Problem
from counter_app.storage import tables as t
from counter_app.wire.witness import first_bad, place_of

if TYPE_CHECKING:
    from counter_app.storage.counter import CounterStore

KIND = "chain.witnessed"
_MACHINE = Actor("", "", ("system",))


def keep(store: CounterStore, paper: Mapping[str, Any], hub_key: bytes) -> bool:
    """Write a signed head down; False when it says nothing new. Raises Problem `hub-paper`.

    A head that does not fit the chain here is written down as well: `audit verify` will name it.
    """
    epoch, seq, _ = place_of(paper, store.state.device, hub_key)
    last = _last(store)
    if last is not None and (epoch, seq) <= (last[0], last[1] + 1):
        return False  # nothing but the last such paper itself came after it
    with store.unit(_MACHINE, store.clock.now()) as unit:
        unit.record(Fact(KIND, {"paper": dict(paper)}))
    return True


def check(store: CounterStore, hub_key: bytes) -> tuple[int, str | None]:
    """How many signed heads are in the chain, and the first place one of them disagrees with."""
    count = 0
    for fact in store.facts_since(None, (KIND,)):
        count += 1
        try:
            bad = first_bad(fact["body"]["paper"], store.state.device, hub_key, hash_in(store))
        except (Problem, KeyError, TypeError):
            bad = f"{fact['epoch']}/{fact['seq']}"  # the paper itself is not the hub's
        if bad is not None:
            return count, bad
    return count, None


def hash_in(store: CounterStore) -> Any:
    """The hash of a fact by its place, "" when there is none."""

    def hash_at(epoch: int, seq: int) -> str:
        chosen = select(t.facts.c.hash).where(t.facts.c.epoch == epoch, t.facts.c.seq == seq)
        with store.database.read() as connection:
            return str(connection.execute(chosen).scalar() or "")

    return hash_at


def _last(store: CounterStore) -> tuple[int, int] | None:
    chosen = (
        select(t.facts.c.envelope).where(t.facts.c.kind == KIND).order_by(t.facts.c.entry.desc()).limit(1)
    )
    with store.database.read() as connection:
        text = connection.execute(chosen).scalar()
    if text is None:
        return None
    said = json.loads(text)["body"]["paper"]["said"]
    return int(said["epoch"]), int(said["seq"])
