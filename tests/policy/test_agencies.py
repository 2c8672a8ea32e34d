from __future__ import annotations

from collections.abc import Callable

from counter_app.policy.agencies import settlement
from counter_app.policy.rates import Rates


def test_the_second_agency_is_told_the_first(rates: Callable[..., Rates]) -> None:
    facts = settlement(rates("zaozhuang"), "甲区", "乙区").facts
    assert facts == {"allowed": False, "reason": "协议经办机构为甲区"}
    assert settlement(rates("zaozhuang"), "甲区 ", "甲区").facts == {"allowed": True}


def test_pharmacies_and_other_regions_are_not_named_by_the_source(rates: Callable[..., Rates]) -> None:
    assert settlement(rates("zaozhuang"), "甲区", "乙区", pharmacy=True).facts["allowed"] is True
    assert settlement(rates("kuitun"), "甲区", "乙区").missing == ("agency.one_per_hospital",)
