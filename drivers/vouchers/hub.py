"""医保电子凭证 codes resolved by the hall's hub, which alone is let through to the platform.

The hub asks the platform at once and answers the person or the refusal; neither side keeps the code.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Mapping

from drivers.protocols import Driver, Fault, Option, VoucherPerson
from drivers.vouchers.answers import object_of

_LIMIT_MS = 3000
_PATH = "/v1/vouchers"
_CODE = re.compile(r"424\d{25}", re.ASCII)
_REFUSALS = ("voucher-expired", "voucher-refused", "voucher-other", "voucher-away", "voucher-garbled")
_FIELDS = ("user_name", "id_no", "id_type", "ec_token", "insu_org", "gender", "birthday")


class HubResolver:
    """Asks the hub at `url` with this device's token. `limit_ms` bounds a whole query."""

    def __init__(self, url: str, token: str, limit_ms: int = _LIMIT_MS) -> None:
        if not re.match(r"https?://", url):
            raise ValueError("url")
        self._url = url.rstrip("/") + _PATH
        self._token = token
        self._limit_ms = limit_ms

    def resolve(self, code: str, business: str) -> VoucherPerson:
        """Ask who the code belongs to.

        Raises Fault `voucher-other` (not even sent), `voucher-expired`, `voucher-refused`, `voucher-away`
        (the hub, its platform, or our token), `voucher-garbled`.
        """
        if not _CODE.fullmatch(code):
            raise Fault("voucher-other", "")
        from drivers.vouchers.http_post import exchange  # its imports are slow and wanted by few at start

        body = json.dumps({"code": code, "business": business}).encode("utf-8")
        headers = {"Authorization": "Bearer " + self._token}
        status, answer = exchange(self._url, body, self._limit_ms, headers)
        told = object_of(answer)
        if status == 200:
            return _person(told)
        raise _refusal(status, told)

    def close(self) -> None:
        """Nothing is held between two queries."""


def _person(told: Mapping[str, Any]) -> VoucherPerson:
    given = {key: str(told.get(key) or "") for key in _FIELDS}
    if not given["user_name"] or not given["id_no"]:
        raise Fault("voucher-garbled", "user_name, id_no")
    return VoucherPerson(**{**given, "id_type": given["id_type"] or "01"})


def _refusal(status: int, told: Mapping[str, Any]) -> Fault:
    """The hub's refusal as our own; what the platform said stands behind the colon of its cause."""
    problems = told.get("problems")
    first = problems[0] if isinstance(problems, list) and problems and isinstance(problems[0], dict) else {}
    code = str(first.get("code", ""))
    if code not in _REFUSALS:
        return Fault("voucher-away", f"HTTP {status}")
    said = str(first.get("cause", "")).partition("：")[2].rstrip("。")
    return Fault(code, said[:80] if code == "voucher-refused" else "")


def _open(config: Mapping[str, Any]) -> HubResolver:
    token = str(config.get("token", ""))
    if not token and config.get("token_file"):
        try:
            token = Path(str(config["token_file"])).read_text("ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise Fault("device-unavailable", "token_file " + type(error).__name__) from None
    return HubResolver(str(config["url"]), token, int(config.get("limit_ms", _LIMIT_MS)))


_OPTIONS = (
    Option("url", "大厅服务地址", "http://…:8750"),
    Option("token_file", "令牌文件", "本设备在大厅服务登记的令牌"),
)
DRIVER = Driver(
    id="hub", family="vouchers", title="医保电子凭证核验（经大厅服务）", open=_open, options=_OPTIONS
)
