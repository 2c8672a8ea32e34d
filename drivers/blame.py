"""Whose trouble a Fault is: these are a card's, a code's or a module's; the device that told them is well."""

from __future__ import annotations

_ABOUT_CARDS = (
    "card-removed",
    "card-mute",
    "card-wrong",
    "card-data",
    "card-none",
    "card-locked",
    "card-fake",
    "card-needs-key",
    "idcard-again",
    "idcard-wrong",
)
_ABOUT_PINS = ("pin-wrong", "pin-locked", "pin-cancelled", "pin-timeout", "pin-refused", "pinpad-none")
_ABOUT_KEYS = ("hsm-away", "hsm-refused")
NOT_THE_DEVICE = frozenset(
    {
        *_ABOUT_CARDS,
        *_ABOUT_PINS,
        *_ABOUT_KEYS,
        "voucher-expired",
        "voucher-refused",
        "voucher-other",
        "scan-unknown",
        "scan-garbled",
        "page-dark",
    }
)
