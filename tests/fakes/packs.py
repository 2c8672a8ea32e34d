"""A data folder with a hall's own pack on its shelf."""

from __future__ import annotations

import shutil
from pathlib import Path

import resources
from counter_app.__main__ import main

PACK = "hall-2027.1"


def folder_with_pack(tmp_path: Path) -> Path:
    """A data folder with a good pack of the hall's own, which names one matter its own way."""
    ours, pack = Path(resources.__file__).parent, tmp_path / "hall"
    for part in ("catalog", "regions"):
        shutil.copytree(ours / part, pack / part)
    head = 'name = "hall"\nversion = "2027.1"\nvalid_from = 2026-11-02\npublisher = "示范"\n'
    (pack / "catalog" / "_pack.toml").write_text(head, "utf-8")
    file = pack / "catalog" / "FW07.toml"
    file.write_text(file.read_text("utf-8").replace('name = "机具故障报修"', 'name = "本厅报修"', 1), "utf-8")
    assert main(["catalog", "install", str(pack), "--data", str(tmp_path / "data")]) == 0
    return tmp_path / "data"


def spoil(data: Path) -> None:
    """Misspell one key of the pack, and take the kept copy away."""
    file = data / "packs" / PACK / "catalog" / "FW07.toml"
    file.write_text(file.read_text("utf-8").replace('category = "', 'categori = "', 1), "utf-8")
    shutil.rmtree(data / "packs.kept", ignore_errors=True)
