"""Reasons to choose from: `resources/reasons.toml`, so that decisions can be counted and read the same."""

from __future__ import annotations

from functools import cache

import tomli

import resources
from counter_app.domain.value import Value
from counter_app.problems import Problem

FILE = "reasons.toml"
OTHER = "其他："  # what follows is the reviewer's own sentence


class Reason(Value, frozen=True):
    """One reason of the list. No `regions` = everywhere."""

    code: str
    text: str
    verbs: tuple[str, ...]
    regions: tuple[str, ...] = ()


@cache
def every_reason() -> tuple[Reason, ...]:
    """The whole list, read once."""
    rows = tomli.loads(resources.read_bytes(FILE).decode("utf-8"))["reason"]
    return tuple(
        Reason(row["code"], row["text"], tuple(row["verbs"]), tuple(row.get("regions", ()))) for row in rows
    )


def reasons(verb: str, region: str = "") -> tuple[Reason, ...]:
    """What may be chosen for a verb in a region ("" = in any)."""
    return tuple(
        reason
        for reason in every_reason()
        if verb in reason.verbs and (not region or not reason.regions or region in reason.regions)
    )


def reason_text(verb: str, given: str, region: str = "") -> str:
    """The sentence a chosen reason stands for: a code, its text, or `其他：` and words.

    Raises Problem `reason-needed`, `reason-unlisted`.
    """
    said = given.strip().replace("其他:", OTHER, 1)
    if not said or said == OTHER:
        raise Problem("reason-needed", "reason", verb)
    if said.startswith(OTHER) and said.removeprefix(OTHER).strip():
        return said.removeprefix(OTHER).strip()
    for reason in reasons(verb, region):
        if said in (reason.code, reason.text):
            return reason.text
    raise Problem("reason-unlisted", "reason", given)
