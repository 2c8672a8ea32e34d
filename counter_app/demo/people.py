"""Invented people, employers and clerks as tables of a TOML file, for the demo hall and for rehearsals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from counter_app.domain.actor import Actor
from counter_app.domain.idnumbers import check as check_idno
from counter_app.domain.ids import new_id
from counter_app.domain.people import Employer, Paid, Person
from counter_app.domain.value import Value
from counter_app.problems import Problem

OWN_WORDS = {"key", "name", "card", "voucher", "region", "id_card"}
PERSON_WORDS = OWN_WORDS | {f.name for f in fields(Person)} - {"person_id"}
EMPLOYER_WORDS = {"key"} | {f.name for f in fields(Employer)} - {"emp_id"}
CLERK_WORDS = {"clerk_no", "clerk_name", "roles", "window"}


class Cast(Value, frozen=True):
    """Everybody a demo or rehearsal knows, as they go into the store."""

    people: tuple[Person, ...]
    employers: tuple[Employer, ...]
    clerks: tuple[Actor, ...]


def cast(given: Mapping[str, Any], now_ms: int) -> Cast:
    """Read the tables `person`, `employer` and `clerk`; other tables belong to others."""
    return Cast(
        people=tuple(person(row, now_ms) for row in given.get("person", []) if row.get("known", True)),
        employers=tuple(employer(row, now_ms) for row in given.get("employer", [])),
        clerks=tuple(clerk(row) for row in given.get("clerk", [])),
    )


def person(row: Mapping[str, Any], now_ms: int) -> Person:
    """One person; sex and birth date come from the number when they are not given."""
    known: dict[str, Any] = {k: v for k, v in row.items() if k not in OWN_WORDS and k != "known"}
    known["psn_name"] = row.get("name", row.get("psn_name", ""))
    known["paid"] = tuple(Paid(**span) for span in row.get("paid", ()))
    known["flags"] = tuple(row.get("flags", ()))
    known["card_no"] = dict(row.get("card") or {}).get("card_no", "")
    certno = str(row.get("certno", ""))
    if certno and known.get("psn_cert_type", "01") == "01":
        _from_number(known, certno)
    return Person(person_id=new_id(now_ms), **known)


def employer(row: Mapping[str, Any], now_ms: int) -> Employer:
    """One employer."""
    return Employer(emp_id=new_id(now_ms), **{k: v for k, v in row.items() if k != "key"})


def clerk(row: Mapping[str, Any]) -> Actor:
    """One clerk."""
    roles = tuple(row.get("roles", ("clerk",)))
    return Actor(str(row["clerk_no"]), str(row["clerk_name"]), roles, window=str(row.get("window", "")))


def unknown_words(rows: Iterable[Mapping[str, Any]], words: set[str]) -> list[tuple[int, str]]:
    """`(row index, word)` for every word that means nothing."""
    return [(n, key) for n, row in enumerate(rows) for key in row if key not in words]


def _from_number(known: dict[str, Any], certno: str) -> None:
    try:
        number = check_idno(certno)
    except Problem:
        return  # a rehearsal may invent a broken number on purpose; the store keeps it as it is
    known.setdefault("gend", number.sex)
    known.setdefault("brdy", number.birth)
    if isinstance(known["brdy"], str):
        known["brdy"] = date.fromisoformat(known["brdy"])
