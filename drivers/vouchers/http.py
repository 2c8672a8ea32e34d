"""医保电子凭证 codes resolved by ec.query over HTTP, at once or not at all; the code is kept nowhere.

Request and answer as in the platform's local interface (`…/localcfc/api/hsecfc/localQrCodeQuery`).
"""

from __future__ import annotations

import json
import re
from typing import Any, Mapping

from drivers.protocols import Driver, Fault, Option, VoucherPerson
from drivers.vouchers.answers import person_of

_LIMIT_MS = 3000
_CODE = re.compile(r"424\d{25}", re.ASCII)
_ASKER = ("operatorId", "operatorName", "officeId", "officeName", "deviceType")


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
        self._limit_ms = limit_ms

    def resolve(self, code: str, business: str) -> VoucherPerson:
        """Ask who the code belongs to. Raises Fault, each with its own advice:

        `voucher-other` (no 医保码: not even sent), `voucher-expired`, `voucher-refused`, `voucher-away`,
        `voucher-garbled`.
        """
        if not _CODE.fullmatch(code):
            raise Fault("voucher-other", "")
        data = {"orgId": self._org, "businessType": business, **self._asker, "ecQrCode": code}
        body = json.dumps({"transType": "ec.query", "orgId": self._org, "data": data}, ensure_ascii=False)
        from drivers.vouchers.http_post import post  # its imports are slow and wanted by few desks at start

        return person_of(post(self._url, body.encode("utf-8"), self._limit_ms))

    def close(self) -> None:
        """Nothing is held between two queries."""


def _open(config: Mapping[str, Any]) -> HttpResolver:
    asker = {key: str(config.get(key, "")) for key in _ASKER}
    limit_ms = int(config.get("limit_ms", _LIMIT_MS))
    return HttpResolver(str(config["url"]), str(config.get("org", "")), asker, limit_ms)


DRIVER = Driver(
    id="http",
    family="vouchers",
    title="医保电子凭证核验（HTTP）",
    open=_open,
    options=(Option("url", "地址", "核验服务的完整地址"), Option("org", "机构编码", "定点或经办机构编码")),
)
