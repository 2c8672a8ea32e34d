"""The packs that ship, type by type: every form can be filled, nothing of the draft is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.catalog.check import check
from counter_app.catalog.evaluate import (
    needed_materials,
    offered_situations,
    party_problem,
    visible_fields,
)
from counter_app.catalog.model import Catalogue
from counter_app.catalog.names import context_for
from counter_app.catalog.search import Index, entries, resolve
from counter_app.catalog.values import display, normalise
from counter_app.domain.people import Agent, Person
from tests.fakes.filled_forms import TODAY, fill, ways

DOCS = Path(__file__).resolve().parents[2] / "docs"
DRAFT = (
    [f"CB{n:02}" for n in range(1, 16)]
    + [f"JF{n:02}" for n in range(1, 5)]
    + ["CX01", "CX02"]
    + [f"GZ{n:02}" for n in range(1, 5)]
    + [f"ZY{n:02}" for n in range(1, 4)]
    + [f"YD{n:02}" for n in range(1, 10)]
    + [f"MT{n:02}" for n in range(1, 17)]
    + [f"BX{n:02}" for n in range(1, 7)]
    + [f"SY{n:02}" for n in range(1, 8)]
    + [f"JZ{n:02}" for n in range(1, 4)]
    + [f"CH{n:02}" for n in range(1, 5)]
    + [f"JG{n:02}" for n in range(1, 7)]
    + [f"FW{n:02}" for n in range(1, 8)]
)
REGIONS = ("rizhao", "zaozhuang", "jiaozhou", "kuitun", "county57")


@pytest.mark.parametrize("region", REGIONS)
def test_every_form_of_a_region_can_be_filled_by_every_party_in_every_situation(
    packs: Catalogue, region: str
) -> None:
    here, walked = packs.regions[region], 0
    for type_ in packs.offered(region):
        for about in ways(type_, region, packs):
            form = fill(type_, here, packs, about)
            context = context_for(packs, region, TODAY, form=form, **about)
            for spec in visible_fields(type_, context):
                assert isinstance(display(spec, form.get(spec.key), here), str)
            wanted = [item.code for item, _ in needed_materials(type_, about["case"]["situation"], context)]
            assert wanted or type_.applicant == "nobody" or type_.domain == "咨询服务", type_.id
            walked += 1
    assert walked > 150


def test_nothing_of_the_draft_is_lost(packs: Catalogue) -> None:
    assert len(DRAFT) == 86
    lost = {old for old in DRAFT if resolve(packs, old) is None}
    assert lost == {"SY06"}
    page = (DOCS / "catalogue_changes.md").read_text("utf-8")
    moved = {old for old in DRAFT if old not in packs.types}
    assert {old for old in moved if f"| {old} |" not in page} == set()
    assert {new for new in set(packs.types) - set(DRAFT) if f"| {new} |" not in page} == set()


def test_merged_types_are_found_in_the_palette_by_their_old_names(packs: Catalogue) -> None:
    index = Index(entries(packs, "rizhao"))
    wanted = {
        "BX05": "BX02/injury",
        "外伤报销": "BX02/injury",
        "急诊抢救费用报销": "BX01/emergency",
        "yd06": "YD05/emergency",
        "省内转诊": "YD04/inside",
        "MT14": "MT13/select",
        "企业开办一网通参保登记": "CB01",
    }
    assert {word: index.find(word)[0].key for word in wanted} == wanted


@pytest.mark.parametrize(
    ("typed", "type_id"),
    [("ydba", "YD"), ("mtb", "MT"), ("sgbx", "BX"), ("syjt", "SY04"), ("gjbd", "GZ02"), ("ddbg", "MT07")],
)
def test_the_journeys_of_the_counter_find_their_type_first(
    packs: Catalogue, typed: str, type_id: str
) -> None:
    assert Index(entries(packs, "rizhao")).find(typed)[0].key.startswith(type_id)


def test_defaults_are_values_of_their_fields(packs: Catalogue) -> None:
    region = packs.regions["rizhao"]
    counted = 0
    for type_ in packs.types.values():
        for spec in type_.fields:
            if spec.default:
                assert normalise(spec, spec.default, region, TODAY) is not None, (type_.id, spec.key)
                counted += 1
    assert counted > 50


def test_only_heirs_act_for_the_dead_and_only_where_it_makes_sense(packs: Catalogue) -> None:
    """ALL-07: the closed list of matters that heirs may bring."""
    heirs = {type_.id for type_ in packs.types.values() if type_.parties.get("heir")}
    assert heirs == {type_.id for type_ in packs.types.values() if type_.deceased}
    assert heirs >= {
        "BX01",
        "BX02",
        "BX06",
        "SY01",
        "SY02",
        "SY03",
        "SY04",
        "JZ02",
        "CH03",
        "JF04",
        "GZ01",
        "CB14",
    }
    dead = Person("p", "某人", deceased_on=TODAY)
    agent = Agent("某某", "01", "x", "1", "", "child")
    refused = {t.id for t in packs.types.values() if party_problem(t, "heir", agent, dead) is not None}
    assert refused == set(packs.types) - heirs


def test_who_has_died_is_offered_only_what_concerns_the_dead_and_the_living_never_that(
    packs: Catalogue,
) -> None:
    """Else somebody alive is struck off as dead without any proof of it."""
    seen = set()
    for type_ in packs.types.values():
        if "heir" not in type_.parties or "death" not in {item.code for item in type_.situations}:
            continue
        for party in type_.parties:
            context = context_for(packs, "rizhao", TODAY, person=None, party={"kind": party})
            codes = {item.code for item in offered_situations(type_, context)}
            assert (codes == {"death"}) if party == "heir" else ("death" not in codes and codes), (
                type_.id,
                party,
                codes,
            )
        seen.add(type_.id)
    assert seen == {"CB14", "CH04", "GZ01"}


def test_what_the_hub_has_to_say_is_never_answered_by_silence(packs: Catalogue) -> None:
    """A default on a hub's answer would be printed, and paid by, as if somebody had looked."""
    silent = {
        (type_.id, spec.key)
        for type_ in packs.types.values()
        for spec in type_.fields
        if spec.source == "hub" and spec.default and spec.group not in ("person", "agent")
    }
    assert silent == {("FW03", "late")}  # late is late only when the hub says so


