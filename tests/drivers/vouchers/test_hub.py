"""ec.query through the hall's hub: the same person, the same refusals, nothing left at either side."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from drivers import registry
from drivers.protocols import Fault
from drivers.vouchers.hub import HubResolver
from drivers.vouchers.simulator import Web
from drivers.vouchers.simulator_code import mint
from tests.fakes.platform import PEOPLE, hub_before, platform

WANG = PEOPLE[0]


@dataclass
class Line:
    """A desk's resolver, the hub's folder behind it, and the platform behind that."""

    resolver: HubResolver
    folder: Path
    web: Web
    url: str
    token: str

    def refused(self, code: str) -> Fault:
        with pytest.raises(Fault) as caught:
            self.resolver.resolve(code, "01101")
        return caught.value


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    with platform() as web, hub_before(web.url, tmp_path) as (url, token):
        yield Line(HubResolver(url, token, 3000), tmp_path, web, url, token)


@pytest.mark.parametrize("mode", ["ok", "string"])
def test_the_hub_answers_what_the_platform_would(line: Line, mode: str) -> None:
    line.web.platform.mode = mode
    direct = registry.open("vouchers.http", {"url": line.web.url})
    code = mint(WANG)
    assert line.resolver.resolve(code, "01101") == direct.resolve(code, "01101")


def test_each_refusal_of_the_platform_arrives_as_it_was(line: Line) -> None:
    for mode, code in (
        ("expired", "voucher-expired"),
        ("refused", "voucher-refused"),
        ("masked", "voucher-garbled"),
        ("error", "voucher-away"),
        ("slow", "voucher-away"),
    ):
        line.web.platform.mode = mode
        fault = line.refused(mint(WANG))
        assert fault.code == code
        assert ("500101" in fault.detail) == (code == "voucher-refused")
    line.web.platform.mode = "ok"
    assert line.refused(mint(WANG, time.time() - 3600)).code == "voucher-expired"


def test_nothing_of_a_code_stays_at_the_hub(line: Line, caplog: pytest.LogCaptureFixture) -> None:
    code = mint(WANG)
    with caplog.at_level(logging.DEBUG):
        line.resolver.resolve(code, "01101")
        line.web.platform.mode = "refused"
        fault = line.refused(code)
    assert line.web.platform.queries == 2  # at once, each time; never kept for later
    told = caplog.text + "".join(traceback.format_exception(fault)) + fault.detail
    assert code not in told
    assert WANG.certno not in told
    for file in line.folder.rglob("*"):
        assert not file.is_file() or code.encode() not in file.read_bytes()


@pytest.mark.parametrize("token", ["", "no token of ours"])
def test_a_stranger_is_answered_nobody(line: Line, token: str) -> None:
    strange = HubResolver(line.url, token)
    with pytest.raises(Fault) as caught:
        strange.resolve(mint(WANG), "")
    assert (caught.value.code, caught.value.detail) == ("voucher-away", "HTTP 401")
    assert line.web.platform.queries == 0


def test_a_hub_that_is_away_or_has_no_platform_is_said(line: Line) -> None:
    line.web.shutdown()
    line.web.server_close()
    assert line.refused(mint(WANG)).code == "voucher-away"
    with pytest.raises(Fault) as caught:
        HubResolver("http://127.0.0.1:9", "t", 300).resolve(mint(WANG), "")
    assert caught.value.code == "voucher-away"


def test_the_token_may_lie_in_a_file(line: Line, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(line.token + "\n")
    device = registry.open("vouchers.hub", {"url": line.url, "token_file": str(file)})
    assert device.resolve(mint(WANG), "").id_no == WANG.certno
    with pytest.raises(Fault) as caught:
        registry.open("vouchers.hub", {"url": line.url, "token_file": str(tmp_path / "none")})
    assert caught.value.code == "device-unavailable"
