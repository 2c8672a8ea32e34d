"""E-seal services over HTTP: the paper and its digest go out, the same paper comes back sealed.

    POST url  {"request_id", "number", "digest", "pdf", "seal", "keyword", "page", "left_mm", "top_mm",
               "reason"}
    →  200    {"pdf", "digest", "seal", "serial", "sealed_at", "certificate"}
    →  4xx    {"code", "message"}

`pdf` is base64, `digest` the SHA-256 of the paper in hexadecimal. `request_id` is the same for the same
paper, so that a service seals it once however often it is asked.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import socket
import urllib.error
import urllib.request
from dataclasses import asdict
from typing import Any, Mapping

from drivers.eseals.answers import refusal_of, sealed_of
from drivers.protocols import Driver, Fault, SealedPdf, SealWish

_LIMIT_MS = 15_000
_LARGEST = 32 << 20


class HttpSeal:
    """One service. `token` is sent as `Authorization: Bearer`; it stands in no fault and no repr."""

    def __init__(self, url: str, token: str = "", limit_ms: int = _LIMIT_MS, rewrites: bool = False) -> None:
        self._url, self._token, self._limit_s, self._rewrites = url, token, limit_ms / 1000, rewrites

    def seal(self, wish: SealWish) -> SealedPdf:
        """Have one paper sealed.

        Raises Fault `eseal-away`, `eseal-refused`, `eseal-unknown`, `eseal-garbled`.
        """
        digest = hashlib.sha256(wish.pdf).hexdigest()
        told = {key: value for key, value in asdict(wish).items() if key != "pdf"}
        told["pdf"] = base64.b64encode(wish.pdf).decode("ascii")
        told["digest"] = digest
        told["request_id"] = f"{wish.number}.{digest[:16]}"
        return sealed_of(self._posted(json.dumps(told).encode()), wish.pdf, digest, self._rewrites)

    def close(self) -> None:
        """Nothing is held between two papers."""

    def _posted(self, body: bytes) -> bytes:
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = "Bearer " + self._token
        request = urllib.request.Request(self._url, body, headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=self._limit_s) as answer:
                data: bytes = answer.read(_LARGEST + 1)
        except urllib.error.HTTPError as error:
            with error:
                if error.code >= 500:
                    raise Fault("eseal-unknown", str(error.code)) from None
                raise refusal_of(error.read(65536), error.code) from None
        except urllib.error.URLError as error:
            # Not even connected: nothing was sealed. Any later silence may mean that it was.
            away = isinstance(error.reason, (ConnectionRefusedError, socket.gaierror))
            raise Fault("eseal-away" if away else "eseal-unknown", type(error.reason).__name__) from None
        except (OSError, http.client.HTTPException) as error:
            raise Fault("eseal-unknown", type(error).__name__) from None
        if len(data) > _LARGEST:
            raise Fault("eseal-garbled", "过大")
        return data


def _open(config: Mapping[str, Any]) -> HttpSeal:
    url = str(config["url"])
    if not url.startswith(("http://", "https://")):
        raise ValueError("url")
    limit_ms = int(config.get("limit_ms", _LIMIT_MS))
    return HttpSeal(url, str(config.get("token", "")), limit_ms, bool(config.get("rewrites", False)))


DRIVER = Driver(id="http", family="eseals", title="电子签章服务（HTTP）", open=_open)
