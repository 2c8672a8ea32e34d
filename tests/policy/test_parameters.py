"""The shipped parameters: known names, their units, values that can be read, no day with two answers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from datetime import date

from counter_app.catalog.model import Parameter, Region
from counter_app.policy.names import NAMES, READINGS
from counter_app.policy.rates import Rates
from counter_app.policy.result import Sheet

READERS = {"元": "money", "ratio": "ratio", "flag": "flag", "list": "words", "text": "text"}
ROW = re.compile(r"([KRZJX]\d{2,3}|国务院令第619号)")
OURS = {name.split(".")[0] for name in NAMES}


def ours(region: Region) -> list[Parameter]:
    """Parameters sums ask for; a region's pack may hold others for queues and papers."""
    return [parameter for parameter in region.parameters if parameter.name.split(".")[0] in OURS]


def test_every_region_has_some(regions: Mapping[str, Region]) -> None:
    assert set(regions) == {"rizhao", "zaozhuang", "jiaozhou", "kuitun", "county57"}
    assert all(ours(region) for region in regions.values())


def test_names_and_units_are_those_of_the_vocabulary(regions: Mapping[str, Region]) -> None:
    found = {(p.name, p.unit) for region in regions.values() for p in ours(region)}
    assert found <= {(name, meaning.unit) for name, meaning in NAMES.items()}


def test_every_value_can_be_read(regions: Mapping[str, Region]) -> None:
    for region in regions.values():
        for parameter in ours(region):
            day = parameter.valid_from or parameter.valid_to or date(2021, 9, 1)
            sheet = Sheet(Rates(region, day))
            if parameter.name in READINGS:
                assert sheet.reading(parameter.name)
                continue
            reader = READERS.get(NAMES[parameter.name].unit, "count")
            assert getattr(sheet, reader)(parameter.name) is not None, (region.id, parameter.name)


def test_every_value_names_its_source_or_is_our_default(regions: Mapping[str, Region]) -> None:
    for region in regions.values():
        for parameter in ours(region):
            assert parameter.is_default or parameter.source, (region.id, parameter.name)
            assert all(ROW.fullmatch(row) for row in parameter.source.split()), (region.id, parameter.name)
            assert parameter.note or not parameter.is_default, (region.id, parameter.name)


def test_no_day_has_two_values(regions: Mapping[str, Region]) -> None:
    for region in regions.values():
        for one, other in itertools.combinations(ours(region), 2):
            if one.name != other.name:
                continue
            first = max(one.valid_from or date.min, other.valid_from or date.min)
            last = min(one.valid_to or date.max, other.valid_to or date.max)
            assert first > last, (region.id, one.name)


def test_readings_are_texts_of_the_vocabulary() -> None:
    assert {NAMES[name].unit for name in READINGS} == {"text"}
    assert all(len(words) == 2 for words in READINGS.values())
