"""Carrying the cases a hall accepted for others to their halls, and the results home; away is no matter."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from counter_app.problems import Problem
from counter_app.seals.provider import AES_256_GCM, STANDARD
from counter_app.sync.backoff import Backoff
from counter_app.sync.neighbour import Neighbour

EVERY_S = 2.0
PAGES_S = 600.0  # a scanned page may come later than its fact; after this the fact goes without it
_MOST, _TURNS = 100, 50
_BOUND = b"ow1.page"
_LOG = logging.getLogger(__name__)
Plain = Mapping[str, Any]


class Away(Protocol):
    """What a hall remembers of cases that are away (`hub.hall_away`)."""

    def watch_away(self, places: frozenset[str]) -> int:
        """Note the cases accepted for these places since last time; 0 when nothing was left to read."""

    def away_waiting(self, place: str, most: int) -> Sequence[Plain]:
        """What a place has not been told yet, in order."""

    def away_told(
        self, place: str, store: str, waits: Sequence[Plain], pages: Mapping[str, str], box_key: bytes = b""
    ) -> Sequence[Plain]:
        """The facts as they are sent; `box_key` is what that hub's boxes are made for."""

    def away_settled(self, waits: Sequence[Plain], verdicts: Sequence[Plain]) -> int:
        """Write down what a place said; how many are done."""

    def away_again(self, place: str) -> None:
        """Everything a place was told waits again."""

    def away_end(self, place: str) -> Any:
        """How far we are with a place."""

    def bring_back(self, place: str, page: tuple[int, int, Sequence[Plain]]) -> int:
        """Take over what a place did."""

    @property
    def fence(self) -> int:
        """The epoch of the hub that took over, 0 while this one is the hall's."""


@dataclass(slots=True)
class Forwarding:
    """One hall and the others it accepts for. `page_of` gives a sealed page, `key` opens it (b"" = none)."""

    hall: Away
    others: Mapping[str, Neighbour]
    page_of: Callable[[str], bytes]
    key: bytes = field(default=b"", repr=False)
    wall_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000
    _pace: dict[str, Backoff] = field(default_factory=dict)

    def run(self) -> int:
        """Everything once; how many facts were told and turns brought home."""
        if self.hall.fence:
            return 0
        done, places = 0, frozenset(self.others)
        while self.hall.watch_away(places):
            pass
        for place, other in self.others.items():
            pace = self._pace.setdefault(place, Backoff())
            if not pace.ready(time.monotonic()):
                continue
            try:
                done += self._tell(place, other) + self._hear(place, other)
                pace.worked()
            except Problem as problem:
                pace.failed(time.monotonic())
                if problem.code not in ("hub-away", "hub-busy"):
                    _LOG.warning("the hall of %s was not reached: %s", place, problem.code)
        return done

    def _tell(self, place: str, other: Neighbour) -> int:
        done, standing = 0, other.hub.standing
        if standing is not None and standing.must_offer_again:  # another hub took over there
            self.hall.away_again(place)
            standing.offered_again()
        for _ in range(_TURNS):
            waits, pages = self._with_pages(self.hall.away_waiting(place, _MOST), other)
            if not waits:
                break
            told = self.hall.away_told(place, other.store, waits, pages, other.box_key)
            verdicts = other.hub.push(told)
            settled = self.hall.away_settled(waits, verdicts)
            done += settled
            if settled < len(waits):
                break
        return done

    def _hear(self, place: str, other: Neighbour) -> int:
        new, end = 0, self.hall.away_end(place)
        epoch, last = end.feed_epoch, end.feed_no
        for _ in range(_TURNS):
            page = other.hub.brought(last)
            if epoch not in (
                0,
                page.epoch,
            ):  # that hub was restored: from the beginning, each turn counts once
                page = other.hub.brought(0)
            if (page.epoch, page.last) == (epoch, last):
                break
            new += self.hall.bring_back(place, (page.epoch, page.last, page.rows))
            epoch, last = page.epoch, page.last
        return new

    def _with_pages(
        self, waits: Sequence[Plain], other: Neighbour
    ) -> tuple[Sequence[Plain], Mapping[str, str]]:
        """As many of these facts as have their pages here, and what the pages are called there."""
        names: dict[str, str] = {}
        for nth, one in enumerate(waits):
            if one["text"]:
                continue
            for ref in _pages(one["body"]):
                if ref not in names and not self._carried(ref, other, names):
                    if self.wall_ms() - int(one["at_ms"]) < PAGES_S * 1000:
                        return waits[:nth], names
                    names[ref] = ref
        return waits, names

    def _carried(self, ref: str, other: Neighbour, names: dict[str, str]) -> bool:
        """Seal a page for the other hall and hand it over; False while it is not here."""
        try:
            sealed = self.page_of(ref)
        except Problem:
            return False
        with contextlib.suppress(Problem):  # one no key of the hall opens goes as it was sealed
            if self.key and other.pages_key:
                plain = STANDARD.open(AES_256_GCM, self.key, sealed, _BOUND)
                sealed = STANDARD.seal(AES_256_GCM, other.pages_key, plain, _BOUND)
        names[ref] = hashlib.sha256(sealed).hexdigest()
        other.hub.put_page(names[ref], sealed)
        return True

    def close(self) -> None:
        """Close the lines of the calling thread."""
        for other in self.others.values():
            other.hub.close()


def _pages(value: Any, key: str = "") -> Iterator[str]:
    """The names of scanned pages in a body."""
    if isinstance(value, Mapping):
        for name, one in value.items():
            yield from _pages(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from _pages(one, key)
    elif isinstance(value, str) and value and key in ("page", "pages"):
        yield value


@contextlib.contextmanager
def carrying_on(all_of: Sequence[Forwarding], every_s: float = EVERY_S) -> Iterator[None]:
    """Run them again and again in a thread of their own until the block is left."""
    stop = threading.Event()

    def work() -> None:
        while not stop.wait(every_s):
            for one in all_of:
                one.run()
        for one in all_of:
            one.close()

    thread = threading.Thread(target=work, name="forwarding", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
