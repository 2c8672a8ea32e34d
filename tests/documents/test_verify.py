"""A genuine paper holds; one that was touched anywhere does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    ContentStream,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)

from counter_app.documents import Papers
from counter_app.documents.papers import ATTACHMENT, Document, press_again, read_document
from counter_app.documents.registry import papers as all_papers
from counter_app.documents.verify import LARGEST, Verified, verify_file, verify_text
from counter_app.domain.papers import plain_of
from counter_app.seals.device import DeviceKeys
from counter_app.seals.receipts import content_hash, qr_text
from tests.documents.contents import PERSON
from tests.documents.samples import proof_of, public_keys, sample

PROOF = proof_of(PERSON)
Change = Callable[[PdfWriter], None]


def _verdict(folder: Path, pdf: bytes) -> Verified:
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    return verify_file(file, public_keys())


def _touched(pdf: bytes, change: Change) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(pdf))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _genuine() -> bytes:
    return Papers().render(PERSON, PROOF).pdf


@pytest.mark.parametrize("kind", sorted(all_papers()))
def test_every_paper_holds(kind: str, tmp_path: Path) -> None:
    content = replace(sample(kind), demo=kind in ("SLTZ", "SLHZ"))
    found = _verdict(tmp_path, Papers().render(content, proof_of(content)).pdf)
    assert found == Verified(True, content.number, proof_of(content)["key_id"], "")


def test_a_reprint_holds(tmp_path: Path) -> None:
    assert _verdict(tmp_path, Papers().render(PERSON, PROOF, 4).pdf).ok


def test_a_paper_saved_again_by_another_program_holds(tmp_path: Path) -> None:
    again = _touched(_genuine(), lambda writer: writer.compress_identical_objects())
    assert again != _genuine()
    assert _verdict(tmp_path, again).ok


def test_a_sealed_paper_holds_where_the_seal_is_not_known(tmp_path: Path) -> None:
    seal = tmp_path / "seal.png"
    Image.new("RGBA", (120, 120), (200, 0, 0, 90)).save(seal)
    sealed = Papers(seal).render(PERSON, PROOF).pdf
    assert len(PdfReader(BytesIO(sealed)).pages[0].images) == 1
    assert _verdict(tmp_path, sealed).ok


# --- words, drawing, attachment -------------------------------------------------------------------


def _codes_of(writer: PdfWriter, at: int = 0) -> bytes:
    return writer.pages[at].get_contents().get_data()  # type: ignore[union-attr]


def _rewrite(writer: PdfWriter, data: bytes, at: int = 0) -> None:
    stream = DecodedStreamObject()
    stream.set_data(data)
    writer.pages[at][NameObject("/Contents")] = writer._add_object(stream)


def _texts_of(page: PageObject) -> list[int]:
    """Where on a page a piece of text begins with two different letters (a moved blank changes no word)."""
    found = []
    for nth, (operands, operator) in enumerate(ContentStream(page.get_contents(), page.pdf).operations):
        letters = operands[0].original_bytes if operator == b"Tj" else b""
        if len(letters) > 1 and letters[0] != letters[1] and b" " not in letters[:2]:
            found.append(nth)
    return found


def _swapped(at: int) -> Change:
    """The first two letters of one piece of text in the other order."""

    def change(writer: PdfWriter) -> None:
        content = ContentStream(writer.pages[0].get_contents(), writer)
        letters = content.operations[at][0][0].original_bytes
        content.operations[at] = ([ByteStringObject(letters[1::-1] + letters[2:])], b"Tj")
        content.operations = list(content.operations)
        _rewrite(writer, content.get_data())

    return change


def test_any_changed_word_fails(tmp_path: Path, size: Callable[[str], int]) -> None:
    places = _texts_of(PdfReader(BytesIO(_genuine())).pages[0])
    assert len(places) > 60
    for at in places[:: max(1, len(places) // size("changed_words"))]:
        found = _verdict(tmp_path, _touched(_genuine(), _swapped(at)))
        assert (found.ok, found.because) == (False, "页面文字或图形与签发内容不一致。")


def _white_box(writer: PdfWriter) -> None:
    _rewrite(writer, _codes_of(writer) + b" 1 g 100 500 200 20 re f")


def _recoloured(writer: PdfWriter) -> None:
    _rewrite(writer, _codes_of(writer).replace(b"0 g", b"1 g"))


def _moved(writer: PdfWriter) -> None:
    _rewrite(writer, _codes_of(writer).replace(b"1 0 0 1 53.8", b"1 0 0 1 93.8"))


def _cut_short(writer: PdfWriter) -> None:
    data = _codes_of(writer)
    _rewrite(writer, data[: data.rindex(b"1 0 0 1")] + b" ET")


def _picture(writer: PdfWriter) -> None:
    image = DecodedStreamObject()
    image.set_data(b"\xff")
    image.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(1),
            NameObject("/Height"): NumberObject(1),
            NameObject("/ColorSpace"): NameObject("/DeviceGray"),
            NameObject("/BitsPerComponent"): NumberObject(8),
        }
    )
    resources: Any = writer.pages[0]["/Resources"]
    resources[NameObject("/XObject")] = DictionaryObject({NameObject("/X1"): writer._add_object(image)})
    _rewrite(writer, _codes_of(writer) + b" q 100 0 0 20 60 500 cm /X1 Do Q")


def _note(writer: PdfWriter) -> None:
    note = DictionaryObject({NameObject("/Type"): NameObject("/Annot")})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])


def _another_page(writer: PdfWriter) -> None:
    writer.add_blank_page(595, 842)


def _smaller_page(writer: PdfWriter) -> None:
    writer.pages[0].mediabox.upper_right = (595, 600)


def _second_attachment(writer: PdfWriter) -> None:
    writer.add_attachment("more.json", b"{}")


@pytest.mark.parametrize(
    "change",
    [
        _white_box,
        _recoloured,
        _moved,
        _cut_short,
        _picture,
        _note,
        _another_page,
        _smaller_page,
        _second_attachment,
    ],
)
def test_a_page_that_shows_anything_else_fails(change: Change, tmp_path: Path) -> None:
    assert not _verdict(tmp_path, _touched(_genuine(), change)).ok


def _with_attachment(document: dict[str, Any]) -> bytes:
    """The genuine page with something else attached."""

    def change(writer: PdfWriter) -> None:
        data = json.dumps(document, ensure_ascii=False).encode("utf-8")
        held: Any = next(iter(writer.attachment_list))
        held.content = data

    return _touched(_genuine(), change)


def _told(**changes: Any) -> dict[str, Any]:
    document = json.loads(Document(plain_of(PERSON), PROOF, 0).canonical())
    for path, value in changes.items():
        part, _, key = path.partition("__")
        if key:
            document[part][key] = value
        else:
            document[part] = value
    return document


def test_unchanged_attachment_put_in_again_holds(tmp_path: Path) -> None:
    assert _verdict(tmp_path, _with_attachment(_told())).ok


@pytest.mark.parametrize(
    "document",
    [
        _told(content__applicant_name="张三"),
        _told(content__due_on="2026-12-22"),
        _told(content__number="261123-001-K7Q-0002-3"),
        _told(content__demo=True),
        _told(content__agency=5),
        _told(content__materials=[1]),
        _told(content__kind="XXXX"),
        _told(reprint=1),
        _told(reprint=-1),
        _told(edition=77),
        _told(seal_image=True),
        _told(proof__number="261123-001-K7Q-0002-3"),
        _told(proof__event_id="01990000-0000-7000-8000-000000000001"),
        _told(proof__content_hash="0" * 64),
        _told(proof__sig="AAAA"),
        _told(proof__alg="none"),
        _told(proof__key_id="nobody"),
        _told(content=[]),
        _told(proof={}),
    ],
)
def test_a_changed_attachment_fails(document: dict[str, Any], tmp_path: Path) -> None:
    found = _verdict(tmp_path, _with_attachment(document))
    assert not found.ok
    assert found.because


def test_content_and_page_changed_together_fail(tmp_path: Path) -> None:
    """A forger who prints the whole paper anew has no signature over it."""
    forged = replace(PERSON, applicant_name="张三")
    found = _verdict(tmp_path, Papers().render(forged, PROOF).pdf)
    assert found.because == "单据内容与签名不符。"
    new_hash = {**PROOF, "content_hash": content_hash(plain_of(forged))}
    assert _verdict(tmp_path, Papers().render(forged, new_hash).pdf).because.startswith("签名不符")


def test_a_paper_of_a_stranger_fails(tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(_genuine())
    found = verify_file(file, {"stranger": DeviceKeys().public_key})
    assert (found.ok, found.because) == (False, "签发设备不在信任名单内。")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"hello", b"%PDF-1.4\n" + b"\0" * 500])
def test_what_is_no_paper_of_ours_is_said_so(data: bytes, tmp_path: Path) -> None:
    assert _verdict(tmp_path, data).because == "不是本系统打印的单据，或文件已损坏。"


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    with file.open("wb") as out:
        out.truncate(LARGEST + 1)
    assert not verify_file(file, public_keys()).ok


def test_a_damaged_file_never_raises(tmp_path: Path, size: Callable[[str], int]) -> None:
    whole = _genuine()
    for nth in range(size("damaged_papers")):
        place = nth * 7919 % len(whole)
        damaged = whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :]
        found = _verdict(tmp_path, damaged)
        if found.ok:  # a byte that decides nothing: a font's outline, or white space
            assert found.number == PERSON.number


def test_the_text_of_a_qr_holds_alone() -> None:
    assert verify_text(qr_text(PROOF), public_keys()) == Verified(True, PERSON.number, PROOF["key_id"], "")
    assert not verify_text(qr_text({**PROOF, "number": "X"}), public_keys()).ok
    assert verify_text("https://example.invalid", public_keys()).because


def test_an_older_edition_is_named_when_it_is_not_kept(tmp_path: Path) -> None:
    pdf = _with_attachment(_told(edition=77))
    assert "第 77 版" in _verdict(tmp_path, pdf).because


def test_pressing_again_makes_the_same_bytes() -> None:
    held = PdfReader(BytesIO(_genuine())).attachments[ATTACHMENT][0]
    assert press_again(read_document(held)).pdf == _genuine()
