"""归档: a finished case in one sealed folder, once, and never while papers are elsewhere."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.domain.cases import CaseState
from counter_app.problems import Problem
from counter_app.rehearsal import reviewers
from counter_app.seals import vault
from counter_app.seals.trust import TrustStore
from counter_app.services import archive, originals
from counter_app.services.archive import Scheme
from counter_app.services.life import life_of
from tests.fakes.office import TestOffice
from tests.services.test_decide import accept_mt02
from tests.services.test_originals import TAKER
from tests.services.test_visit import case_of

SCHEME = Scheme("001")


def done(desk: TestOffice) -> str:
    number = accept_mt02(desk)
    reviewers.approve(desk.office, number)
    return number


def root(desk: TestOffice) -> Path:
    return desk.folder / archive.FOLDER


def damage(desk: TestOffice) -> list[tuple[str, str]]:
    trust = TrustStore().with_key(desk.store.secrets.keys.public_key)
    return [(d.file, d.code) for _, d in archive.checked(root(desk), trust, desk.store.facts())]


def test_a_case_is_sealed_with_its_facts_pages_and_papers(desk: TestOffice) -> None:
    number = done(desk)
    made = archive.archive(desk.office, number, root(desk), SCHEME)
    device = number.split("-")[2]
    assert made.number == f"001-YB·2026-D30-MT02-{device}0001"
    names = {row["name"] for row in vault.read_manifest(made.folder)["files"]}
    papers = {f"papers/{p.number}-{p.kind}.pdf" for p in desk.store.papers(number)}
    assert names == {"case.json", "facts.json", "papers.json"} | papers
    opened = json.loads(vault.read(made.folder, "facts.json", desk.store.secrets.open_file))
    assert next(fact["kind"] for fact in opened) == "case.accepted"
    assert damage(desk) == []


def test_once_more_gives_the_same_folder_also_after_a_crash_before_the_fact(
    desk: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = done(desk)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(archive, "_noted", killed)
        with pytest.raises(KeyboardInterrupt):
            archive.archive(desk.office, number, root(desk), SCHEME)
    first = archive.archive(desk.office, number, root(desk), SCHEME)
    again = archive.archive(desk.office, number, root(desk), SCHEME)
    assert first == again
    assert len(list(archive.folders(root(desk)))) == 1
    assert [f["kind"] for f in desk.store.facts()].count(archive.KIND) == 1


def test_an_open_case_or_one_whose_papers_are_away_is_not_archived(desk: TestOffice) -> None:
    number = accept_mt02(desk)
    with pytest.raises(Problem, match="state-wrong"):
        archive.archive(desk.office, number, root(desk), SCHEME)
    originals.hand_over(desk.office, number, TAKER)
    reviewers.approve(desk.office, number)
    with pytest.raises(Problem) as away:
        archive.archive(desk.office, number, root(desk), SCHEME)
    assert away.value.code == "originals-away"
    assert not root(desk).exists()


def test_what_was_not_delivered_is_not_put_away(desk: TestOffice) -> None:
    number = accept_mt02(desk)
    for word in ("claim", "pass", "second"):
        reviewers.act(desk.office, number, word, {})
    assert originals.case_of(desk.office, number).state is CaseState.DONE
    with pytest.raises(Problem, match="move-wrong-step"):
        archive.archive(desk.office, number, root(desk), SCHEME)
    assert not root(desk).exists()


def test_the_life_ends_here_and_at_the_hub(desk: TestOffice) -> None:
    number = done(desk)
    archive.archive(desk.office, number, root(desk), SCHEME)
    desk.store.settle(desk.hub.push(desk.store.waiting()))
    record = originals.case_of(desk.office, number)
    assert life_of(desk.office, record).step == "archived"
    told = desk.hub.case(number)
    assert told is not None
    assert told["step"] == "archived"


def test_what_was_done_on_the_spot_was_delivered_there(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.open_case("YD01")
    desk.visit.set_field("rloc_admdvs", "上海市")
    for material in case_of(desk).materials:
        if material.required and material.state == "missing":
            desk.visit.receive(material.code)
    desk.visit.check()
    desk.visit.submit()
    number = case_of(desk).number
    archive.archive(desk.office, number, root(desk), SCHEME)
    record = originals.case_of(desk.office, number)
    assert [turn.act for turn in life_of(desk.office, record).history][-2:] == ["deliver", "archive"]


def test_a_scanned_page_is_in_the_archive(desk: TestOffice) -> None:
    number = done(desk)
    page = desk.store.add_page(b"JPEG")
    record = originals.case_of(desk.office, number)
    changed = replace(record.materials[0], pages=(page,))
    with desk.store.unit(desk.office.actor, desk.clock.now()) as unit:
        unit.save_case(replace(record, materials=(changed, *record.materials[1:])))
    made = archive.archive(desk.office, number, root(desk), SCHEME)
    name = f"pages/{changed.code}-001"
    assert vault.read(made.folder, name, desk.store.secrets.open_file) == b"JPEG"


def test_a_lost_a_renamed_and_a_replaced_folder_are_named(desk: TestOffice) -> None:
    made = archive.archive(desk.office, done(desk), root(desk), SCHEME)
    moved = made.folder.with_name(made.folder.name[:-1] + "9")
    made.folder.rename(moved)
    assert set(damage(desk)) == {("manifest.json", "renamed"), ("", "lost")}
    moved.rename(made.folder)
    secrets = desk.store.secrets
    for file in sorted(made.folder.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    made.folder.rmdir()
    vault.write(made.folder, {"archive": made.number}, {"case.json": b"{}"}, secrets.seal_file, secrets.sign)
    assert damage(desk) == [("manifest.json", "replaced")]
