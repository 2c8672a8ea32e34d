"""The hall's field keys fetched by a device that joined it, for this process alone to open."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.boxes import box_public, open_box
from counter_app.seals.device import DeviceSecrets, is_own
from counter_app.seals.hall_fields import HallFields, save
from counter_app.seals.provider import new_key
from counter_app.services.ports import Storage
from counter_app.services.resealing import reseal, waiting
from counter_app.wire.fields import about

FETCH_S = 300.0  # a key that was renewed because a device left is in use after five minutes
# No line, a hub without keys, a hub from before; that this device was given up is said by its lease.
_QUIET = ("hub-away", "hub-keys", "not-found", "device-revoked")
_LOG = logging.getLogger(__name__)


class Asked(Protocol):
    """A hub over the network."""

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """One question and its answer."""


def fetched(hub: Asked, hall: str) -> Mapping[int, bytes]:
    """The keys by version. Raises Problem `hub-away`, `token-role`, `seal-broken` (not made for us)."""
    private = new_key()
    body = {"request_id": "field-keys", "public_key": base64url.encode(box_public(private))}
    boxes = hub.ask("POST", "/v1/field-keys", body)["boxes"]
    try:
        return {
            int(version): open_box(private, base64url.decode(box), about(hall, int(version)))
            for version, box in boxes.items()
        }
    except (ValueError, AttributeError) as error:
        raise Problem("seal-broken", "field-keys") from error


@dataclass(slots=True)
class FieldSync:
    """The part of a desk's sync that is about field keys: heard now and then, what is old sealed again.

    `write` runs a call on the lane that writes the store.
    """

    folder: Path
    hall: str
    hub: Asked
    storage: Storage
    secrets: DeviceSecrets
    write: Callable[[Callable[[], int]], int]
    _heard: float = -FETCH_S

    def run(self, now: datetime) -> int:
        """Once; how many cases were sealed again. Away is no matter."""
        fields = self.secrets.hall
        if fields is None:
            return 0
        if time.monotonic() - self._heard >= FETCH_S:
            self._heard = time.monotonic()
            try:
                is_new = fields.take(fetched(self.hub, self.hall))
            except Problem as problem:
                if problem.code not in _QUIET:
                    _LOG.warning("the hall's field keys were not heard: %s", problem.code)
                return 0
            if is_new:
                save(self.folder, fields, self.secrets.seal_file)
        return self._settled(fields, now)

    def _settled(self, fields: HallFields, now: datetime) -> int:
        if fields.is_settled or not fields.keys:
            return 0
        cases = waiting(self.storage, is_own)
        if cases:
            return self.write(lambda: reseal(self.storage, self.secrets, is_own, cases, now))
        fields.is_settled = True
        save(self.folder, fields, self.secrets.seal_file)
        return 0
