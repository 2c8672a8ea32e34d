"""People and employers a case can be for, under their national field names."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from counter_app.domain.value import Value


class PartyKind(StrEnum):
    """In which capacity the person at the window speaks for the principal."""

    SELF = "self"  # 本人
    GUARDIAN = "guardian"  # 监护人
    KIN = "kin"  # 亲友
    AGENT = "agent"  # 授权代理人
    HEIR = "heir"  # 继承人
    EMPLOYER = "employer"  # 单位经办


class Paid(Value, frozen=True):
    """Months in a row for which a premium was paid, both included (`2025-01`); `base` is 分 a month."""

    first: str
    last: str
    base: int | None = None

    def within(self, first: str = "", last: str = "") -> Paid | None:
        """The part of it between two months ("" = no limit); None where nothing is left."""
        start, end = max(self.first, first), min(self.last, last or self.last)
        return Paid(start, end, self.base) if start <= end else None

    @property
    def months(self) -> int:
        """How many months."""
        first, last = ([int(part) for part in one.split("-")] for one in (self.first, self.last))
        return (last[0] - first[0]) * 12 + last[1] - first[1] + 1


class Person(Value, frozen=True):
    """An insured (or not yet insured) person as this counter knows them.

    `person_id` is a local UUIDv7, so that a newborn without a number is still one person.
    `balc` is the personal account in 分, None when unknown; `paid` are the
    paid months as far as they are known, oldest first. `as_of` is the date of the data.
    """

    person_id: str
    psn_name: str
    psn_cert_type: str = "01"
    certno: str = ""
    gend: str = ""
    brdy: date | None = None
    naty: str = ""
    tel: str = ""
    addr: str = ""
    insutype: str = ""
    psn_type: str = ""
    psn_insu_stas: str = ""
    psn_idet_type: str = ""
    insuplc_admdvs: str = ""
    psn_no: str = ""
    card_no: str = ""
    emp_name: str = ""
    balc: int | None = None
    deceased_on: date | None = None
    flags: tuple[str, ...] = ()
    as_of: str = ""
    photo: str = ""
    paid: tuple[Paid, ...] = ()

    def age(self, on: date) -> int | None:
        """Full years on a day, None when the birth date is unknown."""
        if self.brdy is None:
            return None
        had_birthday = (on.month, on.day) >= (self.brdy.month, self.brdy.day)
        return on.year - self.brdy.year - (0 if had_birthday else 1)


class Employer(Value, frozen=True):
    """An employer as principal; `uscc` is the unified social credit code (GB 32100)."""

    emp_id: str
    emp_name: str
    uscc: str = ""
    emp_no: str = ""
    legrep_name: str = ""
    tel: str = ""
    addr: str = ""
    flags: tuple[str, ...] = ()
    bank_name: str = ""
    bank_acct: str = ""


class Agent(Value, frozen=True):
    """The six national fields of whoever speaks for the principal."""

    agnter_name: str = ""
    agnter_cert_type: str = "01"
    agnter_certno: str = ""
    agnter_tel: str = ""
    agnter_addr: str = ""
    agnter_rlts: str = ""


class EvidenceKind(StrEnum):
    """What proved an identity."""

    CARD = "card"  # 社会保障卡
    ID_CARD = "id_card"  # 居民身份证
    VOUCHER = "voucher"  # 医保电子凭证
    TYPED = "typed"  # 手工录入，未核验
    CHILD = "child"  # 无证件号的新生儿
    LIST = "list"  # 名单申报，未逐人核验
    ONLINE = "online"  # 网上实名申报，未到窗口


class Evidence(Value, frozen=True):
    """How an identity was proven; never holds the code or card bytes themselves.

    `witness` is "" until the clerk has compared face and document: then `verified` (人证已核)
    or `doubtful` (存疑); `unattended` (自助) where nobody stood by to compare.
    `unverified` names what could not be checked online.
    """

    kind: EvidenceKind
    device: str = ""
    at: str = ""
    complete: bool = True
    missing: tuple[str, ...] = ()
    expires_on: date | None = None
    witness: str = ""
    unverified: tuple[str, ...] = ()


class Principal(Value, frozen=True):
    """办理对象: whom a case is for, with the proof of who they are. Exactly one of the two is set."""

    key: str
    person: Person | None = None
    employer: Employer | None = None
    evidence: Evidence | None = None

    @property
    def name(self) -> str:
        """The name to show (unmasked; masking is the face's work)."""
        if self.person is not None:
            return self.person.psn_name
        return self.employer.emp_name if self.employer else ""
