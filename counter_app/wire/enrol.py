"""What a hub and a device that joins it must say alike: the code, the fingerprint, the proof of the key."""

from __future__ import annotations

import base64
import hashlib
import ssl

from counter_app.problems import Problem
from counter_app.seals.canonical import canonical

MEMBER_FILE = "hub.member"  # in the data folder of a device that joined a hall
SERVICE = "_onewindow._tcp.local."
CODE = 8  # base-32 letters of a one-time code: 40 bits, good once and for half an hour
SHORT = 12  # base-32 letters of the fingerprint beside it: 60 bits


def fingerprint_of(pem: str) -> str:
    """SHA-256 of a certificate given as PEM. Raises Problem `enrol-stranger` for anything else."""
    try:
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest()
    except ValueError as error:
        raise Problem("enrol-stranger", "ca") from error


def short_of(fingerprint: str) -> str:
    """The beginning of a fingerprint as people type it."""
    return base64.b32encode(bytes.fromhex(fingerprint)).decode("ascii")[:SHORT]


def told(code: str, fingerprint: str = "") -> str:
    """A code as a person carries it: in groups of four, the fingerprint's beginning behind it."""
    letters = code + (short_of(fingerprint) if fingerprint else "")
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def words_of(typed: str) -> tuple[str, str]:
    """Code and short fingerprint of what was typed. Raises Problem `enrol-code`."""
    plain = "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())
    plain = plain.replace("0", "O").replace("1", "I").replace("8", "B")  # base 32 has none of these digits
    if len(plain) not in (CODE, CODE + SHORT):
        raise Problem("enrol-code", "code")
    return plain[:CODE], plain[CODE:]


def digest_of(code: str) -> str:
    """What is kept and signed of a code."""
    said = f"onewindow enrol {code.upper()}"
    return hashlib.sha256(said.encode("utf-8", "backslashreplace")).hexdigest()


def people_about(version: int) -> str:
    """What a sealed key for marks of persons says it is."""
    return f"people {version}"


def proof_of(hall: str, code: str, public_key: str) -> bytes:
    """What a device signs to show that it holds its key: good for one code of one hall."""
    return canonical({"enrol": "ow1", "hall": hall, "code": digest_of(code), "public_key": public_key})


def store_of_hall(device: str) -> str:
    """What the facts of another hall's hub name as their device: its own key, so that nobody else's fit."""
    return f"hall:{device}"
