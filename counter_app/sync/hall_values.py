"""Single sealed values opened by whoever looks behind the counter, with keys that stay in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from counter_app.problems import Problem
from counter_app.seals.device import hall_version, is_own, open_for_hall
from counter_app.sync.field_keys import Asked, fetched


@dataclass(slots=True, repr=False)
class HallValues:
    """The hall's keys as an enrolled device gets them, asked for at the first look. No repr shows them."""

    hub: Asked
    hall: str
    _keys: Mapping[int, bytes] = field(default_factory=dict)

    def open(self, sealed: str, where: str) -> str:
        """Open a value; `where` is `case_id|key`.

        Raises Problem `value-own` (only its counter can, so far), `value-elsewhere` (not sealed for this
        hall), and what the hub says to who asks for its keys (`hub-away`, `device-revoked`, `hub-keys`).
        """
        if is_own(sealed):
            raise Problem("value-own", where)
        version = hall_version(sealed)
        if version is None:
            raise Problem("value-elsewhere", where)
        if version not in self._keys:
            self._keys = fetched(self.hub, self.hall)
        try:
            plain = open_for_hall(sealed, where, self._keys)
        except Problem as problem:
            raise Problem("value-elsewhere", where) from problem
        assert plain is not None
        return plain


def keyless(sealed: str, where: str) -> str:
    """On a machine that joined no hall nothing is opened. Raises Problem `value-keyless`."""
    raise Problem("value-keyless", where)
