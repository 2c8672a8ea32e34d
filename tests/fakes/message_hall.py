"""A hall with a courier before a training platform over real HTTP, and cases that get decided."""

from __future__ import annotations

import contextlib
import itertools
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from counter_app.catalog.load import load_catalogue
from counter_app.catalog.model import TransactionType
from counter_app.domain.actor import Actor
from counter_app.domain.life import Wish
from counter_app.hub.field_keys import keys_of
from counter_app.hub.gateway.courier import Courier
from counter_app.hub.gateway.desk import GatewayDesk
from counter_app.hub.gateway.envelope import EnvelopeGateway, Site
from counter_app.hub.gateway.simulator import Platform, Server
from counter_app.hub.hall import HallHub
from counter_app.hub.rows import to_ms
from counter_app.seals.device import DeviceKeys, DeviceSecrets
from counter_app.seals.hall_fields import HallFields
from counter_app.seals.hub_identity import HubIdentity
from tests.hub.envelopes import reviewed
from tests.hub.stores import HALL

ORG = "H37110000001"
CERTNO = "371102194605120027"  # whom the training platform knows
FIRST, SECOND = (Actor(number, "演示审核", ("reviewer",)) for number in ("0420", "0421"))
MANAGER = Actor("0301", "李晨", ("clerk", "supervisor"))
_IDS = itertools.count()


@cache
def _types() -> Mapping[str, TransactionType]:
    return load_catalogue().types


@dataclass
class MessageHall:
    """One hall; `clock` is moved by the test."""

    hub: HallHub
    clock: Any
    platform: Platform | None = None
    courier: Courier | None = None
    seq: int = 0
    secrets: DeviceSecrets = field(init=False)

    def __post_init__(self) -> None:
        identity = self.hub.identity = self.hub.identity or HubIdentity(b"k" * 32)
        keys = self.hub.lane.do(lambda c: keys_of(c, HALL, identity, to_ms(self.clock.now())))
        self.secrets = DeviceSecrets(DeviceKeys(), hall=HallFields(keys))

    def accept(self, number: str, type_id: str = "MT01", answers: Mapping[str, str] | None = None) -> str:
        """A case that goes to one desk behind the counter; its values sealed as a counter of a hall does."""
        case_id, self.seq = f"case-{number}", self.seq + 1
        given = {"certno": CERTNO, "insutype": "390", "opsp_dise_code": "M03900"} | dict(answers or {})
        sealed = {
            key: {"sealed": self.secrets.seal(value, f"{case_id}|{key}")}
            if key in ("certno", "opsp_dise_code", "opsp_dise_code2")
            else value
            for key, value in given.items()
        }
        told = {"type_id": type_id, "type_name": "门诊慢特病认定", "answers": sealed}
        fact = reviewed(self.seq, number, "timed", device="P5R", life={"desks": ["慢特病岗"]}, told=told)
        [verdict] = self.hub.push([fact])
        assert verdict["verdict"] == "accepted"
        return case_id

    def move(self, case_id: str, act: str, by: Actor, **wish: Any) -> Any:
        return self.hub.move(case_id, Wish(f"move-{next(_IDS)}", act, **wish), by)

    def approve(self, case_id: str) -> Any:
        """Both reviews."""
        self.move(case_id, "claim", FIRST)
        self.move(case_id, "pass", FIRST)
        return self.move(case_id, "second", SECOND)

    def done(self, number: str = "N1", **told: Any) -> str:
        """A case that was decided just now."""
        case_id = self.accept(number, **told)
        assert self.approve(case_id)["state"] == "done"
        return case_id

    def order(self, act: str, why: str = "", errand: str = "", by: Actor = MANAGER) -> bool:
        """An order on the one message of the list."""
        chosen = errand or self.hub.messages()[0]["id"]
        return self.hub.order_message(chosen, act, f"order-{next(_IDS)}", by, why)

    def states(self) -> list[str]:
        """Every message there ever was."""
        return [one["state"] for one in self.hub.messages(open_only=False)]

    def later(self, minutes: float = 6.0) -> int:
        """Time passes and the courier looks again."""
        assert self.courier is not None
        self.clock.pass_(minutes=minutes)
        return self.courier.turn()

    def sent(self, infno: str = "2503") -> int:
        """How often a write arrived and was done."""
        assert self.platform is not None
        return sum(one[0] == infno for one in self.platform.seen)


@contextlib.contextmanager
def platform_before(hall: MessageHall, limit_s: float = 5.0) -> Iterator[MessageHall]:
    """The hall with a courier and a platform of its own; what happened before is left alone."""
    hall.platform = Platform(late_s=0.3)
    with Server(hall.platform) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        gateway = EnvelopeGateway(
            Site(server.url, "training", "training", ORG, limit_s=limit_s), hall.clock.now
        )
        hub = hall.hub
        assert hub.identity is not None
        desk = GatewayDesk(gateway, hub.lane, hub.identity, HALL, ORG, hall.clock.now)
        hall.courier = Courier(desk, hub.database, _types(), chance=lambda: 0.0)
        hall.courier.begin()
        yield hall
        server.shutdown()
        thread.join()
