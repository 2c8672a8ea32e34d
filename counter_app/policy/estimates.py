"""From a filled form to the sum behind it: what the desk may show beside a case before it is judged.

An estimate is never a promise and never a form field: its parameters come from the region by date.
To give a type a sum, add one row to `SUMS`. Answers are canonical: 分, ISO days, codes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from counter_app.catalog.model import Region
from counter_app.policy import (
    dual_channel,
    long_term_care,
    maternity,
    maternity_allowance,
    reimbursement,
    serious_illness,
)
from counter_app.policy.insured import Insured
from counter_app.policy.rates import Rates
from counter_app.policy.result import Result


@dataclass(frozen=True, slots=True)
class Filing:
    """What a sum may look at: a case's type and answers, the principal's insurance, place and day."""

    type_id: str
    answers: Mapping[str, Any]
    region: Region
    on: date
    insutype: str = ""
    psn_type: str = ""
    situation: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)

    @property
    def rates(self) -> Rates:
        """The region's parameters on the day, with what the case knows for certain."""
        return Rates(self.region, self.on, self.given)

    @property
    def group(self) -> Insured | None:
        """The principal's group by national codes, None when the codes say nothing."""
        if self.psn_type in {"1103", "1203"}:
            return Insured.FLEXIBLE
        return {"310": Insured.EMPLOYEE, "390": Insured.RESIDENT, "391": Insured.RESIDENT}.get(self.insutype)


def estimate(filing: Filing) -> Result | None:
    """The sum of this type for this form; None where there is none or the form says too little.

    A region without the parameters answers with `missing`. Raises Problem `policy-input` for answers
    that contradict each other.
    """
    sum_ = SUMS.get(filing.type_id)
    return sum_(filing) if sum_ else None


def _claim(filing: Filing) -> Result | None:
    total = _total(filing.answers)
    if total is None:
        return None
    emergency = filing.situation == "emergency" or filing.answers.get("med_type") == "13"
    filed = filing.answers.get("out_ba")
    how = "急诊抢救" if emergency else "未备案" if filed is False else "已备案"
    return reimbursement.manual(filing.rates, reimbursement.Invoice(total, filing=how))


def _prenatal(filing: Filing) -> Result | None:
    if filing.group is None:
        return None
    day = _day(filing.answers, "birctrl_matn_date") or filing.on
    return maternity.prenatal(filing.rates.at(day), filing.group)


def _birth(filing: Filing) -> Result | None:
    born, kind = _day(filing.answers, "birctrl_matn_date"), filing.answers.get("matn_type")
    if filing.group is None or born is None or not kind:
        return None
    birth = maternity.Birth(filing.group, str(kind), born, filing.on, _total(filing.answers))
    return maternity.fixed(filing.rates, birth)


def _allowance(filing: Filing) -> Result | None:
    answers = filing.answers
    wage = answers.get("avg_wage")
    if not isinstance(wage, int):
        return None
    early = {"13": 3, "12": 4}  # national birth kinds: loss before and from the fourth month
    leave = maternity_allowance.Leave(
        int(answers.get("fetus_cnt") or 1),
        str(answers.get("matn_type")) in {"3", "4"},
        early.get(str(answers.get("matn_type"))),
    )
    return maternity_allowance.allowance(filing.rates, wage, leave)


def _serious(filing: Filing) -> Result | None:
    fee = filing.answers.get("comp_fee")
    if not isinstance(fee, int):
        return None
    return serious_illness.tilted(filing.rates, fee, bool(filing.answers.get("tilt")))


def _care(filing: Filing) -> Result | None:
    fee = filing.answers.get("care_fee")
    return long_term_care.monthly(filing.rates, fee) if isinstance(fee, int) else None


def _choice(filing: Filing) -> Result | None:
    hospitals = 1 if filing.answers.get("hosp") else 0
    return dual_channel.select(filing.rates, hospitals, len(filing.answers.get("stores") or ()))


SUMS: Mapping[str, Callable[[Filing], Result | None]] = {
    "BX01": _claim,
    "BX02": _claim,
    "BX06": _serious,
    "SY01": _prenatal,
    "SY02": _birth,
    "SY04": _allowance,
    "CH03": _care,
    "MT13": _choice,
}


def _total(answers: Mapping[str, Any]) -> int | None:
    whole = answers.get("medfee_sumamt")
    if isinstance(whole, int):
        return whole
    amounts = [row.get("amount") for row in answers.get("invoices") or ()]
    known = [amount for amount in amounts if isinstance(amount, int)]
    return sum(known) if known and len(known) == len(amounts) else None


def _day(answers: Mapping[str, Any], key: str) -> date | None:
    value = answers.get(key)
    return date.fromisoformat(value) if isinstance(value, str) and value else None
