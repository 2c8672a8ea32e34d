from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import resources
from counter_app.catalog import compiled
from counter_app.catalog.compiled import built_in
from counter_app.catalog.load import catalogue
from counter_app.catalog.model import Catalogue
from counter_app.catalog.packs import read
from counter_app.problems import Problem

SHIPPED = catalogue(read(exact=False))
NAMES = tuple(built_in())


class Built:
    """Makes the catalogue that ships and counts how often it was asked to."""

    def __init__(self, fault: Problem | None = None) -> None:
        self.fault, self.times = fault, 0

    def __call__(self) -> Catalogue:
        self.times += 1
        if self.fault is not None:
            raise self.fault
        return SHIPPED


@pytest.fixture
def writing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pack file of our own among the resources."""
    file = tmp_path / "one.toml"
    file.write_text("a = 1\n", encoding="utf-8")
    plain = resources.path
    monkeypatch.setattr(resources, "path", lambda name: file if name == "one.toml" else plain(name))
    return file


def test_it_is_built_once_and_found_again_just_the_same(tmp_path: Path, writing: None) -> None:
    file, build = tmp_path / "cache" / "a.kept", Built()
    assert compiled.kept(build, NAMES, file) is SHIPPED
    found = compiled.kept(build, NAMES, file)
    assert build.times == 1
    assert found is not SHIPPED
    assert found == SHIPPED
    assert [f.name for f in file.parent.iterdir()] == ["a.kept"]


def _changed_text(pack: Path) -> None:
    pack.write_text("a = 22\n", encoding="utf-8")


def _touched(pack: Path) -> None:
    os.utime(pack, ns=(1, 1))


@pytest.mark.parametrize("change", [_changed_text, _touched])
def test_a_changed_pack_file_is_read_anew(
    tmp_path: Path, writing: None, pack: Path, change: Callable[[Path], None]
) -> None:
    file, build = tmp_path / "a.kept", Built()
    for _ in range(2):
        compiled.kept(build, ("one.toml",), file)
    change(pack)
    compiled.kept(build, ("one.toml",), file)
    assert build.times == 2
    compiled.kept(build, ("one.toml",), file)
    assert build.times == 2


def test_a_new_pack_file_is_read(tmp_path: Path, writing: None, pack: Path) -> None:
    file, build = tmp_path / "a.kept", Built()
    compiled.kept(build, (), file)
    compiled.kept(build, ("one.toml",), file)
    assert build.times == 2


@pytest.mark.parametrize("content", [b"", b"\x80nonsense", pickle.dumps("x") + pickle.dumps(1)])
def test_a_bad_file_is_built_anew(tmp_path: Path, writing: None, content: bytes) -> None:
    file, build = tmp_path / "a.kept", Built()
    file.write_bytes(content)
    assert compiled.kept(build, NAMES, file) is SHIPPED
    assert compiled.kept(build, NAMES, file) == SHIPPED
    assert build.times == 1


def test_a_torn_file_is_built_anew(tmp_path: Path, writing: None) -> None:
    file, build = tmp_path / "a.kept", Built()
    compiled.kept(build, NAMES, file)
    file.write_bytes(file.read_bytes()[:-1000])
    assert compiled.kept(build, NAMES, file) is SHIPPED
    assert build.times == 2


def test_where_nothing_may_be_written_it_works_all_the_same(tmp_path: Path, writing: None) -> None:
    (tmp_path / "taken").write_text("a file, no folder")
    build = Built()
    assert compiled.kept(build, NAMES, tmp_path / "taken" / "a.kept") is SHIPPED
    assert build.times == 1


def test_nothing_is_kept_where_python_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    compiled.kept(Built(), NAMES, tmp_path / "a.kept")
    assert not (tmp_path / "a.kept").exists()


def test_a_fault_is_said_and_not_kept(tmp_path: Path, writing: None) -> None:
    build = Built(Problem("pack-empty", "x", "x"))
    for _ in range(2):
        with pytest.raises(Problem):
            compiled.kept(build, NAMES, tmp_path / "a.kept")
    assert build.times == 2
    assert not (tmp_path / "a.kept").exists()


def test_it_lies_where_compiled_modules_lie() -> None:
    place = compiled._place()
    assert place.parent == Path(compiled.__cached__).parent
    assert sys.implementation.cache_tag in place.name
