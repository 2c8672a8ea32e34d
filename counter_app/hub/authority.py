"""The hub's own certificate authority: one key pair made once, pinned by every device that enrols.

No public authority knows a hall's network, so trust begins with the code a person carries from the hub
to the device: it holds the beginning of the authority's fingerprint, and a stranger's hub has another.
"""

from __future__ import annotations

import hmac
import ipaddress
import ssl
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.seals.files import write_private
from counter_app.wire.enrol import fingerprint_of

CA_KEY, CA_CERT, KEY, CERT = "ca.key", "ca.crt", "hub.key", "hub.crt"
_YEARS = timedelta(days=3650)
_RENEW = timedelta(days=825)


class Authority(Value, frozen=True):
    """Where the keys lie, and the authority's certificate as PEM."""

    folder: Path
    pem: str

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, in hexadecimal."""
        return fingerprint_of(self.pem)

    def pages_key(self, hall: str) -> str:
        """The key by which a hall's pages are sealed, in hexadecimal; told over TLS to who may see them."""
        secret = (self.folder / CA_KEY).read_bytes()
        return hmac.new(secret, f"onewindow pages {hall}".encode(), "sha256").hexdigest()

    def people_root(self, hall: str) -> bytes:
        """What the hall's keys for marks of persons are made with, so that the store alone knows nobody."""
        return hmac.digest((self.folder / CA_KEY).read_bytes(), f"onewindow people {hall}".encode(), "sha256")

    def server(self) -> ssl.SSLContext:
        """What the hub serves with: TLS 1.3 and nothing older."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.load_cert_chain(self.folder / CERT, self.folder / KEY)
        return context


def authority_in(folder: Path, names: Sequence[str]) -> Authority:
    """The authority of a folder, made (0600) when there is none; the hub's certificate is for `names`.

    Raises Problem `hub-keys` when the files are there and cannot be used.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (folder / CA_KEY).exists():
            _make_authority(folder)
        _make_server(folder, names)
        return Authority(folder, (folder / CA_CERT).read_text("ascii"))
    except (OSError, ValueError, TypeError) as error:
        raise Problem("hub-keys", str(folder), type(error).__name__) from error


def _make_authority(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("一窗大厅服务")
    made = (
        _begun(name, name, key.public_key(), _YEARS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    write_private(folder / CA_CERT, made.public_bytes(Encoding.PEM))
    write_private(folder / CA_KEY, _plain(key))


def _make_server(folder: Path, names: Sequence[str]) -> None:
    """A fresh certificate at every start: addresses change, and it costs a millisecond."""
    issuer = x509.load_pem_x509_certificate((folder / CA_CERT).read_bytes())
    authority = load_pem_private_key((folder / CA_KEY).read_bytes(), None)
    if not isinstance(authority, ec.EllipticCurvePrivateKey):
        raise TypeError("another kind of key")
    key = ec.generate_private_key(ec.SECP256R1())
    alternatives = x509.SubjectAlternativeName([_alternative(name) for name in names])
    made = (
        _begun(_name("hub"), issuer.subject, key.public_key(), _RENEW)
        .add_extension(alternatives, critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key()), critical=False
        )
        .sign(authority, hashes.SHA256())
    )
    write_private(folder / CERT, made.public_bytes(Encoding.PEM))
    write_private(folder / KEY, _plain(key))


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, lasts: timedelta
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))  # clocks of a hall differ
        .not_valid_after(now + lasts)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _plain(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
