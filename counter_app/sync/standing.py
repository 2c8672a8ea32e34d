"""What an enrolled device remembers of its hub: the newest epoch it saw, and how far its facts are there.

Kept in one small file that is replaced whole. With it the device signs what it hands over, refuses a hub
older than the one it knows, and notices one that has lost what it had confirmed.
"""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.files import write_private
from counter_app.seals.hub_identity import believed
from counter_app.seals.provider import ED25519, STANDARD, key_id
from counter_app.wire.envelope import push_message

FILE = "hub.known"
PAPER = "hub-epoch"


@dataclass(slots=True)
class Standing:
    """One device's memory of one hall's hub. Only the sync lane changes it.

    `hub_key` is the hub's Ed25519 key as base64url, "" for a hub joined before it told one: then batches
    are signed, but epochs are not judged.
    """

    folder: Path
    hall: str
    key: bytes = field(repr=False)
    hub_key: str = ""
    _known: dict[str, Any] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __post_init__(self) -> None:
        file = self.folder / FILE
        try:
            self._known = json.loads(file.read_text("utf-8")) if file.exists() else {}
        except (OSError, ValueError) as error:
            raise Problem("hub-keys", str(file), FILE) from error

    @property
    def device(self) -> str:
        """The name of this device's key, by which the hall knows it."""
        return key_id(STANDARD.public_key(ED25519, self.key))

    @property
    def epoch(self) -> int:
        """The newest epoch of the hub this device has seen; 0 before the first."""
        return int(self._known.get("epoch", 0))

    @property
    def must_offer_again(self) -> bool:
        """Whether a newer hub took over since facts were last compared with it."""
        return bool(self._known.get("offer", False))

    def head(self, piece: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """The signed header of a push."""
        named = {"hall": self.hall, "device": self.device, "request_id": uuid.uuid4().hex}
        named |= {"hub_epoch": self.epoch}  # type: ignore[dict-item]
        message = push_message(named, [str(one.get("hash", "")) for one in piece])
        signature = base64url.encode(STANDARD.sign(ED25519, self.key, message))
        signed = {"alg": ED25519, "key_id": self.device, "sig": signature}
        del named["hall"]
        shown = {"head": self._known.get("head", {})} if self._known.get("lost") else {}
        return {**named, "signature": signed, "standing": self._known.get("paper", {}), **shown}

    def heard(self, reply: Mapping[str, Any], piece: Sequence[Mapping[str, Any]]) -> None:
        """Judge the hub by its answer before a verdict of it counts.

        Raises Problem `hub-stale` (older than a hub this device knows), `hub-restored` (of the same epoch,
        but it has lost what it had confirmed), `hub-fenced` (it knows it is not the hall's), `hub-paper`.
        """
        if reply.get("fenced"):
            is_copy = bool(reply.get("standing"))  # one that a newer hub replaced tells nothing of itself
            raise Problem("hub-restored" if is_copy else "hub-fenced", "hub", str(reply["fenced"]))
        with self._turn:
            self._judge_epoch(reply.get("standing") or {})
            self._judge_ends(reply, piece)

    def offered_again(self) -> None:
        """Facts were compared with the newer hub: what it lacks waits again."""
        with self._turn:
            self._keep({**self._known, "offer": False})

    def _judge_epoch(self, paper: Mapping[str, Any]) -> None:
        if not self.hub_key or paper == self._known.get("paper"):
            return
        if not paper:
            raise Problem("hub-paper", PAPER)
        said = believed(paper, PAPER, base64url.decode(self.hub_key))
        epoch = said.get("epoch")
        if said.get("hall") != self.hall or type(epoch) is not int:
            raise Problem("hub-paper", PAPER)
        if epoch < self.epoch:
            raise Problem("hub-stale", "hub", str(epoch))
        if epoch > self.epoch:
            offer = self.epoch > 0
            self._keep({"epoch": epoch, "paper": dict(paper), "ends": {}, "offer": offer})

    def _judge_ends(self, reply: Mapping[str, Any], piece: Sequence[Mapping[str, Any]]) -> None:
        places = {one["event_id"]: f"{one['device']}/{one['epoch']}" for one in piece}
        known: dict[str, int] = dict(self._known.get("ends", {}))
        for verdict in reply.get("verdicts", ()):
            place = places.get(str(verdict.get("event_id")))
            end = int(verdict.get("durable_upto", 0))
            if place is None or verdict.get("verdict") not in ("accepted", "duplicate"):
                continue
            if end < known.get(place, 0):
                self._keep({**self._known, "lost": True})  # from now on it is shown what it had signed
                raise Problem("hub-restored", "hub", f"{known[place]} → {end}")
            known[place] = end
        if known != self._known.get("ends", {}):
            self._keep({**self._known, "ends": known, "head": dict(reply.get("head") or {})})

    def _keep(self, known: dict[str, Any]) -> None:
        try:
            write_private(self.folder / FILE, json.dumps(known).encode())
        except OSError as error:
            raise Problem("store-write", FILE, error.strerror or "") from error
        self._known = known
