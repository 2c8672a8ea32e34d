"""Who the visit is for and who speaks: devices, typed numbers, prompts, agents."""

from __future__ import annotations

from dataclasses import fields, replace

from counter_app.domain.idnumbers import check as check_idno
from counter_app.domain.people import Agent, Employer, Evidence, EvidenceKind, PartyKind, Person
from counter_app.domain.text import name as clean_name
from counter_app.domain.text import normalise as clean
from counter_app.domain.uscc import check as check_uscc
from counter_app.problems import Problem
from counter_app.seals import receipts
from counter_app.services import identify
from counter_app.services.elders import is_elder
from counter_app.services.identify import Identified
from counter_app.services.spoken_tongue import next_tongue, tongue_of
from counter_app.services.state import PrincipalDraft, PromptDraft, SpeakerDraft, VisitState
from counter_app.services.verbs_line import LineVerbs
from counter_app.services.visit_view import VisitView
from drivers.protocols import CardEvent, CardRead, Fault, IdCardRead, Scan

UNATTENDED = "unattended"  # proven by the document alone
AGENT_KEYS = tuple(f.name for f in fields(Agent))


class PeopleVerbs(LineVerbs):
    """Identity: proven by a document, compared with a face, spoken for by one person."""

    def take(self, event: object) -> VisitView:
        """Take what a device said; the step decides what it means. Raises Problem."""
        if isinstance(event, CardRead):
            return self._identified(identify.by_card(self.office, event))
        if isinstance(event, IdCardRead):
            return self._identified(identify.by_id_card(self.office, event))
        if isinstance(event, Scan):
            return self._scanned(event)
        if isinstance(event, CardEvent):
            return self._card_event(event)
        if isinstance(event, Fault):
            raise Problem(event.code, "device", event.detail)
        return self.view()

    def type_certno(self, text: str) -> VisitView:
        """Identify by a typed number. Raises Problem `idno-…`."""
        return self._identified(identify.by_typing(self.office, text))

    def witness(self, verdict: str) -> VisitView:
        """Record whether face and document agree: `verified` (人证已核) or `doubtful` (存疑)."""
        principal = self._current_principal()
        if principal.evidence is None or verdict not in ("verified", "doubtful"):
            raise Problem("witness-needed")
        seen = replace(principal, evidence=replace(principal.evidence, witness=verdict))
        prompt = None if _is(self._state.prompt, "witness") else self._state.prompt
        return self._change("人证核对", replace(self._state.with_principal(seen), prompt=prompt))

    def unattended(self) -> VisitView:
        """Note that nobody stood by who could have compared face and document (a kiosk)."""
        principal = self._current_principal()
        if principal.evidence is None:
            raise Problem("witness-needed")
        seen = replace(principal, evidence=replace(principal.evidence, witness=UNATTENDED))
        prompt = None if _is(self._state.prompt, "witness") else self._state.prompt
        return self._change("", replace(self._state.with_principal(seen), prompt=prompt))

    def answer(self, option: str) -> VisitView:
        """Answer the open prompt with one of its options."""
        prompt = self._state.prompt
        if prompt is None or option not in prompt.options:
            raise Problem("usage", "prompt", option)
        if prompt.kind == "witness":
            return self.witness(option)
        cleared = replace(self._state, prompt=None)
        if option in ("cancel", "stay", "other_document"):
            return self._change("", cleared)
        if option == "hold":
            return self.hold()
        if option == "finish":
            return self.finish()
        found = _found(prompt)
        chosen = {
            "agent": self._as_agent,
            "replace": self._as_replacement,
            "related": self._as_related,
            "heir": self._as_heir_case,
        }[option]
        return self._change("核身", chosen(cleared, found))

    def set_speaker(self, kind: str) -> VisitView:
        """Say in which capacity the person present speaks for the current principal."""
        principal = self._current_principal()
        speaker = replace(principal.speaker, kind=PartyKind(kind))
        if speaker.kind is PartyKind.SELF:
            speaker = SpeakerDraft()
        return self._change(
            "办理方式", self._refilled(self._state.with_principal(replace(principal, speaker=speaker)))
        )

    def set_agent(self, key: str, text: str) -> VisitView:
        """Fill one of the six agnter_ fields. Raises Problem (`idno-…`, `field-…`)."""
        if key not in AGENT_KEYS:
            raise Problem("field-choice", key, key)
        principal = self._current_principal()
        value = clean(text, 200)
        if key == "agnter_certno" and value and principal.speaker.agent.agnter_cert_type == "01":
            value = check_idno(value).text
        agent = replace(principal.speaker.agent, **{key: value})
        speaker = replace(principal.speaker, agent=agent)
        return self._change(
            "代办人", self._refilled(self._state.with_principal(replace(principal, speaker=speaker)))
        )

    def toggle_help(self) -> VisitView:
        """Mark or unmark 帮办: staff helped; it is not agency."""
        helper = "" if self._state.helped_by else self.office.actor.clerk_no
        return self._change("帮办", replace(self._opened(), helped_by=helper))

    def toggle_elder(self) -> VisitView:
        """Turn 长辈模式 on or off for whoever is here, whatever their age says; it ends with the visit."""
        on = is_elder(self.office, self._state)
        return self._change("长辈模式", replace(self._opened(), elder=not on))

    def turn_tongue(self) -> VisitView:
        """Put the next language beside the Chinese on this visit's papers, Chinese alone after the last."""
        return self.speak(next_tongue(self.office, tongue_of(self.office, self._state)))

    def speak(self, code: str) -> VisitView:
        """Put a language beside the Chinese on this visit's papers, "" for none; it ends with the visit."""
        return self._change("单据对照文字", replace(self._opened(), tongue=code))

    def focus_principal(self, key: str) -> VisitView:
        """Turn to another principal of the visit."""
        if self._state.principal(key) is None:
            raise Problem("not-found", "principal", key)
        return self._change("", replace(self._state, current_principal=key))

    def add_child(self, name: str = "") -> VisitView:
        """Add a newborn without a number as principal; the person present is the guardian."""
        return self._change("新生儿", self._with_child(self._opened(), clean_name(name, 50)))

    def add_employer(self, uscc: str) -> VisitView:
        """Add an employer by its unified code. Raises Problem `uscc-check`."""
        code = check_uscc(uscc)
        found = self.office.ports.storage.employer_by_uscc(code)
        employer = found or Employer(self.office.new_id(), "", code)
        return self._change("单位", self._with_employer(self._opened(), employer, known=found is not None))

    # --- devices ----------------------------------------------------------------------------
    def _scanned(self, scan: Scan) -> VisitView:
        if scan.kind == "voucher":
            return self._identified(identify.by_voucher(self.office, scan.text))
        if scan.kind == "idno":
            return self.type_certno(scan.text)
        if scan.kind == "receipt":
            raise Problem("scan-receipt", "scanner", self._of_receipt(scan.text))
        if scan.kind == "ticket":
            return self._slip_scanned(scan.text)
        raise Problem("scan-payment" if scan.kind == "payment" else "scan-unknown", "scanner")

    def _of_receipt(self, text: str) -> str:
        """Which case a paper of ours belongs to. Raises Problem `paper-broken`."""
        number = receipts.parse_qr(text)["number"]
        paper = self.office.ports.storage.paper(number)
        record = self.office.ports.storage.case(paper.case_number if paper else number)
        if record is None:
            return f"单号 {number}，不是本机出具的单据"
        return f"受理号 {record.number}，{record.type_name}，{record.business_date} 受理"

    def _card_event(self, event: CardEvent) -> VisitView:
        if event.kind == "fault" and event.fault is not None:
            raise Problem(event.fault.code, event.reader, event.fault.detail)
        state = self._state
        for principal in state.principals:
            if principal.evidence is not None and principal.evidence.device == event.reader:
                state = state.with_principal(replace(principal, card_present=event.kind == "inserted"))
        return self._change("", state)

    # --- what an identity means -------------------------------------------------------------
    def _identified(self, found: Identified) -> VisitView:
        if identify.is_expired(found.evidence, self.office.today()):
            detail = str(found.evidence.expires_on)
            return self._ask("expired", ("other_document",), found, detail)
        if found.person.deceased_on is not None:
            return self._ask("deceased", ("heir", "cancel"), found)
        same = self._same_person(found)
        if same is not None:
            before = same.evidence.witness if same.evidence else ""
            evidence = replace(found.evidence, witness="" if before == UNATTENDED else before)
            renewed = replace(same, person=found.person, evidence=evidence, card_present=_by_card(evidence))
            return self._change("核身", self._ask_witness(self._state.with_principal(renewed), renewed))
        if self._state.principals:
            return self._ask("second_card", ("agent", "replace", "related", "cancel"), found)
        return self._change("核身", self._as_principal(self._opened(), found))

    def _same_person(self, found: Identified) -> PrincipalDraft | None:
        number = found.person.certno
        return next(
            (p for p in self._state.principals if p.person and number and p.person.certno == number), None
        )

    def _ask(self, kind: str, options: tuple[str, ...], found: Identified, detail: str = "") -> VisitView:
        prompt = PromptDraft(kind, options, found.person, found.evidence, detail)
        return self._change("", replace(self._opened(), prompt=prompt))

    def _as_principal(self, state: VisitState, found: Identified) -> VisitState:
        principal = PrincipalDraft(
            key=found.person.person_id,
            person=found.person,
            evidence=found.evidence,
            known=found.known,
            card_present=_by_card(found.evidence),
        )
        state = replace(state.with_principal(principal), current_principal=principal.key)
        return self._ask_witness(state, principal)

    def _ask_witness(self, state: VisitState, principal: PrincipalDraft) -> VisitState:
        if principal.evidence is None or principal.evidence.witness:
            return state
        prompt = PromptDraft("witness", ("verified", "doubtful"), principal.person, principal.evidence)
        return replace(state, prompt=prompt)

    def _as_replacement(self, state: VisitState, found: Identified) -> VisitState:
        old = state.principal()
        kept = tuple(p for p in state.principals if old is None or p.key != old.key)
        cases = tuple(c for c in state.cases if old is None or c.principal_key != old.key or c.number)
        current = state.current_case if any(c.case_id == state.current_case for c in cases) else ""
        return self._as_principal(replace(state, principals=kept, cases=cases, current_case=current), found)

    def _as_agent(self, state: VisitState, found: Identified) -> VisitState:
        principal = state.principal()
        if principal is None:
            raise Problem("nobody-identified")
        kind = principal.speaker.kind
        if kind is PartyKind.SELF:
            kind = PartyKind.EMPLOYER if principal.employer else PartyKind.KIN
        speaker = SpeakerDraft(kind, agent_of(found.person), found.evidence, found.person.person_id)
        return self._refilled(state.with_principal(replace(principal, speaker=speaker)))

    def _as_related(self, state: VisitState, found: Identified) -> VisitState:
        """The second card is the other person of a pair (共济), else one more principal."""
        case = state.case()
        if case is None or self.office.type(case.type_id).principals != "pair" or case.number:
            return self._as_principal(state, found)
        values, sources = dict(case.values), dict(case.sources)
        for spec in self.office.type(case.type_id).fields:
            value = _other_value(spec.key, found.person) if spec.group == "other" else ""
            if value:
                values[spec.key], sources[spec.key] = value, "card"
        return state.with_case(replace(case, values=values, sources=sources))

    def _as_heir_case(self, state: VisitState, found: Identified) -> VisitState:
        state = self._as_principal(state, found)
        principal = state.principal()
        assert principal is not None
        seen = replace(principal, speaker=SpeakerDraft(PartyKind.HEIR))
        return replace(state.with_principal(seen), prompt=None)

    def _with_child(self, state: VisitState, name: str) -> VisitState:
        adult = state.principal()
        child = Person(self.office.new_id(), name)
        speaker = SpeakerDraft(PartyKind.GUARDIAN)
        if adult is not None and adult.person is not None:
            speaker = SpeakerDraft(
                PartyKind.GUARDIAN, agent_of(adult.person, "父母"), adult.evidence, adult.person.person_id
            )
        evidence = Evidence(EvidenceKind.CHILD, at=self.office.now().isoformat(), witness="verified")
        draft = PrincipalDraft(child.person_id, child, None, evidence, False, False, speaker)
        return replace(state.with_principal(draft), current_principal=draft.key)

    def _with_employer(self, state: VisitState, employer: Employer, known: bool) -> VisitState:
        present = state.principal()
        speaker = SpeakerDraft(PartyKind.EMPLOYER)
        if present is not None and present.person is not None:
            agent = agent_of(present.person, "单位经办")
            speaker = SpeakerDraft(PartyKind.EMPLOYER, agent, present.evidence, present.person.person_id)
        draft = PrincipalDraft(employer.emp_id, None, employer, None, known, False, speaker)
        return replace(state.with_principal(draft), current_principal=draft.key)

    def _refilled(self, state: VisitState) -> VisitState:
        """Give every open case what has become known. The case verbs override it."""
        return state


def _is(prompt: PromptDraft | None, kind: str) -> bool:
    return prompt is not None and prompt.kind == kind


def _found(prompt: PromptDraft) -> Identified:
    assert prompt.person is not None
    assert prompt.evidence is not None
    return Identified(prompt.person, prompt.evidence)


def _by_card(evidence: Evidence) -> bool:
    return evidence.kind in (EvidenceKind.CARD, EvidenceKind.ID_CARD)


def agent_of(person: Person, relation: str = "") -> Agent:
    """A person as whoever speaks for another; `relation` where it is nearly always the same."""
    return Agent(person.psn_name, person.psn_cert_type, person.certno, person.tel, person.addr, relation)


OTHER = {
    "name": "psn_name",
    "cert_type": "psn_cert_type",
    "certno": "certno",
    "insutype": "insutype",
    "insuplc": "insuplc_admdvs",
    "insuplc_admdvs": "insuplc_admdvs",
    "tel": "tel",
    "gend": "gend",
}


def _other_value(key: str, person: Person) -> str:
    """Fields of group `other` end in what they hold of that person: `member_certno` holds certno."""
    for ending, name in OTHER.items():
        if key.endswith("_" + ending):
            return str(getattr(person, name))
    return ""
