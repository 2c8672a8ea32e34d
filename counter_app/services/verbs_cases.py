"""Cases of the visit: open, fill, answer questions, collect materials."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from counter_app.catalog.evaluate import offered_situations
from counter_app.catalog.model import FieldSpec, MaterialSpec, TransactionType
from counter_app.catalog.search import resolve
from counter_app.catalog.values import display, normalise
from counter_app.domain import masks
from counter_app.domain.cases import MaterialState
from counter_app.domain.people import Employer, Person
from counter_app.problems import Problem
from counter_app.services import commitments, filling, prefill
from counter_app.services.judge import context, materials_of, offered
from counter_app.services.state import CaseDraft, Mark, PrincipalDraft, Refusal, VisitState
from counter_app.services.verbs_people import PeopleVerbs
from counter_app.services.visit_view import VisitView


class CaseVerbs(PeopleVerbs):
    """What the clerk does to a case before it is accepted."""

    def open_case(self, type_id: str, situation: str = "") -> VisitView:
        """Open one more case for the current principal, filled with all that is known.

        A newborn's or employer's type makes that principal; the person present then speaks for it.
        Raises Problem `type-unknown`, `type-not-offered`, `type-offline`, `person-deceased`,
        `nobody-identified`.
        """
        kind, situation = self._meant(type_id, situation)
        offered(self.office, kind)
        state = self._fitting_principal(self._opened(), kind)
        principal = state.principal()
        if principal is None:
            raise Problem("nobody-identified")
        if principal.person is not None and principal.person.deceased_on is not None and not kind.deceased:
            raise Problem("person-deceased", "case")
        case = self._drafted(state, kind, principal.key, situation)
        return self._change("加办", replace(state.with_case(case), current_case=case.case_id))

    def _drafted(self, state: VisitState, kind: TransactionType, key: str, situation: str) -> CaseDraft:
        """A case of a principal with all that is known; in the first situation offered unless told."""
        case = CaseDraft(self.office.new_id(), kind.id, key, "", came=state.came)
        first = offered_situations(kind, context(self.office, state, case))
        case = replace(case, situation=situation or (first[0].code if first else ""))
        return filling.with_defaults(self.office, kind, prefill.filled(kind, case, state))

    def _meant(self, word: str, situation: str) -> tuple[TransactionType, str]:
        """The type of an id (`YD01`), an id with situation (`YD01/resident`), an old id or a name."""
        word, _, after = word.partition("/")
        type_id, known = resolve(self.office.catalogue, word) or (word, "")
        return self.office.type(type_id), situation or after or known

    def focus_case(self, case_id: str) -> VisitView:
        """Turn to another case and its principal."""
        case = self._state.case(case_id)
        if case is None:
            raise Problem("not-found", "case", case_id)
        return self._change(
            "", replace(self._state, current_case=case_id, current_principal=case.principal_key)
        )

    def drop_case(self, case_id: str = "") -> VisitView:
        """Throw an unaccepted case away (undo brings it back)."""
        case = self._state.case(case_id)
        if case is None or case.number:
            raise Problem("already-accepted" if case else "not-open", "case", case.number if case else "")
        kept = tuple(c for c in self._state.cases if c.case_id != case.case_id)
        current = kept[-1].case_id if kept else ""
        return self._change("撤下一件", replace(self._state, cases=kept, current_case=current))

    def set_situation(self, code: str) -> VisitView:
        """Choose the situation (variant) of the current case."""
        case = self._current_case()
        known = {s.code for s in self.office.type(case.type_id).situations}
        if code not in known:
            raise Problem("field-choice", "situation", code)
        return self._put("情形", replace(case, situation=code))

    def set_field(self, key: str, text: str) -> VisitView:
        """Take what was typed into a field; a refused text is kept beside its refusal."""
        case = self._current_case()
        spec = self._field(case, key)
        if spec.type == "table":
            raise Problem("usage", key, "明细表逐格填写")
        return self._put(spec.label, filling.typed(self.office, case, spec, text))

    def add_row(self, key: str) -> VisitView:
        """Add an empty line to a table field."""
        case = self._current_case()
        rows = [*case.values.get(key, []), {}]
        return self._put(self._field(case, key).label, filling.with_value(case, key, rows))

    def remove_row(self, key: str, index: int) -> VisitView:
        """Remove a line of a table field."""
        case = self._current_case()
        rows = [row for i, row in enumerate(case.values.get(key, [])) if i != index]
        refused = {k: v for k, v in case.refused.items() if not k.startswith(f"{key}[")}
        return self._put(
            self._field(case, key).label, replace(filling.with_value(case, key, rows), refused=refused)
        )

    def set_cell(self, key: str, row: int, column: str, text: str) -> VisitView:
        """Take what was typed into one cell; the row is made when it is the next one."""
        case = self._current_case()
        table = self._field(case, key)
        spec = next((c for c in table.columns if c.key == column), None)
        rows = [dict(r) for r in case.values.get(key, [])]
        if spec is None or not 0 <= row <= len(rows) or row > 500:
            raise Problem("field-choice", key, column)
        if row == len(rows):
            rows.append({})
        place = f"{key}[{row + 1}].{column}"
        refused = {k: v for k, v in case.refused.items() if k != place}
        rows[row].pop(column, None)
        try:
            value = normalise(spec, text, self.office.region, self.office.today())
            if value not in ("", None):
                rows[row][column] = value
        except Problem as problem:
            refused[place] = Refusal(problem.code, problem.detail, text[:200])
        return self._put(table.label, replace(filling.with_value(case, key, rows), refused=refused))

    def bring_over(self) -> VisitView:
        """Take over the answers of the last case of this type (照上次带入)."""
        case = self._current_case()
        brought = self._last_answers(case)
        sources = {**case.sources, **dict.fromkeys(brought, "earlier")}
        return self._put("照上次带入", replace(case, values={**case.values, **brought}, sources=sources))

    def ask(self, name: str, yes: bool) -> VisitView:
        """Answer a named question of the type."""
        case = self._current_case()
        if name not in {q.name for q in self.office.type(case.type_id).questions}:
            raise Problem("field-choice", name, name)
        return self._put("问询", replace(case, asked={**case.asked, name: yes}))

    # --- materials --------------------------------------------------------------------------
    def receive(self, code: str, copies: int | None = None) -> VisitView:
        """Note that a material was handed over; pages photographed before stay with it."""
        spec = self._material(code)
        mark = self._current_case().marks.get(code)
        pages = mark.pages if mark is not None else ()
        count = spec.copies if copies is None else copies
        return self._mark(spec, Mark(MaterialState.RECEIVED, count, pages), "收件")

    def take_back(self, code: str) -> VisitView:
        """Undo what was noted about a material."""
        case = self._current_case()
        self._material(code)
        marks = {k: v for k, v in case.marks.items() if k != code}
        return self._put("退件", replace(case, marks=marks))

    def commit(self, code: str) -> VisitView:
        """Accept a written commitment instead. Raises Problem `material-no-commit`, `commitment-barred`."""
        spec = self._material(code)
        if not spec.commit:
            raise Problem("material-no-commit", f"material:{code}", spec.name)
        self._may_promise()
        mark = Mark(MaterialState.COMMITTED, due_on=commitments.check_until(self.office))
        return self._mark(spec, mark, "承诺")

    def defer(self, code: str, days: int = 0) -> VisitView:
        """Let a material come later (容缺): `days` shortens what the region allows, never lengthens it.

        Raises Problem `material-no-defer`, `supervisor-needed`, `commitment-barred`.
        """
        spec = self._material(code)
        if spec.core or spec.defer == "no":
            raise Problem("material-no-defer", f"material:{code}", spec.name)
        if spec.defer == "supervisor" and not self.office.actor.may("supervisor"):
            raise Problem("supervisor-needed", f"material:{code}", spec.name)
        self._may_promise()
        case = self._current_case()
        kind = self.office.type(case.type_id)
        until = commitments.defer_until(self.office, kind, case.situation, days)
        by = self.office.actor.clerk_no if spec.defer == "supervisor" else ""
        return self._mark(spec, Mark(MaterialState.DEFERRED, due_on=until, approved_by=by), "容缺")

    def _may_promise(self) -> None:
        case = self._current_case()
        against = commitments.barred(self._state.principal(case.principal_key))
        if against is not None:
            raise against

    # --- inside -----------------------------------------------------------------------------
    def _put(self, label: str, case: CaseDraft) -> VisitView:
        """A changed case is no longer the one the citizen checked and signed."""
        filled = prefill.filled(self.office.type(case.type_id), case, self._state)
        before = self._state.principal(case.principal_key)
        state = self._learned(
            self._state.with_case(replace(filled, checked=False, signed=(), witnessed=None)), filled
        )
        if before is not None and state.principal(case.principal_key) != before:
            state = self._refilled(state)
        return self._change(label, state)

    def _learned(self, state: VisitState, case: CaseDraft) -> VisitState:
        """A newborn, a stranger or a new employer gets the name that was typed into the form."""
        principal = state.principal(case.principal_key)
        if principal is None or principal.known:
            return state
        typed = {
            k: case.values[k]
            for k, source in case.sources.items()
            if source in ("clerk", "scan") and k in case.values
        }
        if principal.employer is not None:
            told: dict[str, Any] = {
                k: str(v) for k, v in typed.items() if k in ("emp_name", "uscc", "legrep_name", "tel", "addr")
            }
            found = self.office.ports.storage.employer_by_uscc(told["uscc"]) if "uscc" in told else None
            employer = found or replace(principal.employer, **told)
            return state.with_principal(replace(principal, employer=employer, known=found is not None))
        assert principal.person is not None
        said: dict[str, Any] = {k: str(v) for k, v in typed.items() if k in ("psn_name", "gend", "naty")}
        if "brdy" in typed:
            said["brdy"] = date.fromisoformat(typed["brdy"])
        return state.with_principal(replace(principal, person=replace(principal.person, **said)))

    def _mark(self, spec: MaterialSpec, mark: Mark, label: str) -> VisitView:
        case = self._current_case()
        return self._put(label, replace(case, marks={**case.marks, spec.code: mark}))

    def _field(self, case: CaseDraft, key: str) -> FieldSpec:
        spec = next((f for f in self.office.type(case.type_id).fields if f.key == key), None)
        if spec is None:
            raise Problem("field-choice", key, key)
        return spec

    def _material(self, code: str) -> MaterialSpec:
        case = self._current_case()
        needed = materials_of(self.office, self._state, case)
        spec = next((n.spec for n in needed if n.spec.code == code), None)
        if spec is None:
            raise Problem("field-choice", f"material:{code}", code)
        return spec

    def last_time(self, case: CaseDraft) -> Mapping[str, str]:
        """What 照上次带入 would fill, as the screen shows it, masked: label to value."""
        if case.number:
            return {}
        kind = self.office.type(case.type_id)
        specs = {spec.key: spec for spec in kind.fields}
        told = ((specs[key], value) for key, value in self._last_answers(case).items())
        shown = ((spec, display(spec, value, self.office.region)) for spec, value in told)
        return {spec.label: masks.mask(words, spec.sensitive, spec.type) for spec, words in shown}

    def _last_answers(self, case: CaseDraft) -> Mapping[str, Any]:
        principal = self._state.principal(case.principal_key)
        if principal is None or principal.person is None or not principal.known:
            return {}
        kind = self.office.type(case.type_id)
        for before in self.office.ports.storage.cases(principal.person.person_id):
            if before.type_id == case.type_id:
                return prefill.answers_to_bring(kind, before.answers, case)
        return {}

    def _fitting_principal(self, state: VisitState, kind: TransactionType) -> VisitState:
        """Make the newborn or employer a type is about when somebody else stands there."""
        principal = state.principal()
        is_child = principal is not None and principal.person is not None and not principal.person.certno
        if kind.applicant == "nobody" and principal is None:
            anonymous = PrincipalDraft(self.office.new_id(), Person("", ""), known=False)
            return replace(state.with_principal(anonymous), current_principal=anonymous.key)
        if kind.applicant == "newborn" and not is_child:
            return self._with_child(state, "")
        if kind.applicant == "employer" and (principal is None or principal.employer is None):
            return self._with_employer(state, Employer(self.office.new_id(), ""), known=False)
        return state

    def _refilled(self, state: VisitState) -> VisitState:
        for case in state.cases:
            if not case.number:
                state = state.with_case(prefill.filled(self.office.type(case.type_id), case, state))
        return state
