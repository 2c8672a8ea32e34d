"""The State Council's days off: read from the pack, so that a hall can add a year without a new program."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

import tomli

import resources
from counter_app.domain.value import Value, field
from counter_app.problems import Problem

FILE = "regions/_holidays.toml"


class Holidays(Value, frozen=True):
    """Days that differ from the plain week, and the years whose notice has been published."""

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    published: frozenset[int] = field(default_factory=frozenset)

    def is_workday(self, day: date) -> bool:
        """Whether offices work; outside published years weekends and known holidays only."""
        return day in self.work or (day.weekday() < 5 and day not in self.off)


@lru_cache(maxsize=1)
def shipped() -> Holidays:
    """The table that ships with the program."""
    return parse(resources.read_bytes(FILE).decode("utf-8"), FILE)


def load(update: Path) -> Holidays:
    """The shipped table with the years of a hall's own file laid over it; that file may be absent.

    Raises Problem `pack-broken`.
    """
    if not update.exists():
        return shipped()
    own = parse(update.read_text("utf-8"), str(update))
    years = {day.year for day in own.off | own.work} | own.published
    base = shipped()
    return Holidays(
        frozenset(day for day in base.off if day.year not in years) | own.off,
        frozenset(day for day in base.work if day.year not in years) | own.work,
        base.published | own.published,
    )


def parse(text: str, where: str) -> Holidays:
    """Read a table: `[2027] published = true, off = [dates], work = [dates]`.

    Raises Problem `pack-broken` with the file.
    """
    off: set[date] = set()
    work: set[date] = set()
    published: set[int] = set()
    try:
        for name, year in tomli.loads(text).items():
            off |= _days(year, "off", int(name))
            work |= _days(year, "work", int(name))
            if year.get("published", True):
                published.add(int(name))
    except (ValueError, TypeError, AttributeError) as error:
        raise Problem("pack-broken", where, f"放假表有误：{error}") from error
    if off & work:
        raise Problem("pack-broken", where, "放假表有误：同一天既放假又上班")
    return Holidays(frozenset(off), frozenset(work), frozenset(published))


def _days(year: Mapping[str, list[date]], name: str, wanted: int) -> set[date]:
    days = set(year.get(name, []))
    strange = [day for day in days if not isinstance(day, date) or day.year != wanted]
    if strange:
        raise ValueError(f"{wanted} 年的 {name} 里有 {strange[0]}")
    return days
