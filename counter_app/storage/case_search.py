"""Finding a case by what people say at the window: a number, the end of one, or a name.

Every question is answered from an index and stops at its limit, so that the hundred-thousandth case
makes none of them slower.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from counter_app.domain.cases import CaseRecord
from counter_app.domain.numbers import normal_number, printed_number
from counter_app.domain.value import Value
from counter_app.services.ports import Secrets
from counter_app.storage import reading
from counter_app.storage.people import PeopleRows
from counter_app.storage.state import StoreState

_DAYS_BACK = 14  # days in which a serial alone is looked for
_SERIAL = re.compile(r"(\d{1,4})(?:-[0-9A-Z])?")


class CaseSearch(Value, frozen=True):
    """One search at one moment; `state` knows which numbers this device has given."""

    connection: Connection
    secrets: Secrets
    state: StoreState
    today: date

    def find(self, typed: str, limit: int) -> Sequence[CaseRecord]:
        """Cases that fit, newest first; nothing typed finds the newest of all."""
        clean, number = typed.strip(), normal_number(typed)
        if not clean:
            return reading.cases(self.connection, "", limit)
        if not number.isascii():
            return self._of_people(clean, limit)
        found = {case.case_id: case for case in self._by_serial(number, limit)}
        for case in reading.number_begins(self.connection, number, limit):
            found.setdefault(case.case_id, case)
        return list(found.values())[:limit] or self._of_people(clean, limit)

    def _by_serial(self, typed: str, limit: int) -> Sequence[CaseRecord]:
        """Cases with this serial, of the last days; with the check character only those it fits."""
        match = _SERIAL.fullmatch(typed)
        if match is None or not int(match[1]):
            return ()
        days = [self.today - timedelta(days=back) for back in range(_DAYS_BACK)]
        hall, device = self.state.hall, self.state.device_code
        numbers = [printed_number(day, hall, device, int(match[1])) for day in days]
        checked = [one for one in numbers if "-" not in typed or one.endswith(typed[-2:])]
        return reading.numbered(self.connection, checked, limit)

    def _of_people(self, typed: str, limit: int) -> Sequence[CaseRecord]:
        """Cases of the people who are called so, the best-fitting person first."""
        found: list[CaseRecord] = []
        for person in PeopleRows(self.secrets).search(self.connection, typed, limit):
            found += reading.cases(self.connection, person.person_id, limit - len(found))
            if len(found) >= limit:
                break
        return found
