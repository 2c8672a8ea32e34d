"""What was settled to be paid: sums and averages by type, in 分."""

from __future__ import annotations

from fractions import Fraction

from counter_app.policy.rounding import half_up
from counter_app.services.reports.model import Body, CaseFile, Definition, Ledger, Report, Row, adds_up


def _payments(ledger: Ledger) -> Body:
    settled = [case for case in ledger.cases if case.paid is not None]
    types = sorted({case.record.type_id for case in settled})
    rows = [_row(_name(settled, one), [c for c in settled if c.record.type_id == one]) for one in types]
    whole = _row("合计", settled)
    parts = [row.count or 0 for row in rows]
    return Body((*rows, whole), (adds_up("各事项金额之和（分）", parts, whole.count or 0),))


def _name(cases: list[CaseFile], type_id: str) -> str:
    return next(f"{type_id} {c.record.type_name}" for c in cases if c.record.type_id == type_id)


def _row(label: str, cases: list[CaseFile]) -> Row:
    amount = sum(case.paid or 0 for case in cases)
    mean = half_up(Fraction(amount, len(cases))) if cases else None
    return Row(label, amount, len(cases), mean, "分/件")


REPORTS = (
    Report(
        "payments",
        "核定支付金额",
        Definition("期内来件已核定支付的金额之和（分）；结果为件均，四舍五入到分", "已核定支付的件数"),
        _payments,
    ),
)
