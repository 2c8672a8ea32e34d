"""A sealed folder: whatever byte changes, the check names the file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.problems import Problem
from counter_app.seals import vault
from counter_app.seals.device import DeviceKeys, DeviceSecrets
from counter_app.seals.trust import TrustStore

KEYS = DeviceKeys()
SECRETS = DeviceSecrets(KEYS)
TRUST = TrustStore().with_key(KEYS.public_key)
FILES = {"case.json": b'{"name":"\xe6\x9d\x8e"}', "pages/M_ID-001": bytes(3000), "papers/1.pdf": b"%PDF-"}


def sealed(folder: Path) -> Path:
    vault.write(folder, {"archive": folder.name}, FILES, SECRETS.seal_file, SECRETS.sign)
    return folder


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sealed(tmp_path_factory.mktemp("vault") / "001-YB·2026-D30-MT02-K7Q0001")


def test_what_was_sealed_is_whole_and_opens(whole: Path) -> None:
    assert vault.check(whole, TRUST) == []
    for name, data in FILES.items():
        assert vault.read(whole, name, SECRETS.open_file) == data


def test_nothing_lies_in_clear_and_others_may_not_look(whole: Path) -> None:
    for file in whole.rglob("*"):
        if file.is_file():
            assert "李".encode() not in file.read_bytes()
            assert file.stat().st_mode & 0o077 == 0


def test_any_changed_byte_is_named(size: Callable[[str], int], whole: Path, tmp_path: Path) -> None:
    files = [f for f in sorted(whole.rglob("*")) if f.is_file()]

    @settings(max_examples=size("examples"), deadline=None)
    @given(st.integers(0, len(files) - 1), st.integers(0), st.integers(1, 255))
    def changed(nth: int, place: int, flip: int) -> None:
        folder = tmp_path / whole.name
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(whole, folder)
        file = folder / files[nth].relative_to(whole)
        data = bytearray(file.read_bytes())
        data[place % len(data)] ^= flip
        file.write_bytes(data)
        found = {one.file for one in vault.check(folder, TRUST)}
        said = str(file.relative_to(folder)).removesuffix(vault.SUFFIX)
        expected = {vault.SIGNATURE, vault.MANIFEST} if "manifest" in said else {said}
        assert found & expected

    changed()


@pytest.mark.parametrize(
    "name", ["case.json.sealed", "pages/M_ID-001.sealed", "manifest.json", "manifest.sig"]
)
def test_a_missing_file_is_named(name: str, whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / whole.name
    shutil.copytree(whole, folder)
    (folder / name).unlink()
    assert any(name.startswith(one.file) for one in vault.check(folder, TRUST))


def test_a_file_that_was_added_or_swapped_is_named(whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / whole.name
    shutil.copytree(whole, folder)
    (folder / "note.txt").write_text("x")
    one, two = folder / "case.json.sealed", folder / "papers" / "1.pdf.sealed"
    held = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(held)
    codes = {(d.file, d.code) for d in vault.check(folder, TRUST)}
    assert codes == {("note.txt", "extra"), ("case.json", "size"), ("papers/1.pdf", "size")}


def test_a_folder_under_another_number_does_not_open(whole: Path, tmp_path: Path) -> None:
    moved = tmp_path / "001-YB·2026-D30-MT02-K7Q0002"
    shutil.copytree(whole, moved)
    with pytest.raises(Problem) as refused:
        vault.read(moved, "case.json", SECRETS.open_file)
    assert refused.value.code == "seal-broken"


def test_a_strangers_signature_is_not_believed(whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / whole.name
    stranger = DeviceSecrets(DeviceKeys())
    vault.write(folder, {"archive": folder.name}, FILES, stranger.seal_file, stranger.sign)
    assert [one.code for one in vault.check(folder, TRUST)] == ["signature"]


def test_a_folder_is_never_overwritten_and_half_of_one_is_no_folder(whole: Path, tmp_path: Path) -> None:
    with pytest.raises(Problem) as refused:
        sealed(whole)
    assert refused.value.code == "archive-there"

    def breaks(data: bytes, where: str) -> bytes:
        if "papers" in where:
            raise OSError(28, "No space left on device")
        return SECRETS.seal_file(data, where)

    with pytest.raises(Problem) as full:
        vault.write(tmp_path / "X", {}, FILES, breaks, SECRETS.sign)
    assert full.value.code == "store-write"
    assert not (tmp_path / "X").exists()
    vault.write(tmp_path / "X", {}, FILES, SECRETS.seal_file, SECRETS.sign)
    assert vault.check(tmp_path / "X", TRUST) == []


def test_the_manifest_says_what_lies_there(whole: Path) -> None:
    rows = json.loads((whole / vault.MANIFEST).read_bytes())["files"]
    assert [row["name"] for row in rows] == sorted(FILES)
