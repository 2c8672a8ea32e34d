"""A signature is sealed before anything names it, and is kept with the acceptance it stood under."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from counter_app.documents import Papers
from counter_app.documents.papers import NOTHING
from counter_app.domain.papers import PaperContent
from counter_app.problems import Problem
from counter_app.services.printing import render
from drivers.protocols import PrintJob
from tests.documents.test_signatures import written
from tests.fakes.office import TestOffice
from tests.services.test_visit import case_of, fill_yd01

PICTURE = b"\x89PNG\r\n\x1a\n" + b"ink" * 50
WORDS = "以上内容我已核对，情况属实。"


def signed(desk: TestOffice) -> list[dict[str, object]]:
    return [fact["body"] for fact in desk.store.facts() if fact["kind"] == "signature.given"]


def test_it_is_kept_sealed_and_committed_with_the_case(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    fill_yd01(desk)
    assert desk.visit.sign(PICTURE, WORDS, "sign", "screen").case.signed == ("sign",)  # type: ignore[union-attr]
    assert signed(desk) == []
    desk.visit.check()
    desk.visit.submit()
    (body,) = signed(desk)
    assert {"how": "sign", "words": WORDS, "device": "screen", "by": "self"}.items() <= body.items()
    assert desk.store.page(str(body["page"])) == PICTURE
    files = [file.read_bytes() for file in (desk.folder / "blobs").rglob("*") if file.is_file()]
    assert [data for data in files if b"ink" in data or b"PNG" in data] == []


def test_changed_answers_are_no_longer_signed(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    fill_yd01(desk)
    desk.visit.sign(PICTURE, WORDS)
    desk.visit.set_field("tel", "13800006620")
    assert case_of(desk).signed == ()


def test_a_newer_one_of_its_kind_replaces_it_and_a_finger_stands_beside_it(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    fill_yd01(desk)
    desk.visit.sign(PICTURE, WORDS)
    desk.visit.sign(PICTURE + b"2", WORDS)
    desk.visit.sign(PICTURE + b"3", WORDS, "finger")
    desk.visit.check()
    desk.visit.submit()
    assert [(body["how"], desk.store.page(str(body["page"]))[-1:]) for body in signed(desk)] == [
        ("sign", b"2"),
        ("finger", b"3"),
    ]


def test_a_signature_outlives_a_stop_before_the_acceptance(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    fill_yd01(desk)
    desk.visit.sign(PICTURE, WORDS)
    again = desk.again()
    assert case_of(again).signed == ("sign",)
    again.close()


@pytest.mark.parametrize(
    ("image", "how", "code"), [(b"GIF", "sign", "sign-empty"), (PICTURE, "thumb", "field-choice")]
)
def test_what_is_no_signature_is_refused(image: bytes, how: str, code: str, desk: TestOffice) -> None:
    desk.identify("li_guifang")
    fill_yd01(desk)
    with pytest.raises(Problem, match=code):
        desk.visit.sign(image, WORDS, how)


def test_it_stands_on_the_papers_of_the_acceptance_also_when_they_are_printed_again(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    fill_yd01(desk)
    desk.visit.sign(written(), WORDS)
    desk.visit.check()
    number = desk.visit.submit().case.number  # type: ignore[union-attr]
    (page,) = {body["page"] for body in signed(desk)}
    paper = desk.store.papers(number)[0]
    (given,) = json.loads(paper.content)["signatures"]
    assert given == {"page": page, "words": WORDS}
    asked: list[Mapping[str, bytes]] = []
    ports = replace(desk.office.ports, documents=Pressing(asked))
    first, again = (len(render(ports, paper, reprint).pdf) for reprint in (0, 1))
    assert asked == [{page: written()}] * 2
    blob = desk.folder / "blobs" / str(page)[:2] / str(page)
    blob.unlink()
    assert len(render(ports, paper).pdf) < min(first, again), "printed all the same, to be signed by hand"
    assert asked[2] == {page: b""}


class Pressing(Papers):
    """The real papers, and the pictures they were given."""

    def __init__(self, asked: list[Mapping[str, bytes]]) -> None:
        super().__init__()
        self._asked = asked

    def render(
        self,
        content: PaperContent,
        proof: Mapping[str, str],
        reprint: int = 0,
        pictures: Mapping[str, bytes] = NOTHING,
    ) -> PrintJob:
        self._asked.append(pictures)
        return super().render(content, proof, reprint, pictures)
