"""One POST to one address within one limit, with nothing of it left behind."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any, Mapping, Tuple

from drivers.protocols import Fault

_MOST = 1 << 20
_HEADERS = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A code goes to the configured address and to no other."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Refuse to follow."""
        return


def post(url: str, body: bytes, limit_ms: int) -> bytes:
    """The body of a 200 answer. Raises Fault `voucher-away` or `voucher-garbled`."""
    status, answer = exchange(url, body, limit_ms, {})
    if status != 200:
        raise Fault("voucher-away", f"HTTP {status}")
    return answer


def exchange(url: str, body: bytes, limit_ms: int, headers: Mapping[str, str]) -> Tuple[int, bytes]:
    """Status and body of whatever is answered. Raises Fault `voucher-away` or `voucher-garbled`."""
    # No proxy: a citizen's code must not travel through a machine named in an environment variable.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())
    request = urllib.request.Request(url, body, {**_HEADERS, **headers}, method="POST")
    limit_s = limit_ms / 1000
    until = time.monotonic() + limit_s
    try:
        with opener.open(request, timeout=limit_s) as answer:
            return int(answer.status), _whole(answer, until)
    except urllib.error.HTTPError as error:
        return _refused(error, until)
    except (OSError, HTTPException) as error:  # the chain is cut: its frames hold the code
        raise Fault("voucher-away", type(error).__name__) from None


def _refused(error: urllib.error.HTTPError, until: float) -> Tuple[int, bytes]:
    try:
        with error:
            return error.code, _whole(error, until)
    except (OSError, HTTPException):  # the chain is cut: its frames hold the code
        raise Fault("voucher-away", f"HTTP {error.code}") from None


def _whole(answer: Any, until: float) -> bytes:
    """The body within what is left of the limit; a trickling answer is no answer."""
    body = b""
    while piece := answer.read1(65536):
        body += piece
        if time.monotonic() > until:
            raise Fault("voucher-away", "slow")
        if len(body) > _MOST:
            raise Fault("voucher-garbled", "too long")
    return body
