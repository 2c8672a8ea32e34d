"""The read copy follows the hub: in order, once, also over a cut line and after the hub was restored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from counter_app.problems import Problem
from counter_app.services.hub_port import News
from counter_app.sync.pull import pull
from counter_app.sync.remote_hub import Page


@dataclass
class Copy:
    """A counter's place in the feed and what it took over."""

    place: tuple[int, int] = (0, 0)
    rows: list[int] = field(default_factory=list)

    def feed_place(self) -> tuple[int, int]:
        return self.place

    def follow(self, page: News) -> int:
        self.rows += [row["feed_no"] for row in page.rows]
        self.place = (page.epoch, page.last)
        return len(page.rows)


@dataclass
class Teller:
    """A hub with so many rows, told two at a time."""

    count: int
    epoch: int = 1
    away_at: int = -1

    def feed(self, after: int = 0) -> Page:
        if self.away_at == after:
            raise Problem("hub-away", "hub")
        rows: list[Mapping[str, Any]] = [{"feed_no": n} for n in range(after + 1, self.count + 1)][:2]
        return Page(self.epoch, rows[-1]["feed_no"] if rows else after, tuple(rows))


def test_it_reads_on_until_nothing_is_new() -> None:
    copy, hub = Copy(), Teller(5)
    assert pull(copy, hub, copy.follow) == 5
    assert pull(copy, hub, copy.follow) == 0
    hub.count = 6
    assert pull(copy, hub, copy.follow) == 1
    assert copy.rows == [1, 2, 3, 4, 5, 6]


def test_it_goes_on_where_the_line_was_cut() -> None:
    copy, hub = Copy(), Teller(5, away_at=2)
    assert pull(copy, hub, copy.follow) == 2
    hub.away_at = -1
    assert pull(copy, hub, copy.follow) == 3
    assert copy.rows == [1, 2, 3, 4, 5]


def test_a_restored_hub_is_read_from_the_beginning() -> None:
    copy = Copy((1, 5))
    assert pull(copy, Teller(3, epoch=2), copy.follow) == 3
    assert (copy.rows, copy.place) == ([1, 2, 3], (2, 3))


def test_at_most_so_many_pages_at_a_time() -> None:
    copy = Copy()
    assert pull(copy, Teller(9), copy.follow, most=2) == 4
