"""What the catalogue answers on the command line, as JSON data."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from counter_app.catalog.conditions import Expression
from counter_app.catalog.model import Catalogue, Offer, Origin, Region, TransactionType
from counter_app.catalog.search import resolve
from counter_app.problems import Problem


def summary(type_: TransactionType, packs: Catalogue) -> dict[str, Any]:
    """One line of `catalog list`; `regions` are those where a counter can open it."""
    offers = {region: type_.offered_in.get(region, Offer()) for region in packs.regions}
    return {
        "id": type_.id,
        "name": type_.name,
        "category": type_.category,
        "window_group": type_.domain,
        "offline": type_.offline,
        "version": type_.version,
        "regions": [region for region, offer in offers.items() if offer.mode in {"办", "代收转"}],
    }


def shown(packs: Catalogue, word: str) -> dict[str, Any]:
    """One type by id, old id or name. Raises Problem `type-unknown`."""
    found = resolve(packs, word)
    if found is None:
        raise Problem("type-unknown", word, word)
    type_id, situation = found
    document: dict[str, Any] = plain(packs.types[type_id])
    return {**document, "asked_for": word, "situation": situation}


def plain(value: Any) -> Any:
    """Frozen values as JSON data: conditions as their text, without the places they were written at."""
    if isinstance(value, Expression):
        return value.text
    if isinstance(value, StrEnum | date):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = ((part.name, getattr(value, part.name)) for part in fields(value))
        return {name: plain(part) for name, part in parts if not isinstance(part, Origin)}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if hasattr(value, "items"):
        return {_key(name): plain(item) for name, item in value.items()}
    return value


def _key(name: Any) -> str:
    """`promised` is keyed (region, situation): `zaozhuang` or `zaozhuang/er`."""
    return "/".join(part for part in name if part) if isinstance(name, tuple) else str(name)


def region_document(packs: Catalogue, region: Region) -> dict[str, Any]:
    """The whole region; a parameter has its `source` rows or `default` true."""
    rename = {"is_default": "default"}
    parameters = [{rename.get(k, k): v for k, v in plain(item).items()} for item in region.parameters]
    entries = [{rename.get(k, k): v for k, v in plain(item).items()} for item in region.entries]
    promises = [
        {"type": type_.id, "situation": situation, "days": days}
        for type_ in packs.types.values()
        for (place, situation), days in type_.limits.promised.items()
        if place == region.id
    ]
    offers = {
        type_.id: plain(type_.offered_in[region.id])
        for type_ in packs.types.values()
        if region.id in type_.offered_in
    }
    whole = {k: v for k, v in plain(region).items() if k not in {"admdvs", "parameters"}}
    return {**whole, "parameters": parameters, "entries": entries, "promises": promises, "offers": offers}
