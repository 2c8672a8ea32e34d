from __future__ import annotations

import subprocess
import sys

import pytest

from counter_app.catalog import pinyin


@pytest.mark.parametrize(
    ("word", "spelled", "head"),
    [
        ("重庆市", "chongqingshi", "cqs"),
        ("给付", "jifu", "jf"),
        ("重大疾病", "zhongdajibing", "zdjb"),
        ("曾小单", "zengxiaoshan", "zxs"),
        ("仇解", "qiuxie", "qx"),
        ("尉迟", "yuchi", "yc"),
        ("长护", "changhu", "ch"),
        ("CT检查", "ctjiancha", "ctjc"),
        ("吕梁", "lvliang", "ll"),
    ],
)
def test_every_reading_is_known(word: str, spelled: str, head: str) -> None:
    assert spelled in pinyin.spellings(word)
    assert head in pinyin.initials(word)


def test_a_long_word_of_many_readings_stays_small() -> None:
    assert 0 < len(pinyin.spellings("和的了重长行乐单曾参差" * 4)) <= pinyin.MOST


def test_characters_without_a_reading_are_left_out() -> None:
    assert pinyin.initials("（一）·二") == ("ye",)
    assert pinyin.initials("·") == ()


def test_the_dictionary_is_not_loaded_until_it_is_needed() -> None:
    code = (
        "import sys, counter_app.catalog.load, counter_app.catalog.search; print('pypinyin' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    assert pinyin.prepare()
