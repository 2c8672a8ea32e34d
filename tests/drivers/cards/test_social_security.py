"""The protocol of the social-security card, against the virtual card and against nonsense."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.cards import social_security
from drivers.cards.simulator_card import CardSpec
from drivers.protocols import CardRead, Fault
from tests.fakes.cards import CardInHand, ScriptedCard

NUMBER = "11010519491231002X"
PERSON = {"name": "王敏", "idno": NUMBER, "region": "371100", "card_no": "X80312002"}


def read(**spec: object) -> CardRead:
    return social_security.read(CardInHand(CardSpec.of({**PERSON, **spec})), "here")


def refusal(**spec: object) -> str:
    with pytest.raises(Fault) as caught:
        read(**spec)
    return caught.value.code


def outcome(card: ScriptedCard) -> str:
    """What reading came to: a fault's code, or whether everything was there."""
    try:
        return "complete" if social_security.read(card, "here").complete else "incomplete"
    except Fault as fault:
        return fault.code


def test_a_version_2_card_tells_everything() -> None:
    told = read(card_id="371100D15600000500112233445566FF", atr="3B6D00000081544C96868437110086")
    assert told == CardRead(
        reader="here",
        idno=NUMBER,
        name="王敏",
        card_no="X80312002",
        card_id="371100D15600000500112233445566FF",
        spec_version="2.00",
        issued_on="2016-05-01",
        expires_on="2036-04-30",
        sex="2",
        ethnic_code="01",
        birth_place="110105",
        birth_date="1949-12-31",
        region="371100",
        atr="3B6D00000081544C96868437110086",
    )


def test_the_application_is_selected_by_its_name_and_records_by_tag() -> None:
    card = CardInHand(CardSpec.of(PERSON))
    social_security.read(card, "here")
    sent = [command.hex().upper() for command in card.sent]
    assert sent[0] == "00A404000F7378312E73682EC9E7BBE1B1A3D5CF"
    assert sent[1].startswith("00C00000")
    assert sent[2:4] == ["00A4020002EF05", "00B2010012"]
    assert sent[8:12] == ["00A4020002EF06", "00B2080014", "00B2090020", "00B24E0016"]


@pytest.mark.parametrize("version", ["1.00", "2.00", "2.01", "3.00"])
@pytest.mark.parametrize("style", [{"fci": True}, {"le_strict": False}, {"pad": "20"}])
def test_every_version_and_style_of_card_reads(version: str, style: dict[str, object]) -> None:
    told = read(version=version, psam=True, **style)
    assert (told.name, told.idno, told.spec_version, told.complete) == ("王敏", NUMBER, version, True)


def test_a_version_1_card_has_no_name_extension_and_needs_none() -> None:
    told = read(version="1.00")
    assert (told.complete, told.missing, told.name) == (True, (), "王敏")
    assert read(version="1.00", name="王" * 15).name == "王" * 15  # 09 filled to its last byte


def test_a_version_3_card_without_psam_says_what_is_missing() -> None:
    told = read(version="3.00")
    assert not told.complete
    assert {"idno", "name", "card_no"} <= set(told.missing)
    assert {"card_id", "spec_version", "issued_on", "expires_on"}.isdisjoint(told.missing)
    assert (told.idno, told.name, told.region, told.spec_version) == ("", "", "371100", "3.00")


def test_a_version_3_card_that_shows_blanks_is_just_as_incomplete() -> None:
    told = read(version="3.00", psam=True, records={"EF06:08": "20" * 18, "EF06:09": "00" * 30})
    assert told.missing == ("idno", "name")


@pytest.mark.parametrize(
    "name",
    [
        "李",
        "𬱖晓梅",
        "䶮志强",
        "欧阳修远",
        "买买提·艾合买提",
        "古" * 25,
        "a" + "古" * 24,
        "𠅤𪚥㼆䶮𬱖" + "王" * 15,
    ],
)
def test_a_name_is_joined_before_it_is_decoded(name: str) -> None:
    assert read(name=name).name == name


def test_a_character_may_straddle_the_two_records() -> None:
    name = "a" + "王" * 20  # byte 30 is the first half of a character
    card = CardInHand(CardSpec.of({**PERSON, "name": name}))
    social_security.read(card, "here")
    with pytest.raises(UnicodeDecodeError):
        name.encode("gb18030")[:30].decode("gb18030")
    assert read(name=name).name == name


