"""The hall's key module (加密机) as a service: it answers what a card asks between two steps of a reading."""

from __future__ import annotations

import json
from typing import Any

from drivers.protocols import Fault


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
