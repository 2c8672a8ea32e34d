"""Reports of a place, as a desk shows them when it has done nothing yet."""

from __future__ import annotations

from datetime import date

from counter_app.catalog.holidays import shipped
from counter_app.catalog.load import load_catalogue
from counter_app.services.reports import Ledger, Table, by_id, span, table

TODAY = date(2026, 11, 20)


def tables(region: str = "zaozhuang") -> tuple[Table, ...]:
    """Every report of a region on a day without cases."""
    packs = load_catalogue()
    ledger = Ledger(packs, packs.regions[region], shipped(), span("month", TODAY), TODAY)
    return tuple(table(report, ledger) for report in by_id().values())
