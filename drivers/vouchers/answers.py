"""What a platform's answer to ec.query means: the person, or which Fault; shared by every transport."""

from __future__ import annotations

import json
import re
from typing import Any, Mapping

from drivers.protocols import Fault, VoucherPerson

_NOT_A_VOUCHER = "500159"
_EXPIRED = re.compile("失效|过期|已使用|超时|重新(?:出示|获取|刷新)|expire", re.IGNORECASE)
_LONGEST_MESSAGE = 60


def person_of(body: bytes) -> VoucherPerson:
    """The person in an answer; `data` may be an object or a JSON string of one.

    Raises Fault `voucher-expired voucher-other voucher-refused voucher-garbled`.
    """
    answer = object_of(body)
    code = str(answer.get("code", ""))
    if code != "0":
        raise _refusal(code, str(answer.get("message") or ""))
    data = object_of(answer.get("data"))
    name, number = (str(data.get(key) or "").strip() for key in ("userName", "idNo"))
    if not name or not number or "*" in number:
        raise Fault("voucher-garbled", "userName, idNo")
    return VoucherPerson(
        user_name=name,
        id_no=number,
        id_type=str(data.get("idType") or "01"),
        ec_token=str(data.get("ecToken") or ""),
        insu_org=str(data.get("insuOrg") or ""),
        gender=str(data.get("gender") or ""),
        birthday=str(data.get("birthday") or "").replace(".", "-"),
    )


def object_of(given: Any) -> Mapping[str, Any]:
    """A JSON object, or what is one already. Raises Fault `voucher-garbled`."""
    if isinstance(given, (bytes, str)):
        try:
            given = json.loads(given)
        except (ValueError, RecursionError):
            raise Fault("voucher-garbled", "not JSON") from None
    if not isinstance(given, dict):
        raise Fault("voucher-garbled", "no object")
    return given


def _refusal(code: str, message: str) -> Fault:
    """The numbers of an expired or used code are not published: the platform's own words decide."""
    if not re.fullmatch(r"-?\d{1,10}", code):
        return Fault("voucher-garbled", "code")
    if code == _NOT_A_VOUCHER:
        return Fault("voucher-other", "")
    if _EXPIRED.search(message):
        return Fault("voucher-expired", "")
    # Long numbers in a message can be the code or a certificate number; they are shown to nobody.
    shown = re.sub(r"[0-9Xx*]{6,}", "…", message)[:_LONGEST_MESSAGE]
    return Fault("voucher-refused", f"{shown}（{code}）")
