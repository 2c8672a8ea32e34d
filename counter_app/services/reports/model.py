"""What a report is: its definition in words, its rows, and the reconciliations it must pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from counter_app.catalog.holidays import Holidays
from counter_app.catalog.model import Catalogue, Region
from counter_app.domain.cases import CaseRecord, CaseState
from counter_app.domain.value import Value
from counter_app.policy.rounding import as_decimal, half_up, rounded

NOTHING = "—"  # what an empty denominator gives: there is no rate of nothing, and it is not 0
HALL_TIME = "Asia/Shanghai"


class Period(Value, frozen=True):
    """The business days a report is about, both ends included; None is open."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether a day belongs to it."""
        return (self.first or date.min) <= day <= (self.last or date.max)

    def text(self) -> str:
        """As it stands on the report."""
        return f"{self.first or '最早'} 至 {self.last or '最近'}"


SPANS = (("day", "今日"), ("month", "本月"), ("year", "本年"), ("all", "全部"))


def span(word: str, today: date) -> Period:
    """The days a word of SPANS means, up to today."""
    first = {"day": today, "month": today.replace(day=1), "year": today.replace(month=1, day=1)}.get(word)
    return Period(first, today if first else None)


class CaseFile(Value, frozen=True):
    """One case as reports see it: no name, no number of a person.

    `seconds` at the window (None: not taken there); `visits` how often somebody had to come;
    `day` the business day it was taken in; `finished` when it was decided; `age` in whole years.
    """

    record: CaseRecord
    channel: str = "desk"
    disease: str = ""
    seconds: int | None = None
    visits: int = 1
    finished: date | None = None
    was_extended: bool = False
    was_deferred: bool = False
    age: int | None = None
    paid: int | None = None

    @property
    def day(self) -> date:
        """The business day that decides the period."""
        return self.record.business_date

    @property
    def insurance(self) -> str:
        """The code of the insurance, "" where the form has none."""
        return str(self.record.answers.get("insutype") or "")

    @property
    def is_done(self) -> bool:
        """Whether it came to its good end."""
        return self.record.state is CaseState.DONE


class Ledger(Value, frozen=True):
    """Everything a report may read. `ratings`: level to count, None where no hub is known."""

    catalogue: Catalogue
    region: Region
    calendar: Holidays
    period: Period
    today: date
    cases: tuple[CaseFile, ...] = ()
    ratings: Mapping[int, int] | None = None


class Definition(Value, frozen=True):
    """What a report counts, so that two halls mean the same by it.

    `sources` are the rows of the published material it answers; `period` says which day decides.
    """

    numerator: str
    denominator: str = ""
    period: str = "按业务日期（受理日；未受理的为收件日）"
    sources: tuple[str, ...] = ()


class Row(Value, frozen=True):
    """One line: how many, of how many, and what follows. Money in 分, shares as exact fractions."""

    label: str
    count: int | None = None
    of: int | None = None
    value: Fraction | int | None = None
    unit: str = ""
    note: str = ""

    def shown(self) -> str:
        """The result as people read it."""
        if self.value is None:
            return NOTHING
        if self.unit == "%":
            return f"{as_decimal(rounded(Fraction(self.value) * 100, 2), 2):f}%"
        return f"{as_decimal(rounded(Fraction(self.value), 2), 2):f}"


class Check(Value, frozen=True):
    """One reconciliation: what must agree, and whether it does."""

    text: str
    ok: bool


class Body(Value, frozen=True):
    """Rows and checks of one report."""

    rows: tuple[Row, ...]
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One report. `build` is pure: the same ledger gives the same body."""

    id: str
    title: str
    definition: Definition
    build: Callable[[Ledger], Body] = field(repr=False)


def share(label: str, count: int, of: int, note: str = "") -> Row:
    """A row that is a part of a whole; no whole, no share."""
    return Row(label, count, of, Fraction(count, of) if of else None, "%", note)


def mean(label: str, values: Iterable[int], unit: str) -> Row:
    """A row that is an average; of nothing there is none. An average of 分 is rounded to 分."""
    found = list(values)
    exact = Fraction(sum(found), len(found)) if found else None
    rounded_to = half_up(exact) if exact is not None and unit == "分" else exact
    return Row(label, sum(found), len(found), rounded_to, unit)


def adds_up(what: str, parts: Iterable[int], whole: int) -> Check:
    """The check that parts are the whole, as it is printed: `2584 + 945 = 3529`."""
    each = list(parts)
    total = sum(each)
    left = " + ".join(str(part) for part in each) or "0"
    end = "" if total == whole else f"，与 {whole} 不符，差 {total - whole}"
    return Check(f"{what}：{left} = {total}{end}", total == whole)
