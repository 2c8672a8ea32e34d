"""A real slip, from its content to the paper of the shipped printer: right words, a readable code."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import zxingcpp
from PIL import Image

from counter_app.documents import Papers
from counter_app.seals.receipts import qr_text
from drivers import registry
from drivers.printers.simulator import ReceiptTable
from tests.documents.samples import proof_of, sample

SLIP = replace(sample("SLHZ"), applicant_name="王小明")


def test_the_slip_decodes_to_its_words_and_its_code(tmp_path: Path) -> None:
    table = ReceiptTable(tmp_path)
    job = Papers().render(SLIP, proof_of(SLIP), 0)
    printer = registry.open("printers.escpos", {"port": f"127.0.0.1:{table.port}"})
    assert printer.print(job).state == "done"
    table.close()
    said = "".join(operation[1] for operation in job.operations if operation[0] == "text")
    printed = (tmp_path / "0001.txt").read_text("utf-8")
    assert printed.replace("\n", "") == said.replace("\u00a5", "\uffe5")
    assert SLIP.number in printed
    with Image.open(tmp_path / "0001.png") as picture:
        assert [found.text for found in zxingcpp.read_barcodes(picture.convert("L"))] == [
            qr_text(proof_of(SLIP))
        ]
