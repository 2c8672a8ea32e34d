"""ec.query over real HTTP: both shapes of the answer, each failure by its own name, nothing kept."""

from __future__ import annotations

import json
import logging
import threading
import time
import traceback
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from drivers.protocols import Fault, VoucherPerson
from drivers.vouchers.http import HttpResolver
from drivers.vouchers.simulator import Web
from drivers.vouchers.simulator_code import mint
from tests.fakes.platform import PEOPLE, platform

LIMIT_MS = 400
WANG = PEOPLE[0]


@pytest.fixture
def web() -> Iterator[Web]:
    with platform() as running:
        yield running


def resolver(url: str) -> HttpResolver:
    return HttpResolver(url, "H37110000001", {"operatorName": "窗口三"}, LIMIT_MS)


def refused(url: str, code: str) -> Fault:
    with pytest.raises(Fault) as caught:
        resolver(url).resolve(code, "01101")
    return caught.value


@pytest.mark.parametrize("mode", ["ok", "string"])
def test_data_may_be_an_object_or_a_string_of_one(web: Web, mode: str) -> None:
    web.platform.mode = mode
    told = resolver(web.url).resolve(mint(WANG), "01101")
    assert told == VoucherPerson(
        user_name="王敏",
        id_no=WANG.certno,
        id_type="01",
        ec_token=told.ec_token,
        insu_org="371100",
        gender="2",
        birthday="1949-12-31",
    )
    assert told.ec_token.startswith("371100ecmecib")
    assert WANG.certno not in repr(told)


def test_a_rare_name_comes_whole(web: Web) -> None:
    assert resolver(web.url).resolve(mint(PEOPLE[1]), "").user_name == "𬱖晓梅"


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        ("expired", "voucher-expired"),
        ("refused", "voucher-refused"),
        ("masked", "voucher-garbled"),
        ("garbled", "voucher-garbled"),
        ("error", "voucher-away"),
        ("away", "voucher-away"),
        ("slow", "voucher-away"),
        ("trickle", "voucher-away"),
    ],
)
def test_each_failure_has_its_own_name_within_the_limit(web: Web, mode: str, code: str) -> None:
    web.platform.mode = mode
    before = time.monotonic()
    assert refused(web.url, mint(WANG)).code == code
    assert time.monotonic() - before < LIMIT_MS / 1000 + 10  # it would be twenty


def test_a_code_of_an_hour_ago_has_expired(web: Web) -> None:
    assert refused(web.url, mint(WANG, time.time() - 3600)).code == "voucher-expired"


@pytest.mark.parametrize("text", ["", "134567890123456789", "11010519491231002X", "424", "４２４" + "1" * 25])
def test_what_is_no_voucher_is_never_sent(web: Web, text: str) -> None:
    assert refused(web.url, text).code == "voucher-other"
    assert web.platform.queries == 0


def test_a_platform_that_is_not_there_is_away(web: Web) -> None:
    assert refused("http://127.0.0.1:9/nobody", mint(WANG)).code == "voucher-away"


def test_a_proxy_of_the_environment_is_not_used(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    assert resolver(web.url).resolve(mint(WANG), "").user_name == "王敏"


def test_the_code_is_in_no_fault_traceback_or_log(web: Web, caplog: pytest.LogCaptureFixture) -> None:
    code = mint(WANG)
    with caplog.at_level(logging.DEBUG):
        for mode in ("refused", "away", "garbled", "expired"):
            web.platform.mode = mode
            fault = refused(web.url, code)
            told = "".join(traceback.format_exception(fault)) + fault.detail
            assert code not in told
            assert WANG.certno not in told
    assert code not in caplog.text


class _Strange(BaseHTTPRequestHandler):
    """Keeps what it is asked and answers what the server holds."""

    server: Any

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked = (self.path, json.loads(body))
        status, headers, answer = self.server.answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def stranger() -> Iterator[Any]:
    web: Any = HTTPServer(("127.0.0.1", 0), _Strange)
    web.asked = None
    web.answer = (200, {}, b'{"code":0,"data":{"userName":"A","idNo":"1"}}')
    thread = threading.Thread(target=web.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield web
    web.shutdown()
    web.server_close()
    thread.join(60)


def url(web: Any) -> str:
    return f"http://127.0.0.1:{web.server_address[1]}/localcfc/api"


def test_the_query_is_as_the_interface_wants_it(stranger: Any) -> None:
    code = mint(WANG)
    assert resolver(url(stranger)).resolve(code, "99001").user_name == "A"
    path, asked = stranger.asked
    assert path == "/localcfc/api"
    assert asked == {
        "transType": "ec.query",
        "orgId": "H37110000001",
        "data": {
            "orgId": "H37110000001",
            "businessType": "99001",
            "operatorId": "",
            "operatorName": "窗口三",
            "officeId": "",
            "officeName": "",
            "deviceType": "",
            "ecQrCode": code,
        },
    }


def test_a_redirect_is_not_followed(stranger: Any, web: Web) -> None:
    stranger.answer = (307, {"Location": web.url}, b"")
    assert refused(url(stranger), mint(WANG)).detail == "HTTP 307"
    assert web.platform.queries == 0


def test_an_endless_answer_is_given_up(stranger: Any) -> None:
    stranger.answer = (200, {}, b"[" * (1 << 21))
    assert refused(url(stranger), mint(WANG)).code == "voucher-garbled"


def test_an_address_that_is_none_is_refused_at_opening() -> None:
    with pytest.raises(ValueError, match="url"):
        HttpResolver("file:///etc/passwd", "", {})
