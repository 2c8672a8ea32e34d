"""疑点 over a real store: who may see them, what becomes of them, and where they never stand."""

from __future__ import annotations

import ast
import json
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.catalog.model import Catalogue
from counter_app.domain.actor import Actor
from counter_app.domain.cases import CaseState
from counter_app.problems import Problem
from counter_app.services import suspicions
from counter_app.services.suspicions import Finding
from counter_app.services.visit import Visit
from tests.fakes.office import TestOffice

ROOT = Path(__file__).resolve().parents[2]
AUDITOR = Actor("0902", "方明", ("auditor",))
SUPERVISOR = Actor("0301", "何主任", ("clerk", "supervisor"))
CLERK = Actor("0317", "陈静", ("clerk",))
PAYEE = {"payee_name": "李桂芳", "bank_name": "示例银行", "bank_acct": "6200000000000000017"}
WORDS = ("疑点", "挂床", "冒用", "超量", "一人多代")


@pytest.fixture
def hall(desk: TestOffice, catalogue: Catalogue) -> TestOffice:
    """The desk as it stands in 胶州, whose rules name what is looked for."""
    office = replace(desk.office, region=catalogue.regions["jiaozhou"])
    return replace(desk, office=office, visit=Visit(office))


def claim(hall: TestOffice, first: str, last: str, invoice: str, witness: str = "verified") -> str:
    """A stay in hospital is claimed for; its number."""
    hall.visit.take(hall.card("li_guifang"))
    hall.visit.witness(witness)
    hall.visit.open_case("BX02")
    typed = {"fixmedins_name": "某医院", "adm_date": first, "dscg_date": last, "dise_codg": "J18.900"}
    for key, text in {**typed, **PAYEE}.items():
        hall.visit.set_field(key, text)
    for column, text in {
        "invo_code": "0370",
        "invo_no": invoice,
        "invo_date": last,
        "amount": "1000",
    }.items():
        hall.visit.set_cell("invoices", 0, column, text)
    case = hall.visit.view().case
    assert case is not None
    for material in case.materials:
        if material.state == "missing":
            hall.visit.receive(material.code)
    hall.visit.check()
    view = hall.visit.submit()
    assert view.case is not None
    assert view.case.number, view.case.problems
    hall.visit.finish()
    return view.case.number


def found(hall: TestOffice, actor: Actor = AUDITOR) -> tuple[Finding, ...]:
    office = hall.office
    return suspicions.find(hall.store, office.ports.secrets, office.region, office.today(), actor)


def kinds(hall: TestOffice) -> list[str]:
    return sorted(finding.mark.kind for finding in found(hall))


def test_two_stays_at_once(hall: TestOffice) -> None:
    one = claim(hall, "2026-10-01", "2026-10-10", "111")
    other = claim(hall, "2026-10-05", "2026-10-12", "222")
    (finding,) = found(hall)
    assert finding.mark.kind == "bed"
    assert finding.mark.cases == tuple(sorted((one, other)))
    assert finding.mark.text == "同一人两段住院日期重叠 6 天，请核对"
    assert finding.as_dict()["source"] == "J36"


def test_one_identity_in_doubt(hall: TestOffice) -> None:
    number = claim(hall, "2026-10-01", "2026-10-10", "111", witness="doubtful")
    (finding,) = found(hall)
    assert (finding.mark.kind, finding.mark.cases) == ("identity", (number,))


def test_an_invoice_that_was_refused_may_come_again(hall: TestOffice) -> None:
    first = claim(hall, "2026-10-01", "2026-10-03", "111")
    claim(hall, "2026-10-06", "2026-10-08", "111")
    assert kinds(hall) == ["invoice"]
    refused = hall.store.case(first)
    assert refused is not None
    with hall.store.unit(hall.office.actor, hall.office.now()) as unit:
        unit.save_case(replace(refused, state=CaseState.REFUSED))
    assert kinds(hall) == []


def test_somebody_else_s_region_marks_by_its_own_measures(hall: TestOffice, catalogue: Catalogue) -> None:
    claim(hall, "2026-10-01", "2026-10-10", "111")
    claim(hall, "2026-10-05", "2026-10-12", "222")
    secrets, today = hall.office.ports.secrets, hall.office.today()
    assert suspicions.find(hall.store, secrets, catalogue.regions["rizhao"], today, AUDITOR) == ()


