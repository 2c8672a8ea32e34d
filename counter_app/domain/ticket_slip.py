"""What a number looks like on 80 mm paper and on the screen of a kiosk."""

from __future__ import annotations

from dataclasses import fields
from datetime import tzinfo

from counter_app.domain.tickets import CLASS_NAMES, Given, TicketClass
from counter_app.domain.value import Value

TICKET_QR = "OW1T."
# What paper and screen say of a number that was given while the hub was away.
SPARE = ("备用号，断网期间发放", "恢复后按取号时间自动排队，请在大厅等候叫号。")


class TicketSlip(Value, frozen=True):
    """One number handed out. `low` and `high` are whole minutes until the call; `group` and `klass` words.

    No name, no number of a document and no matter stands on it: a ticket lies in an open hand.
    """

    request_id: str
    ticket_id: str
    number: str
    hall: str
    taken_at: str  # local day and minute
    group: str = ""
    klass: str = ""
    ahead: int = 0
    low: int = 0
    high: int = 0
    reissues: int = 0
    is_demo: bool = False
    tongue: str = ""  # code of the language beside the Chinese
    is_spare: bool = False  # given while the hub was away: nobody knows yet how many wait before it

    @property
    def qr(self) -> str:
        """What its QR says: the ticket, its day and its number, so that it is read without the hub too."""
        day = self.taken_at[:10].replace("-", "")
        return f"{TICKET_QR}{self.ticket_id}.{day}.{self.number}"

    @property
    def spoken(self) -> str:
        """The number as it is said, digit by digit: A 零 一 二."""
        digits = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
        return " ".join(digits.get(one, one) for one in self.number)


class SlipCode(Value, frozen=True):
    """What a scanned slip says; an old slip has no day and number, a preprinted tag its number alone."""

    ticket_id: str = ""
    day: str = ""  # YYYYMMDD
    number: str = ""


def slip_code(text: str) -> SlipCode:
    """What stands in the code of a slip; never refuses."""
    clean = text.strip()
    if not clean.startswith(TICKET_QR):
        return SlipCode(number=clean)
    found = clean.removeprefix(TICKET_QR).split(".")
    return SlipCode(*found) if len(found) == len(fields(SlipCode)) else SlipCode(found[0])


def slip_of(
    request: str, given: Given, hall: str, group: str, zone: tzinfo | None, is_demo: bool
) -> TicketSlip:
    """What stands on the paper of a number that was given; an ordinary class goes without saying."""
    ticket = given.ticket
    klass = TicketClass(ticket.klass) if ticket.klass else TicketClass.ORDINARY
    return TicketSlip(
        request_id=request,
        ticket_id=ticket.ticket_id,
        number=ticket.number,
        hall=hall,
        taken_at=f"{ticket.taken_at.astimezone(zone):%Y-%m-%d %H:%M}",
        group=group,
        klass="" if klass is TicketClass.ORDINARY else CLASS_NAMES[klass],
        ahead=given.ahead,
        low=given.low_min,
        high=given.high_min,
        reissues=ticket.reissues,
        is_demo=is_demo,
        is_spare=given.is_spare,
    )
