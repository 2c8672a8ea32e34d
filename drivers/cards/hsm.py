"""The hall's key module (加密机): it answers what a card asks between two steps of a reading.

Two ways to it: a service of the region, asked here (`hsm_url`), or whatever the counter hands the driver as
`ask_key`, such as the hall's hub. The question is the record of step 1 in LD/T 6001.5, the answer is what
step 2 is given; both are handed on as they are and never kept.
"""

from __future__ import annotations

import json
from typing import Any, Callable, Mapping, Optional

from drivers.protocols import Fault

_LIMIT_MS = 3000


class HttpHsm:
    """POSTs `{"question": …}` to `url` and takes `{"answer": …}`; the region decides whose service it is."""

    def __init__(self, url: str, limit_ms: int) -> None:
        self._url = url
        self._limit_ms = limit_ms

    def answer(self, question: str) -> str:
        """The module's answer. Raises Fault `hsm-away` or `hsm-refused`."""
        from drivers.vouchers.http_post import post

        try:
            body = post(self._url, json.dumps({"question": question}).encode("utf-8"), self._limit_ms)
            told: Any = json.loads(body)
        except Fault as fault:
            raise Fault("hsm-away", fault.detail) from None
        except (ValueError, RecursionError):
            raise Fault("hsm-refused", "no JSON") from None
        answer = told.get("answer") if isinstance(told, dict) else None
        if not isinstance(answer, str) or not answer:
            raise Fault("hsm-refused", "no answer")
        return answer


def asker(config: Mapping[str, Any]) -> Optional[Callable[[str], str]]:
    """Whom a device's settings name: `ask_key` (a call) before `hsm_url`; None where there is no module."""
    given = config.get("ask_key")
    if callable(given):
        asked: Callable[[str], str] = given
        return asked
    url = str(config.get("hsm_url", ""))
    return HttpHsm(url, int(config.get("limit_ms", _LIMIT_MS))).answer if url else None
