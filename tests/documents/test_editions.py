"""A paper keeps the words of its edition, however the words are mended afterwards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import tomli

import resources
from counter_app.documents.bilingual import tongue_of
from counter_app.documents.papers import Document, press_again
from counter_app.documents.sentences import current_edition
from counter_app.documents.verify import verify_file
from counter_app.domain.papers import plain_of
from tests.documents.samples import proof_of, public_keys, sample

BEFORE = range(1, current_edition())


@pytest.mark.parametrize("edition", BEFORE)
def test_every_edition_before_is_kept_with_its_tables(edition: int) -> None:
    kept = resources.names(f"forms/{edition}", ".toml")
    assert f"forms/{edition}/common.toml" in kept
    told = tomli.loads(resources.read_bytes(f"forms/{edition}/common.toml").decode("utf-8"))
    assert told["edition"] == edition
    assert len(resources.names(f"forms/{edition}/tongues", ".toml")) >= 4


@pytest.mark.parametrize("edition", [*BEFORE, current_edition()])
def test_a_paper_of_any_edition_is_verified(edition: int, tmp_path: Path) -> None:
    for kind in ("SLTZ", "CZGZ", "GZCN"):
        content = replace(sample(kind), tongue="zh_Hant")
        file = tmp_path / "paper.pdf"
        file.write_bytes(press_again(Document(plain_of(content), proof_of(content), edition=edition)).pdf)
        assert verify_file(file, public_keys()).ok, kind


def test_a_word_that_was_mended_is_still_the_old_one_on_an_old_paper() -> None:
    """The first edition had 衝正 in Traditional Chinese for 冲正; the word is 沖正."""
    first, now = tongue_of("zh_Hant", 1), tongue_of("zh_Hant")
    assert first is not None
    assert now is not None
    assert first.words["业务冲正告知书"] == "業務衝正告知書"
    assert now.words["业务冲正告知书"] == "業務沖正告知書"
    assert not [said for said in now.words.values() if "衝" in said]
