"""Reports about what people were spared: trips to the window, materials, everything that goes online."""

from __future__ import annotations

from fractions import Fraction

from counter_app.catalog.model import Entry
from counter_app.domain.cases import MaterialState
from counter_app.services.reports.counts import OFFLINE
from counter_app.services.reports.model import (
    Body,
    CaseFile,
    Definition,
    Ledger,
    Report,
    Row,
    adds_up,
    mean,
    share,
)

_SPARED = (MaterialState.BY_CARD, MaterialState.SHARED, MaterialState.COMMITTED)


def _visits(ledger: Ledger) -> Body:
    taken = [case for case in ledger.cases if case.finished is not None]
    rows = [mean("办结件到窗次数", [case.visits for case in taken], "次")]
    counted = {n: sum(case.visits == n for case in taken) for n in sorted({case.visits for case in taken})}
    rows += [share(f"到窗 {n} 次", count, len(taken)) for n, count in counted.items()]
    return Body((*rows, *_before(ledger, rows[0])), (adds_up("各次数之和", counted.values(), len(taken)),))


def _before(ledger: Ledger, now: Row) -> list[Row]:
    """What the place says it was before, and how much less it is now (4 to 1)."""
    known = {entry.id: entry for entry in ledger.region.book("baseline")}
    before: Entry | None = known.get("visits_before")
    if before is None:
        return []
    rows = [Row(before.label + "（改革前）", value=before.value, unit="次", note=before.note)]
    if now.value is not None:
        cut = Fraction(before.value - now.value, before.value)
        rows.append(Row("较改革前减少", value=cut, unit="%"))
    return rows


def _one_visit(ledger: Ledger) -> Body:
    taken = [case for case in ledger.cases if case.finished is not None]
    once = sum(case.visits <= 1 for case in taken)
    return Body((share("一次办结", once, len(taken)), share("多次到窗", len(taken) - once, len(taken))))


def _no_visit(ledger: Ledger) -> Body:
    taken = [case for case in ledger.cases if case.finished is not None]
    none = sum(case.visits == 0 for case in taken)
    offered = ledger.catalogue.offered(ledger.region.id)
    possible = sum("online" in type_.channels for type_ in offered)
    return Body((share("零跑腿办结件", none, len(taken)), share("可零跑腿事项", possible, len(offered))))


def _online_rate(ledger: Ledger) -> Body:
    """By what can be done, and by what was done: the two rates that are both called 网办率."""
    offered = ledger.catalogue.offered(ledger.region.id)
    possible = sum("online" in type_.channels for type_ in offered)
    by_line = sum(case.channel not in OFFLINE for case in ledger.cases)
    return Body(
        (share("可网办、掌办事项", possible, len(offered)), share("线上来件", by_line, len(ledger.cases)))
    )


def _materials(ledger: Ledger) -> Body:
    listed = [one for case in ledger.cases for one in case.record.materials]
    needed = [one for one in listed if one.state is not MaterialState.NOT_NEEDED]
    spared = {state: sum(one.state is state for one in needed) for state in _SPARED}
    words = {"by_card": "读卡、证照免交", "shared": "数据共享免交", "committed": "承诺代替"}
    rows = [mean("每件须交材料", [_needed(case) for case in ledger.cases], "件")]
    rows += [share(words[state.value], count, len(needed)) for state, count in spared.items()]
    brought = len(needed) - sum(spared.values())
    rows.append(share("仍须交纸质或原件", brought, len(needed)))
    target = ledger.region.parameter("limits.materials_cut", ledger.today)
    if target is not None:
        rows.append(Row("本地精简目标", value=Fraction(str(target.value)), unit="%", note=target.source))
    rows += _merged(ledger)
    return Body(tuple(rows), (adds_up("免交与须交之和", [*spared.values(), brought], len(needed)),))


def _needed(case: CaseFile) -> int:
    return sum(one.state is not MaterialState.NOT_NEEDED for one in case.record.materials)


def _merged(ledger: Ledger) -> list[Row]:
    """Forms that became one: how many were cut of how many there were."""
    found = ledger.region.parameter("chronic.merged_forms", ledger.today)
    if found is None:
        return []
    before = len(found.value)
    return [share("慢特病认定表单：多表合一", before - 1, before, f"{before}→1，{found.source}")]


_DONE = "期内来件中已办结的件数"
REPORTS = (
    Report(
        "visits",
        "到窗次数",
        Definition(
            "申请人为同一件到窗次数之和：在窗口受理计 1 次，其后每个到窗补交、撤回、领回原件的业务日"
            "各计 1 次；线上来件未到窗的计 0 次",
            _DONE,
            sources=("K29", "K47"),
        ),
        _visits,
    ),
    Report(
        "one_visit",
        "一次办结率",
        Definition("到窗不超过 1 次的办结件数", _DONE, sources=("K30", "J27")),
        _one_visit,
    ),
    Report(
        "no_visit",
        "零跑腿率",
        Definition("到窗 0 次的办结件数；可网办的事项数", _DONE + "；本地可办事项数", sources=("J57",)),
        _no_visit,
    ),
    Report(
        "online_rate",
        "网办率",
        Definition(
            "可网办、掌办的事项数；期内线上来件数",
            "本地可办事项数；期内全部件数",
            sources=("J56", "R16", "R111", "Z29"),
        ),
        _online_rate,
    ),
    Report(
        "materials",
        "材料精简",
        Definition("期内各件材料中读卡、共享、承诺免交的份数", "期内各件适用的材料份数", sources=("Z25",)),
        _materials,
    ),
)
