"""Device profiles: what travels to the next window is what was saved, and nothing else gets in."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app import profiles
from counter_app.problems import Problem
from counter_app.profiles import Profile

DESK = Profile(
    "三号窗",
    {
        "card": ("cards.pcsc", {"reader": 'ACS "ACR39U" 00 00', "limit_ms": 3000}),
        "printer": ("printers.system_queue", {"queue": "A4", "options": ["media=A4", "sides=one"]}),
        "scanner": ("", {}),
    },
)
words = st.text(st.characters(codec="utf-8"), max_size=30)
values = st.one_of(words, st.integers(-(2**60), 2**60), st.booleans(), st.lists(words, max_size=3))
configs = st.dictionaries(words.filter(lambda key: key != "driver"), values, max_size=4)
roles = st.dictionaries(words.filter(bool), st.tuples(words, configs), max_size=4)


def refused(work: object, *arguments: object) -> str:
    with pytest.raises(Problem) as caught:
        work(*arguments)  # type: ignore[operator]
    return caught.value.code


def test_a_profile_goes_from_window_to_window(tmp_path: Path) -> None:
    one, stick, other = (tmp_path / name for name in ("one", "stick", "other"))
    stick.mkdir()
    profiles.save(one, DESK)
    file = profiles.export(one, "三号窗", stick)
    assert (file.name, profiles.named(other)) == ("三号窗.toml", ())
    assert profiles.bring(other, file) == DESK == profiles.load(other, "三号窗")
    assert profiles.named(other) == ("三号窗",)


@given(roles)
def test_whatever_is_in_it_comes_back(given_roles: dict[str, tuple[str, dict[str, object]]]) -> None:
    profile = Profile("x", given_roles)
    file = Path("/nowhere")
    read = profiles.parsed(file, profiles.text_of(profile))
    assert read == profile


def test_it_is_laid_over_the_settings_and_an_empty_driver_is_nobody() -> None:
    settings = {"scanner": ("scanners.serial_line", {}), "voucher": ("vouchers.http", {"url": "u"})}
    laid = profiles.laid(DESK, settings)
    assert set(laid) == {"card", "printer", "voucher"}
    assert laid["voucher"] == settings["voucher"]


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "x" * 41, "末尾.", "a\nb"])
def test_a_name_that_is_no_file_name_is_refused(tmp_path: Path, name: str) -> None:
    assert refused(profiles.save, tmp_path, Profile(name, {})) == "profile-name"
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize(
    "text", ["name = ", "name = 1\nrole = 2", "x = 1", 'name="x"\n[role]\ncard = 1', "name='../x'", "\x00"]
)
def test_a_file_that_is_none_is_refused_whole(tmp_path: Path, text: str) -> None:
    file = tmp_path / "stick.toml"
    file.write_text(text, "utf-8")
    assert refused(profiles.bring, tmp_path / "data", file) in ("profile-broken", "profile-name")
    assert profiles.named(tmp_path / "data") == ()


def test_what_is_not_there_says_so(tmp_path: Path) -> None:
    assert refused(profiles.load, tmp_path, "x") == "profile-unknown"
    assert refused(profiles.bring, tmp_path, tmp_path / "x.toml") == "not-found"
    (tmp_path / "profiles").write_text("a file in the way", "utf-8")
    assert refused(profiles.save, tmp_path, Profile("x", {})) == "store-write"
