"""A reviewer covers parts of a page: a line in the case's story, told to every desk and by the feed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from counter_app.domain.actor import Actor
from counter_app.domain.codec import to_plain
from counter_app.domain.laid import COVERED, checked, text_of
from counter_app.domain.life import Turn
from counter_app.hub import cases, lives, memory
from counter_app.hub.commands import Cover
from counter_app.hub.covers import covers_of
from counter_app.hub.feed import FeedRow, append_feed
from counter_app.hub.rows import to_ms
from counter_app.policy.life import noted
from counter_app.problems import Problem


def cover(connection: Connection, actor: Actor, command: Cover) -> bool:
    """Write covers down, once per request; tells whether they are new. The case stays where it stood.

    Raises Problem `not-found` (no such case, or no such page in it), `actor-unnamed`, `cover-boxes`,
    `request-reused`.
    """
    if not actor.clerk_no:
        raise Problem("actor-unnamed", "actor", "遮盖影像")
    boxes = checked(command.boxes)
    kept = lives.hold(connection, command.hall, command.case_id)
    case_id, now = kept.life.case_id, to_ms(command.at)
    words = _place(connection, command, case_id) + f"，{len(boxes)} 处"
    text = text_of(command.page, boxes)
    mine = memory.digest("cover", case_id, text)
    if memory.subject(connection, command.hall, command.request_id, mine):
        return False
    turn = Turn(
        command.request_id,
        COVERED,
        "",
        "",
        command.at,
        actor.clerk_no,
        actor.clerk_name,
        "",
        words,
        detail=text,
    )
    life = noted(kept.life, turn)
    cases.write(connection, command.hall, replace(kept, life=life), now)
    memory.remember(connection, command.hall, command.request_id, mine, case_id, now)
    told = {"number": life.number, "type_id": life.type_id, "note": to_plain(replace(turn, detail=""))}
    append_feed(connection, command.hall, [FeedRow("page.covered", case_id, turn.id, "", told)], now)
    return True


def _place(connection: Connection, command: Cover, case_id: str) -> str:
    """Which page of which material it is, in words."""
    told: Mapping[str, Any] = lives.told_at_acceptance(connection, command.hall, case_id)
    for material in told.get("materials", ()):
        pages = list(material.get("pages", ()))
        if command.page in pages:
            return f"{material['name']} 第 {pages.index(command.page) + 1} 页"
    if any(command.page == one["page"] for one in covers_of(connection, command.hall, case_id)):
        return "影像"
    raise Problem("not-found", "page", "本件没有这一页影像")
