"""A joined office with invented people and no devices, and a case that is ready to be accepted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from counter_app import bootstrap
from counter_app.clock import WallClock
from counter_app.demo.hall import demo_tables
from counter_app.demo.people import cast
from counter_app.seals.keyring import Keyring, MemoryKeyring
from counter_app.services.state import VisitState
from counter_app.services.visit import Visit
from counter_app.settings import Settings

WHO = "李桂芳"
ANSWERS = {"rloc_admdvs": "310000", "rloc_addr": "上海市浦东新区示例路1号"}


def open_office(
    folder: Path, settings: Settings | None = None, keyring: Keyring | None = None
) -> bootstrap.Parts:
    """A synthetic store in `folder`; without settings, no devices; without keyring, never opened again."""
    clock = WallClock()
    people = cast(demo_tables(), int(clock.now().timestamp() * 1000))
    settings = settings or Settings(card_reader="", paper_folder=str(folder / "papers"))
    keyring = keyring or MemoryKeyring()
    return bootstrap.open_parts(
        settings, folder, actor=people.clerks[0], keyring=keyring, clock=clock, synthetic=people
    )


def ready_case(parts: bootstrap.Parts) -> Visit:
    """A visit whose one case (异地安置备案) has been filled, its materials received, its answers checked."""
    visit = Visit(parts.office)
    person = next(p for p in parts.office.ports.storage.search_people(WHO) if p.psn_name == WHO)
    visit.serve_walk_in()
    visit.type_certno(person.certno)
    visit.witness("verified")
    view = visit.open_case("YD01")
    for key, text in ANSWERS.items():
        visit.set_field(key, text)
    assert view.case is not None
    for question in view.case.questions:
        visit.ask(question.name, False)
    for material in visit.view().case.materials:  # type: ignore[union-attr]
        if material.state == "missing":
            visit.receive(material.code)
    visit.check()
    return visit


def again(parts: bootstrap.Parts, state: VisitState) -> VisitState:
    """The same visit with the same case once more, as another one."""
    case = replace(state.cases[0], case_id=parts.office.new_id(), number="", outcome="")
    return replace(state, visit_id=parts.office.new_id(), cases=(case,), current_case=case.case_id)
