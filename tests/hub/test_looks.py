"""Who opened what is masked: written down first, once, by name, and for ever."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from counter_app.domain.actor import Actor
from counter_app.hub.commands import Opened
from counter_app.hub.looks import looks_of, opened
from counter_app.problems import Problem
from tests.hub.envelopes import reviewed
from tests.hub.stores import HALL, START
from tests.hub.test_cases import FIRST, push


def look(engine: Engine, look_id: str, by: Actor = FIRST, case: str = "N1") -> bool:
    with engine.begin() as connection:
        return opened(connection, by, Opened(HALL, START, case, look_id, "后台查看完整信息"))


def test_a_look_is_kept_once_by_whoever_looked(engine: Engine) -> None:
    push(engine, reviewed(1, "N1"))
    assert look(engine, "L1")
    assert not look(engine, "L1")
    with engine.begin() as connection:
        kept = looks_of(connection, HALL, "case-N1")
    assert [(row["id"], row["clerk"], row["what"]) for row in kept] == [("L1", "0420", "后台查看完整信息")]


@pytest.mark.parametrize(
    ("by", "case", "code"),
    [(Actor("", "", ("reviewer",)), "N1", "actor-unnamed"), (FIRST, "N9", "not-found")],
)
def test_nobody_looks_unnamed_or_at_nothing(engine: Engine, by: Actor, case: str, code: str) -> None:
    push(engine, reviewed(1, "N1"))
    with pytest.raises(Problem) as refused:
        look(engine, "L1", by, case)
    assert refused.value.code == code


@pytest.mark.parametrize("edit", ["UPDATE looks SET clerk = 'x'", "DELETE FROM looks"])
def test_a_look_is_never_taken_back(engine: Engine, edit: str) -> None:
    push(engine, reviewed(1, "N1"))
    look(engine, "L1")
    with pytest.raises(DatabaseError, match="appended, never edited"), engine.begin() as connection:
        connection.execute(text(edit))
