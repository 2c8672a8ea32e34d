"""A report laid out: the one shape the screen, the command line and the files share."""

from __future__ import annotations

from typing import Any

from counter_app.domain.value import Value
from counter_app.services.reports.model import HALL_TIME, NOTHING, Check, Ledger, Report, Row

Cell = str | int
HEADINGS = ("项目", "分子", "分母", "结果", "单位", "说明")


class Table(Value, frozen=True):
    """A report as headings, lines, definition and checks; nothing in it is about one person."""

    id: str
    title: str
    lines: tuple[tuple[Cell, ...], ...]
    definition: tuple[tuple[str, str], ...]
    checks: tuple[Check, ...]
    headings: tuple[str, ...] = HEADINGS

    def as_dict(self) -> dict[str, Any]:
        """The shape of `reports show --json`."""
        return {
            "id": self.id,
            "title": self.title,
            "definition": dict(self.definition),
            "headings": list(self.headings),
            "rows": [list(line) for line in self.lines],
            "checks": [{"text": check.text, "ok": check.ok} for check in self.checks],
        }


def table(report: Report, ledger: Ledger) -> Table:
    """Build a report and lay it out."""
    body, about = report.build(ledger), report.definition
    definition = {
        "地区": ledger.region.name,
        "期间": ledger.period.text(),
        "期间口径": about.period,
        "时区": HALL_TIME,
        "分子": about.numerator,
        "分母": about.denominator or NOTHING,
        "来源行": " ".join(about.sources) or NOTHING,
        "统计日": ledger.today.isoformat(),
    }
    return Table(
        report.id, report.title, tuple(map(_line, body.rows)), tuple(definition.items()), body.checks
    )


def _line(row: Row) -> tuple[Cell, ...]:
    count = NOTHING if row.count is None else row.count
    of = NOTHING if row.of is None else row.of
    return (row.label, count, of, row.shown(), row.unit.removesuffix("%"), row.note)
