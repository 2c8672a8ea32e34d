"""The reports of a hall: pure counts over its cases, each with its definition and its reconciliations."""

from __future__ import annotations

from collections.abc import Mapping

from counter_app.problems import Problem
from counter_app.services.reports import counts, published, rated, times, trips
from counter_app.services.reports.model import HALL_TIME, Body, Ledger, Report, Row
from counter_app.services.reports.table import Table, table

__all__ = ["HALL_TIME", "Body", "Ledger", "Report", "Row", "Table", "by_id", "find", "table"]


def by_id() -> Mapping[str, Report]:
    """Every report by its id, in the order they are listed."""
    every = (*counts.REPORTS, *times.REPORTS, *trips.REPORTS, *published.REPORTS, *rated.REPORTS)
    return {report.id: report for report in every}


def find(report_id: str) -> Report:
    """One report. Raises Problem `not-found`."""
    known = by_id()
    if report_id not in known:
        raise Problem("not-found", "report", report_id)
    return known[report_id]
