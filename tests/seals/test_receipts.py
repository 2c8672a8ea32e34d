from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.problems import Problem
from counter_app.seals import receipts
from counter_app.seals.device import DeviceKeys, DeviceSecrets
from counter_app.seals.provider import key_id

NUMBER = "261122-001-K7Q-0001-H"
EVENT = "019ab000-0000-7000-8000-0123456789ab"


def proof_of(keys: DeviceKeys, plain: dict[str, object]) -> dict[str, str]:
    digest = receipts.content_hash(plain)
    signed = DeviceSecrets(keys).sign(receipts.receipt_message(NUMBER, EVENT, digest))
    return {"number": NUMBER, "event_id": EVENT, "content_hash": digest, **signed}


@pytest.fixture(scope="module")
def keys() -> DeviceKeys:
    return DeviceKeys()


def test_a_proof_survives_the_qr_and_verifies(keys: DeviceKeys) -> None:
    proof = proof_of(keys, {"name": "𬱖某", "amount": 1234})
    text = receipts.qr_text(proof)
    assert text.startswith("OW1R.")
    assert len(text) < 240  # a version-10 QR at level M holds 271 bytes
    assert receipts.parse_qr(text) == proof
    assert receipts.check(proof, {key_id(keys.public_key): keys.public_key})


@pytest.mark.parametrize("key", ["number", "event_id", "content_hash", "sig", "key_id"])
def test_any_changed_value_fails(keys: DeviceKeys, key: str) -> None:
    proof = proof_of(keys, {"a": 1})
    digit = "1" if proof[key][3] != "1" else "2"
    changed = {**proof, key: proof[key][:3] + digit + proof[key][4:]}
    assert changed != proof
    assert not receipts.check(changed, {key_id(keys.public_key): keys.public_key})


def test_another_device_or_algorithm_fails(keys: DeviceKeys) -> None:
    proof, other = proof_of(keys, {"a": 1}), DeviceKeys()
    assert not receipts.check(proof, {})
    assert not receipts.check(proof, {proof["key_id"]: other.public_key})
    assert not receipts.check({**proof, "alg": "none"}, {proof["key_id"]: keys.public_key})
    assert not receipts.check(
        {k: v for k, v in proof.items() if k != "sig"}, {proof["key_id"]: keys.public_key}
    )


@pytest.mark.parametrize("text", ["", "OW1R.", "OW1T.abc", "OW1R.!!!", "OW1R.AAAA", "OW1R." + "A" * 3000])
def test_what_we_did_not_print_is_refused(text: str) -> None:
    with pytest.raises(Problem) as caught:
        receipts.parse_qr(text)
    assert caught.value.code == "paper-broken"


def test_a_cut_or_changed_qr_is_refused_or_fails_the_check(keys: DeviceKeys) -> None:
    text = receipts.qr_text(proof_of(keys, {"a": 1}))
    trusted = {key_id(keys.public_key): keys.public_key}
    for at in range(5, len(text)):
        with pytest.raises(Problem):
            receipts.parse_qr(text[:at])
        changed = text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
        try:
            proof = receipts.parse_qr(changed)
        except Problem:
            continue
        assert not receipts.check(proof, trusted)


@given(st.dictionaries(st.sampled_from(receipts.PROOF_KEYS), st.text(max_size=60), min_size=6))
def test_any_six_strings_come_back_as_they_went(proof: dict[str, str]) -> None:
    try:
        text = receipts.qr_text(proof)
    except (ValueError, UnicodeError):  # longer than a byte can count, or a lone surrogate
        return
    assert receipts.parse_qr(text) == {key: proof[key] for key in receipts.PROOF_KEYS}
