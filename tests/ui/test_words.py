from __future__ import annotations

import pytest

from counter_app.domain.tickets import TicketClass
from ui.words import KLASS, say


@pytest.mark.parametrize("klass", TicketClass)
def test_every_class_of_number_is_said_in_words(klass: TicketClass) -> None:
    said = say(KLASS, klass.value)
    assert (said == "") == (klass is TicketClass.ORDINARY)
    assert not any(letter.isascii() and letter.isalpha() for letter in said)
