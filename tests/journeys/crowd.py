"""Everybody who comes in a long day: the people of the journeys, over and over, and nobody twice."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from counter_app.domain.idnumbers import check_digit
from tests.journeys.play import Journey, values

GIVEN = "安宁平和顺康健乐泰祥瑞丰盈朗清明远志"
INVOICE = slice(12, 22)  # where the number of a bill stands in the code of an invoice


class Crowd:
    """People for so many visits; a card key is followed by the number of its visit."""

    def __init__(self, path: Path, names: Sequence[str], visits: int) -> None:
        self.visits, self.names = visits, names
        self._given = tomllib.loads(path.read_text("utf-8"))
        self._values = values(path)

    def table(self) -> str:
        """The file of people as the desk reads it."""
        rows = [_row(person, nth) for nth in range(self.visits) for person in self._given["person"]]
        return "\n".join(rows)

    def steps(self, journey: Journey, visit: int) -> Sequence[str]:
        """The steps with this visit's own people."""
        return [
            f"{step}-{visit}" if step.split()[0] in ("card", "second") else step for step in journey.steps
        ]

    def values(self, visit: int) -> Mapping[str, str]:
        """Amounts, dates and words; no bill and no birth certificate comes twice."""
        found = dict(self._values)
        for name, code in found.items():
            if name.startswith("invoice_") and "," in code:
                parts = code.split(",")
                parts[3] = str(int(parts[3]) + 7 * visit)
                found[name] = ",".join(parts)
        found["birth_cert"] = f"W{int(found['birth_cert'][1:]) + visit}"
        return found


def _row(person: Mapping[str, Any], visit: int) -> str:
    """One person again, with a name, a number and a card of their own."""
    front = f"{person['certno'][:14]}{(int(person['certno'][14:17]) + 2 * visit) % 1000:03d}"
    card = dict(person["card"], card_no=f"{person['card']['card_no'][0]}{visit:02d}{front[8:14]}")
    changed = dict(
        person,
        key=f"{person['key']}-{visit}",
        name=person["name"][:2] + GIVEN[visit % len(GIVEN)],
        certno=front + check_digit(front),
        tel=f"139{int(person['tel'][3:]) + 100 * visit:08d}",
        card=card,
    )
    return "[[person]]\n" + "\n".join(f"{key} = {_toml(value)}" for key, value in changed.items()) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return (
        f'"{value}"'
        if isinstance(value, str)
        else str(value).lower()
        if isinstance(value, bool)
        else str(value)
    )
