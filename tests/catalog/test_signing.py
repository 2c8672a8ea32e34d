from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from counter_app.catalog.load import load_catalogue, renewed
from counter_app.catalog.model import Catalogue
from counter_app.catalog.signing import SIGNATURE, manifest, sign_pack, verify_pack
from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.provider import ED25519, STANDARD, key_id, new_key
from counter_app.seals.trust import TrustStore


def signer() -> tuple[Callable[[bytes], Mapping[str, str]], TrustStore]:
    private = new_key()
    public = STANDARD.public_key(ED25519, private)

    def sign(message: bytes) -> Mapping[str, str]:
        raw = STANDARD.sign(ED25519, private, message)
        return {"alg": ED25519, "key_id": key_id(public), "sig": base64url.encode(raw)}

    return sign, TrustStore().with_key(public)


def test_a_signed_pack_is_taken_and_a_changed_word_refused(pack: Any) -> None:
    sign, trust = signer()
    sign_pack(pack.folder, sign)
    assert "AA01" in load_catalogue(pack.folder, trust).types
    pack.change("示例事项", "示例亊项")
    with pytest.raises(Problem) as caught:
        load_catalogue(pack.folder, trust)
    assert caught.value.code == "pack-signature"


def test_a_file_more_or_less_is_a_change(pack: Any) -> None:
    sign, trust = signer()
    sign_pack(pack.folder, sign)
    pack.write("regions/here/more.toml", "[texts]\na = 'b'\n")
    with pytest.raises(Problem, match="pack-signature"):
        verify_pack(pack.folder, trust)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"alg": "ed25519", "key_id": 3, "sig": "x"}', "\u00e9"])
def test_a_strangers_or_spoilt_signature(pack: Any, text: str) -> None:
    _, trust = signer()
    with pytest.raises(Problem, match="pack-unsigned"):
        verify_pack(pack.folder, trust)
    other, _ = signer()
    sign_pack(pack.folder, other)
    with pytest.raises(Problem, match="pack-signature"):
        verify_pack(pack.folder, trust)
    (pack.folder / SIGNATURE).write_text(text, "utf-8")
    with pytest.raises(Problem, match="pack-signature"):
        verify_pack(pack.folder, trust)


def test_the_order_of_files_on_disk_means_nothing(pack: Any) -> None:
    names = list(json.loads(manifest(pack.folder))["files"])
    assert names == sorted(names)
    assert "catalog/AA01.toml" in names


def test_the_last_good_catalogue_stays(pack: Any, packs: Catalogue) -> None:
    fresh, problems = renewed(packs, pack.folder)
    assert (list(fresh.types), problems) == (["AA01"], ())
    line = pack.change('flow = "instant"', 'flow = "instnat"')
    kept, problems = renewed(fresh, pack.folder)
    assert kept is fresh
    assert [problem.where for problem in problems] == [f"catalog/AA01.toml:{line}"]
    kept, problems = renewed(fresh, pack.folder, TrustStore())
    assert kept is fresh
    assert [problem.code for problem in problems] == ["pack-unsigned"]
