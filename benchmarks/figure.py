"""What a figure is, and the arithmetic on its samples."""

from __future__ import annotations

import importlib
import math
import pkgutil
import statistics
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Samples = Mapping[str, Sequence[float]]  # "floor.ms" or "ours.ms" -> every sample
Measure = Callable[[Any], Mapping[str, Sequence[float]]]  # the prepared place -> metric -> samples


@dataclass(frozen=True)
class Check:
    """One limit. `value` computes the number from all samples; `at_most` tells which side is good."""

    label: str
    value: Callable[[Samples], float]
    limit: float
    at_most: bool = True

    def holds(self, samples: Samples) -> bool:
        """Whether the number keeps its limit."""
        number = self.value(samples)
        return number <= self.limit if self.at_most else number >= self.limit


@dataclass(frozen=True)
class Figure:
    """One comparison: `floor` and `ours` are run in turn, `rounds` times, in a place made by `prepare`.

    Each call gives one or more samples per metric. `floor` is None where only an absolute limit exists.
    """

    name: str
    title: str
    units: Mapping[str, str]  # metric -> unit
    ours: Measure
    floor: Measure | None
    checks: tuple[Check, ...]
    prepare: Callable[[Path], AbstractContextManager[Any]]
    rounds: int = 15


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest sample with at least `share` of all samples at or below it."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)]


def ratio(metric: str) -> Callable[[Samples], float]:
    """Median of ours over median of the floor."""
    return lambda s: statistics.median(s[f"ours.{metric}"]) / statistics.median(s[f"floor.{metric}"])


def figures() -> dict[str, Figure]:
    """Every figure of `benchmarks/figures` by name."""
    package = importlib.import_module("benchmarks.figures")
    modules = sorted(m.name for m in pkgutil.iter_modules(package.__path__))
    found = [importlib.import_module(f"benchmarks.figures.{name}").FIGURE for name in modules]
    return {figure.name: figure for figure in found}
