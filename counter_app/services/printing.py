"""From a queued paper to paper in hand; a failed printer never touches the receipt itself."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import datetime

from counter_app.domain.actor import Actor
from counter_app.domain.cases import Fact, PaperRecord
from counter_app.domain.codec import from_plain
from counter_app.domain.papers import PaperContent
from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.services.ports import Ports
from drivers.protocols import Fault, PrintJob, SealedPdf, SealWish


class Left(Value, frozen=True):
    """A paper that left: its number, the hash of the printed bytes, and where it went.

    `sealed` is the use of an e-seal service, to be written down.
    """

    paper: PaperRecord
    sha256: str
    path: str
    reprint: bool
    sealed: SealedPdf | None = None


def proof_of(paper: PaperRecord) -> dict[str, str]:
    """What goes into the QR of a paper."""
    return {
        "number": paper.number,
        "event_id": paper.event_id,
        "content_hash": paper.content_hash,
        **paper.signature,
    }


def render(ports: Ports, paper: PaperRecord, reprint: int = 0) -> PrintJob:
    """The print job of a stored paper. Same paper, same bytes."""
    content = from_plain(PaperContent, json.loads(paper.content))
    pictures = {one.page: _picture(ports, one.page) for one in content.signatures}
    return ports.documents.render(content, proof_of(paper), reprint, pictures)


def _picture(ports: Ports, page: str) -> bytes:
    """The sealed picture of a signature; b"" where it is lost: the line is signed by hand then."""
    try:
        return ports.storage.page(page)
    except Problem:
        return b""


def print_paper(ports: Ports, paper: PaperRecord, reprint: bool = False) -> Left:
    """Render, have it sealed where the hall seals by a service, and print; writes nothing.

    Raises Problem `printer-…`, `eseal-…`.
    """
    job = render(ports, paper, paper.reprints + 1 if reprint else 0)
    try:
        job, sealed = _sealed(ports, paper, job)
        outcome = ports.devices.print(job)
    except Fault as fault:
        raise Problem(fault.code, paper.number, fault.detail) from None
    return Left(paper, hashlib.sha256(job.pdf).hexdigest(), outcome.path, reprint, sealed)


def note_left(ports: Ports, left: Left, actor: Actor, now: datetime) -> None:
    """Write down that a paper left, and the use of an e-seal as that of a seal (services lane)."""
    ports.storage.paper_left(left.paper.paper_id, left.sha256, now, actor, left.reprint)
    if left.sealed is not None:
        use = left.sealed
        told = {"seal": use.seal, "number": left.paper.number, "serial": use.serial}
        body = {**told, "sealed_at": use.sealed_at, "certificate": use.certificate}
        with ports.storage.unit(actor, now) as unit:
            unit.record(Fact("eseal.used", body, left.paper.case_id))


def _sealed(ports: Ports, paper: PaperRecord, job: PrintJob) -> tuple[PrintJob, SealedPdf | None]:
    """The job with the seals its paper needs; slips and papers that need none stay as they are."""
    seals = json.loads(paper.content).get("seals") or ()
    if ports.eseal is None or not seals or not job.pdf or not ports.eseal.can("seal"):
        return job, None
    place = f"（盖{'、'.join(seals)}）"  # the words in the frame that is otherwise stamped by hand
    sealed = ports.eseal.seal(SealWish(job.pdf, paper.number, str(seals[0]), place, reason=job.title))
    return replace(job, pdf=sealed.pdf), sealed


def print_queued(ports: Ports, actor: Actor, told: list[Left] | None = None) -> list[Problem]:
    """Print everything that was promised and has not left, oldest first; go on after a failure."""
    problems: list[Problem] = []
    for paper in ports.storage.queued_papers():
        try:
            left = print_paper(ports, paper)
        except Problem as problem:
            ports.storage.paper_failed(paper.paper_id, problem.code)
            problems.append(problem)
            continue
        note_left(ports, left, actor, ports.clock.now())
        if told is not None:
            told.append(left)
    return problems
