"""Who a script's keys mean: the card in a person's hand and the number on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counter_app.problems import Problem


class Roles:
    """The persons of a script by key."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._rows: dict[str, Mapping[str, Any]] = {
            str(row.get("key", "")): row for row in tables.get("person", [])
        }

    def certno(self, key: str) -> str:
        """A person's number. Raises Problem `not-found`."""
        return str(self.row(key).get("certno", ""))

    def card(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The card a device step puts in: a person's, with or without changes, or one of its own."""
        own = dict(given.get("card", {}))
        if "person" not in given:
            return own
        row = self.row(str(given["person"]))
        base = {"name": str(row.get("name", "")), "idno": str(row.get("certno", ""))}
        return {**base, **dict(row.get("card", {})), **own}

    def id_card(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The identity card a device step lays down: a person's, with or without changes, or its own."""
        own = dict(given.get("card", {}))
        if "person" not in given:
            return own
        row = self.row(str(given["person"]))
        held = row.get("id_card", {})
        if held is False:
            raise Problem("not-found", "id_card", str(given["person"]))
        base = {"name": row.get("name", ""), "idno": row.get("certno", ""), "address": row.get("addr", "")}
        return {**base, **(held if isinstance(held, Mapping) else {}), **own}

    def row(self, key: str) -> Mapping[str, Any]:
        """A person's whole row. Raises Problem `not-found`."""
        found = self._rows.get(key)
        if found is None:
            raise Problem("not-found", "person", key)
        return found
