"""Typed text into the canonical JSON value of a field, and that value into words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from counter_app.catalog.dates import parse_date, parse_moment, parse_month
from counter_app.catalog.model import Choice, FieldSpec, Region
from counter_app.catalog.options import choices, known, matches, pick, refuse_ended
from counter_app.domain import idnumbers, money, text, uscc
from counter_app.problems import Problem

__all__ = ["choices", "display", "matches", "normalise", "normalise_rows"]

MOST_ROWS = 500
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(?:0[0-9]{2,3}-?)?[2-9][0-9]{6,7}(?:-[0-9]{1,6})?|400-?[0-9]{3}-?[0-9]{4}")
_OTHER_CERT = re.compile(r"[A-Z0-9()/-]{5,20}")
_ICD = re.compile(r"[A-Z][0-9]{2}(?:\.?[0-9XA-Z]{1,6})?(?:[+*])?", re.IGNORECASE)


def normalise(spec: FieldSpec, typed: str, region: Region, today: date, cert_type: str = "") -> Any:
    """The canonical value: ISO dates, 分 as int, codes, True or False, None for nothing.

    A table takes JSON (a list of lists or objects) or lines of tab-separated cells. `cert_type` is
    the document of a `cert_no` where it is known. Raises Problem with `where` = the field's key, for
    a cell `key[row].column` (rows from 1).
    """
    if not typed.strip():
        return None
    if spec.type == "cert_no":
        return _certno(typed, today, spec.key, cert_type)
    if spec.type == "table":
        return normalise_rows(spec, _rows(spec, typed), region, today)
    reader = _READERS.get(spec.type)
    return reader(spec, typed, today) if reader else _choice(spec, typed, region)


def normalise_rows(
    spec: FieldSpec, rows: Sequence[Sequence[str] | Mapping[str, Any]], region: Region, today: date
) -> list[dict[str, Any]]:
    """The canonical value of a table; rows with nothing in them are left out."""
    if len(rows) > MOST_ROWS:
        raise Problem("field-too-long", spec.key, f"{MOST_ROWS} 行，每行")
    made = [_row(spec, row, place, region, today) for place, row in enumerate(rows, 1)]
    return [row for row in made if row]


def _row(
    spec: FieldSpec, row: Sequence[str] | Mapping[str, Any], place: int, region: Region, today: date
) -> dict[str, Any]:
    cells = row if isinstance(row, Mapping) else dict(zip([c.key for c in spec.columns], row, strict=False))
    made: dict[str, Any] = {}
    for column in spec.columns:
        typed = cells.get(column.key)
        where = replace(column, key=f"{spec.key}[{place}].{column.key}")
        value = normalise(where, "" if typed is None else str(typed), region, today)
        if value is not None:
            made[column.key] = value
    for column in spec.columns:
        if made and column.required and column.key not in made:
            raise Problem("field-required", f"{spec.key}[{place}].{column.key}", column.label)
    return made


def _rows(spec: FieldSpec, typed: str) -> list[Any]:
    if len(typed) > 200_000:
        raise Problem("field-too-long", spec.key, "200000")
    if typed.lstrip().startswith("["):
        try:
            rows = json.loads(typed)
        except (json.JSONDecodeError, RecursionError) as error:
            raise Problem("field-choice", spec.key, "明细表") from error
        if not all(isinstance(row, list | dict) for row in rows):
            raise Problem("field-choice", spec.key, "明细表")
        return list(rows)
    return [line.split("\t") for line in typed.splitlines() if line.strip()]


# --- one reader per type --------------------------------------------------------------------------


def _text(spec: FieldSpec, typed: str, today: date) -> str:
    clean = text.name if spec.sensitive == "name" else text.normalise
    return clean(typed, spec.max_length, spec.key)


def _certno(typed: str, today: date, where: str, cert_type: str) -> str:
    if len(typed) > 100:
        raise Problem("idno-length", where, str(len(typed)))
    clean = "".join(text.half_width(typed).split()).upper()
    is_plain = clean.isascii() and clean.rstrip("X").isdecimal()
    if cert_type in {"01", "X1", "X2"} or (not cert_type and (is_plain or len(clean) == 18)):
        return idnumbers.check(clean, today, where).text
    if not _OTHER_CERT.fullmatch(clean):
        raise Problem("idno-chars", where)
    return clean


def _uscc(spec: FieldSpec, typed: str, today: date) -> str:
    return uscc.check(typed, spec.key)


def _phone(spec: FieldSpec, typed: str, today: date) -> str:
    clean = re.sub(r"[\s()（）－—]", "", text.half_width(typed[:60])).replace("+86", "", 1)
    clean = clean.replace("-", "") if _MOBILE.fullmatch(clean.replace("-", "")) else clean
    if len(typed) > 60 or not (_MOBILE.fullmatch(clean) or _LANDLINE.fullmatch(clean)):
        raise Problem("field-phone", spec.key, "")
    return clean


def _bank_card(spec: FieldSpec, typed: str, today: date) -> str:
    clean = re.sub(r"[\s-]", "", text.half_width(typed[:100]))
    if len(typed) > 100 or not re.fullmatch(r"[0-9]{12,30}", clean):
        raise Problem("field-bank-card", spec.key)
    return clean


def _int(spec: FieldSpec, typed: str, today: date) -> int:
    clean = text.half_width(typed.strip()[:30]).replace(",", "")
    if not re.fullmatch(r"-?[0-9]{1,15}", clean):
        raise Problem("field-number", spec.key, typed.strip()[:20])
    return int(clean)


def _ratio(spec: FieldSpec, typed: str, today: date) -> str:
    """A decimal text between 0 and 1 with at most four places; 70% is 0.7."""
    clean = text.half_width(typed.strip()[:30]).replace("％", "%")
    try:
        number = Decimal(clean.removesuffix("%")) / (100 if clean.endswith("%") else 1)
        rounded = number.quantize(Decimal("0.0001"))
        is_good = number == rounded and 0 <= number <= 1
    except InvalidOperation:
        is_good = False
    if not is_good:
        raise Problem("field-number", spec.key, typed.strip()[:20])
    return f"{rounded.normalize():f}"


def _icd(spec: FieldSpec, typed: str, today: date) -> str:
    """A code, or the diagnosis in words where the code is not at hand."""
    clean = text.normalise(typed, min(spec.max_length, 100), spec.key)
    return clean.upper() if _ICD.fullmatch(clean) else clean


def _case_no(spec: FieldSpec, typed: str, today: date) -> str:
    return text.normalise(typed, 40, spec.key).upper().replace(" ", "")


_READERS: dict[str, Callable[[FieldSpec, str, date], Any]] = {
    "text": _text,
    "uscc": _uscc,
    "phone": _phone,
    "bank_card": _bank_card,
    "int": _int,
    "ratio": _ratio,
    "icd": _icd,
    "case_no": _case_no,
    "money": lambda spec, typed, today: money.parse(typed, spec.key),
    "date": lambda spec, typed, today: parse_date(typed, today, spec.key),
    "month": lambda spec, typed, today: parse_month(typed, today, spec.key),
    "datetime": lambda spec, typed, today: parse_moment(typed, today, spec.key),
}


def _choice(spec: FieldSpec, typed: str, region: Region) -> Any:
    offered = choices(spec, region)
    refuse_ended(typed, spec, region)
    if spec.type == "multi_enum":
        words = re.split(r"[、,，;；\s]+", typed.strip()[:500])
        picked = {pick(word, offered, spec.key).code for word in words if word}
        return [choice.code for choice in offered if choice.code in picked]
    code = pick(typed, offered, spec.key).code
    return code == "true" if spec.type == "bool" else code


# --- into words -----------------------------------------------------------------------------------


def display(spec: FieldSpec, value: Any, region: Region) -> str:
    """A canonical value as people read it; "" for nothing. Not masked."""
    if value is None:
        return ""
    if spec.type == "money":
        return money.display(value)
    if spec.type == "ratio":
        return f"{(Decimal(value) * 100).normalize():f}%"
    if spec.type == "table":
        return _table(spec, value)
    offered = known(spec, region)
    if isinstance(value, bool):
        return _label(offered, str(value).lower()) or ("是" if value else "否")
    if isinstance(value, list | tuple):
        return "、".join(_label(offered, item) or str(item) for item in value)
    return _label(offered, value) or str(value)


def _label(offered: Sequence[Choice], code: Any) -> str:
    return next((choice.label for choice in offered if choice.code == code), "")


def _table(spec: FieldSpec, rows: Sequence[Mapping[str, Any]]) -> str:
    sums = []
    for column in spec.columns:
        if column.type == "money":
            total = money.display(sum(row.get(column.key, 0) for row in rows))
            sums.append(f"{column.label.removesuffix('（元）')}合计 {total} 元")
    return "，".join([f"共 {len(rows)} 行", *sums])
