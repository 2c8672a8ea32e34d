"""What third parties and an older Python must be able to import: protocols and host."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from drivers import protocols
from drivers.protocols import CardRead, Fault, IdCardRead, PrintJob, Scan, VoucherPerson

ROOT = Path(__file__).resolve().parents[2]
HOSTED = (
    "cards/vendor_*.py",
    "cards/id_record.py",
    "cards/card_dates.py",
    "cards/sdt.py",
    "vouchers/nation_ec.py",
)
OLD_PYTHON = [
    ROOT / "drivers" / "protocols.py",
    ROOT / "drivers" / "citizen_side.py",
    ROOT / "drivers" / "key_scanner.py",
    *sorted((ROOT / "drivers" / "host").glob("*.py")),
    *sorted(
        file for pattern in (*HOSTED, "vouchers/answers.py") for file in (ROOT / "drivers").glob(pattern)
    ),
]


@pytest.mark.parametrize("file", OLD_PYTHON, ids=lambda f: f.stem)
def test_it_is_python_3_9_and_standard_library_only(file: Path) -> None:
    tree = ast.parse(file.read_text("utf-8"), feature_version=(3, 9))
    imported = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    imported |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    strangers = {name for name in imported if name.split(".")[0] not in {*sys.stdlib_module_names, "drivers"}}
    assert strangers == set()
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.Match)]


def test_a_value_shows_nothing_about_a_person() -> None:
    secret = "11010519491231002X"
    values = [
        Scan(secret),
        CardRead(
            "r",
            idno=secret,
            name=secret,
            card_no=secret,
            card_id=secret,
            birth_date=secret,
            raw={"a": secret},
        ),
        IdCardRead("r", name=secret, idno=secret, birth_date=secret, address=secret, photo=secret.encode()),
        VoucherPerson(secret, secret, ec_token=secret, birthday=secret),
        PrintJob("n", "t", pdf=secret.encode(), operations=(("text", secret, ""),)),
    ]
    assert not [type(value).__name__ for value in values if secret in repr(value)]


def test_a_fault_carries_its_code_and_detail() -> None:
    fault = Fault("card-mute", "reader")
    assert (fault.code, fault.detail, fault.args) == ("card-mute", "reader", ("card-mute", "reader"))


def test_states_of_one_family_are_picked() -> None:
    states = [protocols.DriverState(f"{f}.x", f, "t", True) for f in ("cards", "printers")]
    assert [state.id for state in protocols.pick(states, "cards")] == ["cards.x"]
