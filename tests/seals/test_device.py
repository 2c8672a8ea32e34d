from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.problems import Problem
from counter_app.seals.device import DeviceKeys, DeviceSecrets, keys_from_plain
from counter_app.seals.provider import SM3, SM4_GCM, STANDARD, new_key
from counter_app.seals.trust import TrustStore, load

KEYS = DeviceKeys()
SECRETS = DeviceSecrets(KEYS)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_a_sealed_value_opens_only_in_its_place(value: str, where: str) -> None:
    sealed = SECRETS.seal(value, where)
    assert SECRETS.open(sealed, where) == value
    assert len(value) < 4 or value not in sealed
    with pytest.raises(Problem):
        SECRETS.open(sealed, where + "x")


def test_every_changed_character_breaks_the_seal() -> None:
    sealed = SECRETS.seal("370202199001011234", "case|certno")
    for at in range(len(sealed)):
        changed = sealed[:at] + ("A" if sealed[at] != "A" else "B") + sealed[at + 1 :]
        with pytest.raises(Problem) as caught:
            SECRETS.open(changed, "case|certno")
        assert caught.value.code == "seal-broken"


def test_a_new_field_key_still_opens_what_the_old_one_sealed() -> None:
    old = SECRETS.seal("value", "here")
    renewed = DeviceSecrets(dataclasses.replace(KEYS, fields={**KEYS.fields, 2: new_key()}))
    assert renewed.open(old, "here") == "value"
    assert renewed.seal("value", "here").startswith("s1.2.")
    assert renewed.open(renewed.seal("value", "here"), "here") == "value"


def test_blind_digests_find_equals_of_this_device_only() -> None:
    assert SECRETS.blind("a") == SECRETS.blind("a") != SECRETS.blind("b")
    assert DeviceSecrets(DeviceKeys()).blind("a") != SECRETS.blind("a")
    assert len(SECRETS.blind("a")) == 32


def test_keys_survive_their_plain_form_and_refuse_a_short_one() -> None:
    plain = KEYS.as_plain()
    assert keys_from_plain(plain).as_plain() == plain
    for name in plain:
        with pytest.raises(Problem):
            keys_from_plain({k: v for k, v in plain.items() if k != name})
        with pytest.raises(Problem):
            keys_from_plain({**plain, name: plain[name][:-2]})


def test_trust(tmp_path: object) -> None:
    from pathlib import Path

    file = Path(str(tmp_path)) / "trust.json"
    assert load(file).keys == {}
    signature = SECRETS.sign(b"message")
    trust = TrustStore().with_key(KEYS.public_key)
    trust.save(file)
    assert load(file).verify(b"message", signature)
    assert not load(file).verify(b"massage", signature)
    assert not trust.without(signature["key_id"]).verify(b"message", signature)
    assert not trust.verify(b"message", {**signature, "sig": "!"})
    file.write_text(file.read_text().replace(signature["key_id"], "0" * 16))
    with pytest.raises(Problem):
        load(file)


def test_sm3_is_the_standard_one() -> None:
    # GB/T 32905-2016, appendix A.1
    assert STANDARD.digest(SM3, b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    with pytest.raises(ValueError, match="md5"):
        STANDARD.digest("md5", b"")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_either_cipher_opens_what_the_other_device_setting_sealed(value: str) -> None:
    gm = dataclasses.replace(SECRETS, cipher=SM4_GCM)
    sealed = gm.seal(value, "here")
    assert sealed.startswith("s4.1.")
    assert SECRETS.open(sealed, "here") == value
    assert gm.open(SECRETS.seal(value, "here"), "here") == value
    for wrong in (sealed.replace("s4", "s1", 1), sealed.replace("s4", "h4", 1), sealed[:-4] + "AAAA"):
        if wrong != sealed:
            with pytest.raises(Problem, match="seal-broken"):
                gm.open(wrong, "here")


def test_sm4_is_the_ciphers_of_the_standard_and_bound_to_its_place() -> None:
    sealed = STANDARD.seal(SM4_GCM, b"k" * 32, b"text", b"here")
    assert STANDARD.open(SM4_GCM, b"k" * 32, sealed, b"here") == b"text"
    for key, place, data in (
        (b"l" * 32, b"here", sealed),
        (b"k" * 32, b"there", sealed),
        (b"k" * 32, b"", b""),
    ):
        with pytest.raises(Problem, match="seal-broken"):
            STANDARD.open(SM4_GCM, key, data, place)
    with pytest.raises(ValueError, match="unknown"):
        STANDARD.seal("sm4-cbc", b"k" * 32, b"text", b"here")
