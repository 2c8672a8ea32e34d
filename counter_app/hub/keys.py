"""The hall's key module (加密机) behind the hub: what a card asks between two steps of a reading, answered.

One hall has one module and many windows. A question names a card and holds one-time numbers; neither it nor
the answer is stored or logged, and a repeated question is simply asked again.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from typing import Annotated, Any

from msgspec import Meta, Struct

from counter_app.problems import Problem

LIMIT_S = 3.0
_MOST = 4096
Asks = Callable[[str], str]


class KeyBody(Struct, frozen=True, kw_only=True):
    """What a card asks: the record of step 1, as it is."""

    request_id: Annotated[str, Meta(min_length=1, max_length=64)]
    question: Annotated[str, Meta(min_length=1, max_length=_MOST)]


class KeyReply(Struct, frozen=True, kw_only=True):
    """What step 2 is given."""

    answer: str


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A card's question goes to the configured address and to no other."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Refuse to follow."""
        return


class KeyService:
    """A region's service at `url`: POST `{"question"}` is answered with `{"answer"}`."""

    def __init__(self, url: str, limit_s: float = LIMIT_S) -> None:
        self._url = url
        self._limit_s = limit_s
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())

    def answer(self, question: str) -> str:
        """Raises Problem `hsm-away` or `hsm-refused`."""
        body = json.dumps({"question": question}).encode("utf-8")
        head = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
        request = urllib.request.Request(self._url, body, head, method="POST")
        try:
            with self._opener.open(request, timeout=self._limit_s) as reply:
                told: Any = json.loads(reply.read(_MOST + 1))
        except urllib.error.HTTPError as error:
            error.close()
            raise Problem("hsm-away", "key_module", f"HTTP {error.code}") from None
        except (OSError, HTTPException) as error:  # the chain is cut: its frames hold the question
            raise Problem("hsm-away", "key_module", type(error).__name__) from None
        except (ValueError, RecursionError):
            raise Problem("hsm-refused", "key_module", "no JSON") from None
        answer = told.get("answer") if isinstance(told, dict) else None
        if not isinstance(answer, str) or not answer:
            raise Problem("hsm-refused", "key_module", "no answer")
        return answer


def asked(service: KeyService | None, question: str) -> str:
    """The module's answer. Raises Problem `card-needs-key` (this hall has none), `hsm-…`."""
    if service is None:
        raise Problem("card-needs-key", "key_module", "HSM")
    return service.answer(question)
