"""Papers in a folder: whole or not at all, never over each other."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drivers import registry
from drivers.printers.pdf_folder import PdfFolder
from drivers.protocols import Fault, PrintJob

PDF = b"%PDF-1.4\n" + b"paper\n" * 100


def job(name: str = "261122-001-AB3-0001-X", pdf: bytes = PDF, media: str = "a4") -> PrintJob:
    return PrintJob(name=name, title=name, media=media, pdf=pdf)


def files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


@pytest.mark.parametrize("media", ["a4", "r80"])
def test_a_paper_of_any_medium_lies_there_for_its_owner_alone(tmp_path: Path, media: str) -> None:
    outcome = PdfFolder(tmp_path / "papers").print(job(media=media))
    paper = Path(outcome.path)
    assert (paper.name, paper.read_bytes()) == ("261122-001-AB3-0001-X.pdf", PDF)
    assert (outcome.job_id, outcome.state) == (paper.name, "done")
    assert stat.S_IMODE(paper.stat().st_mode) == 0o600
    assert stat.S_IMODE(paper.parent.stat().st_mode) == 0o700


def test_the_same_paper_again_is_no_second_file(tmp_path: Path) -> None:
    printer = PdfFolder(tmp_path)
    assert printer.print(job()) == printer.print(job())
    assert files(tmp_path) == ["261122-001-AB3-0001-X.pdf"]


def test_another_paper_of_the_same_name_never_replaces_the_first(tmp_path: Path) -> None:
    printer = PdfFolder(tmp_path)
    names = [printer.print(job(pdf=PDF + bytes([n]))).job_id for n in range(3)]
    stem = "261122-001-AB3-0001-X"
    assert names == [f"{stem}.pdf", f"{stem}-2.pdf", f"{stem}-3.pdf"]
    assert (tmp_path / names[0]).read_bytes() == PDF + b"\x00"


def test_a_name_cannot_leave_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    outcome = PdfFolder(folder).print(job(name="../../etc/回执 1"))
    assert Path(outcome.path).parent == folder
    assert outcome.job_id == "etc_回执_1.pdf"


@pytest.mark.parametrize(("name", "pdf"), [("..", PDF), ("x", b"")])
def test_a_job_without_name_or_page_is_refused(tmp_path: Path, name: str, pdf: bytes) -> None:
    with pytest.raises(Fault) as caught:
        PdfFolder(tmp_path).print(job(name=name, pdf=pdf))
    assert caught.value.code == "printer-refused"
    assert files(tmp_path) == []


def test_a_folder_that_cannot_be_made_is_an_absent_printer(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Fault) as caught:
        PdfFolder(tmp_path / "file" / "papers").print(job())
    assert (caught.value.code, caught.value.detail) == ("printer-absent", "papers ENOTDIR")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 64 KiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("mounting needs root")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_said_and_leaves_no_half_paper(small_disk: Path) -> None:
    printer = PdfFolder(small_disk)
    printer.print(job(name="first"))
    with pytest.raises(Fault) as caught:
        printer.print(job(name="second", pdf=PDF * 200))
    assert caught.value.code == "printer-full"
    assert files(small_disk) == ["first.pdf"]
    printer.print(job(name="third"))
    assert files(small_disk) == ["first.pdf", "third.pdf"]


def test_what_a_power_cut_left_is_swept_away_at_opening(tmp_path: Path) -> None:
    old, fresh = tmp_path / ".old.part", tmp_path / ".fresh.part"
    for part in (old, fresh):
        part.touch()
    os.utime(old, (1, 1))
    registry.open("printers.pdf_folder", {"folder": str(tmp_path)})
    assert files(tmp_path) == [".fresh.part"]


KILLED = """
import sys
from pathlib import Path
from drivers import registry
from drivers.printers.pdf_folder import PdfFolder
from drivers.protocols import PrintJob
printer = PdfFolder(Path(sys.argv[1]))
print("go", flush=True)
n = 0
while True:
    n += 1
    printer.print(PrintJob(name=f"p{n}", title="t", pdf=bytes([n % 256]) * 300_000))
    print(n, flush=True)
"""


def test_a_kill_leaves_whole_papers_only(tmp_path: Path, size: Callable[[str], int]) -> None:
    for _ in range(size("printer_kills")):
        argv = [sys.executable, "-c", KILLED, str(tmp_path)]
        process = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(6)]
        process.kill()
        process.wait()
        process.stdout.close()
        papers = {p.name: p.read_bytes() for p in tmp_path.glob("*.pdf")}
        assert {f"p{n}.pdf" for n in range(1, int(told[-1]) + 1)} <= set(papers)
        assert {(len(body), len(set(body))) for body in papers.values()} == {(300_000, 1)}
