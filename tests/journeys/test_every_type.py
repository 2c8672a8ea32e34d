"""Every type in every region that offers it: opened, filled, its materials taken in, accepted, printed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from counter_app.catalog.load import load_catalogue
from counter_app.catalog.model import Catalogue, FieldSpec, Region, TransactionType
from counter_app.catalog.papers import papers_for
from counter_app.catalog.verbs import is_money
from counter_app.domain import money
from tests.fakes.filled_forms import RESIDENT, TODAY, fill, ways

REGIONS = ("rizhao", "kuitun", "zaozhuang", "jiaozhou", "county57")
AGENT = (
    '{ agnter_name = "王敏", agnter_certno = "371102197608201244", agnter_tel = "13800002234", '
    'agnter_rlts = "%s" }'
)
RELATION = {
    "guardian": "监护人",
    "employer": "单位经办人",
    "kin": "子女",
    "agent": "其他受托人",
    "heir": "子女",
}
CAST = f"""
[[person]]
key = "citizen"
name = "{RESIDENT.psn_name}"
certno = "{RESIDENT.certno}"
insutype = "{RESIDENT.insutype}"
psn_type = "{RESIDENT.psn_type}"
psn_insu_stas = "1"
insuplc_admdvs = "{RESIDENT.insuplc_admdvs}"
tel = "{RESIDENT.tel}"

[[person]]
key = "dead"
name = "王建国"
certno = "371102194501050112"
insutype = "390"
psn_type = "1501"
psn_insu_stas = "1"
insuplc_admdvs = "371100"
tel = "13800001527"
deceased_on = 2026-11-01

[[employer]]
key = "employer"
emp_name = "日照示例海洋食品有限公司"
uscc = "91371102MA3EXAMP0L"
legrep_name = "高示例"
"""


def typed(spec: FieldSpec, value: Any) -> str:
    """A canonical value as fingers would put it in."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if spec.type == "money":
        return money.plain(value)
    return "、".join(value) if isinstance(value, list) else str(value)


def opening(type_: TransactionType, party: str) -> Iterator[str]:
    """Who stands at the window."""
    yield 'clerk = { do = "walk_in" }'
    if type_.applicant == "employer":
        yield 'clerk = { do = "employer", uscc = "91371102MA3EXAMP0L" }'
    elif type_.applicant == "newborn":
        yield 'clerk = { do = "child", name = "李小禾" }'
    else:
        yield f'clerk = {{ do = "identify", person = "{"dead" if party == "heir" else "citizen"}" }}'
        if party == "heir":
            yield 'clerk = { do = "answer", option = "heir" }'
        yield 'clerk = { do = "witness", verdict = "verified" }'
    if party != "self":
        yield f'clerk = {{ do = "party", kind = "{party}" }}'
        yield f'clerk = {{ do = "agent", fields = {AGENT % RELATION[party]} }}'


def visit(type_: TransactionType, region: Region, packs: Catalogue, about: dict[str, Any]) -> Iterator[str]:
    """The steps of one visit with one case."""
    party, situation = about["party"]["kind"], about["case"]["situation"]
    yield from opening(type_, party)
    chosen = f', situation = "{situation}"' if situation else ""
    yield f'clerk = {{ do = "open", type = "{type_.id}"{chosen} }}'
    form = fill(type_, region, packs, about)
    for spec in type_.fields:
        if spec.type == "table":
            for row in form.get(spec.key, []):
                cells = [f'{c.key} = "{typed(c, row[c.key])}"' for c in spec.columns if c.key in row]
                yield f'clerk = {{ do = "row", field = "{spec.key}", cells = {{ {", ".join(cells)} }} }}'
        elif spec.key in form and (spec.group != "person" or type_.applicant == "newborn"):
            yield f'clerk = {{ do = "set", field = "{spec.key}", value = "{typed(spec, form[spec.key])}" }}'
    yield 'clerk = { do = "receive" }'
    yield 'citizen = { do = "confirm" }'
    yield 'clerk = { do = "submit" }'


def to_the_archive(type_: TransactionType) -> Iterator[str]:
    """What happens behind the counter, until the case is put away."""
    money = ", amount = 10000" if is_money(type_.flow) else ""
    yield f'reviewer = {{ do = "{"approve_payment" if money else "approve"}"{money} }}'
    yield 'reviewer = { do = "archive" }'
    yield 'expect = { problem = "", life = "archived", state = "done" }'


def script(region: str, packs: Catalogue, most_ways: int) -> tuple[str, list[tuple[str, str]]]:
    """A day on which every type of a region is done, in so many ways each; and what it should leave."""
    steps: list[str] = []
    done: list[tuple[str, str]] = []
    for type_ in packs.offered(region, TODAY):
        if "desk" not in type_.channels:
            continue
        for about in islice(ways(type_, region, packs), most_ways):
            done.append((type_.id, about["case"]["situation"]))
            steps += visit(type_, packs.regions[region], packs, about)
            steps += [f"expect = {{ cases = {len(done)} }}", 'clerk = { do = "next" }']
            steps += to_the_archive(type_)
    hall = f'[hall]\nregion = "{region}"\ndate = {TODAY}\nclerk = "0317"\n'
    return hall + CAST + "".join(f"\n[[step]]\n{step}\n" for step in steps), done


def test_every_type_of_every_region_is_accepted_and_printed(
    size: Callable[[str], int], tmp_path: Path
) -> None:
    packs = load_catalogue()
    for region in REGIONS[: size("regions_played")]:
        text, wanted = script(region, packs, size("ways_played"))
        (tmp_path / f"{region}.toml").write_text(text, "utf-8")
        out = tmp_path / region
        words = ["rehearse", str(tmp_path / f"{region}.toml"), "--out", str(out)]
        played = subprocess.run(
            [sys.executable, "-m", "counter_app", *words], capture_output=True, text=True, check=False
        )
        assert played.returncode == 0, played.stderr[-2000:]
        transcript = json.loads((out / "transcript.json").read_text("utf-8"))
        assert [case["type"] for case in transcript["cases"]] == [type_id for type_id, _ in wanted]
        for case in transcript["cases"]:
            type_ = packs.types[case["type"]]
            instant = any(
                type_.is_instant(region, item) for item in ("", *(s.code for s in type_.situations))
            )
            assert case["state"] == "done", case
            (wanted_paper, *_) = papers_for(type_, "accepted", instant=instant)
            assert case["papers"][0]["kind"] == wanted_paper, case


def test_the_day_covers_what_the_region_offers(packs_offered: Callable[[str], set[str]]) -> None:
    packs = load_catalogue()
    for region in REGIONS:
        _, wanted = script(region, packs, 1)
        assert {type_id for type_id, _ in wanted} == packs_offered(region)
        assert len(wanted) > 55


@pytest.fixture
def packs_offered() -> Callable[[str], set[str]]:
    packs = load_catalogue()
    return lambda region: {t.id for t in packs.offered(region, TODAY) if "desk" in t.channels}
