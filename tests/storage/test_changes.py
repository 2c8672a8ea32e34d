"""A line of the journal means what it meant when it was written, whatever the schema has become."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from counter_app.domain.cases import CaseRecord, CaseState
from counter_app.storage import people, rows
from counter_app.storage.changes import Applier
from tests.fakes.office import open_office

OLD = CaseRecord(
    case_id="c1",
    number="261123-001-K7Q-0001-5",
    type_id="YD01",
    type_name="异地就医备案",
    situation="",
    state=CaseState.ACCEPTED,
    principal_name="示例",
    person_id="p1",
    party="self",
    pack="1",
    received_on=date(2026, 11, 23),
    accepted_at=datetime.fromisoformat("2026-11-23T09:00:00+08:00"),
    business_date=date(2026, 11, 23),
    due_on=None,
    answers={},
    materials=(),
)


def test_a_line_older_than_the_channels_is_a_case_of_the_desk(tmp_path: Path) -> None:
    desk = open_office(tmp_path / "data")
    line = {**rows.case_row(OLD, "0317"), "unit_no": 1}
    for later in ("channel", "came", "came_key"):
        del line[later]
    with desk.store.database.write() as connection:
        Applier(people.PeopleRows(desk.store.secrets)).apply(connection, [("cases", line)], replay=True)
    assert desk.store.case("c1") == replace(OLD, synced=True)  # no fact of it waits
    desk.close()
