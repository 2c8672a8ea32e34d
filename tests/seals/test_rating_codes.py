"""The code to rate by: signed, short enough for a QR, found at the end of an address."""

from __future__ import annotations

from counter_app.seals import base64url, rating_codes
from counter_app.seals.packing import unpacked
from counter_app.seals.provider import STANDARD
from tests.documents.samples import EVENT, KEYS, SECRETS

NUMBER, UNTIL = "261123-001-K7Q-0001-5", "2026-12-23"


def test_a_code_says_its_case_and_only_the_device_can_have_made_it() -> None:
    code = rating_codes.made(EVENT, NUMBER, UNTIL, SECRETS.sign)
    case_id, number, until, alg, _, sig = unpacked(base64url.decode(code.removeprefix(rating_codes.MARK)))
    assert (case_id, number, until) == (EVENT, NUMBER, UNTIL)
    said = rating_codes.message(case_id, number, until)
    assert STANDARD.verify(alg, KEYS.public_key, said, base64url.decode(sig))
    other = rating_codes.message(case_id, number, "2027-12-23")
    assert not STANDARD.verify(alg, KEYS.public_key, other, base64url.decode(sig))
    assert len(code) < 250


def test_a_code_is_found_alone_or_in_an_address_and_nothing_else_is() -> None:
    code = rating_codes.made(EVENT, NUMBER, UNTIL, SECRETS.sign)
    assert rating_codes.taken_out(f" https://a.example/r/{code}\n") == code
    assert rating_codes.taken_out(code) == code
    for other in ("", "OW1R.abc", "https://a.example/r/", code.replace("OW1E.", "X"), "OW1E." + "A" * 700):
        assert rating_codes.taken_out(other) == ""
    assert rating_codes.digest(code) != rating_codes.digest(code + "A")
