"""A verb is found by its module's name, alone; every verb is found for the help."""

from __future__ import annotations

import subprocess
import sys

import pytest

from counter_app.commands.registry import commands, verbs_for


@pytest.mark.parametrize("name", sorted(commands()))
def test_a_module_is_called_as_its_verb(name: str) -> None:
    assert list(verbs_for(name)) == [name]


@pytest.mark.parametrize("word", ["", "--help", "dance", "registry", "output", "../desk"])
def test_a_word_that_is_no_verb_finds_them_all(word: str) -> None:
    assert set(verbs_for(word)) == set(commands())


def test_one_verb_starts_without_the_others() -> None:
    code = (
        "import sys; from counter_app.commands.registry import verbs_for; verbs_for('demo');"
        "print('counter_app.commands.policy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
