"""`devices read`: the keys promised to whoever calls it, masked unless asked."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.cards.sdt_simulator import IdTable
from drivers.deck import Invented
from tests.fakes.vendor import NAME, Stub

KEYS = ["name", "idno", "sex", "ethnic_code", "birth_date", "address", "issuer", "valid_from", "valid_to"]
WANG = Invented("wang", "王敏", "371102197608201244", address="山东省日照市东港区示例路1号")


@pytest.fixture
def table(tmp_path: Path) -> Iterator[IdTable]:
    made = IdTable((WANG,), tmp_path / "tty")
    yield made
    made.unplug()


def read(*words: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "counter_app", "devices", "read", "cards.sdt_serial", "--json", *words]
    return subprocess.run(argv, capture_output=True, text=True, check=False, timeout=60)


def test_an_identity_card_is_printed_under_the_promised_keys(table: IdTable, tmp_path: Path) -> None:
    for port in (str(tmp_path / "tty"), f"127.0.0.1:{table.port}"):
        table.do("lay", {"card": "wang"})
        done = read("--reader", port, "--reveal")
        assert (done.returncode, done.stderr) == (0, "")
        told = json.loads(done.stdout)
        assert list(told) == [*KEYS, "complete", "missing"]
        assert (told["name"], told["idno"], told["complete"]) == ("王敏", "371102197608201244", True)


def test_personal_data_is_masked_unless_revealed(table: IdTable, tmp_path: Path) -> None:
    table.do("lay", {"card": "wang"})
    done = read("--reader", str(tmp_path / "tty"))
    assert json.loads(done.stdout)["birth_date"] == "1976"
    assert not [s for s in ("王敏", "371102197608201244", "示例路", "08-20") if s in done.stdout]


@pytest.mark.parametrize(("reader", "code"), [("{}", "card-none"), ("/dev/nothing", "device-gone")])
def test_a_devices_fault_is_exit_3_with_its_problem(
    table: IdTable, tmp_path: Path, reader: str, code: str
) -> None:
    done = read("--reader", reader.format(tmp_path / "tty"))
    problem = json.loads(done.stderr)["problems"][0]
    assert (done.returncode, problem["code"], done.stdout) == (3, code, "")
    assert problem["advice"]


def try_library(driver: str, *words: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "counter_app", "devices", "read", driver, "--json", *words]
    return subprocess.run(argv, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(
    ("driver", "stub", "more"),
    [
        ("cards.vendor_ssse", "sscard", ("interface=1",)),
        ("cards.vendor_nhsa", "heasec", ("role=idcard", f"--python={sys.executable}")),
        ("cards.vendor_termb", "termb", ("port=1001",)),
    ],
)
def test_any_library_can_be_tried(tmp_path: Path, driver: str, stub: str, more: tuple[str, ...]) -> None:
    done = try_library(driver, f"--lib={Stub(stub, tmp_path).lib}", "--reveal", *more)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["name"] == NAME


def test_a_library_that_crashes_is_a_fault_of_its_own_process(tmp_path: Path) -> None:
    stub = Stub("sscard", tmp_path)
    stub.mode("crash")
    done = try_library("cards.vendor_ssse", "--lib", str(stub.lib))
    problem = json.loads(done.stderr)["problems"][0]
    assert (done.returncode, problem["code"], done.stdout) == (3, "driver-crashed", "")


def test_a_setting_without_a_value_is_usage() -> None:
    done = try_library("cards.vendor_ssse", "idcard")
    assert json.loads(done.stderr)["problems"][0]["code"] == "usage"
