"""Fills any form as a patient stranger would: reads the refusals and tries the next plausible answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from counter_app.catalog.model import FieldSpec, Region
from counter_app.catalog.options import choices
from counter_app.services.visit import Visit
from counter_app.services.visit_view import CaseView, ProblemView

CERTNO = "371102199001010037"
USCC = "91371102MA3EXAMP0L"
WORDS = {
    "text": ("示例", "示例内容", "A370000001", "123456", "1"),
    "cert_no": (CERTNO, "371102196302030177", "371102201805050018"),
    "uscc": (USCC,),
    "phone": ("13800001234",),
    "money": ("100", "1", "5000", "0", "20000"),
    "ratio": ("0.5", "0.1", "1"),
    "int": ("1", "2", "2026", "2025", "3", "12", "0", "30"),
    "icd": ("I10", "J18.900"),
    "bank_card": ("6200000000000000017",),
    "case_no": ("261120-001-ABC-0001-X",),
}
DAYS = (0, -1, -20, 1, 10, -40, 40, -200, 200, -400, 370, -800, -3000, 800)
MOST_ROUNDS = 80


@dataclass
class Filler:
    """Fills the case in hand."""

    visit: Visit
    region: Region
    today: date
    tried: dict[str, Iterator[str]] = field(default_factory=dict)

    def fill(self) -> list[str]:
        """Answer, receive and check until nothing is wrong; else the places and causes that stay."""
        for _ in range(MOST_ROUNDS):
            self.visit.check()
            case = self._case()
            if not case.problems:
                return []
            if not any([self._mend(case, problem) for problem in case.problems]):
                break
        return [f"{p.where} {p.code}: {p.cause}" for p in self._case().problems]

    def _case(self) -> CaseView:
        case = self.visit.view().case
        assert case is not None
        return case

    def _mend(self, case: CaseView, problem: ProblemView) -> bool:
        """Try something about one refusal; False when nothing is left to try."""
        where = problem.where
        if where.startswith("material:"):
            self.visit.receive(where.removeprefix("material:"))
            return True
        if where == "party":
            return self._agent(problem)
        specs = self.visit.office.type(case.type_id).fields
        spec = next((s for s in specs if s.key == where.partition("[")[0]), None)
        if spec is None:
            return False
        if spec.type == "table":
            return self._cell(spec, where)
        word = self._next(spec, spec.key)
        if word is not None:
            self.visit.set_field(spec.key, word)
        return word is not None

    def _agent(self, problem: ProblemView) -> bool:
        if problem.code != "agent-incomplete" or next(self._words("agent", ("once",)), None) is None:
            return False
        fields = {"agnter_name": "示例代办", "agnter_certno": CERTNO, "agnter_tel": "13800001234"}
        for key, value in {**fields, "agnter_rlts": "子女"}.items():
            self.visit.set_agent(key, value)
        return True

    def _cell(self, table: FieldSpec, where: str) -> bool:
        """One cell of the first row; an empty or refused table gets a whole row."""
        _, _, column = where.partition("].")
        done = False
        for spec in [c for c in table.columns if c.key == column or not column]:
            word = self._next(spec, f"{table.key}.{spec.key}")
            if word is not None:
                self.visit.set_cell(table.key, 0, spec.key, word)
                done = True
        return done

    def _next(self, spec: FieldSpec, place: str) -> str | None:
        return next(self._words(place, self._plausible(spec)), None)

    def _words(self, place: str, words: tuple[str, ...]) -> Iterator[str]:
        return self.tried.setdefault(place, iter(words))

    def _plausible(self, spec: FieldSpec) -> tuple[str, ...]:
        days = [self.today + timedelta(days=step) for step in DAYS]
        if spec.type in ("date", "month", "datetime"):
            shapes = {"date": "%Y-%m-%d", "month": "%Y-%m", "datetime": "%Y-%m-%d 08:00"}
            return tuple(f"{day:{shapes[spec.type]}}" for day in days)
        offered = choices(spec, self.region)
        if not offered:
            return WORDS[spec.type]
        home = self.region.admdvs_code
        # Here first, then elsewhere in the province, then the list as it stands.
        nearest = sorted(offered, key=lambda c: (c.code != home, c.code[:2] != home[:2]))
        return tuple(choice.code for choice in (nearest if spec.type == "admdvs" else offered))[:30]
