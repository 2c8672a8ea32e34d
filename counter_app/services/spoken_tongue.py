"""Which language stands beside the Chinese on a visit's papers: as chosen, else as its number says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from counter_app.catalog.tongues import CHINESE, tongue, tongues
from counter_app.domain.tickets import Ticket

if TYPE_CHECKING:
    from counter_app.services.office import Office
    from counter_app.services.state import VisitState

NEED = "language"  # of NEEDS: somebody has to be spoken to in another language
_WISH = "单据附{}对照"  # what a number's note says


def tongue_of(office: Office, state: VisitState) -> str:
    """The code of the language as somebody chose it for this visit, else as the number says; "" = Chinese."""
    if state.tongue is not None:
        return state.tongue
    return tongue_of_ticket(state.ticket, office.tongues) if state.ticket is not None else ""


def tongue_of_ticket(ticket: Ticket, hall: Sequence[str]) -> str:
    """What was touched at a kiosk or written at the guide desk; for 民族语言 alone the hall's first one."""
    if not ticket.note and NEED not in ticket.needs:
        return ""
    named = [code for code, one in tongues().items() if _WISH.format(one.chinese) in ticket.note]
    if NEED in ticket.needs:
        named += [code for code, one in tongues().items() if code != CHINESE and one.chinese in ticket.note]
        named += hall
    return next(iter(named), "")


def wish_of(code: str) -> tuple[tuple[str, ...], str]:
    """Needs and note of a number for somebody who reads another language; nothing for Chinese."""
    if code in ("", CHINESE):
        return (), ""
    spoken = tongue(code)
    return (NEED,) if spoken.is_right_to_left else (), _WISH.format(spoken.chinese)


def next_tongue(office: Office, now: str) -> str:
    """The language after this one: the hall's first, then the others, then Chinese alone."""
    others = [code for code in tongues() if code != CHINESE and code not in office.tongues]
    order = ["", *office.tongues, *others]
    return order[(order.index(now) + 1) % len(order)] if now in order else ""


def name_of(code: str) -> str:
    """The Chinese name of a language on papers, for the clerk; "" for Chinese alone."""
    return tongue(code).chinese if code else ""


def tongue_of_case(office: Office, number: str) -> str:
    """The language of the papers a case has had already, so that the next one speaks it too."""
    told = (json.loads(paper.content) for paper in office.ports.storage.papers(number))
    return next((str(one["tongue"]) for one in told if one.get("tongue")), "")
