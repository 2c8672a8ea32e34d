from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.catalog import check as checking
from counter_app.catalog.check import check
from counter_app.catalog.load import load_catalogue
from counter_app.catalog.model import PaperRule
from counter_app.problems import Problems

TYPE, HERE = "catalog/AA01.toml", "regions/here/region.toml"

# file, what is replaced by what, code of the finding, lines between the change and the finding
FAULTS: dict[str, tuple[str, str, str, str, int]] = {
    "misspelt key": (TYPE, 'label = "种类"', 'lable = "种类"', "unknown-key", 0),
    "key left out": (TYPE, 'label = "种类"\n', "", "missing-key", -2),
    "wrong kind of value": (TYPE, "required = true", 'required = "yes"', "bad-type", 0),
    "word that is none of the choices": (TYPE, 'type = "date"', 'type = "day"', "bad-choice", 0),
    "table where a text belongs": (TYPE, 'plain = ""', "", "", 0),
    "no TOML at all": (TYPE, 'id = "AA01"', 'id = "AA01', "not-toml", 0),
    "dangling name in a condition": (TYPE, "form.kind == 'a'", "form.knid == 'a'", "bad-expression", 0),
    "code that is no choice": (TYPE, "form.kind == 'a'", "form.kind == 'z'", "bad-expression", 0),
    "condition that does not parse": (TYPE, "form.kind == 'a'", "form.kind = 'a'", "bad-expression", 0),
    "types that do not fit": (TYPE, "form.begndate >= today", "form.begndate >= 3", "bad-expression", 0),
    "unknown situation in a condition": (TYPE, "== 'two'", "== 'tow'", "bad-expression", 0),
    "unknown question": (TYPE, "ask.lost == true", "ask.last == true", "bad-expression", 0),
    "rule without words": (TYPE, 'rule_text = "不能早于今天。"\n', "", "no-rule-text", -6),
    "flow that is not there": (TYPE, 'flow = "instant"', 'flow = "instnat"', "dangling", 0),
    "field group that is not there": (TYPE, '"PERSON"', '"PERSONS"', "dangling", 0),
    "material that is nowhere": (TYPE, '"M_ID"', '"M_IDD"', "dangling", -1),
    "list of choices that is nowhere": (
        TYPE,
        'choices = [{ code = "a", label = "甲类" }, { code = "b", label = "乙类" }]',
        'choices = "kinds"',
        "dangling",
        0,
    ),
    "choice without choices": (
        TYPE,
        'choices = [{ code = "a", label = "甲类" }, { code = "b", label = "乙类" }]\n',
        "",
        "no-choices",
        -4,
    ),
    "the same code twice": (TYPE, '{ code = "b"', '{ code = "a"', "double", 0),
    "the same situation twice": (TYPE, 'code = "two"', 'code = "one"', "double", -1),
    "the same field twice": (TYPE, 'key = "begndate"', 'key = "kind"', "double", -1),
    "core material that may be deferred": (
        TYPE,
        "core = true",
        'core = true\ndefer = "yes"',
        "core-deferred",
        -4,
    ),
    "limit without basis": (TYPE, 'statutory_basis = "国家规定"\n', "", "no-basis", -1),
    "file under another name": (TYPE, 'id = "AA01"', 'id = "AA02"', "wrong-file", 0),
    "back office that nobody reaches": (
        TYPE,
        'flow = "instant"',
        'flow = "instant"\nback_office = ["慢特病岗"]',
        "unreachable-step",
        1,
    ),
    "desk that is not there": (
        TYPE,
        'flow = "instant"',
        'flow = "timed"\nback_office = ["什么岗"]',
        "dangling",
        1,
    ),
    "flow with a back office nobody named": (
        TYPE,
        'flow = "instant"',
        'flow = "timed"',
        "unreachable-step",
        0,
    ),
    "paper that is not there": (
        TYPE,
        'flow = "instant"',
        'flow = "instant"\npapers = [{ code = "XXXX", when = "done" }]',
        "missing-paper",
        1,
    ),
    "paper at a moment that never comes": (
        TYPE,
        'flow = "instant"',
        'flow = "instant"\npapers = [{ code = "BJTZ", when = "never" }]',
        "missing-paper",
        1,
    ),
    "commitment without words": (TYPE, "core = true", "commit = true", "missing-paper", -4),
    "promise for another type": (HERE, 'type = "AA01"', 'type = "AA02"', "dangling", -1),
    "promise for another situation": (HERE, "days = 0", 'situation = "three"\ndays = 0', "dangling", -99),
    "offer of another type": (HERE, "AA01 = {", "AA02 = {", "dangling", 0),
    "offer in no known way": (HERE, 'mode = "办"', 'mode = "随便"', "bad-choice", 0),
    "domain without a window": (HERE, '"综合服务", ', "", "dangling", -99),
}
del FAULTS["table where a text belongs"]


