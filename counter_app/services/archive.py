"""归档: what a finished case leaves behind, sealed into one folder that anybody can check.

The 档号 follows the pattern of DA/T 22 (全宗号-门类·年度-保管期限-事项-件号). 件号 is the device's code and a
serial, because several devices of a hall archive at the same time without asking each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from counter_app.domain.cases import CaseRecord, CaseState, Fact
from counter_app.domain.codec import to_plain
from counter_app.domain.life import Life, Wish
from counter_app.domain.value import Value
from counter_app.policy.life import move
from counter_app.problems import Problem
from counter_app.seals import vault
from counter_app.seals.canonical import canonical
from counter_app.seals.trust import TrustStore
from counter_app.seals.vault import Damage
from counter_app.services import originals, printing
from counter_app.services.life import fact_of, keep, life_of
from counter_app.services.office import Office
from counter_app.services.originals import case_of, facts_of

FOLDER = "archive"  # below the data folder
KIND = "case.archived"
ON_THE_SPOT, HANDED = "instant", "窗口：当场领取"
OPEN = (CaseState.RECEIVED, CaseState.ACCEPTED)


class Scheme(Value, frozen=True):
    """How a 档号 is made; the three parts a hall chooses."""

    fonds: str
    category: str = "YB"
    period: str = "D30"

    def series(self, record: CaseRecord, year: int) -> str:
        """Everything before the serial; the device's code comes from the case's printed number."""
        device = record.number.split("-")[2]
        return f"{self.fonds}-{self.category}·{year}-{self.period}-{record.type_id}-{device}"


class Archived(Value, frozen=True):
    """Where a case lies: its 档号, its folder, the manifest's SHA-256, how many files."""

    number: str
    case_number: str
    folder: Path
    manifest: str
    files: int


def archive(office: Office, number: str, root: Path, scheme: Scheme) -> Archived:
    """Seal a finished case below `root`; once more for the same case gives the same folder.

    Raises Problem `not-found`, `state-wrong` (not finished), `move-wrong-step` (not delivered),
    `originals-away` (papers still in the back office), `store-write`, `archive-there`.
    """
    record = case_of(office, number)
    facts = facts_of(office, record)
    known = [fact["body"] for fact in facts if fact["kind"] == KIND]
    if known:
        return _of_fact(root, known[-1])
    if record.state in OPEN:
        raise Problem("state-wrong", "case", record.state.value)
    away = originals.lying(originals.handovers(facts), originals.BACK)
    if away:
        raise Problem("originals-away", "case", "、".join(bundle.name for bundle in away))
    turns = _closing(
        office, record
    )  # a case that may not be put away yet is refused before anything is sealed
    folder = _left_behind(root, record) or _sealed(office, record, facts, root, scheme)
    return _noted(office, record, folder, turns)


def folders(root: Path) -> Iterator[Path]:
    """Every archived case, in the order of its 档号."""
    if root.is_dir():
        yield from sorted(f for f in root.iterdir() if f.is_dir() and not f.name.startswith("."))


def _sealed(
    office: Office, record: CaseRecord, facts: list[Mapping[str, Any]], root: Path, scheme: Scheme
) -> Path:
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    series = scheme.series(record, office.today().year)
    taken = [int(f.name.removeprefix(series)) for f in folders(root) if f.name.startswith(series)]
    folder = root / f"{series}{max(taken, default=0) + 1:04d}"
    about = {
        "archive": folder.name,
        "case": record.number,
        "type": record.type_id,
        "pack": record.pack,
        "state": record.state.value,
        "period": scheme.period,
        "sealed_at": office.now().replace(microsecond=0).isoformat(),
        "synthetic": office.ports.storage.is_synthetic(),
    }
    secrets = office.ports.secrets
    vault.write(folder, about, _files(office, record, facts), secrets.seal_file, secrets.sign)
    return folder


def _files(office: Office, record: CaseRecord, facts: list[Mapping[str, Any]]) -> dict[str, bytes]:
    """The case, its facts, its pages and its papers, each under its name."""
    storage = office.ports.storage
    papers = storage.papers(record.number)
    files = {
        "case.json": canonical(to_plain(record)),
        "facts.json": canonical([dict(fact) for fact in facts]),
        "papers.json": canonical([to_plain(paper) for paper in papers]),
    }
    for material in record.materials:
        for nth, ref in enumerate(material.pages, 1):
            files[f"pages/{material.code}-{nth:03d}"] = storage.page(ref)
    for paper in papers:
        files[f"papers/{paper.number}-{paper.kind}.pdf"] = printing.render(office.ports, paper).pdf
    return files


def _left_behind(root: Path, record: CaseRecord) -> Path | None:
    """The folder of this case that was sealed before its fact could be written (a crash between the two)."""
    for folder in folders(root):
        try:
            if vault.read_manifest(folder)["case"] == record.number:
                return folder
        except (OSError, ValueError, KeyError):
            continue  # damaged: `check` names it
    return None


def _closing(office: Office, record: CaseRecord) -> list[tuple[Life, Wish]]:
    """The last turns of a life: what was done on the spot was also delivered there, then it is put away."""
    life = life_of(office, record)
    if life.step == "archived":
        return []
    wishes = [Wish(office.new_id(), "archive")]
    if life.step == "done" and life.flow == ON_THE_SPOT:
        wishes.insert(0, Wish(office.new_id(), "deliver", detail=HANDED))
    turns = []
    for wish in wishes:
        life = move(life, wish, office.actor, office.now(), office.calendar)
        turns.append((life, wish))
    return turns


def _noted(office: Office, record: CaseRecord, folder: Path, turns: list[tuple[Life, Wish]]) -> Archived:
    manifest = vault.read_manifest(folder)
    digest = vault.digest_of(folder)
    body = {
        "case": record.number,
        "archive": folder.name,
        "manifest": digest,
        "files": len(manifest["files"]),
    }
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        for life, wish in turns[:-1]:
            unit.record(fact_of(record, life, wish))
        last = fact_of(record, *turns[-1]).body if turns else {}
        unit.record(Fact(KIND, {**last, **body}, record.case_id))
        if turns:
            keep(office, unit, record, turns[-1][0])
    return Archived(folder.name, record.number, folder, digest, len(manifest["files"]))


def _of_fact(root: Path, body: Mapping[str, Any]) -> Archived:
    return Archived(body["archive"], body["case"], root / body["archive"], body["manifest"], body["files"])


def checked(root: Path, trust: TrustStore, facts: Iterable[Mapping[str, Any]]) -> list[tuple[str, Damage]]:
    """Every damage by 档号: folders against their manifests, manifests against the facts that name them."""
    found = [(folder.name, one) for folder in folders(root) for one in _of_folder(folder, trust)]
    for fact in facts:
        if fact["kind"] == KIND:
            found += _of_noted(root / fact["body"]["archive"], fact["body"]["manifest"])
    return found


def _of_folder(folder: Path, trust: TrustStore) -> list[Damage]:
    found = vault.check(folder, trust)
    try:
        name = vault.read_manifest(folder).get("archive")
    except (OSError, ValueError):
        return found
    return found if name == folder.name else [*found, Damage(vault.MANIFEST, "renamed", "档号与目录名不符")]


def _of_noted(folder: Path, manifest: str) -> list[tuple[str, Damage]]:
    if not folder.is_dir():
        return [(folder.name, Damage("", "lost", "已归档的整个目录不见了"))]
    try:
        same = vault.digest_of(folder) == manifest
    except OSError:
        return []  # said already: the manifest cannot be read
    return [] if same else [(folder.name, Damage(vault.MANIFEST, "replaced", "清单不是归档时的那一份"))]
