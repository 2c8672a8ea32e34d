"""A result as numbered lines for the desk and for papers: every step with where its value is from."""

from __future__ import annotations

from collections.abc import Sequence

from counter_app.policy.result import Result, Step

CAUTION = "试算仅供参考，以审核结果为准。"


def lines(steps: Sequence[Step], region_name: str = "") -> list[str]:
    """One line a step. A parameter's line ends with its region, period and source rows."""
    return [f"{place}. {_line(step, region_name)}" for place, step in enumerate(steps, 1)]


def paper_lines(result: Result, region_name: str) -> list[str]:
    """The steps as printed below an amount, with the caution every estimate carries.

    Where parameters are missing only that is printed, for there is no amount.
    """
    if not result.estimated:
        return [result.steps[-1].text]
    return [*lines(result.steps, region_name), CAUTION]


def _line(step: Step, region_name: str) -> str:
    if not step.parameter:
        return step.text
    place = (region_name or step.region) if step.region else ""
    basis = "，".join(part for part in (place, _period(step.effective), step.source) if part)
    return f"{step.text}〔{basis}〕" if basis else step.text


def _period(effective: str) -> str:
    first, slash, last = effective.partition("/")
    if not effective:
        return ""
    if not slash:
        return f"{first} 起"
    return f"至 {last}" if first == ".." else f"{first} 至 {last}"
