"""The shipped regions, the real calendar, and rates that name their own parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import pytest

from counter_app.catalog.holidays import shipped
from counter_app.catalog.model import Region
from counter_app.catalog.region_packs import load_regions
from counter_app.policy.rates import Rates
from counter_app.policy.rule import all_rules
from counter_app.policy.run import World

DAY = date(2021, 9, 1)


@pytest.fixture(scope="session")
def regions() -> Mapping[str, Region]:
    return load_regions()


@pytest.fixture(scope="session")
def world(regions: Mapping[str, Region]) -> World:
    return World(all_rules(), regions, shipped(), datetime(2026, 11, 22))


@pytest.fixture(scope="session")
def rates(regions: Mapping[str, Region]) -> Callable[..., Rates]:
    """`rates("rizhao", day, **{"dual.deductible": "0"})`: a region's parameters and some of our own."""

    def make(region: str = "", on: date = DAY, given: Mapping[str, Any] | None = None) -> Rates:
        return Rates(regions.get(region), on, given or {})

    return make