def test_only_who_audits_may_look(hall: TestOffice) -> None:
    for actor in (CLERK, Actor("", "命令行", ("system",)), Actor("x", "x", ("reviewer",))):
        with pytest.raises(Problem) as refused:
            found(hall, actor)
        assert refused.value.code == "auditor-needed"
    assert found(hall, SUPERVISOR) == found(hall, AUDITOR) == ()


def test_a_mark_is_handed_over_and_decided_as_facts(hall: TestOffice) -> None:
    claim(hall, "2026-10-01", "2026-10-03", "111")
    claim(hall, "2026-10-06", "2026-10-08", "111")
    (new,) = found(hall)
    now = hall.office.now()
    suspicions.hand_over(hall.store, new, SUPERVISOR, now)
    (given,) = found(hall)
    assert (given.mark.id, given.state) == (new.mark.id, "handed_over")
    with pytest.raises(Problem, match="auditor-needed"):
        suspicions.decide(hall.store, given, "cleared", "两联同号", SUPERVISOR, now)
    with pytest.raises(Problem, match="reason-needed"):
        suspicions.decide(hall.store, given, "cleared", " ", AUDITOR, now)
    suspicions.decide(hall.store, given, "cleared", "两联同号", AUDITOR, now)
    (over,) = found(hall)
    assert (over.state, over.reason) == ("cleared", "两联同号")
    told = [fact for fact in hall.store.facts() if fact["kind"].startswith("suspicion.")]
    assert [fact["kind"] for fact in told] == ["suspicion.handed_over", "suspicion.decided"]
    assert [fact["actor"]["clerk_no"] for fact in told] == ["0301", "0902"]
    assert "李桂芳" not in json.dumps(told, ensure_ascii=False)


def test_each_step_comes_once_and_in_its_order(hall: TestOffice) -> None:
    claim(hall, "2026-10-01", "2026-10-03", "111")
    claim(hall, "2026-10-06", "2026-10-08", "111")
    (new,) = found(hall)
    now = hall.office.now()
    with pytest.raises(Problem, match="state-wrong"):
        suspicions.decide(hall.store, new, "cleared", "无", AUDITOR, now)
    with pytest.raises(Problem, match="usage"):
        suspicions.decide(hall.store, new, "guilty", "无", AUDITOR, now)
    with pytest.raises(Problem, match="auditor-needed"):
        suspicions.hand_over(hall.store, new, CLERK, now)
    suspicions.hand_over(hall.store, new, AUDITOR, now)
    with pytest.raises(Problem, match="state-wrong"):
        suspicions.hand_over(hall.store, found(hall)[0], AUDITOR, now)


def test_a_mark_blocks_nothing_and_shows_nowhere(hall: TestOffice) -> None:
    claim(hall, "2026-10-01", "2026-10-10", "111", witness="doubtful")
    claim(hall, "2026-10-05", "2026-10-12", "111", witness="doubtful")
    assert kinds(hall) == ["bed", "identity", "invoice"]
    suspicions.hand_over(hall.store, found(hall)[0], AUDITOR, hall.office.now())
    assert claim(hall, "2026-10-20", "2026-10-22", "111")  # marked and handed over, and taken in all the same
    hall.visit.take(hall.card("li_guifang"))
    view = hall.visit.open_case("BX02")
    words = str(view) + "".join(paper.content for paper in hall.store.papers())
    assert [word for word in WORDS if word in words] == []
    assert [finding.mark.id for finding in found(hall) if finding.mark.id in words] == []


def test_no_screen_and_no_paper_can_ask_for_marks() -> None:
    """Only the command of the auditors imports them."""
    known = {
        ROOT / "counter_app" / "commands" / "suspicions.py",
        ROOT / "counter_app" / "services" / "suspicions.py",
    }
    importing = {
        file
        for room in ("counter_app", "ui", "drivers")
        for file in (ROOT / room).rglob("*.py")
        if any(_names_marks(node) for node in ast.walk(ast.parse(file.read_text("utf-8"))))
    }
    assert importing == known


def _names_marks(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return "suspicions" in (node.module or "") or any(name.name == "suspicions" for name in node.names)
    return isinstance(node, ast.Import) and any("suspicions" in name.name for name in node.names)
