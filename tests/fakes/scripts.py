"""Pieces of rehearsals that several tests write down."""

from __future__ import annotations


def person(key: str, name: str, certno: str, tel: str) -> str:
    """Somebody of Rizhao with employee insurance, as a rehearsal names them."""
    return (
        f'\n[[person]]\nkey = "{key}"\nname = "{name}"\ncertno = "{certno}"\ntel = "{tel}"\n'
        'insutype = "310"\npsn_type = "12"\npsn_insu_stas = "1"\ninsuplc_admdvs = "371100"\n'
    )
