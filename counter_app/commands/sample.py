"""A receipt about nobody, signed by a key made for the occasion: for the self-test."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter_app.domain.papers import PaperContent

NUMBER = "260101-001-ABC-0001-0"


def sample_receipt() -> tuple[PaperContent, dict[str, str], dict[str, bytes]]:
    """Content, proof and the public key that proves it."""
    from counter_app.domain.papers import Agency, PaperContent, plain_of
    from counter_app.seals.device import DeviceKeys, DeviceSecrets
    from counter_app.seals.receipts import content_hash, receipt_message

    content = PaperContent(
        kind="YWHZ",
        number=NUMBER,
        case_number=NUMBER,
        issued_at="2026-01-01T09:00:00+08:00",
        agency=Agency(name="自检"),
        applicant_name="自检 𬱖䶮",
        type_name="自检",
        accepted_at="2026-01-01T09:00:00+08:00",
        demo=True,
    )
    keys = DeviceKeys()
    digest = content_hash(plain_of(content))
    event_id = "01990000-0000-7000-8000-000000000000"
    signature = DeviceSecrets(keys).sign(receipt_message(NUMBER, event_id, digest))
    proof = {"number": NUMBER, "event_id": event_id, "content_hash": digest, **signature}
    return content, proof, {signature["key_id"]: keys.public_key}
