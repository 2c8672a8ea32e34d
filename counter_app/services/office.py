"""Where the visit happens: the ports, the packs in force and the desk's own particulars."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from counter_app.catalog.holidays import Holidays, shipped
from counter_app.catalog.model import Catalogue, Region, TransactionType
from counter_app.domain.actor import Actor
from counter_app.domain.ids import new_id
from counter_app.domain.leases import Lease
from counter_app.domain.logins import LoginRules
from counter_app.domain.value import Value, field
from counter_app.problems import Problem
from counter_app.seals.passwords import Passwords
from counter_app.seals.trust import TrustStore
from counter_app.services.ports import Ports


class Office(Value, frozen=True):
    """Everything a verb needs that does not change during a visit."""

    ports: Ports
    catalogue: Catalogue
    region: Region
    actor: Actor
    hall_name: str = ""
    window: str = ""
    voucher_business: str = ""
    slip_instead: bool = False
    calendar: Holidays = field(default_factory=shipped)
    trust: TrustStore = field(default_factory=TrustStore)
    lease: Callable[[], Lease | None] = lambda: None  # of a device that joined a hall; None asks for nothing
    tongues: tuple[str, ...] = ()  # languages of this hall besides Chinese, the commonest first
    rating_url: str = ""  # where receipts lead those who rate by telephone; "" prints no code
    login_rules: LoginRules = field(default_factory=LoginRules)
    passwords: Passwords = field(default_factory=Passwords)
    training: bool = False  # practice: 培训 on every paper and on the window
    vouched: frozenset[str] = frozenset()  # 工号 of those who have just signed in beside the actor

    def now(self) -> datetime:
        """The moment, aware."""
        return self.ports.clock.now()

    def today(self) -> date:
        """The business date."""
        return self.now().date()

    def new_id(self) -> str:
        """A fresh UUIDv7."""
        return new_id(int(self.now().timestamp() * 1000))

    def marks_of(self, certno: str) -> tuple[str, ...]:
        """By what the hall knows a person, the mark in use first; none for nobody in particular."""
        if self.ports.marks is not None:
            return self.ports.marks.of(certno)
        return (self.ports.secrets.blind(certno),) if certno else ()

    def type(self, type_id: str) -> TransactionType:
        """The transaction type. Raises Problem `type-unknown`."""
        found = self.catalogue.types.get(type_id)
        if found is None:
            raise Problem("type-unknown", "case", type_id)
        return found

    def online(self) -> bool:
        """Whether the hub answered last time."""
        return self.ports.hub.online()
