"""Who a hub is, wherever its store runs: keys derived from one secret that a standby has a copy of."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field

from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.canonical import canonical
from counter_app.seals.provider import AES_256_GCM, ED25519, STANDARD, key_id


@dataclass(frozen=True, slots=True)
class HubIdentity:
    """Signs what devices believe (epochs, leases) and opens what was sealed for the hub."""

    secret: bytes = field(repr=False)

    @property
    def public_key(self) -> bytes:
        """The Ed25519 key devices are told when they join."""
        return STANDARD.public_key(ED25519, self._key("sign"))

    @property
    def box_key(self) -> bytes:
        """The X25519 key packages are sealed for."""
        from counter_app.seals.boxes import box_public  # only where packages travel

        return box_public(self._key("box"))

    @property
    def name(self) -> str:
        """The short name of the signing key."""
        return key_id(self.public_key)

    def paper(self, what: str, said: Mapping[str, object]) -> dict[str, object]:
        """A small signed document: what it is, what it says, `{alg, key_id, sig}`."""
        signature = STANDARD.sign(ED25519, self._key("sign"), _message(what, said))
        signed = {"alg": ED25519, "key_id": self.name, "sig": base64url.encode(signature)}
        return {"what": what, "said": dict(said), "signature": signed}

    def opened(self, sealed: bytes, where: str) -> bytes:
        """What was sealed for this hub at a place. Raises Problem `seal-broken`."""
        from counter_app.seals.boxes import open_box

        return open_box(self._key("box"), sealed, where)

    def keep(self, data: bytes, where: str) -> bytes:
        """Seal for this hub's own store, so that whoever runs the database reads no person."""
        return STANDARD.seal(AES_256_GCM, self._key("store"), data, where.encode("utf-8"))

    def kept(self, sealed: bytes, where: str) -> bytes:
        """Open what `keep` sealed at a place. Raises Problem `seal-broken`."""
        return STANDARD.open(AES_256_GCM, self._key("store"), sealed, where.encode("utf-8"))

    def _key(self, purpose: str) -> bytes:
        return hmac.digest(self.secret, f"onewindow hub {purpose}".encode(), "sha256")


def identity_from(secret: bytes) -> HubIdentity:
    """The identity that follows from a secret a hub has anyway: its authority's key or its store's."""
    return HubIdentity(hmac.digest(secret.strip(), b"onewindow hub identity", "sha256"))


def believed(paper: Mapping[str, object], what: str, public_key: bytes) -> Mapping[str, object]:
    """What a signed paper says. Raises Problem `hub-paper` unless this very key signed it as `what`."""
    said, signature = paper.get("said"), paper.get("signature")
    if paper.get("what") != what or not isinstance(said, Mapping) or not isinstance(signature, Mapping):
        raise Problem("hub-paper", what)
    try:
        message, raw = _message(what, said), base64url.decode(str(signature.get("sig", "")))
    except (ValueError, RecursionError) as error:
        raise Problem("hub-paper", what) from error
    if not STANDARD.verify(str(signature.get("alg", "")), public_key, message, raw):
        raise Problem("hub-paper", what)
    return said


def _message(what: str, said: Mapping[str, object]) -> bytes:
    return canonical({"for": f"ow1.{what}", "said": dict(said)})
