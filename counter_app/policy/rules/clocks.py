"""Rules of deadlines, repair minutes, compression of limits."""

from __future__ import annotations

from datetime import date
from typing import Any

from counter_app.policy import compression, timing
from counter_app.policy.deadlines import Pause, Timed
from counter_app.policy.inputs import Inputs
from counter_app.policy.result import Result
from counter_app.policy.rule import Rule, Setting


def _working_days(inputs: Inputs, setting: Setting) -> Result:
    start, limit = inputs.day("accepted_on"), inputs.count("limit_wd")
    return timing.working_days(setting.rates, setting.calendar, start, limit, _pauses(inputs))


def _two_clocks(inputs: Inputs, setting: Setting) -> Result:
    case = Timed(
        "",
        inputs.day("received_on"),
        inputs.day_or_none("accepted_on"),
        inputs.count("statutory_wd") if "statutory_wd" in inputs else None,
        inputs.count("promised_wd") if "promised_wd" in inputs else None,
        _pauses(inputs),
        inputs.day_or_none("done_on"),
    )
    today = inputs.day_or_none("today") or setting.now.date()
    return timing.two_clocks(setting.rates, setting.calendar, case, today)


def _green(inputs: Inputs, setting: Setting) -> Result:
    disease, accepted = inputs.text("disease"), inputs.day("accepted_on")
    return timing.green_channel(setting.rates, setting.calendar, disease, accepted)


def _repair(inputs: Inputs, setting: Setting) -> Result:
    reported, arrived = inputs.moment("report_at"), inputs.moment_or_none("arrive_at")
    now = inputs.moment_or_none("now") or setting.now
    return timing.repair(setting.rates, reported, arrived, now)


def _compression(inputs: Inputs, setting: Setting) -> Result:
    return compression.limits(setting.rates, inputs.count("national_wd"), inputs.count("promised_wd"))


def _reduction(inputs: Inputs, setting: Setting) -> Result:
    return compression.reduction(setting.rates, inputs.count("before"), inputs.count("after"))


def _pauses(inputs: Inputs) -> tuple[Pause, ...]:
    return tuple(_pause(Inputs(row)) for row in inputs.rows("pauses"))


def _pause(row: Inputs) -> Pause:
    last: date | None = row.day_or_none("to")
    kind: Any = row.text("kind")
    return Pause(kind, row.day("from"), last)


RULES = (
    Rule("deadline_wd", "工作日到期日", _working_days),
    Rule("two_clocks", "法定与承诺两个时钟", _two_clocks),
    Rule("green_channel", "慢特病绿色通道", _green),
    Rule("sla_minutes", "到场时限（自然分钟）", _repair, {"limit_minutes": "repair.minutes"}),
    Rule("limit_compression", "时限压缩率", _compression),
    Rule("reduction", "数量压缩", _reduction),
)
