"""What a device knows of the hall it joined, in its data folder; and how it joins one."""

from __future__ import annotations

import http.client
import json
import ssl
import urllib.parse
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.boxes import BoxKey
from counter_app.seals.files import write_private
from counter_app.seals.provider import ED25519, STANDARD, new_key
from counter_app.services.people_marks import KEYS_FILE, keep
from counter_app.sync.answers import decoded, refusal
from counter_app.sync.lease_book import LeaseBook
from counter_app.sync.pinned import pinned
from counter_app.sync.remote_hall import RemoteHall, unboxed
from counter_app.sync.standing import Standing
from counter_app.wire.enrol import MEMBER_FILE, fingerprint_of, proof_of, short_of, words_of

KEY_FILE, DOOR = "device.key", "hub.door"
_TIMEOUT_S = 10.0


class Member(Value, frozen=True):
    """A device's place in a hall. Its repr shows no token."""

    url: str
    hall: str
    role: str
    window: str
    device: str
    token: str
    ca: str
    pages_key: str = ""
    hub_key: str = ""
    box_key: str = ""

    def __repr__(self) -> str:
        return f"Member({self.url!r}, {self.hall!r}, {self.role!r}, {self.window!r}, {self.device!r})"

    def connect(self, folder: Path | None = None) -> RemoteHall:
        """The hall at the address it was joined at, by the pinned authority.

        With its data folder the device signs what it hands over, and remembers which hub it spoke with.
        """
        hall = RemoteHall(self.url, self.token, ca=self.ca)
        if folder is not None:
            hall.standing = Standing(folder, self.hall, device_key(folder), self.hub_key)
        return hall


def join(folder: Path, url: str, words: str, name: str = "") -> Member:
    """Join the hall at an address with the words of a code, and keep the membership (0600).

    The words are the one-time code and the beginning of the authority's fingerprint: nothing is told to
    a hub that does not hold that authority. Raises Problem `enrol-code`, `enrol-proof`,
    `enrol-stranger`, `enrol-wait`, `hub-away`.
    """
    code, short = words_of(words)
    told = _asked(url, "GET", "/v1/ca", None, _anybody() if url.startswith("https:") else None)
    ca = str(told.get("ca", ""))
    if url.startswith("https:") and (not ca or short_of(fingerprint_of(ca)) != short):
        raise Problem("enrol-stranger", "ca")
    hall = str((told.get("halls") or [""])[0])
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = device_key(folder)
    public = base64url.encode(STANDARD.public_key(ED25519, key))
    signature = base64url.encode(STANDARD.sign(ED25519, key, proof_of(hall, code, public)))
    box = BoxKey()
    body = {"code": code, "public_key": public, "signature": signature, "hall": hall, "name": name}
    body["box_key"] = box.public
    made = _asked(url, "POST", "/v1/enrol", body, pinned(ca) if ca else None)
    place = (url, made["hall"], made["role"], made["window"], made["device"], made["token"])
    told_keys = (made.get(name, "") for name in ("pages_key", "hub_key", "box_key"))
    member = Member(*place, ca, *told_keys)
    write_private(folder / MEMBER_FILE, json.dumps(asdict(member)).encode())
    (folder / KEYS_FILE).unlink(missing_ok=True)  # of another hall
    keys = unboxed(box, made.get("people_keys", []))
    if keys.keys:
        keep(folder / KEYS_FILE, keys)
    _leased(member, folder)
    return member


def _leased(member: Member, folder: Path) -> None:
    """A device that keeps facts of its own begins with a lease; others need none."""
    if not member.hub_key or member.role != "device":
        return
    hall = member.connect(folder)
    try:
        LeaseBook(folder, member.hall, member.device, member.hub_key).renew(hall.lease())
    finally:
        hall.close()


def member_of(folder: Path) -> Member | None:
    """The membership of a data folder, or None. Raises Problem `hub-keys` when the file is broken."""
    file = folder / MEMBER_FILE
    if not file.exists():
        return None
    try:
        return Member(**json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise Problem("hub-keys", str(file), MEMBER_FILE) from error


def hall_of(folder: Path) -> RemoteHall:
    """The hall of a data folder: the one it joined, or that of a desk that serves on this machine.

    Raises Problem `enrol-none` when there is neither.
    """
    member = member_of(folder)
    if member is not None:
        return member.connect(folder)
    try:
        door = json.loads((folder / DOOR).read_text("utf-8"))
        return RemoteHall(door["url"], door["token"])
    except (OSError, ValueError, KeyError) as error:
        raise Problem("enrol-none", "hub") from error


def device_key(folder: Path) -> bytes:
    """The device's own Ed25519 key for its halls, made (0600) when there is none."""
    file = folder / KEY_FILE
    if not file.exists():
        write_private(file, new_key().hex().encode())
    return bytes.fromhex(file.read_text("ascii").strip())


def _anybody() -> ssl.SSLContext:
    """For the one question that is checked by the fingerprint instead."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _asked(
    url: str, method: str, path: str, body: Mapping[str, str] | None, tls: ssl.SSLContext | None
) -> dict[str, Any]:
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Problem("setting-value", "hub", url)
    link: http.client.HTTPConnection
    if parts.scheme == "https":
        link = http.client.HTTPSConnection(parts.hostname, parts.port, timeout=_TIMEOUT_S, context=tls)
    else:
        link = http.client.HTTPConnection(parts.hostname, parts.port, timeout=_TIMEOUT_S)
    try:
        sent = json.dumps(body).encode() if body is not None else None
        link.request(method, path, sent, {"Content-Type": "application/json"})
        response = link.getresponse()
        reply: dict[str, Any] = decoded(response.status, response.read())
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Problem("hub-away", "hub", type(error).__name__) from error
    finally:
        link.close()
    if response.status >= 400:
        raise refusal(reply)
    return reply
