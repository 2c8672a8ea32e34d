"""好差评 at the window: asked once for each case, by nobody at the desk, and told to the hub."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from counter_app.domain.life import Wish
from counter_app.domain.papers import PaperContent
from counter_app.domain.ratings import LEVELS
from counter_app.problems import Problem
from counter_app.services import follow_ups, rating
from counter_app.services.visit import Visit
from counter_app.sync.drain import drain
from tests.fakes.office import TestOffice
from tests.services.test_visit import accept_yd01


def done_case(desk: TestOffice, key: str = "li_guifang") -> str:
    """Somebody's filing is accepted and written down; its id."""
    desk.identify(key)
    record = desk.store.case(accept_yd01(desk))
    assert record is not None
    return record.case_id


def sync(desk: TestOffice) -> None:
    drain(desk.store, desk.hub, desk.store.settle)


@pytest.mark.parametrize("level", [*LEVELS, 0])
def test_each_level_is_a_fact_of_the_rater_and_reaches_the_hub(desk: TestOffice, level: int) -> None:
    case_id = done_case(desk)
    asking = rating.due(desk.office, desk.visit.state)
    assert asking is not None
    assert (asking.case_id, asking.window) == (case_id, "3")
    rating.answer(desk.office, case_id, level)
    assert rating.due(desk.office, desk.visit.state) is None
    [fact] = [f for f in desk.store.facts(case_id) if f["kind"] == rating.GIVEN]
    assert fact["actor"] == {"clerk_no": "", "window": "3"}
    assert (fact["body"]["level"], fact["body"]["channel"]) == (level, "screen")
    sync(desk)
    assert [one.level for one in desk.hub.follow_ups()] == ([level] if level in (1, 2) else [])


def test_once_per_case_but_a_skip_leaves_the_way_open(desk: TestOffice) -> None:
    case_id = done_case(desk)
    rating.answer(desk.office, case_id, 0)
    for level, channel, code in [
        (0, "screen", "already-rated"),
        (6, "screen", "rating-level"),
        (5, "desk", "usage"),
    ]:
        with pytest.raises(Problem, match=code):
            rating.answer(desk.office, case_id, level, (), channel)
    rating.answer(desk.office, case_id, 1, ("115",), "rater")
    with pytest.raises(Problem, match="already-rated"):
        rating.answer(desk.office, case_id, 5)
    with pytest.raises(Problem, match="not-found"):
        rating.answer(desk.office, "nobody", 5)


def test_the_clerk_has_no_verb_and_no_view_of_it(desk: TestOffice) -> None:
    assert [name for name in dir(Visit) if name.startswith("rat")] == []
    case_id = done_case(desk)
    before = desk.visit.view()
    rating.answer(desk.office, case_id, 1, ("115",))
    after = desk.visit.view()
    # The count of what waits to be sent grew; nothing else of what a clerk sees has changed.
    assert replace(after, unsynced=before.unsynced, revision=before.revision) == before


def test_the_receipt_carries_a_code_only_where_the_hall_has_an_address(desk: TestOffice) -> None:
    for url in ("", "https://hall.example"):
        desk.visit.office = replace(desk.office, rating_url=url)
        case_id = done_case(desk)
        [paper] = desk.store.papers(desk.store.cases()[0].number)
        assert ("/r/OW1E." in paper.content) is bool(url)
        told = [f for f in desk.store.facts(case_id) if f["kind"] == rating.INVITED]
        assert len(told) == int(bool(url))
        desk.visit.finish()


def test_a_code_of_a_receipt_is_known_to_the_hub_once_its_fact_is_there(desk: TestOffice) -> None:
    office = replace(desk.office, rating_url="https://hall.example/")
    done_case(desk)
    record = desk.store.cases()[0]
    paper = desk.store.papers(record.number)[0]
    blank = PaperContent("YWHZ", paper.number, record.number, desk.clock.now().isoformat())
    with desk.store.unit(office.actor, office.now()) as unit:
        content = rating.with_code(office, unit, record, blank)
        assert rating.with_code(office, unit, record, replace(blank, kind="THQS")).rate_url == ""
    assert content.rate_url.startswith("https://hall.example/r/OW1E.")
    assert content.rate_until == (office.today() + timedelta(days=30)).isoformat()
    with pytest.raises(Problem, match="rating-soon"):
        desk.hub.invited(content.rate_url)
    sync(desk)
    found = desk.hub.invited(content.rate_url)
    assert (found.case_id, found.number, found.type_id) == (record.case_id, record.number, record.type_id)


def test_a_bad_answer_becomes_the_inner_task_of_the_supervisor(desk: TestOffice) -> None:
    case_id = done_case(desk)
    rating.answer(desk.office, case_id, 2, ("213",))
    sync(desk)
    with pytest.raises(Problem, match="supervisor-needed"):
        follow_ups.open_ones(desk.office)
    boss = replace(desk.office, actor=next(a for a in desk.cast.clerks if a.may("supervisor")))
    [found] = follow_ups.open_ones(boss)
    record = follow_ups.take(boss, found.id)
    assert (record.type_id, record.due_on) == ("FW06", found.mend_by)
    assert follow_ups.take(boss, found.id) == desk.store.case(record.number)
    assert desk.hub.follow_ups()[0].task == record.number
    sync(desk)
    [row] = [row for row in desk.hub.work() if row["number"] == record.number]
    assert (row["flow"], row["step"]) == ("task", "opened")
    for nth, step in enumerate(("handled", "checked", "archived")):
        assert desk.hub.move(record.case_id, Wish(f"m{nth}", to=step), boss.actor)["step"] == step
    assert follow_ups.late([found], found.call_back_by + timedelta(days=1)) == 1
    follow_ups.act(boss, found.id, "call_back", "说等得久")
    assert follow_ups.open_ones(boss)[0].said == "说等得久"
    with pytest.raises(Problem, match="not-found"):
        follow_ups.take(boss, "nobody")
