"""Every name a condition may use, with its type; and the values behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from counter_app.catalog.conditions import Context
from counter_app.catalog.kinds import Kind
from counter_app.catalog.model import Catalogue, FieldSpec, Parameter, Region, TransactionType
from counter_app.domain.people import PartyKind, Person

_FIELD_KINDS = {
    "date": "date",
    "datetime": "date",
    "month": "month",
    "money": "money",
    "ratio": "number",
    "int": "number",
    "bool": "bool",
    "multi_enum": "list",
    "table": "table",
}
PERSON_NAMES = {
    "psn_cert_type": "text",
    "gend": "text",
    "brdy": "date",
    "age": "number",
    "insutype": "text",
    "psn_type": "text",
    "psn_insu_stas": "text",
    "psn_idet_type": "text",
    "insuplc_admdvs": "text",
    "balc": "money",
    "flags": "list",
    "is_employer": "bool",
    "is_deceased": "bool",
    "certno": "text",
    "has_certno": "bool",
    "has_account": "bool",
}
PARTY_NAMES = {"relation": "text", "family_account": "bool"}
CASE_NAMES = {"channel": "text", "online": "bool"}


def field_kind(spec: FieldSpec) -> Kind:
    """How a condition sees a form field."""
    codes = frozenset(choice.code for choice in spec.choices)
    return Kind(_FIELD_KINDS.get(spec.type, "text"), codes)


def parameter_kind(item: Parameter) -> Kind:
    """How a condition sees a regional parameter, by its unit and value."""
    if item.unit == "元":
        return Kind("money")
    if isinstance(item.value, bool):
        return Kind("bool")
    if item.unit == "ratio" or isinstance(item.value, int):
        return Kind("number")
    if isinstance(item.value, date):
        return Kind("date")
    return Kind("list" if isinstance(item.value, list | tuple) else "text")


def parameter_value(item: Parameter) -> Any:
    """The value as conditions compare it: 元 as whole 分, ratios as decimals."""
    if item.unit == "元":
        return int(Decimal(str(item.value)) * 100)
    return Decimal(str(item.value)) if item.unit == "ratio" else item.value


def region_names(regions: Iterable[Region]) -> dict[str, Kind]:
    """What a condition may ask of a region: the parameters of all of them together."""
    parameters = (item for region in regions for item in region.parameters)
    return {f"region.{item.name}": parameter_kind(item) for item in parameters}


def known_names(type_: TransactionType, of_regions: Mapping[str, Kind]) -> dict[str, Kind]:
    """All names usable in this type, for `Expression.faults`; `of_regions` are `region_names`."""
    known = {"today": Kind("date"), "this_month": Kind("month"), "region.id": Kind("text")}
    known |= dict.fromkeys(("region.province", "person.insuplc_admdvs.province"), Kind("text"))
    for spec in type_.fields:
        known[f"form.{spec.key}"] = field_kind(spec)
        if spec.type == "table":
            known |= table_names(spec)
        if spec.type == "admdvs":
            known[f"form.{spec.key}.province"] = Kind("text")
    known |= {f"person.{name}": Kind(kind) for name, kind in PERSON_NAMES.items()}
    known |= {f"party.{name}": Kind(kind) for name, kind in PARTY_NAMES.items()}
    known["party.kind"] = Kind("text", frozenset(kind.value for kind in PartyKind))
    known |= {f"case.{name}": Kind(kind) for name, kind in CASE_NAMES.items()}
    codes = frozenset(situation.code for situation in type_.situations)
    known["case.situation"] = Kind("text", codes)
    known |= {f"ask.{question.name}": Kind("bool") for question in type_.questions}
    return {**known, **of_regions}


def table_names(spec: FieldSpec) -> dict[str, Kind]:
    """`form.invoices.count` and the sum of each number column of a table."""
    names = {f"form.{spec.key}.count": Kind("number")}
    sums = {column.key: field_kind(column) for column in spec.columns if column.type in {"money", "int"}}
    return names | {f"form.{spec.key}.{key}": kind for key, kind in sums.items()}


def row_names(spec: FieldSpec) -> dict[str, Kind]:
    """Names usable in the rules of a table's columns: the cells of the same row."""
    return {f"form.{column.key}": field_kind(column) for column in spec.columns} | {"today": Kind("date")}


def person_values(person: Person | None, on: date, is_employer: bool = False) -> dict[str, Any]:
    """What conditions see of a principal; an employer, or nobody yet, has nothing but `is_employer`."""
    if person is None:
        return {"is_employer": is_employer}
    values: dict[str, Any] = {
        name: getattr(person, name, None) for name in PERSON_NAMES if hasattr(person, name) and name != "age"
    }
    values |= {
        "age": person.age(on),
        "brdy": person.brdy,
        "flags": person.flags,
        "is_employer": False,
        "is_deceased": person.deceased_on is not None,
        "has_certno": bool(person.certno),
        "has_account": "has_account" in person.flags,
    }
    return values


@dataclass(frozen=True, slots=True)
class RegionValues(Mapping[str, Any]):
    """The region's id and every parameter in force on a day, each looked up when it is asked for."""

    region: Region
    on: date

    def __getitem__(self, name: str) -> Any:
        if name == "id":
            return self.region.id
        if name == "province":
            return self.region.admdvs_code[:2]
        found = self.region.parameter(name, self.on)
        if found is None:
            raise KeyError(name)
        return parameter_value(found)

    def __iter__(self) -> Iterator[str]:
        yield from ("id", "province")
        named = {item.name for item in self.region.parameters}
        yield from sorted(name for name in named if self.region.parameter(name, self.on) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def context_for(
    catalogue: Catalogue,
    region: str,
    today: date,
    person: Person | None = None,
    party: Mapping[str, Any] | None = None,
    form: Mapping[str, Any] | None = None,
    ask: Mapping[str, Any] | None = None,
    case: Mapping[str, Any] | None = None,
) -> Context:
    """Everything a condition may look at, from the things the visit holds.

    `party` is `{kind, relation, family_account}`, `case` `{situation, channel, online}`; answers to
    questions are True or False. Raises KeyError when the region is not in the catalogue.
    """
    speaks = party or {"kind": PartyKind.SELF.value}
    return Context(
        today=today,
        form=form or {},
        person=person_values(person, today, is_employer=speaks.get("kind") == PartyKind.EMPLOYER),
        party=speaks,
        region=RegionValues(catalogue.regions[region], today),
        ask=ask or {},
        case=case or {},
    )
