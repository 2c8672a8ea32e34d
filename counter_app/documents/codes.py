"""QR codes as modules, dark or light."""

from __future__ import annotations

from collections.abc import Sequence

QR_VERSION = 11  # 61 modules: holds the proof of an Ed25519 signature; found at once instead of by trying


def qr_matrix(text: str) -> Sequence[Sequence[bool]]:
    """The modules of a QR code with a quiet zone of one (the paper around it is the rest).

    The mask is fixed: any is valid, and scoring all eight costs ten times the code itself.
    """
    import qrcode
    from qrcode.exceptions import DataOverflowError

    for version, fit in ((QR_VERSION, False), (None, True)):
        code = qrcode.QRCode(version, qrcode.constants.ERROR_CORRECT_M, border=1, mask_pattern=4)
        code.add_data(text, optimize=0)
        try:
            code.make(fit=fit)
            break
        except DataOverflowError:  # a longer key or signature: look for the size that holds it
            continue
    matrix: list[list[bool]] = code.get_matrix()
    return matrix
