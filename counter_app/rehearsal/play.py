"""One whole rehearsal: store, stage, player, transcript."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from counter_app.demo.hall import DemoHall, Plan
from counter_app.domain.cases import CaseRecord, PaperRecord
from counter_app.domain.value import Value
from counter_app.rehearsal.clock import ScriptedClock
from counter_app.rehearsal.player import Played, Player
from counter_app.rehearsal.script import Script
from counter_app.services.ports import Storage
from counter_app.services.printing import Left
from counter_app.services.visit import Visit

ALL = 1_000_000  # a rehearsal lists every case of its store


class Place(Value, frozen=True):
    """Where a rehearsal happens: the folder for papers and transcript, the data folder, its packs."""

    out: Path
    data: Path
    catalog: str = ""


def play(script: Script, place: Place, mark: Path, resumed: bool = False) -> Played:
    """Play a script once on the store of `place`; `resumed` goes on after the step noted in `mark`."""
    place.out.mkdir(parents=True, exist_ok=True)
    clock = ScriptedClock(script.start)
    first, played = _noted(mark, clock) if resumed else (0, Played())
    with DemoHall(_plan(script, place), place.data, clock) as hall:
        storage = hall.office.ports.storage
        _go_on_after(storage, clock)
        visit = Visit(hall.office)
        if first == 0 and visit.state.is_open:
            visit.hold()
        player = Player(script, visit, clock, hall.stage, tell_receipt, played)
        player.play(first, lambda n: _note(mark, n, played, clock))
        write_transcript(place, played, storage)
    mark.unlink(missing_ok=True)
    return played


def tell_receipt(left: Left) -> None:
    """Say on standard output that a paper has left; flushed, so that a kill cannot take it back.

    A 补打 is said as `reprint`: it has other bytes than the original that `papers list` names.
    """
    word = "reprint" if left.reprint else "receipt"
    sys.stdout.write(f"{word} {left.paper.number} {left.sha256}\n")
    sys.stdout.flush()


def write_transcript(place: Place, played: Played, storage: Storage) -> None:
    """Write `transcript.json` beside the papers."""
    papers = storage.papers()
    document = {
        "steps": played.steps,
        "cases": [case_row(c, papers) for c in reversed(storage.cases(limit=ALL))],
        "problems": played.problems,
        "store": str(place.data),
    }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    (place.out / "transcript.json").write_text(text + "\n", "utf-8")


def case_row(record: CaseRecord, papers: Any) -> dict[str, Any]:
    """One case as the transcript lists it."""
    own: list[PaperRecord] = [p for p in papers if p.case_number == record.number]
    return {
        "id": record.case_id,
        "type": record.type_id,
        "number": record.number,
        "state": record.state.value,
        "due": record.due_on.isoformat() if record.due_on else None,
        "papers": [{"number": p.number, "kind": p.kind, "sha256": p.sha256} for p in own],
    }


def _plan(script: Script, place: Place) -> Plan:
    return Plan(
        region=script.region,
        window=script.window,
        clerk_no=script.clerk_no,
        online=script.online,
        slip=script.slip,
        tables=script.tables,
        papers=place.out,
        catalog=place.catalog,
    )


def _note(mark: Path, n: int, played: Played, clock: ScriptedClock) -> None:
    """Remember where the play is, so that a `kill` step can be survived."""
    state = {"n": n, "at": clock.now().isoformat(), **asdict(played)}
    mark.write_text(json.dumps(state, ensure_ascii=False), "utf-8")


def _noted(mark: Path, clock: ScriptedClock) -> tuple[int, Played]:
    """The step after the one a kill ended, with what the play had noted; the kill itself went well."""
    state = json.loads(mark.read_text("utf-8"))
    clock.not_before(datetime.fromisoformat(state["at"]))
    steps = [*state["steps"], {"n": state["n"], "ok": True, "problem": None}]
    return state["n"], Played(steps, state["problems"], state["failed"])


def _go_on_after(storage: Storage, clock: ScriptedClock) -> None:
    newest = storage.cases(limit=1)
    if newest and newest[0].accepted_at is not None:
        clock.not_before(newest[0].accepted_at)
