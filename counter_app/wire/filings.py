"""The records of a package of kind `filings`, strictly read into `domain.filings.Filing`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from counter_app.domain.filings import Filing, FilingPage
from counter_app.domain.people import Agent, Employer, Person
from counter_app.problems import Problem
from counter_app.seals.canonical import canonical
from counter_app.seals.trust import TrustStore
from counter_app.wire.package import Package, digest, unpack

KIND = "filings"
Id = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._:-]+$")]
Word = Annotated[str, Meta(max_length=64)]
Text = Annotated[str, Meta(max_length=200)]
Answer = Annotated[str, Meta(max_length=20_000)]
Channel = Literal["online", "hospital", "enterprise", "home_visit", "kiosk"]
Material = Literal["received", "shared", "committed"]


class PersonRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Whom a filing is for: the national field names; a child without a number has none."""

    psn_name: Text
    psn_cert_type: Word = "01"
    certno: Word = ""
    gend: Word = ""
    brdy: date | None = None
    naty: Word = ""
    tel: Word = ""
    addr: Text = ""
    insutype: Word = ""
    insuplc_admdvs: Word = ""


class EmployerRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The employer a filing is for."""

    emp_name: Text
    uscc: Word
    legrep_name: Text = ""
    tel: Word = ""
    addr: Text = ""


class AgentRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who sent it for somebody else."""

    agnter_name: Text
    agnter_certno: Word
    agnter_cert_type: Word = "01"
    agnter_tel: Word = ""
    agnter_addr: Text = ""
    agnter_rlts: Text = ""


class FilingRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One filing in a package. `answers` are texts as a clerk would type them into the fields."""

    filing_id: Id
    channel: Channel
    type: Word
    filed_at: datetime
    situation: Word = ""
    person: PersonRecord | None = None
    employer: EmployerRecord | None = None
    party: Word = "self"
    agent: AgentRecord | None = None
    answers: dict[Word, Answer] = {}
    asked: dict[Word, bool] = {}
    materials: dict[Word, Material] = {}
    evidence: Text = ""
    evidence_at: datetime | None = None
    note: Text = ""
    planned_on: date | None = None
    address: Text = ""
    staff: list[Word] = []


def filings_of(package: Package) -> tuple[Filing, ...]:
    """The filings of a package that was unpacked. Raises Problem `package-broken` naming the record."""
    return tuple(_filing(package, n) for n in range(len(package.records)))


def page(items: Iterable[Mapping[str, Any]], trust: TrustStore, now: datetime) -> FilingPage:
    """Packages as a hub keeps them (`{no, package}`), judged one by one: a bad one delays no other."""
    found: list[Filing] = []
    wrong: list[Problem] = []
    last = 0
    for item in items:
        last = max(last, int(item["no"]))
        try:
            opened = unpack(canonical(item["package"]), trust, now, KIND)
            found += [replace(filing, hub_no=last) for filing in filings_of(opened)]
        except Problem as problem:
            wrong.append(problem)
    return FilingPage(tuple(found), tuple(wrong), last)


def record_of(filing: Filing) -> dict[str, Any]:
    """A filing as a record of a package, for whoever sends one; what is empty is left out."""
    person = PersonRecord(**_told(filing.person, PersonRecord)) if filing.person else None
    employer = EmployerRecord(**_told(filing.employer, EmployerRecord)) if filing.employer else None
    agent = AgentRecord(**_told(filing.agent, AgentRecord))
    told = FilingRecord(
        filing_id=filing.filing_id[-64:],
        channel=filing.channel,  # type: ignore[arg-type]
        type=filing.type_id,
        filed_at=datetime.fromisoformat(filing.filed_at),
        situation=filing.situation,
        person=person,
        employer=employer,
        party=filing.party,
        agent=agent if agent.agnter_name else None,
        answers=dict(filing.answers),
        asked=dict(filing.asked),
        materials=dict(filing.materials),  # type: ignore[arg-type]
        evidence=filing.evidence,
        evidence_at=datetime.fromisoformat(filing.evidence_at) if filing.evidence_at else None,
        note=filing.note,
        planned_on=filing.planned_on,
        address=filing.address,
        staff=list(filing.staff),
    )
    plain: dict[str, Any] = msgspec.to_builtins(told)
    return plain


def _told(value: Person | Employer | Agent, kind: type[Struct]) -> dict[str, Any]:
    return {name: getattr(value, name) for name in kind.__struct_fields__}


def _filing(package: Package, nth: int) -> Filing:
    plain = package.records[nth]
    where = f"records[{nth}]"
    try:
        told = msgspec.convert(plain, FilingRecord, strict=False)
    except (msgspec.ValidationError, RecursionError) as error:
        raise Problem("package-broken", where, str(error)[:120]) from error
    if told.filed_at.tzinfo is None or (told.person is None) == (told.employer is None):
        raise Problem("package-broken", where, "须有申报时间（含时区），且须写明个人或单位之一")
    manifest = package.manifest
    return Filing(
        filing_id=f"{manifest.sender.id[:40]}:{told.filing_id}",
        channel=told.channel,
        origin=manifest.sender.name[:60],
        type_id=told.type,
        filed_at=told.filed_at.isoformat(),
        situation=told.situation,
        person=Person("", **msgspec.structs.asdict(told.person)) if told.person else None,
        employer=Employer("", **msgspec.structs.asdict(told.employer)) if told.employer else None,
        party=told.party,
        agent=Agent(**msgspec.structs.asdict(told.agent)) if told.agent else Agent(),
        answers=told.answers,
        asked=told.asked,
        materials=told.materials,
        evidence=told.evidence,
        evidence_at=told.evidence_at.isoformat() if told.evidence_at else "",
        note=told.note,
        planned_on=told.planned_on,
        address=told.address,
        staff=tuple(told.staff),
        package_id=manifest.package_id[:64],
        expires_on=datetime.fromisoformat(manifest.expires_at).date(),
        content_hash=digest(plain),
    )