def test_the_small_pack_and_the_shipped_packs_are_clean(pack: Any) -> None:
    assert check(pack.folder) == ()
    assert check() == ()


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault_of_each_kind_is_found_on_its_line(pack: Any, name: str) -> None:
    file, old, new, code, offset = FAULTS[name]
    line = pack.change(old, new, file)
    found = [finding for finding in check(pack.folder) if finding.code == code]
    assert found, check(pack.folder)
    if offset != -99:
        assert (found[0].file, found[0].line) == (file, line + offset), found
    with pytest.raises(Problems) as caught:
        load_catalogue(pack.folder)
    assert {problem.code for problem in caught.value.problems} == {"pack-broken"}


def test_a_field_that_waits_for_one_below_it(pack: Any) -> None:
    pack.change("required = true", 'required = true\nwhen = "form.begndate is known"')
    assert {finding.code for finding in check(pack.folder)} == {"unreachable"}


def test_an_old_id_that_two_types_claim(pack: Any) -> None:
    text = (pack.folder / "catalog/AA01.toml").read_text("utf-8")
    pack.write("catalog/AA02.toml", text.replace('id = "AA01"', 'id = "AA02"'))
    assert [finding.code for finding in check(pack.folder)] == ["double"]


def test_a_broken_flow_is_told_at_the_type(pack: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking.flows, "check", lambda flow: ("走不到步骤 x",))
    assert [finding.code for finding in check(pack.folder)] == ["unreachable-step"]


def test_strange_paper_rule_type_is_the_model() -> None:
    assert PaperRule("BJTZ").when == ""


LINES = (
    'id = "AA01"\nname = "示例事项"\ncategory = "示例"\napplicant = "individual"\ndomain = "综合服务"\n'
    'flow = "instant"\noffline = "full"\nparties = ["self"]\n[limits]\nstatutory = 3\nstatutory_basis = "x"\n'
    '[limits.promised]\nhere = 1\n[[situations]]\ncode = "a"\nname = "b"\n[[field]]\nkey = "k"\nlabel = "l"\n'
    'type = "enum"\nchoices = ["a"]\n[[field.columns]]\nkey = "c"\nlabel = "d"\n[[material]]\ncode = "M_ID"\n'
).splitlines()
JUNK = st.sampled_from(
    ["3", '"x"', "[]", "[3]", "{}", "{ a = 1 }", "true", "2026-01-01", "[[]]", "[{ code = 1 }]", "-1"]
)


@settings(max_examples=60)
@given(st.data())
def test_no_file_however_spoilt_stops_the_checker(new_pack: Callable[[], Any], data: st.DataObject) -> None:
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(lines) - 1))
        if " = " in lines[place]:
            lines[place] = lines[place].split(" = ")[0] + " = " + data.draw(JUNK)
        else:
            del lines[place]
    pack = new_pack()
    pack.write("catalog/AA01.toml", "\n".join(lines))
    pack.write(
        "catalog/_common.toml",
        f"enum = {data.draw(JUNK)}\ngroup = {data.draw(JUNK)}\nmaterial = {data.draw(JUNK)}\n",
    )
    findings = check(pack.folder)
    assert findings
    assert all(finding.line >= 1 and finding.code and finding.text for finding in findings)
