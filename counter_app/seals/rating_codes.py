"""The code on a receipt by which its case is rated once: signed by the device that printed it.

The hub keeps only a digest of it, told by the fact `rating.invited`; nobody can make one without the
device's key, and a used one is worthless.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from counter_app.seals import base64url
from counter_app.seals.canonical import canonical
from counter_app.seals.packing import packed

MARK = "OW1E."
LONGEST = 600


def message(case_id: str, number: str, until: str) -> bytes:
    """The bytes a code's signature is over; `for` keeps it from fitting any other document."""
    return canonical({"for": "ow1.rating", "case": case_id, "number": number, "until": until})


def made(case_id: str, number: str, until: str, sign: Callable[[bytes], Mapping[str, str]]) -> str:
    """`OW1E.` + base64url of what it is about, until which ISO day, and the device's signature."""
    proof = sign(message(case_id, number, until))
    values = (case_id, number, until, proof["alg"], proof["key_id"], proof["sig"])
    return MARK + base64url.encode(packed(values))


def digest(code: str) -> str:
    """What the hub keeps of a code."""
    return hashlib.sha256(code.encode("utf-8", "backslashreplace")).hexdigest()


def taken_out(scanned: str) -> str:
    """The code in what was scanned: alone, or as the last step of an address; "" when there is none."""
    last = scanned.strip().rsplit("/", 1)[-1]
    return last if last.startswith(MARK) and len(last) <= LONGEST else ""
