"""The reports of a hall: pure counts over its cases, each with its definition and its reconciliations."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping

from counter_app.problems import Problem
from counter_app.services.office import Office
from counter_app.services.reports.ledger import Place, gather
from counter_app.services.reports.model import HALL_TIME, SPANS, Body, Ledger, Report, Row, span
from counter_app.services.reports.table import Table, table

__all__ = [
    "HALL_TIME",
    "SPANS",
    "Body",
    "Ledger",
    "Report",
    "Row",
    "Table",
    "at_desk",
    "by_id",
    "find",
    "span",
    "table",
]


def by_id() -> Mapping[str, Report]:
    """Every report by its id, from the constant `REPORTS` of each module here.

    Raises ValueError when two share an id.
    """
    held: dict[str, Report] = {}
    for module in pkgutil.iter_modules(__path__):
        for report in getattr(importlib.import_module(f"{__name__}.{module.name}"), "REPORTS", ()):
            if report.id in held:
                raise ValueError(f"two reports are called {report.id}")
            held[report.id] = report
    return held


def find(report_id: str) -> Report:
    """One report. Raises Problem `not-found`."""
    known = by_id()
    if report_id not in known:
        raise Problem("not-found", "report", report_id)
    return known[report_id]


def at_desk(office: Office, word: str) -> tuple[Table, ...]:
    """The reports a desk shows, of a span of SPANS; ratings are left out: no clerk sees those."""
    place = Place(office.catalogue, office.region, office.calendar, office.today())
    ports = office.ports
    ledger = gather(ports.storage, ports.secrets.open, place, span(word, office.today()))
    return tuple(table(report, ledger) for report in by_id().values() if report.id != "ratings")
