"""The container of whatever travels: nothing changed, left out, added or reordered goes unseen."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.problems import Problem
from counter_app.seals.canonical import canonical
from counter_app.seals.device import DeviceKeys, DeviceSecrets
from counter_app.seals.trust import TrustStore
from counter_app.wire import filings, package
from counter_app.wire.package import LARGEST, pack, unpack

KEYS = DeviceKeys(signing=bytes(range(32)))
TRUST = TrustStore().with_key(KEYS.public_key)
NOW = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
RECORD: dict[str, Any] = {
    "filing_id": "W1",
    "channel": "online",
    "type": "YD01",
    "filed_at": "2026-11-22T20:15:00+08:00",
    "person": {"psn_name": "李桂芳", "certno": "371102194803120024"},
    "answers": {"rloc_admdvs": "上海市"},
}


def head(**changes: Any) -> dict[str, Any]:
    told = {
        "package_id": "P1",
        "kind": "filings",
        "made_at": "2026-11-22T21:00:00+08:00",
        "expires_at": "2026-12-22T00:00:00+08:00",
        "sender": {"id": "app", "name": "示例医保公共服务平台"},
    }
    return {**told, **changes}


def made(*records: dict[str, Any], **changes: Any) -> bytes:
    return pack(head(**changes), records or (RECORD,), DeviceSecrets(KEYS).sign)


def opened(data: bytes, trust: TrustStore = TRUST, now: datetime = NOW) -> package.Package:
    return unpack(data, trust, now, filings.KIND)


def test_what_was_packed_comes_out() -> None:
    found = filings.filings_of(opened(made()))
    assert [(f.filing_id, f.channel, f.origin, f.type_id) for f in found] == [
        ("app:W1", "online", "示例医保公共服务平台", "YD01")
    ]
    assert found[0].person is not None
    assert found[0].answers == {"rloc_admdvs": "上海市"}
    assert filings.filings_of(opened(made(filings.record_of(found[0]))))[0].person == found[0].person


def test_a_stranger_makes_one_from_the_description_alone() -> None:
    """The recipe of docs/ways-in.md, with nothing of ours but the bytes."""
    import base64
    import hashlib

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    def plain(value: object) -> bytes:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    public = key.public_key().public_bytes_raw()
    manifest = {**head(), "version": 1, "hashes": [hashlib.sha256(plain(RECORD)).hexdigest()]}
    signature = key.sign(plain({"for": "ow1.package", "manifest": manifest}))
    document = {
        "format": "ow1p",
        "manifest": manifest,
        "records": [RECORD],
        "signature": {
            "alg": "ed25519",
            "key_id": hashlib.sha256(public).hexdigest()[:16],
            "sig": base64.urlsafe_b64encode(signature).decode().rstrip("="),
        },
    }
    assert opened(json.dumps(document, indent=2).encode()).records == [RECORD]


def spoilt(change: Any) -> bytes:
    plain = json.loads(made(RECORD, {**RECORD, "filing_id": "W2"}))
    change(plain)
    return canonical(plain)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda p: p["records"][0].update(type="BX02"), "package-broken"),
        (lambda p: p["records"].pop(), "package-broken"),
        (lambda p: p["records"].reverse(), "package-broken"),
        (lambda p: p["records"].append(RECORD), "package-broken"),
        (lambda p: p["manifest"].update(expires_at="2027-12-22T00:00:00+08:00"), "package-signature"),
        (lambda p: p["manifest"]["sender"].update(name="别家"), "package-signature"),
        (lambda p: p["manifest"]["hashes"].reverse(), "package-signature"),
        (lambda p: p["signature"].update(sig="AAAA"), "package-signature"),
        (lambda p: p["signature"].update(alg="none"), "package-signature"),
        (lambda p: p["signature"].update(key_id="0" * 16), "package-signer"),
        (lambda p: p.update(more=1), "package-broken"),
        (lambda p: p.update(format="zip"), "package-broken"),
        (lambda p: p["manifest"].update(version=2), "package-broken"),
    ],
)
def test_nothing_can_be_changed(change: Any, code: str) -> None:
    with pytest.raises(Problem, match=code):
        opened(spoilt(change))


def test_a_stranger_a_late_one_and_another_kind() -> None:
    with pytest.raises(Problem, match="package-signer"):
        opened(made(), TrustStore())
    with pytest.raises(Problem, match="package-expired"):
        opened(made(), now=NOW + timedelta(days=60))
    with pytest.raises(Problem, match="package-kind"):
        opened(made(kind="offline"))
    with pytest.raises(Problem, match="package-broken"):
        opened(made(expires_at="2026-12-22T00:00:00"))
    with pytest.raises(Problem, match="package-broken"):
        opened(made(expires_at="soon"))
    with pytest.raises(Problem, match="package-broken"):
        opened(b"{" + b" " * LARGEST)


@pytest.mark.parametrize(
    "change",
    [
        {"channel": "desk"},
        {"filing_id": "a/b"},
        {"filing_id": ""},
        {"person": None},
        {"employer": {"emp_name": "x", "uscc": "y"}},
        {"filed_at": "2026-11-22T20:15:00"},
        {"filed_at": "yesterday"},
        {"answers": {"a": 1.0 and ["x"]}},
        {"materials": {"M_ID": "lost"}},
        {"more": 1},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_record_that_makes_no_sense_is_named(change: dict[str, Any]) -> None:
    with pytest.raises(Problem) as refused:
        filings.filings_of(opened(made(RECORD, {**RECORD, **change})))
    assert (refused.value.code, refused.value.where) == ("package-broken", "records[1]")


@given(st.binary(max_size=400))
def test_garbage_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(Problem, match="package-"):
        opened(data)


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_one_changed_byte_is_never_believed(place: int, other: int) -> None:
    data = bytearray(made())
    place %= len(data)
    data[place] ^= other
    try:
        found = opened(bytes(data))
    except Problem as problem:
        assert problem.code.startswith("package-")  # noqa: PT017
    else:  # only what means the same may pass
        assert found.records == [RECORD]


@given(
    st.recursive(
        st.none() | st.text(max_size=5) | st.integers(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=8,
    )
)
def test_any_json_is_answered(value: Any) -> None:
    with pytest.raises(Problem, match="package-broken"):
        opened(json.dumps(value).encode())
