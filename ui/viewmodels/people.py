"""The words of the citizen banner: who this is, how we know, and what matters about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from counter_app.domain.value import Value
from counter_app.services.visit_view import PersonView, SpeakerView
from ui.viewmodels.form import yuan
from ui.words import (
    EVIDENCE,
    FLAGS,
    INSURANCE,
    INSURED_STATE,
    PARTY,
    PERSON_TYPE,
    SEX,
    UNVERIFIED,
    WITNESS,
    say,
    sign,
)


class BannerWords(Value, frozen=True):
    """One principal in words. Chips are (kind, words), most important first."""

    name: str
    about: str
    certno: str
    chips: tuple[tuple[str, str], ...]
    details: str


def banner(person: PersonView, speaker: SpeakerView | None = None) -> BannerWords:
    """A principal as the banner shows them."""
    if person.is_employer:
        known = () if person.known else (("info", "● 新单位"),)
        return BannerWords(
            person.name or "新单位（填表后显示名称）", "单位", person.certno, known, _joined(person.tel)
        )
    about = " · ".join(
        part for part in (say(SEX, person.gend), f"{person.age} 岁" if person.age is not None else "") if part
    )
    return BannerWords(person.name or _nameless(person), about, person.certno, chips(person), details(person))


def told_apart(people: Sequence[PersonView]) -> dict[str, str]:
    """What each of several people is called, by key: who shares a name has the number's end or the age."""
    names = {person.key: banner(person).name for person in people}
    shared = {name for name, times in Counter(names.values()).items() if times > 1}
    return {p.key: names[p.key] + (_mark(p) if names[p.key] in shared else "") for p in people}


def _mark(person: PersonView) -> str:
    if person.certno:
        return f"（尾号 {person.certno[-4:]}）"
    return f"（{person.age} 岁）" if person.age is not None else ""


def chips(person: PersonView) -> tuple[tuple[str, str], ...]:
    """What must be seen at once."""
    found: list[tuple[str, str]] = []
    if person.deceased:
        found.append(("quiet", "登记为已故"))
    if person.evidence:
        found.append(sign(EVIDENCE, person.evidence))
    if person.evidence in ("card", "id_card", "voucher") or person.witness == "doubtful":
        found.append(sign(WITNESS, person.witness))
    if person.evidence in ("card", "id_card") and not person.card_present:
        found.append(("quiet", "卡已取走"))
    if not person.complete:
        found.append(("warn", "▲ 卡内信息不全"))
    if not person.known and person.evidence != "child":
        found.append(("warn", "▲ 本机无参保资料"))
    found += [("warn", f"▲ {say(UNVERIFIED, code)}") for code in person.unverified if code != "identity"]
    found += [("info", f"● {say(FLAGS, flag)}") for flag in person.flags]
    return tuple(dict.fromkeys(found))


def details(person: PersonView) -> str:
    """The second line: insurance, place, account, telephone."""
    parts = [
        say(INSURANCE, person.insutype),
        say(PERSON_TYPE, person.psn_type),
        say(INSURED_STATE, person.insured_state),
        f"参保地 {person.insuplc}" if person.insuplc else "",
        f"个账 {yuan(person.balance)}" if person.balance is not None else "",
        f"电话 {person.tel}" if person.tel else "",
        f"资料 {person.as_of[:10]}" if person.as_of else "",
    ]
    return "　".join(part for part in parts if part)


class SpeakerWords(Value, frozen=True):
    """Who speaks, in words; never to be taken for the insured person."""

    title: str
    line: str
    complete: bool


def speaker(view: SpeakerView | None) -> SpeakerWords:
    """The block at the banner's right end."""
    if view is None or view.kind == "self":
        return SpeakerWords("本人办理", "代办、监护请按 Ctrl+D", True)
    person = view.person
    name = person.name if person and person.name else view.fields.get("agnter_name", "")
    relation = view.fields.get("agnter_rlts", "")
    title = f"{say(PARTY, view.kind)}　{name}" + (f"（{relation}）" if relation else "")
    if view.missing:
        return SpeakerWords(title, f"还缺：{'、'.join(view.missing)}　Ctrl+D 补填", False)
    proof = sign(EVIDENCE, person.evidence)[1] if person and person.evidence else "▲ 证件未读"
    return SpeakerWords(title, f"{proof}　Ctrl+D 更换", True)


def _nameless(person: PersonView) -> str:
    return "新生儿（未取名）" if person.evidence == "child" else "（姓名待填）"


def _joined(*parts: str) -> str:
    return "　".join(part for part in parts if part)
