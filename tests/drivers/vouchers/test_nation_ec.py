"""Voucher codes through the platform's own library, on its compiled stub."""

from __future__ import annotations

import json
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from drivers import registry
from drivers.protocols import Fault
from tests.fakes.vendor import CODE, NAME, PERSON, Stub


@pytest.fixture
def stub(tmp_path: Path) -> Stub:
    return Stub("nationec", tmp_path)


@pytest.fixture
def device(stub: Stub) -> Iterator[Any]:
    made = registry.open(
        "vouchers.nation_ec", {"lib": str(stub.lib), "url": "http://127.0.0.1", "limit_ms": 500}
    )
    yield made
    made.close()


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
# 小 in GBK is also valid UTF-8, of another letter
@pytest.mark.parametrize("name", ["古丽·艾合买提", "小", "肖小"])
@pytest.mark.parametrize("twice", [False, True])
def test_both_shapes_of_an_answer_in_both_encodings(
    device: Any, stub: Stub, encoding: str, twice: bool, name: str
) -> None:
    person = {**PERSON, "userName": name}
    data = json.dumps(person, ensure_ascii=False) if twice else person
    stub.text(json.dumps({"code": 0, "data": data}, ensure_ascii=False).encode(encoding))
    told = device.resolve(CODE, "01101")
    assert (told.user_name, told.birthday) == (name, "1949-12-31")


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        ("away", "voucher-away"),
        ("null", "voucher-away"),
        ("garbage", "voucher-garbled"),
        ("overlong", "voucher-garbled"),
        ("overrun", "driver-crashed"),
        ("hang", "device-timeout"),
        ("crash", "driver-crashed"),
    ],
)
def test_each_failure_has_its_own_name_and_the_code_is_in_none(
    device: Any, stub: Stub, mode: str, code: str
) -> None:
    stub.mode(mode)
    with pytest.raises(Fault) as caught:
        device.resolve(CODE, "01101")
    assert caught.value.code == code
    assert CODE not in "".join(traceback.format_exception(caught.value))
    stub.mode("ok")
    assert device.resolve(CODE, "01101").user_name == NAME


def test_an_expired_code_is_told_as_expired(device: Any) -> None:
    with pytest.raises(Fault) as caught:
        device.resolve("424" + "9" * 25, "01101")
    assert caught.value.code == "voucher-expired"


def test_nothing_of_a_code_lies_about_in_the_host(device: Any, stub: Stub) -> None:
    """Neither in its folder, nor in its arguments or environment."""
    assert device.resolve(CODE, "01101").user_name == NAME
    process = Path("/proc") / str(device.health().pid)
    told = [process / "cmdline", process / "environ", *(process / "cwd").resolve().rglob("*")]
    assert not [file for file in told if file.is_file() and CODE.encode() in file.read_bytes()]
