"""The lines between counter and host."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.host import wire
from drivers.protocols import CardRead, Fault, IdCardRead, VoucherPerson

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary(),
    lambda inside: (
        st.lists(inside).map(tuple)
        | st.dictionaries(st.text().filter(lambda k: k not in ("is", "base64")), inside)
    ),
    max_leaves=10,
)


@given(plain)
def test_values_come_back_as_they_went(value: object) -> None:
    assert wire.value(wire.message(wire.line({"ok": value}))["ok"]) == value


@pytest.mark.parametrize(
    "value",
    [
        CardRead("r", name="𬱖", missing=("idno",), raw={"a": "FF"}, proof="QkM="),
        IdCardRead("r", name="王敏", photo=bytes(range(256))),
        VoucherPerson("王敏", "1"),
    ],
)
def test_values_of_the_protocols_keep_their_class(value: object) -> None:
    assert wire.value(wire.message(wire.line({"ok": value}))["ok"]) == value


@given(st.binary(max_size=200))
def test_any_bytes_are_an_object_or_a_fault(data: bytes) -> None:
    try:
        told = wire.message(data + b"\n")
    except Fault as fault:
        told = {"fault": fault.code}
    assert isinstance(told, dict)


@pytest.mark.parametrize(
    "given_value",
    [{"is": "Popen"}, {"is": "CardRead", "nmae": 1}, {"base64": "%"}, {"is": ["CardRead"]}, {"is": "Fault"}],
)
def test_what_is_no_value_is_refused(given_value: dict[str, object]) -> None:
    with pytest.raises(Fault) as caught:
        wire.value(given_value)
    assert caught.value.code == "device-broken"


def test_a_line_is_never_longer_than_promised() -> None:
    with pytest.raises(Fault):
        wire.line({"ok": "x" * wire.LONGEST})
    assert len(wire.line({"ok": "x" * (wire.LONGEST - 20)})) <= wire.LONGEST
