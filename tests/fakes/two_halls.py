"""A desk that accepts a case for another district, and the two halls it goes between."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from counter_app.catalog.model import Catalogue
from counter_app.domain.cases import CaseRecord
from counter_app.domain.life import Life, Wish
from counter_app.services import decide, life
from counter_app.services.visit import Visit
from counter_app.sync.drain import drain
from counter_app.sync.member import Member, join
from counter_app.sync.pages import hand_over
from counter_app.sync.pull import pull
from counter_app.sync.remote_hall import RemoteHall
from tests.fakes.office import TestOffice, open_office

PLACE = "370203"  # 市北区, for which 胶州 accepts


@dataclass
class AcceptingDesk:
    """A desk in 胶州 that joined its hall, with a real store."""

    folder: Path
    desk: TestOffice
    member: Member
    remote: RemoteHall

    @classmethod
    def joined(cls, folder: Path, url: str, code: str, catalogue: Catalogue) -> AcceptingDesk:
        """A new desk, enrolled with a code."""
        desk = open_office(folder, catalogue)
        desk.office = replace(desk.office, region=catalogue.regions["jiaozhou"])
        desk.visit = Visit(desk.office)
        member = join(folder, url, code, "胶州一号")
        return cls(folder, desk, member, member.connect(folder))

    def accept(self, place: str = PLACE) -> CaseRecord:
        """异地就医备案 of somebody insured elsewhere, with a scanned page; it waits to be told."""
        visit = self.desk.visit
        self.desk.identify("li_guifang")
        visit.open_case("YD01", "resident")
        visit.set_field("rloc_admdvs", "上海市")
        visit.set_field("by_commit", "是")
        for code in ("M_YDFORM", "M_CNS"):
            visit.receive(code)
        if place:
            visit.accept_for(place)
        visit.check(True)
        visit.submit()
        return self.desk.store.cases()[0]

    def moved_to(self, url: str) -> None:
        """The hall's hub is at another address now."""
        self.remote.close()
        self.remote = replace(self.member, url=url).connect(self.folder)

    def withdraw(self, case: CaseRecord) -> None:
        """The person wants it back; written here, told later."""
        wish = Wish(f"withdraw-{case.case_id}", "withdraw", reason="另有安排")
        decide.decide(self.desk.office, case.number, wish)

    def sync(self) -> int:
        """What waits goes to the hall, what it knows comes back; how many turns were new."""
        store = self.desk.store
        drain(store, self.remote, store.settle)
        hand_over(self.folder, self.remote)
        return pull(store, self.remote, lambda news: life.follow(self.desk.office, news))

    def life(self, case: CaseRecord) -> Life:
        """Where a case stands as this desk knows it."""
        return life.life_of(self.desk.office, life.record_of(self.desk.office, case.number))

    def close(self) -> None:
        """Close the store and the line."""
        self.remote.close()
        self.desk.close()
