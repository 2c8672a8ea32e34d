"""日终扎账: the sheet is drawn up, each difference explained by name, two sign, and it is printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from counter_app.domain.cases import Fact, PaperRecord
from counter_app.domain.days import DayState, Explained, Person
from counter_app.domain.papers import PaperContent, PaperTally
from counter_app.domain.value import Value
from counter_app.policy.day_balance import AWAY, Balance, Counts, Line, balance
from counter_app.problems import Problem
from counter_app.services.accept import issue_loose
from counter_app.services.contents import agency
from counter_app.services.day.counts import counts_of
from counter_app.services.day.state import CLOSED, EXPLAINED, UNCHECKED, day_of, me, plain, two
from counter_app.services.office import Office

SHEET = "RZZD"


class Closing(Value, frozen=True):
    """The sheet of an evening as it stands."""

    balance: Balance
    counts: Counts
    state: DayState


class Sealed(Value, frozen=True):
    """Records that could not be sent, in a sealed package: how many, its file's name and its hash.

    `folder` is where it lies, for the screen alone: nothing of it is written down.
    """

    records: int = 0
    file: str = ""
    sha256: str = ""
    folder: str = ""


def closing(office: Office, sealed: Sealed | None = None) -> Closing:
    """The sheet of today; what only the hub knows is left unchecked while it cannot be asked."""
    state = day_of(office.ports.storage, office.today())
    counts = counts_of(office, office.today(), sealed.records if sealed else 0)
    return Closing(balance(counts, state.explained), counts, state)


def explain(office: Office, line: str, what: str, why: str) -> Closing:
    """Say why one named thing does not agree. Raises Problem `reason-needed`, `not-found`, `day-unsent`.

    Only what does differ can be explained, and what was not sent cannot: it is sent or sealed.
    """
    if not why.strip():
        raise Problem("reason-needed", "why", what)
    found = closing(office)
    if line == "unsent":
        raise Problem("day-unsent", "day", what)
    if not any(one.id == line and what in one.items for one in found.balance.lines):
        raise Problem("not-found", "line", what)
    body = {"line": line, "what": what, "why": why.strip(), "by": plain(me(office.actor))}
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        unit.record(Fact(EXPLAINED, body))
    return closing(office)


def close(office: Office, second: str, sealed: Sealed | None = None) -> PaperRecord:
    """End the day, signed by two; the sheet is a numbered paper. What was not checked is a fact of its own.

    Raises Problem `day-not-open`, `actor-unnamed`, `two-needed`, `clerk-unknown`, `day-unsent`,
    `day-uneven` naming what nobody has explained.
    """
    people = two(office, second)
    found = closing(office, sealed)
    if not found.state.is_open:
        raise Problem("day-not-open", "day", office.today().isoformat())
    unsent = [what for line, what in found.balance.open if line.id == "unsent"]
    if unsent:
        raise Problem("day-unsent", "day", unsent[0])
    if not found.balance.may_close:
        names = "；".join(f"{line.name} {what}" for line, what in found.balance.open[:5])
        raise Problem("day-uneven", "day", names)
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        number = unit.next_number(office.today())
        told = _told(found, sealed)
        paper = issue_loose(office, unit, sheet(office, number, people, office.today(), found.balance, told))
        unit.record(Fact(CLOSED, _body(office, found, number, people, sealed)))
        if found.balance.unchecked:
            lines = [line for line, _ in found.balance.unchecked]
            unit.record(Fact(UNCHECKED, {"sheet": number, "lines": lines}))
    return paper


def _body(
    office: Office, found: Closing, number: str, people: tuple[Person, ...], sealed: Sealed | None
) -> dict[str, object]:
    lines = [
        {"id": line.id, "left": line.left[1], "parts": dict(line.parts), "items": dict(line.items)}
        for line in found.balance.lines
    ]
    package = {"records": sealed.records, "file": sealed.file, "sha256": sealed.sha256} if sealed else {}
    return {
        "people": [plain(one) for one in people],
        "at": office.now().isoformat(timespec="seconds"),
        "sheet": number,
        "lines": lines,
        "told": dict(found.balance.told),
        "packaged": package,
    }


def sheet(
    office: Office,
    number: str,
    people: tuple[Person, ...],
    day: date,
    found: Balance,
    told: list[str],
    completes: str = "",
) -> PaperContent:
    """The paper of a balanced day, or of what was left of one (`completes` is then its first sheet)."""
    (first, second), state = people, day_of(office.ports.storage, day)
    return PaperContent(
        kind=SHEET,
        number=number,
        case_number="",
        issued_at=office.now().replace(microsecond=0).isoformat(),
        agency=agency(office),
        window=office.window,
        clerk_name=office.actor.clerk_name,
        clerk_no=office.actor.clerk_no,
        as_of=day.isoformat(),
        submitted_at=state.opened_at,
        helper="、".join(one.words for one in state.opened_by),
        tally=[*_unchecked(found), *map(_tally, found.lines)],
        reasons=[_reason(found, one) for one in found.explained],
        told=[*told, _chain_head(office)],
        giver=first.words,
        taker=second.words,
        demo=office.ports.storage.is_synthetic(),
        pack=office.catalogue.version,
        completes=completes,
    )


def _unchecked(found: Balance) -> list[PaperTally]:
    return [PaperTally(name, "未核", f"未核（{AWAY}）", is_checked=False) for _, name in found.unchecked]


def _tally(line: Line) -> PaperTally:
    parts = " + ".join(f"{name} {count}" for name, count in line.parts)
    note = "；".join(f"{what}：{why}" for what, why in line.items.items())
    return PaperTally(line.name, f"{line.left[0]} {line.left[1]}", parts, line.difference, note)


def _reason(found: Balance, one: Explained) -> str:
    line = next((line for line in found.lines if line.id == one.line), None)
    name = line.name if line is not None else one.line
    odd = line.items.get(one.what, "后来相符") if line is not None else "后来相符"
    return f"{name}　{one.what}（{odd}）：{one.why.rstrip('。')}。说明人 {one.by.words}"


def _told(found: Closing, sealed: Sealed | None) -> list[str]:
    lines = [f"{name}：{count}" for name, count in found.balance.told]
    lines += [f"补打 {number}：{count} 次" for number, count in sorted(found.counts.reprints.items())]
    lines += [f"作废 {number}：{why}" for number, why in sorted(found.counts.voids.items())]
    if found.balance.unchecked:
        lines += _left_to_hub(found.counts.served)
    hands = (f"{at[11:16]} 交接：{giver.words} → {taker.words}" for giver, taker, at in found.state.hands)
    lines += hands
    if sealed is not None and sealed.records:
        lines.append(f"未上传 {sealed.records} 条已封包：{sealed.file}，校验值 {sealed.sha256[:16]}")
    return lines


def _left_to_hub(served: tuple[str, ...]) -> list[str]:
    numbers = f"：{'、'.join(served)}" if served else ""
    return [f"本窗口办过的号（本机记录）：{len(served)} 个{numbers}", "发号待中枢恢复后核对，另出补充单"]


def _chain_head(office: Office) -> str:
    """The paper is witness of the chain: whoever tells it anew later has this sheet against them."""
    entries, head = office.ports.storage.chain_head()
    return f"记录链 {entries} 条，链头 {head[:16]}"


def void(office: Office, number: str, reason: str) -> PaperRecord:
    """A printed paper is spoilt and worthless (作废), with its reason; it stays in the books.

    Raises Problem `not-found`, `reason-needed`, `paper-voided`.
    """
    paper = office.ports.storage.paper(number)
    if paper is None:
        raise Problem("not-found", "number", number)
    if not reason.strip():
        raise Problem("reason-needed", "reason", "作废原因")
    before = [f for f in office.ports.storage.facts(paper.case_id, limit=100_000) if _voids(f, number)]
    if before:
        raise Problem("paper-voided", "number", number)
    body = {"number": number, "kind": paper.kind, "reason": reason.strip(), "by": plain(me(office.actor))}
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        unit.record(Fact("receipt.voided", body, paper.case_id))
    return replace(paper)


def _voids(fact: object, number: str) -> bool:
    assert isinstance(fact, dict)
    return bool(fact["kind"] == "receipt.voided" and fact["body"]["number"] == number)
