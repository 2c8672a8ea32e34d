"""The local copy of insured people and employers: writing, and finding in every way a clerk does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, or_, select, text

from counter_app.database.direct import ask
from counter_app.domain.people import Employer, Person
from counter_app.domain.value import Value
from counter_app.services.ports import Secrets
from counter_app.storage import names, rows
from counter_app.storage import tables as t

_EMPLOYER_NAME = text("INSERT INTO employer_names (rowid, name) VALUES (:rid, :name)")
_EMPLOYER_UNNAME = text("DELETE FROM employer_names WHERE rowid = :rid")
NAMED = text("SELECT rid FROM person_endings WHERE ending >= :first AND ending <= :last ORDER BY ending, rid")
_KEYED = text("SELECT rid FROM person_keys WHERE blind = :blind ORDER BY rid LIMIT :limit")
_BY_ID = "SELECT person_id, body FROM people WHERE person_id = ?"
_OLD_PERSON = select(t.people).where(t.people.c.person_id == bindparam("id"))
_OLD_EMPLOYER = select(t.employers.c.rid, t.employers.c.name).where(t.employers.c.emp_id == bindparam("id"))
# Which parts of a number may be searched (and leak nothing but equality): ends of the certificate
# number, its area and birth date in front, the telephone and the card number.
_FRONTS, _ENDS, _TEL_ENDS = (6, 10, 14), (6, 4), (4,)
_INDEXES = (
    ("person_keys", "blind"),
    ("person_initials", "initials"),
    ("person_endings", "ending"),
)
_LAST_CHARACTER = "\U0010ffff"


class PeopleRows(Value, frozen=True):
    """Writes and finds people; blind digests and seals come from `secrets`."""

    secrets: Secrets

    # --- writing --------------------------------------------------------------------------------
    def put_person(self, connection: Connection, row: dict[str, Any]) -> None:
        """Write or renew one person; the search rows only when something searched has changed."""
        person = rows.person_from(row["person_id"], row["body"], self.secrets)
        mark = mark_of(self.secrets, person)
        old = connection.execute(_OLD_PERSON, {"id": row["person_id"]}).mappings().first()
        values = {**row, "mark": mark}
        if old is None:
            added = connection.execute(insert(t.people), values)
            assert added.inserted_primary_key is not None
            self._index(connection, added.inserted_primary_key[0], person)
            return
        connection.execute(t.people.update().where(t.people.c.rid == old["rid"]), values)
        if old["mark"] != mark:
            self._forget(connection, old["rid"], rows.person_of(old, self.secrets))
            self._index(connection, old["rid"], person)

    def _index(self, connection: Connection, rid: int, person: Person) -> None:
        for (table, column), found in zip(_INDEXES, index_of(self.secrets, person), strict=True):
            if found:
                put = f"INSERT INTO {table} ({column}, rid) VALUES (?, ?)"
                connection.exec_driver_sql(put, [(one, rid) for one in found])

    def _forget(self, connection: Connection, rid: int, person: Person) -> None:
        """By what they were: the tables are sorted by it; by the row id a million people would be read."""
        for (table, column), found in zip(_INDEXES, index_of(self.secrets, person), strict=True):
            if found:
                taken = f"DELETE FROM {table} WHERE {column} = ? AND rid = ?"
                connection.exec_driver_sql(taken, [(one, rid) for one in found])

    # --- finding --------------------------------------------------------------------------------
    def by_id(self, connection: Connection, person_id: str) -> Person | None:
        """By the local id."""
        row = ask(connection, _BY_ID, (person_id,))
        return rows.person_from(row[0], row[1], self.secrets) if row is not None else None

    def by_part(self, connection: Connection, part: str, value: str) -> Person | None:
        """By a whole number: `certno`, `card` or `tel`."""
        return self._first(connection, self._with_part(part, value.strip().upper()))

    def search(self, connection: Connection, typed: str, limit: int) -> list[Person]:
        """By name part, pinyin initials, or a part of the certificate, telephone or card number."""
        clean = typed.strip()
        if not clean or limit < 1:
            return []
        if clean[:-1].isdecimal() and clean.isascii() and clean[-1] in "0123456789xX":
            rids = self._by_digits(connection, clean.upper(), limit)
        elif clean.isascii() and clean.isalpha():
            rids = _by_letters(connection, clean, limit)
        else:
            rids = _by_name(connection, clean, limit)
        return self._in_order(connection, rids)

    def _by_digits(self, connection: Connection, digits: str, limit: int) -> list[int]:
        wanted = [self.secrets.blind(f"{part}:{digits}") for part in _part_names(len(digits))]
        found = [
            rid
            for blind in wanted
            for rid in connection.execute(_KEYED, {"blind": blind, "limit": limit}).scalars()
        ]
        return sorted(set(found))[:limit]

    def _in_order(self, connection: Connection, rids: Sequence[int]) -> list[Person]:
        found = connection.execute(select(t.people).where(t.people.c.rid.in_(rids))).mappings()
        by_rid = {row["rid"]: row for row in found}
        return [rows.person_of(by_rid[rid], self.secrets) for rid in rids]

    def _with_part(self, part: str, value: str) -> Select[Any]:
        hits = select(t.person_keys.c.rid).where(
            t.person_keys.c.blind == self.secrets.blind(f"{part}:{value}")
        )
        return select(t.people).where(t.people.c.rid.in_(hits)).order_by(t.people.c.unit_no.desc())

    def _first(self, connection: Connection, found: Select[Any]) -> Person | None:
        people = self._people(connection, found.limit(1))
        return people[0] if people else None

    def _people(self, connection: Connection, found: Select[Any]) -> list[Person]:
        return [rows.person_of(row, self.secrets) for row in connection.execute(found).mappings()]


def put_employer(connection: Connection, row: dict[str, Any]) -> None:
    """Write or renew one employer."""
    old = connection.execute(_OLD_EMPLOYER, {"id": row["emp_id"]}).first()
    if old is None:
        added = connection.execute(insert(t.employers), row)
        assert added.inserted_primary_key is not None
        rid = added.inserted_primary_key[0]
    else:
        rid = old.rid
        connection.execute(t.employers.update().where(t.employers.c.rid == rid), row)
        if old.name == row["name"]:
            return
        connection.execute(_EMPLOYER_UNNAME, {"rid": rid})
    connection.execute(_EMPLOYER_NAME, {"rid": rid, "name": names.characters(row["name"])})


def search_employers(connection: Connection, typed: str, limit: int) -> Sequence[Employer]:
    """By credit code, employer number or a part of the name."""
    clean = typed.strip()
    tokens = names.characters(clean)
    if not tokens or limit < 1:
        return []
    c, code = t.employers.c, clean.upper()
    hits = text("SELECT rowid FROM employer_names WHERE employer_names MATCH :phrase").columns(
        t.employers.c.rid
    )
    is_coded = or_(c.uscc == code, c.emp_no == clean)
    found = select(t.employers).where(or_(is_coded, c.rid.in_(hits))).order_by(c.rid).limit(limit)
    found_rows = connection.execute(found, {"phrase": f'"{tokens}"'}).mappings()
    return [rows.employer_of(row) for row in found_rows]


def _by_letters(connection: Connection, letters: str, limit: int) -> list[int]:
    low = letters.lower()
    of, spelled = t.person_initials, t.person_initials.c.initials
    near = select(of.c.rid).where(spelled >= low, spelled < low + "\x7f").order_by(spelled, of.c.rid)
    rids = connection.execute(near.limit(limit * 4)).scalars()  # a name has several spellings
    first = list(dict.fromkeys(rids))[:limit]
    # Latin names: Anna is spelled, not abbreviated.
    more = _by_name(connection, letters, limit) if len(first) < limit else []
    return list(dict.fromkeys([*first, *more]))[:limit]


def _by_name(connection: Connection, typed: str, limit: int) -> list[int]:
    """Whole name first, then names that begin so, then names that hold it.

    Each is one stretch of the sorted endings, read no further than needed: half the town may be called so.
    """
    name = names.plain(typed)
    if not name:
        return []
    found = _stretch(connection, names.WHOLE + name, limit)
    if len(found) < limit:
        found += _stretch(connection, name, limit)
    return list(dict.fromkeys(found))[:limit]


def _stretch(connection: Connection, beginning: str, limit: int) -> list[int]:
    """Who has an ending that begins so, each once, in the order of the endings."""
    asked = {"first": beginning, "last": beginning + _LAST_CHARACTER}
    found: dict[int, None] = {}
    with connection.execute(NAMED, asked) as hits:
        for rid in hits.scalars():
            found[rid] = None
            if len(found) == limit:
                break
    return list(found)


def index_of(secrets: Secrets, person: Person) -> tuple[list[str], list[str], list[str]]:
    """What somebody is found by: digests of parts of their numbers, initials, endings of the name."""
    blinds = sorted({secrets.blind(part) for part in parts_of(person)})
    return blinds, names.initials(person.psn_name), names.endings(person.psn_name)


def mark_of(secrets: Secrets, person: Person) -> str:
    """What changes when something searched has changed."""
    return secrets.blind(f"mark:{person.psn_name}|{person.certno}|{person.card_no}|{person.tel}")


def parts_of(person: Person) -> list[str]:
    """Every searchable part of a person's numbers, as it is digested."""
    certno, parts = person.certno.upper(), []
    if certno:
        parts = [f"certno:{certno}"]
        parts += [f"front{n}:{certno[:n]}" for n in _FRONTS if len(certno) > n]
        parts += [f"end{n}:{certno[-n:]}" for n in _ENDS if len(certno) > n]
    if person.tel:
        parts += [
            f"tel:{person.tel}",
            *(f"telend{n}:{person.tel[-n:]}" for n in _TEL_ENDS if len(person.tel) > n),
        ]
    return parts + ([f"card:{person.card_no.upper()}"] if person.card_no else [])


def _part_names(length: int) -> list[str]:
    """Under which names a typed run of that many digits may have been digested."""
    names_of = ["certno", "tel", "card"]
    names_of += [f"front{n}" for n in _FRONTS if n == length]
    names_of += [f"end{n}" for n in _ENDS if n == length]
    return names_of + [f"telend{n}" for n in _TEL_ENDS if n == length]
