"""医保电子凭证 codes resolved by ec.query over HTTP, at once or not at all; the code is kept nowhere.

Request and answer as in the platform's local interface (`…/localcfc/api/hsecfc/localQrCodeQuery`).
"""

from __future__ import annotations

import json
import re
import time
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any, Mapping

from drivers.protocols import Driver, Fault, VoucherPerson
from drivers.vouchers.answers import person_of

_LIMIT_MS = 3000
_MOST = 1 << 20
_CODE = re.compile(r"424\d{25}", re.ASCII)
_ASKER = ("operatorId", "operatorName", "officeId", "officeName", "deviceType")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A code goes to the configured address and to no other."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Refuse to follow."""
        return


class HttpResolver:
    """Asks the platform at `url` for `org`; `asker` holds operatorId, operatorName, officeId, officeName,
    deviceType as far as the region wants them. `limit_ms` bounds a whole query.
    """

    def __init__(self, url: str, org: str, asker: Mapping[str, str], limit_ms: int = _LIMIT_MS) -> None:
        if not re.match(r"https?://", url):
            raise ValueError("url")
        self._url = url
        self._org = org
        self._asker = {key: asker.get(key, "") for key in _ASKER}
        self._limit_s = limit_ms / 1000
        # No proxy: a citizen's code must not travel through a machine named in an environment variable.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())

    def resolve(self, code: str, business: str) -> VoucherPerson:
        """Ask who the code belongs to. Raises Fault, each with its own advice:

        `voucher-other` (no 医保码: not even sent), `voucher-expired`, `voucher-refused`, `voucher-away`,
        `voucher-garbled`.
        """
        if not _CODE.fullmatch(code):
            raise Fault("voucher-other", "")
        data = {"orgId": self._org, "businessType": business, **self._asker, "ecQrCode": code}
        body = json.dumps({"transType": "ec.query", "orgId": self._org, "data": data}, ensure_ascii=False)
        return person_of(self._post(body.encode("utf-8")))

    def close(self) -> None:
        """Nothing is held between two queries."""

    def _post(self, body: bytes) -> bytes:
        headers = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
        request = urllib.request.Request(self._url, body, headers, method="POST")
        until = time.monotonic() + self._limit_s
        try:
            with self._opener.open(request, timeout=self._limit_s) as answer:
                return _whole(answer, until)
        except urllib.error.HTTPError as error:
            error.close()
            raise Fault("voucher-away", f"HTTP {error.code}") from None
        except (OSError, HTTPException) as error:  # the chain is cut: its frames hold the code
            raise Fault("voucher-away", type(error).__name__) from None


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


def _open(config: Mapping[str, Any]) -> HttpResolver:
    asker = {key: str(config.get(key, "")) for key in _ASKER}
    limit_ms = int(config.get("limit_ms", _LIMIT_MS))
    return HttpResolver(str(config["url"]), str(config.get("org", "")), asker, limit_ms)


DRIVER = Driver(id="http", family="vouchers", title="医保电子凭证核验（HTTP）", open=_open)
