"""A tireless clerk: fills any form of the catalogue until nothing is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from counter_app.catalog.evaluate import form_problems, offered_situations
from counter_app.catalog.model import Catalogue, FieldSpec, Region, TransactionType
from counter_app.catalog.names import context_for
from counter_app.catalog.values import choices
from counter_app.domain.people import Person

TODAY = date(2026, 11, 22)
RESIDENT = Person(
    "p1",
    "李桂芳",
    certno="371102194803120024",
    gend="2",
    brdy=date(1948, 3, 12),
    insutype="390",
    psn_type="12",
    psn_insu_stas="1",
    insuplc_admdvs="371100",
    tel="13800001526",
)
SAMPLES: dict[str, list[Any]] = {
    "bool": [True, False],
    "date": [(TODAY + timedelta(days=days)).isoformat() for days in (0, -1, -200, 30, 180)],
    "datetime": ["2026-11-21 09:30"],
    "month": ["2026-11", "2026-10", "2026-12"],
    "money": [123456, 0],
    "int": [1, 0, 2026, 20],
    "ratio": ["0.5"],
    "cert_no": ["371102197608201244"],
    "uscc": ["91350100M000100Y43"],
    "phone": ["13800001526"],
    "bank_card": ["6228480000001234567"],
    "icd": ["I10"],
}


def samples(spec: FieldSpec, region: Region) -> list[Any]:
    """Values a clerk might choose, in the order of trying."""
    if spec.type == "table":
        return [[{column.key: samples(column, region)[0] for column in spec.columns}]]
    codes = [choice.code for choice in choices(spec, region)]
    if spec.type == "multi_enum":
        return [[code] for code in codes]
    return SAMPLES.get(spec.type) or codes or ["示例内容"]


def fill(type_: TransactionType, region: Region, packs: Catalogue, about: dict[str, Any]) -> dict[str, Any]:
    """Fill a form until nothing is refused; fails when no sample satisfies a field."""
    form: dict[str, Any] = {}
    if about["person"] is not None:
        keys = (
            "psn_name",
            "psn_cert_type",
            "certno",
            "gend",
            "insutype",
            "psn_type",
            "insuplc_admdvs",
            "tel",
        )
        form = {key: getattr(RESIDENT, key) for key in keys}
    tried: dict[str, int] = {}
    while True:
        context = context_for(packs, region.id, TODAY, form=form, **about)
        found = form_problems(type_, form, context, region)
        if not found:
            return form
        key = found[0].where.split("[")[0]
        spec = next(spec for spec in type_.fields if spec.key == key)
        place = tried.get(key, -1) + 1
        values = samples(spec, region)
        assert place < len(values), f"{type_.id} {about} {key}: {found[0].cause}"
        form, tried = {**form, key: values[place]}, {**tried, key: place}


def ways(type_: TransactionType, region: str, packs: Catalogue) -> Iterator[dict[str, Any]]:
    """Every party and situation in which a type may be opened here."""
    person = RESIDENT if type_.applicant == "individual" else None
    for party in type_.parties:
        about = {"person": person, "party": {"kind": party}, "case": {"online": True}}
        context = context_for(packs, region, TODAY, **about)
        for situation in [item.code for item in offered_situations(type_, context)] or [""]:
            yield {**about, "case": {"online": True, "situation": situation}}
