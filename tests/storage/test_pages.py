from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from counter_app.problems import Problem
from counter_app.seals.provider import new_key
from counter_app.storage.pages import Pages

KEY = new_key()


def pages_in(folder: Path) -> Pages:
    return Pages(folder / "blobs", KEY)


def files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def test_a_page_is_one_sealed_file_named_by_its_hash(tmp_path: Path) -> None:
    ref = pages_in(tmp_path).add(b"a page" * 50)
    (file,) = files(tmp_path)
    assert file == tmp_path / "blobs" / ref[:2] / ref
    assert hashlib.sha256(file.read_bytes()).hexdigest() == ref
    assert b"a page" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    assert pages_in(tmp_path).read(ref) == b"a page" * 50
    assert pages_in(tmp_path).size(ref) == file.stat().st_size


def test_the_same_page_twice_tells_nobody(tmp_path: Path) -> None:
    kept = pages_in(tmp_path)
    assert kept.add(b"x") != kept.add(b"x")


def test_a_changed_page_is_not_shown(tmp_path: Path) -> None:
    ref = pages_in(tmp_path).add(b"a page")
    (file,) = files(tmp_path)
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    with pytest.raises(Problem) as caught:
        pages_in(tmp_path).read(ref)
    assert caught.value.code == "seal-broken"
    with pytest.raises(Problem):
        Pages(tmp_path / "blobs", new_key()).read(ref)


@pytest.mark.parametrize("ref", ["", "0" * 64, "../" + "0" * 61, "/etc/passwd", "0" * 63 + "/"])
def test_a_name_that_is_none_is_not_found(tmp_path: Path, ref: str) -> None:
    for ask in (pages_in(tmp_path).read, pages_in(tmp_path).size):
        with pytest.raises(Problem) as caught:
            ask(ref)
        assert caught.value.code == "not-found"


def test_only_old_pages_without_a_case_are_swept(tmp_path: Path) -> None:
    kept = pages_in(tmp_path)
    named, orphan = kept.add(b"named"), kept.add(b"orphan")
    now = (tmp_path / "blobs" / orphan[:2] / orphan).stat().st_mtime
    assert kept.sweep([named], 3600, now + 60) == []
    assert kept.sweep([named], 3600, now + 3601) == [orphan]
    assert kept.read(named) == b"named"
    assert len(files(tmp_path)) == 1


def test_a_folder_that_cannot_be_written_is_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "blobs").write_text("a file where the folder should be")
    with pytest.raises(Problem) as caught:
        pages_in(tmp_path).add(b"x")
    assert caught.value.code == "store-write"
