"""What the services need from the hub, the one inside the desk or the hall's, as a Protocol."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from counter_app.domain.actor import Actor
from counter_app.domain.filings import FilingPage
from counter_app.domain.follow_ups import FollowUp
from counter_app.domain.life import Wish
from counter_app.domain.outages import Sorted, Way
from counter_app.domain.tickets import LineState, Ticket
from counter_app.seals.trust import TrustStore


class News(Protocol):
    """A piece of the hub's case feed. Another `epoch` than last time: start over from 0."""

    @property
    def epoch(self) -> int:
        """Which life of the hub this is; it grows when the hub was restored."""

    @property
    def last(self) -> int:
        """The number of the last row, where to go on."""

    @property
    def rows(self) -> Sequence[Mapping[str, Any]]:
        """What happened, in commit order."""


class Hub(Protocol):
    """The hall's line and case feed. Raises Problem (`hub-away` when it cannot be reached)."""

    def take(self, request_id: str, group: str = "", klass: str = "", person: str = "") -> Ticket:
        """Give a number; the same request gets the same one."""

    def call(self, window: str, call_id: str, actor: Actor) -> Ticket | None:
        """Next ticket for this window; the same `call_id` returns the same ticket."""

    def act(
        self, ticket_id: str, verb: str, request_id: str, actor: Actor, why: str = "", to: str = ""
    ) -> Ticket:
        """`recall serve park transfer miss revive done cancel`, and for the guide desk `promote describe
        assist reissue carry merge`.

        `to` is for `transfer` a group's code or `window:5`, for `promote` a class, for `describe` needs
        with commas (`why` is the note), for `assist` a helper, for `carry` an ISO date, for `merge` the
        ticket that stays. `park`, `transfer`, `cancel`, `promote`, `reissue`, `carry` and `merge` need `why`.
        """

    def line(self, window: str) -> LineState:
        """How long the line is; asking also tells the hub that the window is alive (its lease)."""

    def tickets(self, day: date) -> Sequence[Ticket]:
        """Every ticket of a day."""

    def ticket(self, ticket_id: str) -> Ticket | None:
        """One ticket by its id."""

    def push(self, batch: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
        """Hand over envelopes; one verdict each (`accepted duplicate conflict rejected retry_later`)."""

    def feed(self, after: int = 0) -> News:
        """What happened to cases after a place in the feed, in commit order."""

    def work(self, desk: str = "", limit: int = 200) -> Sequence[Mapping[str, Any]]:
        """What lies on a desk ("" = on every one), nearest deadline first, with both lights."""

    def case(self, case_id: str) -> Mapping[str, Any] | None:
        """One case with its life, by id or printed number."""

    def move(self, case_id: str, wish: Wish, actor: Actor) -> Mapping[str, Any]:
        """One step of a case's life, once per `wish.id`; the case after it. Refuses as `policy.life`."""

    def filings(self, after: int, trust: TrustStore, now: datetime) -> FilingPage:
        """Filings in packages after a number, as far as a sender we believe signed them."""

    def claim(self, filing_id: str, actor: Actor) -> None:
        """Take a filing to this window. Raises Problem `filing-elsewhere`, `filing-done`."""

    def release(self, filing_id: str, actor: Actor) -> None:
        """Give back a filing this window took; one that is not its own stays as it is."""

    def say(
        self,
        request_id: str,
        kind: str,
        actor: Actor,
        text: str = "",
        window: str = "",
        data: Mapping[str, Any] | None = None,
    ) -> bool:
        """A word for the whole hall; False when it was said before. Raises Problem `notice-unknown`."""

    def said(self, day: date, kind: str = "") -> Sequence[Mapping[str, Any]]:
        """What was said to the hall on a day, oldest first: `{no, kind, at, clerk, window, why, data}`."""

    def sort(
        self, outage: str, ticket_id: str, way: Way, request_id: str, actor: Actor, note: str = ""
    ) -> Sorted:
        """What one waiting person is offered in an outage; a kept number has a code."""

    def sorted_in(self, outage: str) -> Sequence[Sorted]:
        """Everybody asked in an outage."""

    def kept_in(self, outage: str) -> tuple[int, int]:
        """Numbers kept in an outage, and how many of them have come back."""

    def follow_ups(self, open_only: bool = True) -> Sequence[FollowUp]:
        """Bad answers and what became of them, the oldest first."""

    def follow_up(
        self, id_: str, act: str, request_id: str, actor: Actor, note: str = "", task: str = ""
    ) -> FollowUp:
        """`call_back mend close`, or `task` with the number of its FW06 case."""

    def online(self) -> bool:
        """Whether the last exchange succeeded."""
