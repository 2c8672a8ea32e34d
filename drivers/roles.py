"""Which roles a desk's devices play, and which faults are not a device's own."""

from __future__ import annotations

# Roles that `drivers.citizen_room` asks, and the family of each.
BESIDE = {
    "customer_screen": "gwq",
    "rater": "raters",
    "signpad": "signpads",
    "fingerprint": "fingerprints",
    "pinpad": "pinpads",
    "led": "leds",
    "voice": "voices",
    "eseal": "eseals",
}
ROLES = ("card", "idcard", "scanner", "voucher", "printer", "receipt_printer", "document_camera", *BESIDE)
FAMILY = {
    "card": "cards",
    "idcard": "cards",
    "scanner": "scanners",
    "voucher": "vouchers",
    "printer": "printers",
    "receipt_printer": "printers",
    "document_camera": "document_cameras",
    **BESIDE,
}
ABSENT = {
    "printer": "printer-absent",
    "receipt_printer": "printer-absent",
    "document_camera": "page-camera-none",
}
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
# The device is well; this card, code, page or person is not.
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
    | {"citizen-cancelled", "citizen-timeout", "sign-empty", "finger-poor", "voice-clip-missing"}
    | {"eseal-refused"}
)


def family_of(role: str) -> str:
    """The family whose drivers play a role of `ROLES`."""
    return FAMILY[role]
