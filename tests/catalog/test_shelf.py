"""Which pack is in force: by its days, never half, and the last good one when a new one is spoilt."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from counter_app.catalog.model import Catalogue
from counter_app.catalog.shelf import Shelf, head_of
from counter_app.catalog.signing import sign_pack
from counter_app.problems import Problem, Problems
from counter_app.seals import base64url
from counter_app.seals.provider import ED25519, STANDARD, key_id, new_key
from counter_app.seals.trust import TrustStore

BEFORE, DAY, LATER = date(2026, 11, 1), date(2026, 12, 1), date(2027, 6, 1)


@pytest.fixture
def written(new_pack: Callable[[], Any]) -> Callable[..., Path]:
    """Writes a whole pack of one type."""

    def write(version: str, days: str, name: str = "示例事项") -> Path:
        made = new_pack()
        head = f'name = "hall"\nversion = "{version}"\npublisher = "示范"\n{days}\n'
        made.write("catalog/_pack.toml", head)
        if name != "示例事项":
            made.change("示例事项", name)
        return Path(made.folder)

    return write


@pytest.fixture
def shelf(tmp_path: Path, written: Callable[..., Path]) -> Shelf:
    """A shelf with one pack from December on and one from June on."""
    made = Shelf(tmp_path / "packs", tmp_path / "packs.kept")
    made.install(written("1", "valid_from = 2026-12-01"))
    made.install(written("2", "valid_from = 2027-06-01", "后一版"))
    return made


def name_on(shelf: Shelf, day: date) -> str:
    """Whose type is offered on a day."""
    found, faults = shelf.chosen(day)
    assert faults == ()
    return found.types["AA01"].name if "AA01" in found.types else found.pack


def test_the_day_chooses_the_pack(shelf: Shelf, packs: Catalogue) -> None:
    assert name_on(shelf, date(2026, 11, 30)) == packs.pack  # none of them yet
    assert name_on(shelf, DAY) == name_on(shelf, date(2027, 5, 31)) == "示例事项"
    assert name_on(shelf, LATER) == "后一版"
    assert [head.version for head in shelf.heads()] == ["2", "1"]


def test_a_pack_ends_on_its_last_day(tmp_path: Path, written: Callable[..., Path], packs: Catalogue) -> None:
    made = Shelf(tmp_path / "packs", tmp_path / "kept")
    made.install(written("1", "valid_from = 2026-12-01\nvalid_to = 2026-12-31"))
    assert name_on(made, date(2026, 12, 31)) == "示例事项"
    assert name_on(made, date(2027, 1, 1)) == packs.pack


def test_a_spoilt_pack_is_refused_whole_and_the_last_good_one_stays(shelf: Shelf) -> None:
    assert name_on(shelf, LATER) == "后一版"
    file = shelf.folder / "hall-2" / "catalog" / "AA01.toml"
    file.write_text(file.read_text("utf-8").replace('flow = "instant"', 'flow = "instnat"'), "utf-8")
    found, faults = shelf.chosen(LATER)
    assert found.types["AA01"].name == "后一版"  # from its kept copy
    assert [fault.code for fault in faults] == ["pack-broken"]
    shutil.rmtree(shelf.kept)
    found, faults = shelf.chosen(LATER)
    assert found.types["AA01"].name == "示例事项"  # the version before
    assert faults


def test_nothing_of_a_spoilt_pack_comes_onto_the_shelf(shelf: Shelf, written: Callable[..., Path]) -> None:
    spoilt = written("3", "valid_from = 2026-12-02")
    (spoilt / "catalog" / "AA02.toml").write_text("id = 'AA02'", "utf-8")
    before = [head.version for head in shelf.heads()]
    with pytest.raises(Problems):
        shelf.install(spoilt)
    assert [head.version for head in shelf.heads()] == before


def test_any_byte_broken_in_a_signed_pack_is_noticed(tmp_path: Path, written: Callable[..., Path]) -> None:
    private = new_key()
    public = STANDARD.public_key(ED25519, private)

    def sign(message: bytes) -> Mapping[str, str]:
        raw = STANDARD.sign(ED25519, private, message)
        return {"alg": ED25519, "key_id": key_id(public), "sig": base64url.encode(raw)}

    made = Shelf(tmp_path / "packs", tmp_path / "kept", TrustStore().with_key(public))
    pack = written("1", "valid_from = 2026-12-01")
    with pytest.raises(Problem, match="pack-unsigned"):
        made.install(pack)
    sign_pack(pack, sign)
    made.install(pack)
    assert name_on(made, DAY) == "示例事项"
    file = made.folder / "hall-1" / "catalog" / "AA01.toml"
    data = bytearray(file.read_bytes())
    data[data.index(b"30")] ^= 1  # a limit of 20 days instead of 30: well-formed, and a lie
    file.write_bytes(data)
    found, faults = made.chosen(DAY)
    assert found.types["AA01"].limits.statutory == 30
    assert [fault.code for fault in faults] == ["pack-signature"]


def test_a_folder_of_loose_files_is_laid_over_ours(tmp_path: Path, pack: Any, packs: Catalogue) -> None:
    loose = tmp_path / "loose"
    loose.mkdir()
    text = (pack.folder / "catalog" / "AA01.toml").read_text("utf-8")
    (loose / "ZX99.toml").write_text(text.replace("AA01", "ZX99").replace("AA09", "ZX98"), "utf-8")
    made = Shelf(loose, tmp_path / "kept")
    found, faults = made.chosen(BEFORE)
    assert (set(found.types) - set(packs.types), faults) == ({"ZX99"}, ())
    (loose / "ZX99.toml").write_text("not toml", "utf-8")
    found, faults = made.chosen(BEFORE)
    assert "ZX99" in found.types  # the last good one
    assert faults


def test_one_pack_before_its_day_says_so(
    tmp_path: Path, written: Callable[..., Path], packs: Catalogue
) -> None:
    made = Shelf(written("1", "valid_from = 2026-12-01"), tmp_path / "kept")
    found, faults = made.chosen(BEFORE)
    assert found.pack == packs.pack
    assert [fault.code for fault in faults] == ["pack-not-in-force"]


def test_a_head_that_cannot_be_read_is_a_fault_and_not_a_silence(shelf: Shelf) -> None:
    head = shelf.folder / "hall-2" / "catalog" / "_pack.toml"
    head.write_text('name = "hall"\nversion = "2"\nvalid_from = "tomorrow"\n', "utf-8")
    assert not head_of(shelf.folder / "hall-2").read
    found, faults = shelf.chosen(DAY)
    assert found.types["AA01"].name == "示例事项"
    assert faults
