"""Tells what kind of code was scanned, from its text alone.

Rules: a voucher (医保电子凭证) is `424`, 17 unique digits, 2 random, 2 of the province, 4 of extension; pay
codes begin 10–15 (WeChat, 18 digits), 25–30 (Alipay, 16–24 digits) or 62 (UnionPay, 19 digits). The code of
a licence is 18 characters (GB 32100), the number of a birth certificate a letter and nine digits; the code on
an invoice begins `01,kind,code,number`. A preprinted number tag says its number alone, a letter and
three or four digits.
"""

from __future__ import annotations

import re

_KINDS = (
    ("voucher", re.compile(r"424\d{25}")),
    ("receipt", re.compile(r"OW1R\.[\w.=-]+", re.ASCII)),
    ("ticket", re.compile(r"OW1T\.[\w.=-]+", re.ASCII)),
    ("ticket", re.compile(r"[A-Z]\d{3,4}")),
    ("payment", re.compile(r"1[0-5]\d{16}|(?:2[5-9]|30)\d{14,22}|62\d{17}")),
    ("idno", re.compile(r"[1-9]\d{16}[\dXx]")),
    ("uscc", re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}")),
    ("birth_cert", re.compile(r"[A-Z]\d{9}")),
    ("invoice", re.compile(r"01,\d{2},[A-Za-z0-9]{0,20},[A-Za-z0-9]{4,30}(?:,[^,\s]{0,64}){1,8}")),
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def kind_of(text: str) -> str:
    """`voucher receipt ticket idno payment uscc birth_cert invoice` or `unknown`.

    18 digits beginning 10–15 are both a pay code's and a certificate number's shape (11–15 are provinces):
    a right check digit with a possible birth date makes them a number.
    """
    code = text.strip()
    if not code.isascii():
        return "unknown"
    for kind, shape in _KINDS:
        if shape.fullmatch(code):
            return "idno" if kind == "payment" and _is_number(code) else kind
    return "unknown"


def _is_number(code: str) -> bool:
    if not re.fullmatch(
        r"[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]", code
    ):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(code, _WEIGHTS))  # noqa: B905  # 18 against 17
    return code[17].upper() == "10X98765432"[total % 11]
