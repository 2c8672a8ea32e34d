"""The invented people whose cards and codes the simulators hold: one reader of one file format.

The file is TOML or JSON with a list `person`, each `{key, name, certno, insuplc_admdvs?, card{…}?,
id_card{…}?, voucher?}` as in a rehearsal script; other tables and keys belong to others and are left alone.
A person without `card` has none; one with `voucher = false` has no code on the telephone, one with
`id_card = false` no identity card.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class BadDeck(ValueError):
    """The file cannot be read as a list of people; the text says where."""


@dataclass(frozen=True)
class Invented:
    """One invented person."""

    key: str
    name: str = field(default="", repr=False)
    certno: str = field(default="", repr=False)
    region: str = ""
    card: Mapping[str, Any] | None = field(default=None, repr=False)
    voucher: bool = True
    sex: str = ""
    birth_date: str = field(default="", repr=False)
    id_card: Mapping[str, Any] | bool = field(default=True, repr=False)
    ethnic_code: str = ""
    address: str = field(default="", repr=False)


def load(file: Path) -> tuple[Invented, ...]:
    """Read the people of a file. Raises BadDeck."""
    return of(parse(file.read_text("utf-8"), file.name).get("person", []), file.name)


def parse(text: str, where: str = "") -> Mapping[str, Any]:
    """TOML, or JSON when it begins with a brace. Raises BadDeck."""
    try:
        given = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except ValueError as error:  # both decoders' errors are ValueErrors
        raise BadDeck(f"{where}: {error}") from error
    if not isinstance(given, dict):
        raise BadDeck(where)
    return given


def of(rows: Any, where: str = "") -> tuple[Invented, ...]:
    """People from already parsed rows. Raises BadDeck."""
    people = []
    for n, row in enumerate(rows):
        if not isinstance(row, dict) or not str(row.get("key", "")):
            raise BadDeck(f"{where}: person {n + 1} has no key")
        card = row.get("card")
        if card is not None and not isinstance(card, dict):
            raise BadDeck(f"{where}: person {row['key']}: card")
        people.append(
            Invented(
                key=str(row["key"]),
                name=str(row.get("name", "")),
                certno=str(row.get("certno", "")),
                region=str(row.get("region", row.get("insuplc_admdvs", ""))),
                card=card,
                voucher=row.get("voucher", True) is not False,
                sex=str(row.get("gend", "")),
                birth_date=str(row.get("brdy", "")),
                id_card=row.get("id_card", True),
                ethnic_code=str(row.get("naty", "")),
                address=str(row.get("addr", "")),
            )
        )
    return tuple(people)
