"""人工叫号: whom a window serves by the number on their paper while the line cannot be asked.

Kiosk and guide desk give numbers then (备用号); the holder comes to a window and the clerk types the number
or scans the slip.
The hub hears of it by the fact `ticket.served`, which carries the number and no id, and finds the ticket.
"""

from __future__ import annotations

import re
import unicodedata

from counter_app.domain.cases import Fact
from counter_app.domain.ticket_slip import SlipCode, slip_code
from counter_app.domain.tickets import Ticket, TicketClass, TicketState
from counter_app.problems import Problem
from counter_app.services.office import Office
from counter_app.services.state import VisitState

_NUMBER = re.compile(r"[A-Z][0-9]{3,4}")
_LONGEST = 12


def number_typed(text: str) -> str:
    """The printed number somebody typed, wide or small letters and blanks allowed; "" for anything else."""
    clean = "".join(unicodedata.normalize("NFKC", text[:_LONGEST]).split()).upper()
    return clean if _NUMBER.fullmatch(clean) else ""


def ticket(office: Office, text: str) -> Ticket:
    """The number as this window knows it: no id, served from now on.

    Raises Problem `number-typed` for something else, `line-there` when the line can be asked again.
    """
    number = number_typed(text)
    if not number:
        raise Problem("number-typed", "line", text[:_LONGEST])
    if _answers(office):
        raise Problem("line-there", "line", number)
    return _served(office, number)


def ticket_of_slip(office: Office, text: str) -> Ticket:
    """The same from the code of a slip or tag under the scanner.

    Raises Problem `scan-ticket` while the line can be asked (saying the number), `slip-old` for a code
    without a number, `slip-day` for one of another day.
    """
    code = slip_code(text)
    if _answers(office):
        raise Problem("scan-ticket", "scanner", _known(office, code))
    number = number_typed(code.number)
    if not number:
        raise Problem("slip-old", "scanner")
    if code.day and code.day != f"{office.today():%Y%m%d}":
        raise Problem("slip-day", "scanner", f"{code.day[:4]}-{code.day[4:6]}-{code.day[6:8]}")
    return _served(office, number)


def _known(office: Office, code: SlipCode) -> str:
    """The number of a slip, as far as the hub knows it."""
    try:
        found = office.ports.hub.ticket(code.ticket_id) if code.ticket_id else None
    except Problem:
        found = None
    return f"号码 {found.number}。" if found is not None else ""


def _served(office: Office, number: str) -> Ticket:
    now, klass = office.now(), TicketClass.ORDINARY.value
    return Ticket("", number, "", klass, TicketState.SERVING, now, window=office.window, called_at=now)


def last_word(office: Office, state: VisitState) -> tuple[Fact, ...]:
    """What a visit tells of its number as it ends when no case of it has: somebody only asked something."""
    held = state.ticket
    if held is None or not held.is_by_hand or state.batches or any(case.number for case in state.cases):
        return ()
    return (Fact("ticket.served", {"ticket_id": "", "ticket": held.number, "window": office.window}),)


def _answers(office: Office) -> bool:
    try:
        office.ports.hub.line(office.window)
    except Problem as problem:
        return problem.code != "hub-away"
    return True