def test_whoever_could_be_a_child_may_come_with_a_guardian(packs: Catalogue) -> None:
    """ALL-06, with the few exceptions that have a reason of their own."""
    alone = {
        type_.id
        for type_ in packs.types.values()
        if type_.applicant == "individual" and not type_.parties.get("guardian")
    }
    adults = {"CB04", "CB11", "CB15", "CB16", "JF02"}  # at work or retired
    agencies = {"MT05", "ZY03"}  # nobody comes to the window
    assert alone == adults | agencies


def test_employers_always_prove_who_came(packs: Catalogue) -> None:
    """ALL-10."""
    for type_ in packs.types.values():
        if type_.parties.get("employer"):
            codes = {item.code for item in type_.materials}
            assert {"M_AGENTID", "M_EMPLETTER"} <= codes, type_.id


def test_nothing_is_done_offline_that_only_the_centre_knows(packs: Catalogue) -> None:
    """ALL-16: fully offline are only matters without an insured person's rights."""
    full = {type_.id for type_ in packs.types.values() if type_.offline == "full"}
    assert full == {"FW02", "FW05", "FW06", "FW07", "FW09", "MT12"}


def test_no_form_asks_for_a_parameter(packs: Catalogue) -> None:
    """ALL-19: ratios, ceilings and deductibles come from parameters; what the hub knows is never required."""
    for type_ in packs.types.values():
        assert not {spec.type for spec in type_.fields} & {"ratio"}, type_.id
        for spec in type_.fields:
            if spec.source == "hub" and spec.type == "money":
                assert not spec.required or type_.id == "CB09", (type_.id, spec.key)


def test_codes_of_one_material_mean_one_thing_to_the_reader(packs: Catalogue) -> None:
    shared = {
        item.code: item.name for type_ in packs.types.values() for item in type_.materials if item.by_card
    }
    assert shared == {
        "M_ID": "医保电子凭证、有效身份证件或社会保障卡（任一）",
        "M_AGENTID": "到场代办人有效身份证件",
    }


def test_the_worked_example_of_the_manual_is_a_type(tmp_path: Path) -> None:
    page = (DOCS / "catalog.md").read_text("utf-8")
    example = page.split("```toml\n", 1)[1].split("```", 1)[0]
    (tmp_path / "ZZ01.toml").write_text(example, "utf-8")
    assert check(tmp_path) == ()
