"""From a case to the fields of its message: what the form answered, opened, and what the platform knows.

The catalogue says which message field an answer fills: by `maps_to`, or because its key is the national name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from counter_app.catalog.model import FieldSpec, Region, TransactionType
from counter_app.catalog.values import display
from counter_app.domain.value import Value
from counter_app.hub.brought_values import values_of
from counter_app.hub.gateway.desk import GatewayDesk
from counter_app.hub.gateway.port import KINDS, Answered, Outcome
from counter_app.hub.lives import told_at_acceptance
from counter_app.problems import Problem
from counter_app.seals.device import open_for_hall

_SN = "trt_dcla_detl_sn"


class Filled(Value, frozen=True):
    """What is sent, and where the person is insured."""

    fields: Mapping[str, Any]
    insuplc: str = ""


def answers_of(
    connection: Connection, hall: str, case_id: str, keys: Mapping[int, bytes]
) -> Mapping[str, Any]:
    """The answers of a case, sealed ones opened with the hall's keys.

    Raises Problem `gateway-sealed` for what only the counter that took them can open yet.
    """
    told = told_at_acceptance(connection, hall, case_id).get("answers", {})
    again = values_of(connection, hall, case_id)
    opened = {}
    for key, value in told.items():
        if isinstance(value, Mapping) and "sealed" in value:
            value = open_for_hall(str(again.get(key, value["sealed"])), f"{case_id}|{key}", keys)
            if value is None:
                raise Problem("gateway-sealed", "case", key)
        opened[key] = value
    return opened


def person_of(desk: GatewayDesk, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """`psn_no`, `insutype` and `insuplc_admdvs` of the person, by 1101.

    Raises Problem `gateway-fields`, `gateway-away`, `gateway-refused`.
    """
    certno = str(answers.get("certno", ""))
    if not certno:
        raise Problem("gateway-fields", "certno", "证件号码")
    asked = {"mdtrt_cert_type": "02", "mdtrt_cert_no": certno, "certno": certno}
    asked |= {"psn_cert_type": answers.get("psn_cert_type") or "01", "psn_name": answers.get("psn_name", "")}
    told = _told(desk.read("1101", asked))
    base, rows = told.get("baseinfo"), told.get("insuinfo")
    insured = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    wanted = str(answers.get("insutype", ""))
    rank = {True: 0, False: 1}
    insured.sort(key=lambda row: (rank[row.get("insutype") == wanted], rank[row.get("psn_insu_stas") == "1"]))
    first: Mapping[str, Any] = insured[0] if insured else {}
    psn_no = str(base.get("psn_no", "")) if isinstance(base, Mapping) else ""
    kind = wanted or str(first.get("insutype", ""))
    return {"psn_no": psn_no, "insutype": kind, "insuplc_admdvs": str(first.get("insuplc_admdvs", ""))}


def filled(
    desk: GatewayDesk,
    kind: TransactionType,
    infno: str,
    answers: Mapping[str, Any],
    field: str = "",
    region: Region | None = None,
) -> Filled:
    """The fields of a message of a case; `field` is the answer it is about where there are several.

    Raises Problem `gateway-fields` naming what is missing, `gateway-away`, `gateway-refused`.
    """
    message = KINDS[infno]
    person = person_of(desk, answers)
    given = {**_mapped(kind, infno, answers, field, region), "psn_no": person["psn_no"]}
    given["insutype"] = person["insutype"]
    given.setdefault("begndate", f"{desk.now():%Y-%m-%d}")
    given.setdefault("biz_appy_type", "03")
    if message.undoes and not given.get(_SN):
        given[_SN] = _number_of(desk, infno, given, answers)
    missing = [name for name in message.needs if not given.get(name)]
    if missing:
        raise Problem("gateway-fields", infno, "、".join(missing))
    sent = {name: given[name] for name in message.takes if given.get(name) not in (None, "")}
    return Filled(sent, person["insuplc_admdvs"])


def _mapped(
    kind: TransactionType, infno: str, answers: Mapping[str, Any], field: str, region: Region | None
) -> dict[str, Any]:
    """Answers by message field; a name beside a code is added where the region's lists have it."""
    rule, found = kind.message, dict[str, Any]()
    first = rule.each[0] if rule is not None and rule.each else ""
    for spec in kind.fields:
        name = _name_in(spec, infno)
        value = answers.get(field if field and spec.key == first else spec.key)
        if not name or value in (None, "") or (spec.key != first and rule and spec.key in rule.each):
            continue
        found[name] = value
        called = name.removesuffix("_code").removesuffix("_no") + "_name"
        if region is not None and spec.choices == () and called in KINDS[infno].takes and called != name:
            label = display(spec, value, region)
            found.setdefault(called, label if label != str(value) else "")
    return found


def _name_in(spec: FieldSpec, infno: str) -> str:
    number, _, name = spec.maps_to.partition(".")
    if number == infno:
        return name
    return spec.key if spec.key in KINDS[infno].takes else ""


def _number_of(desk: GatewayDesk, infno: str, given: Mapping[str, Any], answers: Mapping[str, Any]) -> str:
    """The number of the one registration a cancellation can mean, "" when there are none or several."""
    message = KINDS[infno]
    told = _told(desk.read(message.query, desk.asked(infno, given)))
    rows = told.get(message.rows)
    rows = [rows] if isinstance(rows, Mapping) else rows if isinstance(rows, list) else []
    ill = str(answers.get("opsp_dise_code", ""))
    same = [row for row in rows if not ill or str(row.get("opsp_dise_code", ill)) == ill]
    return str(same[0].get(_SN, "")) if len(same) == 1 else ""


def _told(outcome: Outcome) -> Mapping[str, Any]:
    if outcome.how is Answered.UNKNOWN:
        raise Problem("gateway-away", "gateway", outcome.because)
    if outcome.how is Answered.REFUSED:
        raise Problem("gateway-refused", "gateway", outcome.because)
    return outcome.output
