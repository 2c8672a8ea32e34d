from __future__ import annotations

from datetime import date
from decimal import Decimal

from counter_app.catalog import conditions
from counter_app.catalog.kinds import Kind
from counter_app.catalog.model import Catalogue, Parameter
from counter_app.catalog.names import (
    PERSON_NAMES,
    context_for,
    known_names,
    parameter_kind,
    parameter_value,
    person_values,
    region_names,
)
from counter_app.domain.people import Person

TODAY = date(2026, 11, 22)
RETIRED = Person("p", "李桂芳", brdy=date(1948, 3, 12), psn_type="12", insuplc_admdvs="371100", balc=100)


def test_every_name_a_condition_may_use_has_a_value_behind_it(packs: Catalogue) -> None:
    values = person_values(RETIRED, TODAY)
    assert set(values) == set(PERSON_NAMES)
    known = known_names(packs.types["BX02"], region_names(packs.regions.values()))
    assert known["form.invoices.amount"] == Kind("money")
    assert known["form.invoices.count"] == Kind("number")
    assert known["case.situation"].choices == {"plain", "emergency", "injury", "lost"}
    assert known["ask.outrx"] == Kind("bool")
    assert "form.nothing" not in known
    assert known["region.dual.max_stores"] == Kind("number")


def test_the_context_of_a_visit(packs: Catalogue) -> None:
    context = context_for(packs, "rizhao", TODAY, RETIRED, form={"a": 1}, case={"situation": "x"})
    for text in (
        "person.age == 78",
        "person.is_deceased == false",
        "person.is_employer == false",
        "person.insuplc_admdvs.province == region.province",
        "region.id == 'rizhao'",
        "party.kind == 'self'",
        "case.situation == 'x'",
        "person.balc == 1元",
    ):
        assert conditions.parse(text).holds(context), text


def test_an_employer_is_no_person(packs: Catalogue) -> None:
    context = context_for(packs, "rizhao", TODAY, party={"kind": "employer"})
    assert conditions.parse("person.is_employer and person.age is not known").holds(context)
    nobody_yet = context_for(packs, "rizhao", TODAY)
    assert conditions.parse("person.is_employer == false and person.age is not known").holds(nobody_yet)


def test_parameters_are_compared_by_their_unit() -> None:
    yuan = Parameter("cap", "600.50", unit="元")
    ratio = Parameter("share", "0.05", unit="ratio")
    assert (parameter_kind(yuan), parameter_value(yuan)) == (Kind("money"), 60050)
    assert (parameter_kind(ratio), parameter_value(ratio)) == (Kind("number"), Decimal("0.05"))
    assert parameter_kind(Parameter("x", True)) == Kind("bool")
    assert parameter_kind(Parameter("x", 3, unit="workday")) == Kind("number")
    assert parameter_kind(Parameter("x", TODAY)) == Kind("date")
    assert parameter_kind(Parameter("x", ["a"])) == Kind("list")
    assert parameter_kind(Parameter("x", "words")) == Kind("text")
