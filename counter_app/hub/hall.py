"""One hall of a hub as an object: `core` in a lane. It fits the port `Hub` of the services unseen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from counter_app.catalog.holidays import Holidays, shipped
from counter_app.database import Database
from counter_app.domain.actor import Actor
from counter_app.domain.filings import FilingPage
from counter_app.domain.life import Wish
from counter_app.domain.tickets import LineState, Ticket
from counter_app.hub import (
    batches,
    cases,
    core,
    covering,
    estimates,
    feed,
    filings,
    looks,
    ratings,
)
from counter_app.hub.commands import (
    Accept,
    Act,
    Call,
    Claim,
    Cover,
    Day,
    Feed,
    Look,
    Move,
    Opened,
    Packages,
    Rate,
    Send,
    Take,
    Whole,
    Work,
)
from counter_app.hub.floor import NOBODY, Floor, HallClock, ticket_in
from counter_app.hub.hall_away import HallAway
from counter_app.hub.hall_day import HallDay
from counter_app.hub.hall_devices import HallDevices
from counter_app.hub.hall_manage import HallManage
from counter_app.hub.hall_messages import HallMessages
from counter_app.hub.hall_sync import HallSync
from counter_app.hub.halls import open_hall, rules_of
from counter_app.hub.keys import KeyService, asked
from counter_app.hub.lane import Lane
from counter_app.hub.rows import to_ms
from counter_app.hub.tokens import Bearer, digest_of, issue, revoke
from counter_app.queueing.rules import Rules
from counter_app.seals.trust import TrustStore
from counter_app.wire import filings as wire


class HallHub(Floor, HallDay, HallManage, HallDevices, HallSync, HallMessages, HallAway):
    """One hall. Any thread may ask; what is written goes through the lane, what is read does not."""

    # The way to the platform that resolves 医保电子凭证 codes, where this hub has one: (code, business) to
    # the person's fields. Raises Problem `voucher-…`.
    vouchers: Callable[[str, str], Mapping[str, str]] | None = None

    def __init__(
        self,
        database: Database,
        lane: Lane,
        hall: str,
        clock: HallClock,
        rules: Rules | None = None,
        calendar: Holidays | None = None,
    ) -> None:
        self.hall = hall
        self.calendar = calendar or shipped()
        self.database = database
        self.lane = lane
        self._clock = clock
        self._rules = rules or Rules()
        self.key_module: KeyService | None = None  # set by whoever opens the hall
        self._paces: dict[str, tuple[int, estimates.Known]] = {}
        self._lanes: dict[str, tuple[str, ...]] = {}  # of a window when it called last
        self.lane.do(lambda c: open_hall(c, hall, self._rules))

    def card_key(self, question: str) -> str:
        """What the hall's key module says to a card. Raises Problem `card-needs-key`, `hsm-…`."""
        return asked(self.key_module, question)

    # --- the port ---------------------------------------------------------------------------
    def take(
        self, request_id: str, group: str = "", klass: str = "", person: str = "", note: str = ""
    ) -> Ticket:
        """A number; the same request or the same waiting person gets the same one.

        Raises Problem `line-closed`, `group-unknown`, `class-unknown`.
        """
        wish = Take(self.hall, self._clock.now(), request_id, group, klass, person, note)
        return ticket_in(self.lane.do(lambda c: core.take(c, NOBODY, wish)))

    def call(self, window: str, call_id: str, actor: Actor) -> Ticket | None:
        """Next person for a window; the same `call_id` returns the same ticket.

        Raises Problem `window-paused`, `call-lapsed`, `request-reused`.
        """
        wish = Call(self.hall, self._clock.now(), window, call_id, lanes=self._lanes.get(window, ()))
        verdict = self.lane.do(lambda c: core.call(c, actor, wish))
        self._lanes[window] = verdict.lanes
        return verdict.ticket

    def act(
        self, ticket_id: str, verb: str, request_id: str, actor: Actor, why: str = "", to: str = ""
    ) -> Ticket:
        """One verb of `queueing.verbs.NAMES` on a ticket, once per request id."""
        wish = Act(self.hall, self._clock.now(), ticket_id, verb, request_id, why, to)
        return ticket_in(self.lane.do(lambda c: core.act(c, actor, wish)))

    def line(self, window: str) -> LineState:
        """How long the window's line is; asking is its sign of life."""
        wish = Look(self.hall, self._clock.now(), window)
        return self.lane.do(lambda c: core.look(c, Actor("", "", ("system",), "", window), wish))

    def tickets(self, day: date) -> Sequence[Ticket]:
        """The tickets of a day in the order they were taken."""
        with self.database.read() as connection:
            return core.tickets_of(connection, NOBODY, Day(self.hall, day))

    def ticket(self, ticket_id: str) -> Ticket | None:
        """One ticket, or None."""
        with self.database.read() as connection:
            return core.ticket(connection, self.hall, ticket_id)

    def push(self, batch: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
        """Take in envelopes: `{event_id, verdict, code, durable_upto}` each, in order."""
        wish = Accept(self.hall, self._clock.now(), batch, identity=self.identity)
        rulings = self.lane.do(lambda c: batches.accept(c, NOBODY, wish))
        return [ruling.as_dict() for ruling in rulings]

    def online(self) -> bool:
        """True: this hub is as near as the desk itself."""
        return True

    def feed(self, after: int = 0, limit: int = 500) -> feed.FeedPage:
        """What happened to cases after a place, in commit order."""
        with self.database.read() as connection:
            return feed.read_feed(connection, NOBODY, Feed(self.hall, after, limit))

    def work(self, desk: str = "", limit: int = 200) -> Sequence[Mapping[str, Any]]:
        """What lies on a desk ("" = on every one), nearest deadline first, with both lights of today."""
        wish = Work(self.hall, self.today(), desk, limit, self.calendar)
        with self.database.read() as connection:
            return cases.work(connection, NOBODY, wish)

    def case(self, case_id: str) -> Mapping[str, Any] | None:
        """One case with its life, by id or printed number; None when nobody knows it."""
        with self.database.read() as connection:
            return cases.whole(connection, NOBODY, Whole(self.hall, self.today(), case_id, self.calendar))

    def move(self, case_id: str, wish: Wish, actor: Actor) -> Mapping[str, Any]:
        """One step of a case's life, once per `wish.id`; the case after it.

        Raises Problem `not-found`, `request-reused`, and what `policy.life.move` raises.
        """
        command = Move(self.hall, self._clock.now(), case_id, wish, self.calendar)
        return self.lane.do(lambda c: cases.move_case(c, actor, command))

    def opened(self, case_id: str, what: str, look_id: str, actor: Actor) -> None:
        """Write down that somebody opens what is masked; once per id.

        Raises Problem `not-found`, `actor-unnamed`.
        """
        wish = Opened(self.hall, self._clock.now(), case_id, look_id, what)
        self.lane.do(lambda c: looks.opened(c, actor, wish))

    def cover(
        self, case_id: str, page: str, boxes: Sequence[Sequence[int]], request_id: str, actor: Actor
    ) -> None:
        """Write down that parts of a page are covered; once per id.

        Raises Problem `not-found`, `actor-unnamed`, `cover-boxes`, `request-reused`.
        """
        told = tuple(map(tuple, boxes))
        wish = Cover(self.hall, self._clock.now(), case_id, request_id, page, told)
        self.lane.do(lambda c: covering.cover(c, actor, wish))

    def filings(self, after: int, trust: TrustStore, now: datetime) -> FilingPage:
        """The filings of packages after a number, as far as a sender we believe signed them."""
        return wire.page(self.packages(after), trust, now)

    def claim(self, filing_id: str, actor: Actor) -> None:
        """Take a filing to the actor's window. Raises Problem `filing-elsewhere`, `filing-done`."""
        wish = Claim(self.hall, self._clock.now(), filing_id, actor.window)
        self.lane.do(lambda c: filings.claim(c, actor, wish))

    def release(self, filing_id: str, actor: Actor) -> None:
        """Give back a filing the actor's window took; one that is not its own stays as it is."""
        wish = Claim(self.hall, self._clock.now(), filing_id, actor.window)
        self.lane.do(lambda c: filings.release(c, actor, wish))

    # --- more than the desk needs -------------------------------------------------------------
    def rate(self, request_id: str, case_id: str, level: int, indicators: tuple[str, ...] = ()) -> bool:
        """Keep a citizen's answer (1–5, 0 = 未评). Raises Problem `already-rated`, `rating-level`."""
        now, terms = self._clock.now(), self.terms_now()
        wish = Rate(self.hall, now, request_id, case_id, level, indicators, terms, self.calendar)
        return self.lane.do(lambda c: ratings.rate(c, NOBODY, wish))

    def send(self, request_id: str, package: Mapping[str, Any]) -> bool:
        """Keep a package of filings; False when it was here. Raises `package-broken`, `filing-conflict`."""
        wish = Send(self.hall, self._clock.now(), request_id, package)
        return self.lane.do(lambda c: filings.send(c, NOBODY, wish))

    def packages(self, after: int = 0) -> Sequence[Mapping[str, Any]]:
        """Packages after a number: `{no, package}`."""
        with self.database.read() as connection:
            return filings.packages_of(connection, NOBODY, Packages(self.hall, after))

    def issue(self, bearer: Bearer) -> str:
        """Make a token for a program; it is shown once."""
        now = to_ms(self._clock.now())
        return self.lane.do(lambda c: issue(c, bearer, now))

    def revoke(self, token: str, why: str) -> None:
        """Make a token worthless."""
        self.lane.do(lambda c: revoke(c, digest_of(token), why))

    def cases(self, limit: int = 500) -> Sequence[Mapping[str, Any]]:
        """Cases as the facts left them, newest first: `{id, number, type, state, business_date}`."""
        with self.database.read() as connection:
            return cases.newest(connection, self.hall, limit)

    def today_is_known(self) -> bool:
        """Whether the store answers. Raises what the store raises."""
        with self.database.read() as connection:
            return bool(rules_of(connection, self.hall)) and self.today() is not None

    def durable_upto(self, device: str, epoch: int) -> int:
        """The highest seq below which nothing of a device is missing here."""
        with self.database.read() as connection:
            return batches.durable_upto(connection, device, epoch)
