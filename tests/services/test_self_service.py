"""A kiosk's verbs without a screen: every matter it does, from the card to the paper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.catalog.load import load_catalogue
from counter_app.problems import Problem
from counter_app.seals.trust import TrustStore
from counter_app.services.self_service import SelfService
from counter_app.services.self_view import SelfView, Step
from counter_app.services.visit import Visit
from tests.fakes.filler import Filler
from tests.fakes.office import TestOffice, open_office
from tests.fakes.plays import offering
from tests.fakes.self_service import kiosk_of

PACKS = load_catalogue()
NAMED = ("CX02", "ZY01", "YD01", "YD02", "YD05", "MT07", "MT15", "GZ02", "FW03", "FW04")
MOST = 60
NAME = b"\x89PNG\r\n\x1a\n" + bytes(40)  # as far as the kiosk looks at it, a name written with a finger


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestOffice]:
    opened = open_office(tmp_path_factory.mktemp("kiosk") / "data", PACKS)
    yield opened
    opened.close()


class Touching:
    """Answers page after page as a patient stranger would, with what a page offers and nothing else."""

    def __init__(self, kiosk: SelfService) -> None:
        self.kiosk = kiosk
        office = kiosk.office
        self.filler = Filler(kiosk.visit, office.region, office.today())
        self.seen: set[str] = set()

    def play(self, view: SelfView) -> SelfView:
        for _ in range(MOST):
            step = next((one for one in view.steps if one.key not in self.seen), None)
            if step is None:
                view = self.kiosk.confirm()
                case = view.visit.case
                assert case is not None
                wrong = {p.where for p in case.problems} if not case.number else set()
                if not wrong or view.window_only:
                    return view
                self.seen -= wrong
                assert wrong & {one.key for one in view.steps}, case.problems
                continue
            view = self._one(step)
            now = next((one for one in view.steps if one.key == step.key), None)
            if now is None or now.field is None or now.field.problem is None:
                self.seen.add(step.key)
        raise AssertionError(f"never done: {view.visit.case}")

    def _one(self, step: Step) -> SelfView:
        if step.kind == "other":
            return self.kiosk.view()
        if step.material is not None:
            if step.ways[0] == "sign":
                return self.kiosk.sign(step, NAME)
            return self.kiosk.settle_material(step, step.ways[0])
        if step.kind == "more":
            return self.kiosk.answer(step, "no")
        if step.kind in ("ask", "situation"):
            return self.kiosk.answer(step, (step.field.value if step.field else "") or "no")
        case = self.kiosk.visit.state.case()
        assert case is not None
        specs = self.kiosk.office.type(case.type_id).fields
        spec = next(s for s in specs if s.key == (step.hint if step.kind == "cell" else step.key))
        if step.kind == "cell":
            spec = next(c for c in spec.columns if c.key == step.column)
        held = (
            step.field.value if step.field and not step.field.problem and "*" not in step.field.value else ""
        )
        word = held if held else self.filler._next(spec, step.key)
        assert word is not None, f"nothing fits {step.key}"
        return self.kiosk.answer(step, word)


@pytest.mark.parametrize("type_id", NAMED)
def test_every_named_matter_goes_from_the_card_to_the_paper(hall: TestOffice, type_id: str) -> None:
    kind = PACKS.types["YD01" if type_id == "YD02" else type_id]
    kiosk = kiosk_of(hall, offering(PACKS, kind))
    kiosk.take(hall.card("li_guifang"))
    view = Touching(kiosk).play(kiosk.open(type_id))
    assert view.window_only == ""
    case = view.visit.case
    assert case is not None
    record = hall.store.case(case.number)
    assert record is not None
    assert record.came.channel == "kiosk"
    assert hall.store.papers(case.number)
    kiosk.leave()


def test_a_name_is_written_and_stands_under_what_was_read(desk: TestOffice) -> None:
    kiosk = kiosk_of(desk, offering(PACKS, PACKS.types["YD01"]))
    kiosk.take(desk.card("li_guifang"))
    kiosk.open("YD01")
    step = next(s for s in kiosk.view().steps if "sign" in s.ways)
    with pytest.raises(Problem, match="sign-empty"):
        kiosk.sign(step, b"")
    with pytest.raises(Problem, match="field-choice"):
        kiosk.settle_material(step, "sign")
    view = Touching(kiosk).play(kiosk.view())
    case = view.visit.case
    assert case is not None
    facts = [f for f in desk.store.facts(case.case_id) if f["kind"] == "signature.given"]
    assert {(f["body"]["how"], f["body"]["device"]) for f in facts} == {("sign", "kiosk screen")}
    assert all(f["body"]["words"].startswith("请看清楚，同意后签收") for f in facts)
    assert all(desk.store.page(f["body"]["page"]) == NAME for f in facts)
    (paper,) = [json.loads(one.content) for one in desk.store.papers(case.number)][:1]
    assert {desk.store.page(one["page"]) for one in paper["signatures"]} == {NAME}
    assert not any(NAME in file.read_bytes() for file in desk.folder.rglob("*") if file.is_file())


def test_an_answer_changed_afterwards_asks_for_the_name_again(desk: TestOffice) -> None:
    kiosk = kiosk_of(desk, offering(PACKS, PACKS.types["YD01"]))
    kiosk.take(desk.card("li_guifang"))
    kiosk.open("YD01")
    step = next(s for s in kiosk.view().steps if "sign" in s.ways)
    kiosk.sign(step, NAME)
    assert kiosk.visit.state.case().signed  # type: ignore[union-attr]
    kiosk.visit.set_field("rloc_admdvs", "北京市")
    kiosk.confirm()
    again = next(s for s in kiosk.view().steps if s.key == step.key)
    assert again.material is not None
    assert again.material.state == "missing"


def test_no_matter_of_a_kiosk_leads_nowhere(hall: TestOffice) -> None:
    """Each ends in its paper, or says why it goes on at a window."""
    kiosk = kiosk_of(hall)
    for offer in [one for one in kiosk.offers() if one.code not in NAMED]:
        kiosk.take(hall.card("li_guifang"))
        view = Touching(kiosk).play(kiosk.open(offer.code))
        case = view.visit.case
        assert case is not None
        assert case.number or view.window_only, offer
        kiosk.leave()


def test_nobody_is_asked_what_the_card_has_said(desk: TestOffice) -> None:
    kiosk = kiosk_of(desk)
    kiosk.take(desk.card("li_guifang"))
    keys = {step.key for step in kiosk.open("YD01").steps}
    assert not keys & {"psn_name", "certno", "gend", "brdy", "tel", "insutype", "material:M_ID"}


def test_a_window_only_matter_is_refused_at_a_kiosk(desk: TestOffice) -> None:
    kiosk = kiosk_of(desk)
    kiosk.take(desk.card("li_guifang"))
    with pytest.raises(Problem, match="type-not-offered"):
        kiosk.open("BX02")


def test_nobody_opens_a_matter_of_their_own_without_a_document(desk: TestOffice) -> None:
    with pytest.raises(Problem, match="nobody-identified"):
        kiosk_of(desk).open("YD01")


def test_what_is_left_is_taken_up_at_a_window_once(desk: TestOffice, tmp_path: Path) -> None:
    """Two machines, two stores, one hub: what the kiosk parked a desk fetches, fills and accepts."""
    away = open_office(tmp_path / "desk", PACKS, desk.clock)
    public = desk.store.secrets.keys.public_key
    office = replace(
        away.office,
        ports=replace(away.office.ports, hub=desk.hub),
        trust=TrustStore().with_key(public),
    )
    kiosk = kiosk_of(desk)
    kiosk.take(desk.card("li_guifang"))
    view = kiosk.open("YD01")
    step = next(one for one in view.steps if one.key == "rloc_admdvs")
    kiosk.answer(step, "310000")
    kiosk.leave()
    window = Visit(office)
    assert len(window.fetch_filings().new) == 1
    window.take(away.card("li_guifang"))
    window.witness("verified")
    (filing,) = away.store.filings()
    shown = window.pick_up(filing.filing_id)
    assert shown.case is not None
    assert next(f.value for f in shown.case.fields if f.key == "rloc_admdvs") == "310000"
    for material in shown.case.materials:
        if material.state == "missing":
            window.receive(material.code)
    window.check()
    done = window.submit()
    assert done.case is not None
    assert away.store.case(done.case.number).came.channel == "kiosk"  # type: ignore[union-attr]
    away.close()


def test_parked_while_the_hub_is_away_goes_there_later_once(desk: TestOffice) -> None:
    kiosk = kiosk_of(desk)
    kiosk.take(desk.card("li_guifang"))
    kiosk.open("YD01")
    whole, away = kiosk._parking._hub, _Away()  # type: ignore[attr-defined]
    kiosk._parking._hub = away  # type: ignore[attr-defined]
    kiosk.leave()
    assert desk.hub.packages() == []
    kiosk._parking._hub = whole  # type: ignore[attr-defined]
    for _ in range(2):
        kiosk.take(desk.card("li_guifang"))
        assert len(kiosk.view().unfinished) == 1
        kiosk.leave()
    assert len(desk.hub.packages()) == 1


class _Away:
    def send(self, request_id: str, package: object) -> bool:
        raise Problem("hub-away", "hub")


def test_what_is_done_again_replaces_what_was_parked(desk: TestOffice) -> None:
    kiosk = kiosk_of(desk)
    for _ in range(2):
        kiosk.take(desk.card("li_guifang"))
        found = kiosk.view().unfinished
        kiosk.resume(found[0].filing_id) if found else kiosk.open("YD01")
        kiosk.leave()
    kiosk.take(desk.card("li_guifang"))
    assert len(kiosk.view().unfinished) == 1


def test_papers_and_debts_are_the_persons_own(desk: TestOffice) -> None:
    kiosk = kiosk_of(desk)
    kiosk.take(desk.card("li_guifang"))
    Touching(kiosk).play(kiosk.open("CX02"))
    assert [paper.title for paper in kiosk.view().papers] == ["查询结果单"]
    number = kiosk.view().papers[0].number
    kiosk.leave()
    kiosk.take(desk.card("wang_min"))
    assert kiosk.view().papers == ()
    with pytest.raises(Problem, match="not-found"):
        kiosk.reprint(number)


def test_a_window_compares_the_face_that_no_kiosk_could(desk: TestOffice) -> None:
    kiosk = kiosk_of(desk)
    view = kiosk.take(desk.card("li_guifang"))
    assert view.person is not None
    assert view.person.witness == "unattended"
    kiosk.visit.take(desk.card("li_guifang"))
    prompt = kiosk.visit.view().prompt
    assert prompt is not None
    assert prompt.kind == "witness"


def test_what_is_left_travels_over_the_wire(desk: TestOffice) -> None:
    from counter_app.hub.server import served_beside
    from counter_app.sync.remote_hall import RemoteHall

    kiosk = kiosk_of(desk)
    with served_beside(desk.hub, desk.folder):
        door = json.loads((desk.folder / "hub.door").read_text("utf-8"))
        remote = RemoteHall(door["url"], door["token"])
        kiosk._parking._hub = remote  # type: ignore[attr-defined]
        kiosk.take(desk.card("li_guifang"))
        kiosk.open("YD01")
        kiosk.leave()
        remote.close()
    assert len(desk.hub.packages()) == 1


def test_the_person_is_forgotten_even_when_their_work_is_refused(desk: TestOffice) -> None:
    kiosk = kiosk_of(desk)
    kiosk.take(desk.card("li_guifang"))
    kiosk.open("YD01")
    kiosk._parking._hub = _Refuses()  # type: ignore[attr-defined]
    with pytest.raises(Problem, match="package-broken"):
        kiosk.leave()
    assert kiosk.visit.state.principals == ()
    assert kiosk.view().person is None


class _Refuses:
    def send(self, request_id: str, package: object) -> bool:
        raise Problem("package-broken", "package")


def test_a_case_handed_in_by_who_reads_another_language_is_told_in_both(desk: TestOffice) -> None:
    kiosk = kiosk_of(desk, offering(PACKS, PACKS.types["YD01"]))
    kiosk.take(desk.card("li_guifang"))
    Touching(kiosk).play(kiosk.open("YD01"))
    before = len(desk.store.papers())
    kiosk.open("YD01")
    kiosk.confirm("kk_Arab")
    assert kiosk.visit.state.tongue == "kk_Arab"
    kiosk.confirm()
    assert kiosk.visit.state.tongue == ""
    assert len(desk.store.papers()) == before
