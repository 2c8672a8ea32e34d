"""What holds in a hall, folded from what was said to it."""

from __future__ import annotations

from typing import Any

from counter_app.domain.notices import (
    COVER,
    COVER_OVER,
    EMERGENCY,
    EMERGENCY_OVER,
    OUTAGE,
    OUTAGE_OVER,
    HallNow,
    Word,
    hall_now,
    help_words,
    still_held,
)


def said(kind: str, name: str = "", **more: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "at": "2026-11-23T10:31:00+08:00",
        "no": 7,
        "data": {"id": name} if name else {},
        **more,
    }


def test_what_is_ended_no_longer_holds_and_each_call_for_help_has_its_own_end() -> None:
    story = [
        said(OUTAGE, "o1", clerk="0317"),
        said(COVER, "c1"),
        said(EMERGENCY, "e1", window="5", why=help_words("5")),
        said(EMERGENCY, "e2", window="6"),
        said("board.text", "t"),
    ]
    now = hall_now(story)
    assert now.outage is not None
    assert (now.outage.id, now.outage.clerk_no) == ("o1", "0317")
    assert [word.text for word in now.helps] == ["5 号窗口请求支援", ""]
    after = hall_now([*story, said(EMERGENCY_OVER, "e1"), said(OUTAGE_OVER), said(COVER_OVER, "c1")])
    assert (after.outage, after.cover, [word.id for word in after.helps]) == (None, None, ["e2"])
    assert hall_now([said(OUTAGE)]).outage is not None, "a word without a name of its own has its number"


def test_the_hub_ends_what_it_knows_and_not_what_it_never_heard() -> None:
    here = HallNow(Word("o1", OUTAGE, "", is_local=True), None, (Word("e1", EMERGENCY, "", is_local=True),))
    assert still_held(HallNow(), here, frozenset()) == here
    assert still_held(HallNow(), here, frozenset({"o1", "e1"})) == HallNow()
    told = HallNow(Word("o2", OUTAGE, ""))
    assert still_held(told, here, frozenset({"o2"})).outage == told.outage
    assert still_held(HallNow(), told, frozenset()) == HallNow(), "the hub has forgotten its own word"
