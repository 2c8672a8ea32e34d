"""Reports about time: how long cases took, who was late, how much limits were shortened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from counter_app.domain.cases import CaseState
from counter_app.policy.workdays import working_days
from counter_app.services.reports.model import (
    Body,
    CaseFile,
    Check,
    Definition,
    Ledger,
    Report,
    Row,
    mean,
    share,
)

_OPEN = (CaseState.RECEIVED, CaseState.ACCEPTED)


def _durations(ledger: Ledger) -> Body:
    decided = [case for case in ledger.cases if case.finished is not None]
    days = {case.record.case_id: _days(ledger, case, case.finished) for case in decided}
    rows = [mean("从收件到办结", days.values(), "工作日")]
    rows.append(_at_window([case.seconds for case in ledger.cases if case.seconds is not None]))
    types = sorted({case.record.type_id for case in decided})
    for type_id in types:
        mine = [days[case.record.case_id] for case in decided if case.record.type_id == type_id]
        name = next(c.record.type_name for c in decided if c.record.type_id == type_id)
        rows.append(mean(f"{type_id} {name}", mine, "工作日"))
    text = f"已办结 {len(decided)} 件，分事项之和 {sum(row.of or 0 for row in rows[2:])} 件"
    return Body(tuple(rows), (Check(text, len(decided) == sum(row.of or 0 for row in rows[2:])),))


def _at_window(seconds: list[int]) -> Row:
    """Clock minutes; counted in seconds, so that many short cases do not come out as nothing."""
    whole = sum(seconds)
    value = Fraction(whole, 60 * len(seconds)) if seconds else None
    return Row("窗口受理用时", whole, len(seconds), value, "分钟", "分子以秒计")


def _days(ledger: Ledger, case: CaseFile, until: date | None) -> int:
    return working_days(case.record.received_on, until or ledger.today, ledger.calendar)


def _overdue(ledger: Ledger) -> Body:
    """Late is later than the day said to the citizen, or than the law's; a clock nobody set is not late."""
    promised = [case for case in ledger.cases if case.record.clocks.promised_due]
    statutory = [case for case in ledger.cases if case.record.clocks.statutory_due]
    late = sum(_is_late(ledger, c, c.record.clocks.promised_due) for c in promised)
    late_by_law = sum(_is_late(ledger, c, c.record.clocks.statutory_due) for c in statutory)
    awaited = sum(case.record.state in _OPEN for case in ledger.cases)
    return Body(
        (
            share("超过承诺时限", late, len(promised)),
            share("超过法定时限", late_by_law, len(statutory)),
            share("在办", awaited, len(ledger.cases)),
        )
    )


def _is_late(ledger: Ledger, case: CaseFile, due: date | None) -> bool:
    return due is not None and (case.finished or ledger.today) > due


def _compression(ledger: Ledger) -> Body:
    """By type: how much shorter than the law's the promised limit is; then the place's own targets."""
    rows, pairs = [], []
    for type_ in ledger.catalogue.offered(ledger.region.id):
        for code in ["", *(situation.code for situation in type_.situations)]:
            promised = type_.limits.promised.get((ledger.region.id, code))
            law = type_.limits.statutory
            if promised is None or not law:
                continue
            pairs.append((law, promised))
            title = type_.title(code)
            rows.append(
                Row(
                    f"{type_.id} {title}",
                    law - promised,
                    law,
                    Fraction(law - promised, law),
                    "%",
                    f"{law}→{promised} 个工作日",
                )
            )
    whole, cut = sum(law for law, _ in pairs), sum(law - promised for law, promised in pairs)
    overall = share("有承诺的事项合计", cut, whole)
    return Body((overall, *rows, *_targets(ledger)), _met(ledger, pairs))


def _targets(ledger: Ledger) -> Iterable[Row]:
    names = {
        "limits.overall_compression": "整体压缩目标",
        "limits.non_instant_compression": "非即时办结事项压缩目标",
        "limits.frequent_compression": "高频事项压缩目标",
    }
    for name, label in names.items():
        found = ledger.region.parameter(name, ledger.today)
        if found is not None:
            yield Row(f"本地{label}", value=Fraction(str(found.value)), unit="%", note=found.source)


def _met(ledger: Ledger, pairs: list[tuple[int, int]]) -> tuple[Check, ...]:
    """The target for matters that are not instant, held against each promise of at least a day."""
    found = ledger.region.parameter("limits.non_instant_compression", ledger.today)
    timed = [(law, promised) for law, promised in pairs if promised]
    if found is None or not timed:
        return ()
    target = Fraction(str(found.value))
    short = sum(Fraction(law - promised, law) < target for law, promised in timed)
    return (Check(f"非即时办结事项 {len(timed)} 项，未达压缩目标 {short} 项", not short),)


REPORTS = (
    Report(
        "durations",
        "平均办理用时",
        Definition(
            "已办结件从收件日到办结日的工作日数之和（收件当日不计，暂停日计入）；窗口受理用时取自开始服务"
            "或同次上一件受理，到本件受理的秒数之和",
            "已办结件数；在窗口受理的件数",
        ),
        _durations,
    ),
    Report(
        "overdue",
        "逾期",
        Definition(
            "办结日（未办结的为今日）晚于承诺、法定到期日的件数；容缺补正期间已顺延",
            "有承诺、有法定时限的件数",
        ),
        _overdue,
    ),
    Report(
        "compression",
        "时限压缩",
        Definition(
            "法定（国家规定）时限减承诺时限，工作日；合计按事项简单相加",
            "法定时限，工作日",
            "按报表日期生效的事项目录",
            ("Z11", "Z26", "Z27", "Z28"),
        ),
        _compression,
    ),
)
