"""From what a device said to who somebody is, and how surely we know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from counter_app.domain.idnumbers import check as check_idno
from counter_app.domain.people import Evidence, EvidenceKind, Person
from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.services.office import Office
from drivers.protocols import CardRead, Fault, IdCardRead, VoucherPerson


class Identified(Value, frozen=True):
    """A person with the proof. `known` is False for somebody the local copy has never heard of."""

    person: Person
    evidence: Evidence
    known: bool = True


def by_card(office: Office, read: CardRead) -> Identified:
    """Who holds this social-security card.

    Raises Problem `card-incomplete` when the card told neither number nor name (v3 without PSAM).
    """
    if not read.idno:
        raise Problem("card-incomplete", read.reader, "、".join(WORDS.get(m, m) for m in read.missing))
    found = office.ports.storage.person_by_certno(read.idno)
    evidence = Evidence(
        EvidenceKind.CARD,
        device=read.reader,
        at=office.now().isoformat(),
        complete=read.complete,
        missing=read.missing,
        expires_on=_day(read.expires_on),
        unverified=_unverified(office, found, read.name),
    )
    if found is not None:
        return Identified(replace(found, card_no=read.card_no or found.card_no), evidence)
    return Identified(
        _stranger(office, read.idno, read.name, read.sex, read.birth_date, read.card_no), evidence, False
    )


def by_id_card(office: Office, read: IdCardRead) -> Identified:
    """Who this resident ID card belongs to. Raises Problem `card-incomplete`."""
    if not read.idno:
        raise Problem("card-incomplete", read.reader, "、".join(WORDS.get(m, m) for m in read.missing))
    found = office.ports.storage.person_by_certno(read.idno)
    evidence = Evidence(
        EvidenceKind.ID_CARD,
        device=read.reader,
        at=office.now().isoformat(),
        expires_on=_day(read.valid_to),
        unverified=_unverified(office, found, read.name),
    )
    if found is not None:
        return Identified(replace(found, addr=found.addr or read.address), evidence)
    stranger = _stranger(office, read.idno, read.name, read.sex, read.birth_date, "")
    return Identified(replace(stranger, addr=read.address), evidence, False)


def by_voucher(office: Office, code: str) -> Identified:
    """Who shows this 医保电子凭证 code; it is resolved now or never.

    Raises Problem with the resolver's own code (`voucher-expired`, `voucher-away`, …).
    """
    try:
        answer: VoucherPerson = office.ports.vouchers.resolve(code, office.voucher_business)
    except Fault as fault:
        raise Problem(fault.code, "voucher", fault.detail) from None
    found = office.ports.storage.person_by_certno(answer.id_no)
    evidence = Evidence(
        EvidenceKind.VOUCHER,
        at=office.now().isoformat(),
        unverified=_unverified(office, found, answer.user_name),
    )
    if found is not None:
        return Identified(found, evidence)
    birthday = answer.birthday.replace(".", "-")
    return Identified(
        _stranger(office, answer.id_no, answer.user_name, answer.gender, birthday, ""), evidence, False
    )


def by_typing(office: Office, text: str) -> Identified:
    """Who has this number, typed by the clerk: known at best, never proven.

    Raises Problem `idno-…`.
    """
    number = check_idno(text)
    found = office.ports.storage.person_by_certno(number.text)
    evidence = Evidence(EvidenceKind.TYPED, at=office.now().isoformat(), unverified=("identity",))
    if found is not None:
        return Identified(found, evidence)
    return Identified(
        _stranger(office, number.text, "", number.sex, number.birth.isoformat(), ""), evidence, False
    )


def is_expired(evidence: Evidence, today: date) -> bool:
    """Whether the document that proved the identity is out of date."""
    return evidence.expires_on is not None and evidence.expires_on < today


WORDS = {
    "idno": "社会保障号码",
    "name": "姓名",
    "card_no": "卡号",
    "card_id": "卡识别码",
    "birth_date": "出生日期",
    "sex": "性别",
    "ethnic_code": "民族",
    "birth_place": "出生地",
}


def _unverified(office: Office, found: Person | None, name: str) -> tuple[str, ...]:
    doubts: list[str] = []
    if not office.online():
        doubts.append("insurance")
    if found is None:
        doubts.append("insurance")
    elif name and name != found.psn_name:
        doubts.append("name")
    return tuple(dict.fromkeys(doubts))


def _stranger(office: Office, certno: str, name: str, sex: str, birth: str, card_no: str) -> Person:
    return Person(
        person_id=office.new_id(),
        psn_name=name,
        certno=certno,
        gend=sex,
        brdy=_day(birth),
        card_no=card_no,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None  # 长期, or a card that does not say
