"""Reports that count cases by what they are: type, way in, insurance, disease, channel of urgency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from counter_app.domain.cases import CaseState
from counter_app.services.reports.model import (
    Body,
    CaseFile,
    Definition,
    Ledger,
    Report,
    Row,
    adds_up,
    share,
)

CHANNELS: Mapping[str, str] = {
    "desk": "窗口",
    "home_visit": "上门",
    "kiosk": "自助机",
    "online": "网上、掌上",
    "hospital": "医院端",
    "enterprise": "企业开办一网通",
    "import": "单位、村居批量",
}
CAME = ("desk", "kiosk")  # somebody came to the hall
OFFLINE = (*CAME, "home_visit")  # 线下: somebody came, or we went
EMPLOYEE, RESIDENT = ("310", "320", "330", "340", "350", "360", "370"), ("390", "391", "392", "380")
OUTCOMES: Mapping[CaseState, str] = {
    CaseState.RECEIVED: "已收件（待补正）",
    CaseState.ACCEPTED: "已受理（在办）",
    CaseState.DONE: "办结",
    CaseState.REFUSED: "不予办理",
    CaseState.NOT_ACCEPTED: "不予受理",
    CaseState.WITHDRAWN: "撤回",
    CaseState.TERMINATED: "终止",
    CaseState.REVERSED: "冲正",
}
AGES = ((0, 59, "60 岁以下"), (60, 69, "60—69 岁"), (70, 79, "70—79 岁"), (80, 200, "80 岁以上"))
_CHRONIC = ("MT01", "MT02", "MT04", "MT05", "MT06", "MT09")


def _divided(what: str, cases: Iterable[CaseFile], name: Callable[[CaseFile], str]) -> Body:
    """Every case under exactly one name, the most frequent first; the parts are checked against the whole."""
    files = list(cases)
    found = Counter(name(case) for case in files)
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    rows = tuple(share(label, count, len(files)) for label, count in ordered)
    return Body(
        (*rows, Row("合计", len(files), len(files), len(files), "件")),
        (adds_up(what, found.values(), len(files)),),
    )


def _acceptances(ledger: Ledger) -> Body:
    return _divided("各事项之和", ledger.cases, lambda case: f"{case.record.type_id} {case.record.type_name}")


def _channels(ledger: Ledger) -> Body:
    body = _divided("各渠道之和", ledger.cases, lambda case: CHANNELS.get(case.channel, "其他"))
    offline = sum(case.channel in OFFLINE for case in ledger.cases)
    whole = len(ledger.cases)
    sides = (share("线下", offline, whole), share("线上", whole - offline, whole))
    return Body((*body.rows, *sides), body.checks)


def insurance_of(case: CaseFile) -> str:
    """Employees', residents', another, or not recorded: the two sums the sources publish."""
    if case.insurance in EMPLOYEE:
        return "职工医保"
    if case.insurance in RESIDENT:
        return "城乡居民医保"
    return "其他险种" if case.insurance else "未记险种"


def _insurance(ledger: Ledger) -> Body:
    return _divided("各险种之和", ledger.cases, insurance_of)


def _diseases(ledger: Ledger) -> Body:
    labels = {choice.code: choice.label for choice in ledger.region.diseases}
    asked = [case for case in ledger.cases if case.record.type_id in _CHRONIC]
    return _divided("各病种之和", asked, lambda case: labels.get(case.disease, case.disease or "未记病种"))


def _green(ledger: Ledger) -> Body:
    green = [case for case in ledger.cases if case.record.situation == "green"]
    same_day = sum(case.finished == case.day for case in green)
    rows = (share("绿色通道", len(green), len(ledger.cases)), share("当日办结", same_day, len(green)))
    return Body(rows)


def _recognition(ledger: Ledger) -> Body:
    asked = [case for case in ledger.cases if case.record.type_id == "MT06"]
    kind = ledger.catalogue.types.get("MT06")
    names = {one.code: one.name for one in kind.situations} if kind else {}

    def name(case: CaseFile) -> str:
        side = "线下" if case.channel in OFFLINE else "线上"
        return f"{names.get(case.record.situation, '未记情形')}·{side}"

    return _divided("各情形之和", asked, name)


def _outcomes(ledger: Ledger) -> Body:
    body = _divided("各去向之和", ledger.cases, lambda case: OUTCOMES.get(case.record.state, "其他"))
    whole = len(ledger.cases)
    marks = (
        share("其中：容缺受理", sum(case.was_deferred for case in ledger.cases), whole),
        share("其中：延期办理", sum(case.was_extended for case in ledger.cases), whole),
        share("其中：退回补正", sum(c.record.state is CaseState.RECEIVED for c in ledger.cases), whole),
    )
    return Body((*body.rows, *marks), body.checks)


def _band(age: int | None) -> str:
    if age is None:
        return "年龄未知"
    return next(label for first, last, label in AGES if first <= age <= last)


def _help(ledger: Ledger) -> Body:
    helped = [case for case in ledger.cases if case.record.helped_by]
    body = _divided("各年龄段之和", helped, lambda case: _band(case.age))
    parties = [case for case in ledger.cases if case.record.party != "self"]
    whole = len(ledger.cases)
    return Body(
        (share("帮办件", len(helped), whole), share("代办件", len(parties), whole), *body.rows), body.checks
    )


def _modes(ledger: Ledger) -> Body:
    """A case may carry several labels, so these parts need not sum."""
    whole = len(ledger.cases)
    labelled = [entry for entry in ledger.region.book("mode") if isinstance(entry.value, list | tuple)]
    rows = [
        share(entry.label, sum(case.record.type_id in entry.value for case in ledger.cases), whole)
        for entry in labelled
        if any(value in ledger.catalogue.types for value in entry.value)
    ]
    return Body(tuple(rows))


def _defined(numerator: str, denominator: str, *sources: str) -> Definition:
    return Definition(numerator, denominator, sources=sources)


REPORTS = (
    Report(
        "acceptances",
        "受理量（分事项）",
        _defined("期内各事项收件与受理件数", "期内全部件数", "K48"),
        _acceptances,
    ),
    Report(
        "channels",
        "受理渠道",
        _defined("期内各渠道来件数；宣传渠道不是受理渠道，不在其内", "期内全部件数", "R99", "K49"),
        _channels,
    ),
    Report(
        "insurance",
        "分险种",
        _defined("期内职工、居民各自件数", "期内全部件数", "K50", "K51"),
        _insurance,
    ),
    Report(
        "diseases",
        "门诊慢特病（分病种）",
        _defined("期内认定、互认、复审件中各病种件数（取第一病种）", "期内上述件数", "K49"),
        _diseases,
    ),
    Report(
        "green",
        "绿色通道",
        _defined("期内绿色通道件数；其中办结日与受理日为同一日的件数", "期内全部件数；绿色通道件数", "K52"),
        _green,
    ),
    Report(
        "recognition",
        "认定结果互认",
        _defined("期内互认登记各情形、线上线下件数", "期内互认登记件数", "K53", "K54"),
        _recognition,
    ),
    Report(
        "outcomes",
        "办理去向与退回、延期",
        _defined("期内来件按目前状态计数；容缺、延期、退回另计", "期内全部件数"),
        _outcomes,
    ),
    Report(
        "help",
        "帮办代办",
        _defined(
            "期内记有帮办人的件数，按服务对象受理日周岁分段；非本人到场的件数", "期内全部件数", "K24", "R30"
        ),
        _help,
    ),
    Report(
        "modes",
        "服务方式（如“六办”）",
        _defined("期内属于该服务方式所列事项的件数，可重复计入", "期内全部件数", "K83"),
        _modes,
    ),
)
