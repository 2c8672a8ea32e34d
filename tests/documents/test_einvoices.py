"""Electronic invoices as files, each kind made here as its issuer makes it."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

from counter_app.documents.einvoices import MOST_BYTES, read
from counter_app.documents.fonts import TEXT, path
from counter_app.documents.mended import MendedFont
from counter_app.domain.invoices import Invoice
from counter_app.problems import Problem

BILL = Invoice("37060226", "1100734521", 139237, date(2026, 11, 5), "771203")
FISCAL = """<?xml version="1.0" encoding="UTF-8"?><EInvoice><Header><EInvoiceID>x</EInvoiceID></Header>
<EInvoiceData><Main><EInvoiceName>医疗门诊收费票据</EInvoiceName><EInvoiceCode>37060226</EInvoiceCode>
<EInvoiceNumber>1100734521</EInvoiceNumber><RandomNumber>771203</RandomNumber><TotalAmount>1392.37</TotalAmount>
<IssueDate>20261105</IssueDate></Main></EInvoiceData></EInvoice>"""
OFD = """<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocInfo><ofd:CustomDatas>
<ofd:CustomData Name="发票代码">37060226</ofd:CustomData>
<ofd:CustomData Name="发票号码">1100734521</ofd:CustomData>
<ofd:CustomData Name="合计金额">1392.30</ofd:CustomData><ofd:CustomData Name="合计税额">0.07</ofd:CustomData>
<ofd:CustomData Name="开票日期">2026年11月05日</ofd:CustomData>
<ofd:CustomData Name="校验码">771203</ofd:CustomData>
</ofd:CustomDatas></ofd:DocInfo></ofd:DocBody></ofd:OFD>"""
TAX = """<EInvoice><TaxSupervisionInfo><InvoiceNumber>26372000000123456789</InvoiceNumber>
<IssueTime>2026-11-05 09:30:00</IssueTime></TaxSupervisionInfo><BasicInformation>
<TotalAmWithoutTax>100</TotalAmWithoutTax>
<TotalTax-includedAmount>106.00</TotalTax-includedAmount></BasicInformation></EInvoice>"""


def ofd(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as pack:
        for name, text in parts.items():
            pack.writestr(name.replace("__", "/") + ".xml", text)
    return made.getvalue()


LINES = ("票据代码：37060226", "票据号码：1100734521", "校验码：771203", "开票日期：2026-11-05")


def pdf() -> bytes:
    made = io.BytesIO()
    registerFont(MendedFont("bill", str(path(TEXT))))
    canvas = Canvas(made)
    canvas.setFont("bill", 12)
    for at, words in enumerate((*LINES, "（小写）1,392.37")):
        canvas.drawString(50, 700 - at * 20, words)
    canvas.save()
    return made.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        FISCAL.encode(),
        ofd(OFD=OFD),
        ofd(OFD=OFD.replace("1392.30", "1.00"), Doc_0__Attachs__original=FISCAL),
        pdf(),
    ],
    ids=["xml", "ofd", "ofd with the bill attached", "pdf"],
)
def test_each_kind_tells_the_same(data: bytes) -> None:
    assert read(data, "a") == BILL


def test_a_tax_invoice_has_no_code_and_its_sum_is_with_tax() -> None:
    assert read(TAX.encode(), "a") == Invoice("", "26372000000123456789", 10600, date(2026, 11, 5))


BOMB = (
    '<!DOCTYPE a [<!ENTITY b "1100734521"><!ENTITY c "&b;&b;&b;">]><a><InvoiceNumber>&c;</InvoiceNumber></a>'
)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"PK\x03\x04",
        b"%PDF-1.4",
        b"<a/>",
        BOMB.encode(),
        ofd(a="<a/>"),
        b" " * (MOST_BYTES + 1),
    ],
    ids=["empty", "picture", "broken zip", "broken pdf", "no number", "entities", "empty ofd", "too large"],
)
def test_what_is_none_is_refused_with_its_name(data: bytes) -> None:
    with pytest.raises(Problem) as caught:
        read(data, "票据.bin")
    assert (caught.value.code, caught.value.detail) == ("invoice-file", "票据.bin")


def test_an_ofd_that_unpacks_to_too_much_is_not_unpacked() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("OFD.xml", b" " * (MOST_BYTES + 1))
    assert len(made.getvalue()) < MOST_BYTES
    with pytest.raises(Problem):
        read(made.getvalue(), "a")


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK", b"%PDF-1.7\n", b"<?xml version='1.0'?>"]))
def test_nothing_strange_gets_out(data: bytes, head: bytes) -> None:
    with pytest.raises(Problem):
        read(head + data, "a")
