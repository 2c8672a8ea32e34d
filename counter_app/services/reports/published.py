"""Reports over what the place itself has published: its figures done again, its lists counted."""

from __future__ import annotations

from fractions import Fraction

from counter_app.catalog.model import Entry
from counter_app.policy.rounding import half_up
from counter_app.services.reports.model import Body, Check, Definition, Ledger, Report, Row, adds_up


def _figures(ledger: Ledger) -> Body:
    """What the place has published, with the sums and averages that can be done over it again."""
    figures = {entry.id: entry for entry in ledger.region.book("figure")}
    rows = [_published(entry) for entry in figures.values()]
    checks = [_sums(figures, *one) for one in _SUMS if set(one[0]) <= set(figures)]
    for label, paid, times in _MEANS:
        if {paid, times} <= set(figures):
            amount, persons = _fen(figures[paid]), int(figures[times].value)
            rows.append(Row(label, amount, persons, half_up(Fraction(amount, persons)), "分"))
    return Body(tuple(rows), tuple(checks))


_SUMS = ((("reviewed_employee", "reviewed_resident", "reviewed_online"), "线上审核分险种"),)
_MEANS = (
    ("人均生育医疗费", "mothers_paid", "mothers"),
    ("职工门特次均支付", "employee_paid", "employee_times"),
    ("居民门特次均支付", "resident_paid", "resident_times"),
    ("省内异地慢病次均支付", "inside_paid", "inside_visits"),
    ("跨省异地慢病次均支付", "outside_paid", "outside_visits"),
)


def _sums(figures: dict[str, Entry], ids: tuple[str, ...], label: str) -> Check:
    *parts, whole = (int(figures[name].value) for name in ids)
    return adds_up(label, parts, whole)


def _fen(entry: Entry) -> int:
    return int(Fraction(str(entry.value)) * 100)


def _published(entry: Entry) -> Row:
    note = "；".join(filter(None, (entry.period, entry.note, entry.source)))
    if entry.unit == "元":
        return Row(entry.label, value=_fen(entry), unit="分", note=note)
    if entry.unit == "ratio":
        return Row(entry.label, value=Fraction(str(entry.value)), unit="%", note=note)
    if not entry.unit:
        return Row(entry.label, note=note)
    return Row(entry.label, value=int(entry.value), unit=entry.unit, note=note)


def _sizes(ledger: Ledger) -> Body:
    """How many of each the place says it has, against how many its lists name; practice entries left out."""
    rows = []
    for entry in ledger.region.book("size"):
        named = _named(ledger, entry)
        note = "；".join(filter(None, (entry.period, entry.note, entry.source)))
        share_ = Fraction(named, entry.value) if entry.value else None
        rows.append(Row(entry.label, named, int(entry.value), share_, "%", note))
    return Body(tuple(rows), tuple(_windows(ledger)))


def _named(ledger: Ledger, entry: Entry) -> int:
    if entry.id == "windows":
        return sum(len(group.windows) for group in ledger.region.groups)
    if entry.id == "public_matters":
        return len(ledger.catalogue.offered(ledger.region.id))
    real = [one for one in ledger.region.institutions if "demo" not in one.tags and not one.ended]
    return sum(entry.label in one.tags for one in real)


def _windows(ledger: Ledger) -> list[Check]:
    told = {entry.id: entry for entry in ledger.region.book("size")}.get("windows")
    if told is None:
        return []
    return [adds_up("各窗口组之和", [len(group.windows) for group in ledger.region.groups], told.value)]


REPORTS = (
    Report(
        "sizes",
        "机构与网点核对",
        Definition(
            "本地清单中已录入、未标练习的条目数（按机构类别）", "公布的数量", "按报表日期的地区清单", ("R82",)
        ),
        _sizes,
    ),
    Report(
        "figures",
        "已公布数据与勾稽",
        Definition("公布的金额（分）或人次", "公布的人数、人次（求平均时）", "以公布的期间为准", ("R78",)),
        _figures,
    ),
)
