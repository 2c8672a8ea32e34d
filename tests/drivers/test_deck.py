"""The file of invented people that simulators read."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers import deck
from drivers.cards.simulator import spec_of

ROOT = Path(__file__).resolve().parents[2]
TOML = """
[hall]
region = "rizhao"
[[person]]
key = "wang"
name = "王敏"
certno = "11010519491231002X"
insuplc_admdvs = "371100"
gend = "2"
brdy = 1949-12-31
card = { version = "2.00", expires_on = 2036-04-30 }
[[person]]
key = "baby"
voucher = false
"""


def test_toml_and_json_give_the_same_people(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(TOML, "utf-8")
    (tmp_path / "b.json").write_text(
        '{"person":[{"key":"wang","name":"王敏","certno":"11010519491231002X","insuplc_admdvs":"371100",'
        '"gend":"2","brdy":"1949-12-31","card":{"version":"2.00","expires_on":"2036-04-30"}},'
        '{"key":"baby","voucher":false}]}',
        "utf-8",
    )
    people = deck.load(tmp_path / "a.toml")
    assert [spec_of(p) for p in people] == [spec_of(p) for p in deck.load(tmp_path / "b.json")]
    assert (people[0].region, people[0].birth_date, people[0].voucher) == ("371100", "1949-12-31", True)
    assert (people[1].card, people[1].voucher) == (None, False)
    assert "王敏" not in repr(people)


@pytest.mark.parametrize(
    "text", ["[[person]", '{"person":', "[[person]]\nname='x'", "[[person]]\nkey='a'\ncard=1"]
)
def test_a_file_that_makes_no_sense_is_refused_with_its_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "people.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(deck.BadDeck, match=r"people\.toml"):
        deck.load(file)


def test_every_card_of_the_demo_hall_can_be_made() -> None:
    people = deck.load(ROOT / "resources" / "demo" / "people.toml")
    specs = [spec_of(person) for person in people if person.card is not None]
    assert len(specs) >= 5
    assert {len(spec.name) for spec in specs} >= {2, 25}
