"""Papers through a real CUPS server: what comes out, what is refused, and that nothing stays behind."""

from __future__ import annotations

import io
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from reportlab.pdfgen import canvas

from drivers import registry
from drivers.printers.system_queue import SystemQueue
from drivers.protocols import Fault, PrintJob
from tests.servers import cups


def pdf(words: str = "One Window 0001") -> bytes:
    file = io.BytesIO()
    page = canvas.Canvas(file, pagesize=(595, 842))
    page.drawString(100, 700, words)
    page.save()
    return file.getvalue()


def job(body: bytes = b"", copies: int = 1) -> PrintJob:
    return PrintJob(name="0001", title="OW-0001", pdf=body or pdf(), copies=copies)


def refused(printer: SystemQueue, body: bytes = b"") -> Fault:
    with pytest.raises(Fault) as caught:
        printer.print(job(body))
    return caught.value


def test_a_paper_comes_out_with_the_right_words(cups_queue: Any) -> None:
    known = set(cups_queue.folder.glob("*.pdf"))
    outcome = SystemQueue(cups_queue.queue).print(job(pdf("Receipt 261122-001-AB3-0007-X")))
    paper = cups_queue.wait_for_paper(known)
    assert PdfReader(paper).pages[0].extract_text().strip() == "Receipt 261122-001-AB3-0007-X"
    assert outcome.job_id.startswith(cups_queue.queue + "-")


def test_the_server_may_be_named_instead_of_set_in_the_environment(
    cups_queue: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CUPS_SERVER")
    known = set(cups_queue.folder.glob("*.pdf"))
    config = {"queue": cups_queue.queue, "server": cups_queue.server}
    registry.open("printers.system_queue", config).print(job())
    monkeypatch.setenv("CUPS_SERVER", cups_queue.server)
    assert cups_queue.wait_for_paper(known)


def test_a_stopped_queue_is_a_jam_in_the_printers_words_and_takes_no_job(cups_queue: Any) -> None:
    cups_queue.stop_queue("Paper jam in tray 2")
    try:
        fault = refused(SystemQueue(cups_queue.queue))
        waiting = cups_queue.jobs()
    finally:
        cups_queue.start_queue()
    assert (fault.code, fault.detail, waiting) == ("printer-jam", "Paper jam in tray 2", [])


def test_a_refusing_or_unknown_queue_is_absent(cups_queue: Any) -> None:
    cups_queue.refuse("moved")
    try:
        faults = [refused(SystemQueue(cups_queue.queue)), refused(SystemQueue("Nowhere"))]
    finally:
        cups_queue.start_queue()
    assert [(f.code, f.detail) for f in faults] == [
        ("printer-absent", cups_queue.queue),
        ("printer-absent", "Nowhere"),
    ]


def test_without_a_default_an_unnamed_queue_is_absent(cups_queue: Any) -> None:
    with pytest.raises(Fault) as caught:
        registry.open("printers.system_queue", {})
    assert (caught.value.code, caught.value.detail) == ("printer-absent", "default")


def test_no_printing_service_is_an_absent_printer(tmp_path: Path) -> None:
    with pytest.raises(Fault) as caught:
        registry.open("printers.system_queue", {"queue": "A4", "server": str(tmp_path / "sock")})
    assert caught.value.code == "printer-absent"


@pytest.fixture
def queue(cups_queue: Any) -> Iterator[Callable[[str, str], str]]:
    """Make another queue: `queue(name, device)`."""
    made: list[str] = []

    def make(name: str, device: str) -> str:
        cups_queue._tool("lpadmin", "-p", name, "-v", device, "-m", cups.MODEL, "-E")
        made.append(name)
        return name

    yield make
    for name in made:
        cups_queue._tool("lpadmin", "-x", name)


def test_a_printer_that_never_answers_costs_the_limit_and_leaves_no_job(
    cups_queue: Any, queue: Callable[[str, str], str]
) -> None:
    name = queue("Far", "socket://127.0.0.1:9")
    before = time.monotonic()
    fault = refused(SystemQueue(name, limit_ms=1500))
    assert fault.code in ("printer-refused", "printer-jam")
    assert time.monotonic() - before < 30  # the queue itself would try for ever
    assert cups_queue.jobs() == []


def test_a_queue_that_stops_in_the_middle_cancels_the_job(
    cups_queue: Any, queue: Callable[[str, str], str]
) -> None:
    name = queue("Middle", "socket://127.0.0.1:9")
    got: list[Fault] = []
    thread = threading.Thread(target=lambda: got.append(refused(SystemQueue(name, limit_ms=20_000))))
    thread.start()
    while not cups_queue.jobs():
        assert thread.is_alive()
    cups_queue._tool("cupsdisable", "-r", "Cover open", name)
    thread.join(60)
    assert [f.code for f in got] == ["printer-jam"]
    assert got[0].detail in ("Cover open", "打印机已停止")  # CUPS loses its words when a job was under way
    assert cups_queue.jobs() == []


def test_what_is_no_pdf_is_refused_and_leaves_no_job(cups_queue: Any) -> None:
    try:
        fault = refused(
            SystemQueue(cups_queue.queue, limit_ms=5000), b"%PDF-1.4 and then nothing of the kind"
        )
    finally:
        cups_queue.start_queue()
    assert fault.code in ("printer-refused", "printer-jam")
    assert cups_queue.jobs() == []


def test_a_server_that_keeps_history_keeps_neither_job_nor_file(monkeypatch: pytest.MonkeyPatch) -> None:
    if (why := cups.missing()) is not None:
        pytest.skip(why)
    monkeypatch.setattr(cups, "CUPSD", cups.CUPSD.replace("PreserveJobHistory No\nPreserveJobFiles No\n", ""))
    with cups.running() as server:
        monkeypatch.setenv("CUPS_SERVER", server.server)
        assert SystemQueue(server.queue).print(job()).state == "done"
        with pytest.raises(Fault):
            SystemQueue(server.queue, limit_ms=1500).print(job(b"%PDF-1.4 and nothing"))
        shown = subprocess.run(["lpstat", "-W", "all", "-o"], capture_output=True, text=True, check=True)
        spool = Path(server.server).parent / "spool"
        assert shown.stdout == ""
        assert [f for f in spool.iterdir() if f.name.startswith(("d", "c"))] == []


def test_nothing_of_a_job_is_an_argument(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page goes by pipe: whoever lists processes sees the queue and the title, nothing else."""
    log = tmp_path / "argv"
    for name, told in (
        ("lpstat", "printer A4 is idle."),
        ("lp", "request id is A4-1 (0 file(s))"),
        ("cancel", ""),
    ):
        tool = tmp_path / name
        tool.write_text(f'#!/bin/sh\necho {name} "$@" >> {log}\ncat > /dev/null\necho "{told}"\n')
        tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    SystemQueue("A4").print(PrintJob("n", "OW-0001", pdf=pdf("secret name"), copies=2))
    lp = [line for line in log.read_text().splitlines() if line.startswith("lp ")]
    assert lp == [
        "lp -d A4 -t OW-0001 -n 2 -o job-sheets=none -o document-format=application/pdf -",
    ]
    assert "secret" not in log.read_text()
