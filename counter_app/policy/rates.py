"""Where a sum finds its parameters: what this case states itself, then the region's pack by date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from counter_app.catalog.model import Parameter, Region

GIVEN = "本件给定"
ASSUMED = "本例假设，非当地政策"


@dataclass(frozen=True, slots=True)
class Rates:
    """The parameters in force for one sum: `given` (by parameter name) wins over the region's pack.

    `on` is the day whose rules apply. Values of `given` are written like a pack's: decimal text
    for 元 and ratio, whole numbers, words, lists.
    """

    region: Region | None
    on: date
    given: Mapping[str, Any] = field(default_factory=dict)
    given_source: Mapping[str, str] = field(default_factory=dict)

    @property
    def region_id(self) -> str:
        """The region's id, empty when the sum belongs to none."""
        return self.region.id if self.region else ""

    def find(self, name: str) -> Parameter | None:
        """The value in force, None when neither the case nor the region knows it."""
        if name in self.given:
            return Parameter(name, self.given[name], source=self.given_source.get(name, GIVEN))
        return self.region.parameter(name, self.on) if self.region else None

    def at(self, day: date) -> Rates:
        """The same sources on another day: a birth before a new standard takes the old one."""
        return replace(self, on=day)