@given(st.data())
def test_any_name_that_fits_comes_back(data: st.DataObject) -> None:
    letter = st.characters(categories=["Lo", "Lu", "Ll"], include_characters="·")
    name = data.draw(st.text(letter, min_size=1, max_size=25))
    while len(name.encode("gb18030")) > 50:
        name = name[:-1]
    split = data.draw(st.integers(30, 30) | st.just(min(30, len(name.encode("gb18030")))))
    assert read(name=name, name_split=split).name == name


def test_an_undecodable_name_is_kept_as_it_is() -> None:
    told = read(name_hex="CDF5FF81")
    assert (told.name, told.missing, told.complete) == ("", ("name",), False)
    assert told.raw["EF06:09"] == "CDF5FF81".ljust(60, "0")


def test_a_name_cut_by_a_denied_extension_is_no_name() -> None:
    told = read(name="王" * 16, protected=["EF06:4E"])
    assert told.missing == ("name",)
    assert read(name="王敏", protected=["EF06:4E"]).name == "王敏"


def test_control_characters_are_no_name() -> None:
    assert read(name_hex="CDF50AC3F4").missing == ("name",)


@pytest.mark.parametrize(
    ("record", "value", "key"),
    [
        ("EF05:06", "20361399", "expires_on"),
        ("EF05:06", "ABCDEF01", "expires_on"),
        ("EF05:05", "201605", "issued_on"),
        ("EF06:0D", "19490230", "birth_date"),
        ("EF06:0B", "0A", "ethnic_code"),
    ],
)
def test_impossible_values_are_shown_as_invalid_and_never_repaired(record: str, value: str, key: str) -> None:
    told = read(records={record: value})
    assert (getattr(told, key), told.missing, told.raw[record]) == ("", (key,), value)


def test_a_wrong_check_digit_is_handed_on_as_the_card_has_it() -> None:
    assert read(idno="110105194912310021").idno == "110105194912310021"


def test_an_optional_record_may_be_absent_a_needed_one_may_not() -> None:
    assert read(records={"EF06:0B": ""}).missing == ()
    assert read(records={"EF05:07": ""}).missing == ("card_no",)


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        ({"aid": "A000000333010101"}, "card-wrong"),
        ({"locked": True}, "card-locked"),
        ({"pull_after": 0}, "card-removed"),
        ({"pull_after": 7}, "card-removed"),
    ],
)
def test_cards_that_cannot_be_read_are_refused_by_name(spec: dict[str, object], code: str) -> None:
    assert refusal(**spec) == code


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (["6D00"], "card-wrong"),
        (["6E00"], "card-wrong"),
        (["9303"], "card-locked"),
        (["6581"], "card-data"),
        (["90"], "card-data"),
        (["6110", "6110"], "card-data"),
        (["6C10"], "card-data"),
        (["9000", "6A82", "6A82"], "card-data"),
        (["9000", "9000", "01FF00" + "9000"], "card-data"),
        (["9000", "9000", "07013100" + "9000"], "card-data"),
        (["9000", "9000", "6581"], "card-data"),
    ],
)
def test_status_words_become_faults(answers: list[str], code: str) -> None:
    with pytest.raises(Fault) as caught:
        social_security.read(ScriptedCard(bytes.fromhex(a) for a in answers), "here")
    assert caught.value.code == code


def test_a_card_that_wants_le_behind_select_gets_it() -> None:
    card = ScriptedCard([bytes.fromhex("6700"), bytes.fromhex("6A82")])
    with pytest.raises(Fault):
        social_security.read(card, "here")
    assert card.sent[1] == card.sent[0] + b"\x00"


@given(
    st.lists(st.binary(max_size=40) | st.sampled_from([b"\x90\x00", b"\x61\x05", b"\x6c\x12"]), min_size=1)
)
def test_garbage_is_a_fault_or_an_incomplete_card_and_ends(answers: list[bytes]) -> None:
    card = ScriptedCard(answers)
    assert outcome(card) in ("card-wrong", "card-locked", "card-data", "incomplete")
    assert len(card.sent) < 200


def test_nothing_about_the_holder_is_in_the_repr() -> None:
    told = repr(read(birth_date="1949-12-31"))
    assert not [secret for secret in ("王敏", NUMBER, "X80312002", "1949-12-31") if secret in told]
