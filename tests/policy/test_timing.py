from __future__ import annotations

from collections.abc import Callable
from datetime import date

from counter_app.catalog.holidays import shipped
from counter_app.policy.deadlines import Pause, Timed
from counter_app.policy.rates import Rates
from counter_app.policy.timing import green_channel, two_clocks, working_days

START = date(2026, 11, 20)


def test_the_steps_say_what_was_not_counted(rates: Callable[..., Rates]) -> None:
    pauses = (Pause("补正", date(2026, 11, 24), date(2026, 11, 26)), Pause("午休", date(2026, 11, 24)))
    said = [step.text for step in working_days(rates(), shipped(), START, 9, pauses).steps]
    assert "补正 2026-11-24 至 2026-11-26：暂停计时" in said
    assert "午休 2026-11-24 至 今：照常计时" in said
    assert said[-1] == "到期日 2026-12-08"


def test_an_estimate_is_marked(rates: Callable[..., Rates]) -> None:
    result = working_days(rates(), shipped(), date(2026, 12, 30), 9)
    assert result.facts["provisional"] is True
    assert any("暂估" in step.text for step in result.steps)
    assert "due_on_estimate" not in working_days(rates(), shipped(), START, 9).facts


def test_a_clock_the_region_has_not_set_is_said(rates: Callable[..., Rates]) -> None:
    result = two_clocks(rates(), shipped(), Timed("", START, START, statutory=30), START)
    assert "承诺时限本地未给，不设" in [step.text for step in result.steps]
    assert "promised_due" not in result.facts


def test_who_comes_by_the_green_channel_is_entitled_from_that_day(rates: Callable[..., Rates]) -> None:
    facts = green_channel(rates("kuitun"), shipped(), "恶性肿瘤", START).facts
    assert (facts["green"], facts["target_due"], facts["begndate"]) == (True, START, START)
    ordinary = green_channel(rates("kuitun"), shipped(), "冠心病", START).facts
    assert (ordinary["green"], ordinary["begndate"]) == (False, None)


def test_green_channel_only_where_it_is_offered(rates: Callable[..., Rates]) -> None:
    assert green_channel(rates("rizhao"), shipped(), "恶性肿瘤", START).missing == ("chronic.green_diseases",)
