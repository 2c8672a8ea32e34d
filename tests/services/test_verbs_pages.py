"""Photographed pages: sealed before they are named, in the case they were taken for, never in clear."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from counter_app.problems import Problem
from counter_app.services.verbs_pages import MOST_PAGES
from counter_app.services.visit_view import MaterialView
from tests.fakes.office import TestOffice
from tests.services.test_visit import case_of

PAGE = b"\xff\xd8" + b"a page nobody may read " * 40


def opened(desk: TestOffice) -> tuple[str, str]:
    """A case that waits for materials, and the first it misses."""
    desk.identify("li_guifang")
    desk.visit.open_case("YD01")
    desk.visit.set_field("rloc_admdvs", "上海市")
    missing = next(m for m in case_of(desk).materials if m.state == "missing")
    return case_of(desk).case_id, missing.code


def material(desk: TestOffice, code: str) -> MaterialView:
    return next(m for m in case_of(desk).materials if m.code == code)


def test_a_page_is_a_sealed_file_and_receives_its_material(desk: TestOffice) -> None:
    case_id, code = opened(desk)
    desk.visit.add_page(case_id, code, PAGE)
    line = material(desk, code)
    assert (line.state, len(line.pages)) == ("received", 1)
    assert desk.store.page(line.pages[0]) == PAGE
    files = [file for file in desk.folder.rglob("*") if file.is_file()]
    assert any(file.name == line.pages[0] for file in files)
    assert not [file for file in files if b"nobody may read" in file.read_bytes()]


def test_pages_keep_their_order_when_one_is_renewed_or_taken_away(desk: TestOffice) -> None:
    case_id, code = opened(desk)
    for nth in range(4):
        desk.visit.add_page(case_id, code, PAGE + bytes([nth]))
    desk.visit.replace_page(case_id, code, 1, PAGE + b"again")
    desk.visit.remove_page(case_id, code, 2)
    kept = [desk.store.page(ref)[len(PAGE) :] for ref in material(desk, code).pages]
    assert kept == [b"\x00", b"again", b"\x03"]
    desk.visit.undo()
    assert len(material(desk, code).pages) == 4


def test_a_material_without_its_last_page_was_not_received(desk: TestOffice) -> None:
    case_id, code = opened(desk)
    desk.visit.add_page(case_id, code, PAGE)
    desk.visit.remove_page(case_id, code, 0)
    assert (material(desk, code).state, material(desk, code).pages) == ("missing", ())


def test_receiving_the_paper_too_keeps_its_pages(desk: TestOffice) -> None:
    case_id, code = opened(desk)
    desk.visit.add_page(case_id, code, PAGE)
    desk.visit.receive(code)
    assert len(material(desk, code).pages) == 1


def test_a_late_page_goes_to_its_own_case(desk: TestOffice) -> None:
    case_id, code = opened(desk)
    desk.visit.open_case("YD01")
    other = case_of(desk).case_id
    desk.visit.add_page(case_id, code, PAGE)
    assert (case_of(desk).case_id, material(desk, code).pages) == (other, ())
    desk.visit.focus_case(case_id)
    assert len(material(desk, code).pages) == 1


def test_pages_are_in_the_record_and_outlive_a_stop_before(desk: TestOffice) -> None:
    case_id, code = opened(desk)
    desk.visit.add_page(case_id, code, PAGE)
    again = desk.again()
    assert len(material(again, code).pages) == 1
    for one in case_of(again).materials:
        if one.state == "missing":
            again.visit.receive(one.code)
    again.visit.check()
    again.visit.submit()
    record = again.store.case(case_of(again).number)
    assert record is not None
    refs = next(m.pages for m in record.materials if m.code == code)
    assert [again.store.page(ref) for ref in refs] == [PAGE]
    with pytest.raises(Problem) as caught:
        again.visit.add_page(case_id, code, PAGE)
    assert caught.value.code == "already-accepted"
    again.close()


def test_pages_nobody_names_any_more_are_swept_after_a_week(desk: TestOffice) -> None:
    case_id, code = opened(desk)
    for nth in range(2):
        desk.visit.add_page(case_id, code, PAGE + bytes([nth]))
    gone = material(desk, code).pages[1]
    desk.visit.remove_page(case_id, code, 1)
    desk.clock.moment = datetime.now(UTC)
    assert desk.store.sweep_pages() == 0
    desk.clock.tick(8 * 86_400)
    assert desk.store.sweep_pages() == 1
    with pytest.raises(Problem):
        desk.store.page(gone)
    assert desk.store.page(material(desk, code).pages[0]) == PAGE + b"\x00"  # the draft still names it


def test_pages_are_bounded(desk: TestOffice) -> None:
    case_id, code = opened(desk)
    for _ in range(MOST_PAGES):
        desk.visit.add_page(case_id, code, PAGE)
    with pytest.raises(Problem) as caught:
        desk.visit.add_page(case_id, code, PAGE)
    assert caught.value.code == "page-many"


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\xff\xd8" + bytes(1 << 20)])
def test_what_is_no_page_is_refused_and_not_kept(desk: TestOffice, data: bytes) -> None:
    case_id, code = opened(desk)
    before = sum(1 for _ in desk.folder.glob("blobs/*/*"))
    with pytest.raises(Problem) as caught:
        desk.visit.add_page(case_id, code, data)
    assert caught.value.code == "page-broken"
    assert sum(1 for _ in desk.folder.glob("blobs/*/*")) == before


@pytest.mark.parametrize(
    ("case", "code", "nth", "problem"),
    [("", "", 0, "not-open"), ("own", "M_NONE", 0, "field-choice"), ("own", "own", 3, "not-found")],
)
def test_a_page_that_is_not_there_is_refused(
    desk: TestOffice, case: str, code: str, nth: int, problem: str
) -> None:
    own, missing = opened(desk)
    place = (own if case else "none", missing if code == "own" else code, nth)
    for verb in (desk.visit.remove_page, lambda *at: desk.visit.replace_page(*at, PAGE)):
        with pytest.raises(Problem) as caught:
            verb(*place)
        assert caught.value.code == problem


def test_a_covered_page_is_a_fact_and_what_lies_under_the_cover_stays_sealed(desk: TestOffice) -> None:
    case_id, code = opened(desk)
    desk.visit.add_page(case_id, code, PAGE)
    (original,) = material(desk, code).pages
    desk.visit.mask_page(case_id, code, 0, PAGE + b"covered")
    (covered,) = material(desk, code).pages
    (fact,) = (f for f in desk.store.facts() if f["kind"] == "page.masked")
    assert fact["body"] == {"material": code, "nth": 0, "page": covered, "original": original}
    assert fact["case_id"] == case_id
    desk.visit.drop_case(case_id)
    desk.clock.moment = datetime.now(UTC)
    desk.clock.tick(30 * 86_400)
    desk.store.sweep_pages()
    assert desk.store.page(original) == PAGE
    with pytest.raises(Problem):
        desk.visit.mask_page(case_id, code, 5, PAGE)
