"""Codes on what the citizen laid on the counter: an invoice, a birth certificate, a licence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from counter_app.catalog.model import FieldSpec
from counter_app.domain.cases import MaterialState
from counter_app.domain.invoices import Invoice, from_qr
from counter_app.problems import Problem
from counter_app.services import filling
from counter_app.services.judge import materials_of
from counter_app.services.state import CaseDraft, Mark
from counter_app.services.verbs_cases import CaseVerbs
from counter_app.services.visit_view import VisitView
from drivers.protocols import Scan

INVOICES = "M_INV"  # the material that invoices are
DAY_OF_CARE = "adm_date"  # known from the first invoice until the clerk says otherwise
ON_PAPER = {"birth_cert": "birth_cert_no", "uscc": "uscc"}  # kind of code -> the field it answers


class ScanVerbs(CaseVerbs):
    """What is read off a paper need not be typed."""

    def _scanned(self, scan: Scan) -> VisitView:
        """Raises Problem `scan-…`, `invoice-again`, `invoice-nowhere`, `uscc-check`."""
        if scan.kind == "invoice":
            found = from_qr(scan.text)
            if found is None:
                raise Problem("scan-unknown", "scanner")
            return self.add_invoices((found,))
        if scan.kind in ON_PAPER and self._asks(ON_PAPER[scan.kind]):
            return self._answered(ON_PAPER[scan.kind], scan.text.strip())
        if scan.kind == "uscc" and self._state.case() is None:
            return self.add_employer(scan.text.strip())
        return super()._scanned(scan)

    def add_invoices(self, found: Sequence[Invoice]) -> VisitView:
        """One row for each invoice; the material is there then, and the day of care known.

        Raises Problem `invoice-nowhere` (no case that takes invoices), `invoice-again`.
        """
        case = self._state.case()
        table = self._invoice_table(case)
        if case is None or table is None or case.number:
            raise Problem("invoice-nowhere", "scanner")
        rows = [dict(row) for row in case.values.get(table.key, []) if row]
        for invoice in found:
            place = next((n for n, row in enumerate(rows, 1) if _id(row) == invoice.id), 0)
            if place:
                raise Problem("invoice-again", f"{table.key}[{place}].invo_no", str(place))
            rows.append(_row(table, invoice))
        filled = filling.with_value(case, table.key, rows)
        filled = replace(filled, sources={**filled.sources, table.key: "scan"})
        return self._put(table.label, self._with_day(self._with_material(filled, len(rows)), found))

    def _invoice_table(self, case: CaseDraft | None) -> FieldSpec | None:
        fields = self.office.type(case.type_id).fields if case is not None else ()
        tables = (field for field in fields if field.type == "table")
        return next((t for t in tables if {"invo_no", "amount"} <= {c.key for c in t.columns}), None)

    def _with_material(self, case: CaseDraft, count: int) -> CaseDraft:
        """What was read is there; a mark the clerk made stays."""
        codes = {needed.spec.code for needed in materials_of(self.office, self._state, case)}
        mark = case.marks.get(INVOICES)
        if INVOICES not in codes or (mark is not None and mark.state is not MaterialState.RECEIVED):
            return case
        pages = mark.pages if mark is not None else ()
        return replace(
            case, marks={**case.marks, INVOICES: Mark(MaterialState.RECEIVED, max(count, 1), pages)}
        )

    def _with_day(self, case: CaseDraft, found: Sequence[Invoice]) -> CaseDraft:
        asks = any(field.key == DAY_OF_CARE for field in self.office.type(case.type_id).fields)
        days = [invoice.issued_on.isoformat() for invoice in found if invoice.issued_on is not None]
        if not asks or not days or case.sources.get(DAY_OF_CARE) == "clerk":
            return case
        first = min([*days, *filter(None, [case.values.get(DAY_OF_CARE)])])
        return replace(
            case,
            values={**case.values, DAY_OF_CARE: first},
            sources={**case.sources, DAY_OF_CARE: "scan"},
        )

    def _asks(self, key: str) -> bool:
        case = self._state.case()
        if case is None or case.number:
            return False
        return any(field.key == key for field in self.office.type(case.type_id).fields)

    def _answered(self, key: str, text: str) -> VisitView:
        case = self._current_case()
        spec = self._field(case, key)
        filled = filling.typed(self.office, case, spec, text)
        return self._put(spec.label, replace(filled, sources={**filled.sources, key: "scan"}))


def _id(row: dict[str, Any]) -> str:
    return f"{row.get('invo_code', '')}-{row.get('invo_no', '')}"


def _row(table: FieldSpec, invoice: Invoice) -> dict[str, Any]:
    told: dict[str, Any] = {
        "invo_code": invoice.code,
        "invo_no": invoice.number,
        "invo_date": invoice.issued_on.isoformat() if invoice.issued_on else "",
        "amount": invoice.amount,
    }
    known = {column.key for column in table.columns}
    return {key: value for key, value in told.items() if key in known and value not in ("", None)}
