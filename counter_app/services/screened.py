"""What the clerk's screen shows of an answer: the one rule of what is masked there (docs/people.md).

Paper has a rule of its own (`contents.masked`): a name stands on it whole.
"""

from __future__ import annotations

from counter_app.catalog.model import FieldSpec
from counter_app.domain import masks
from counter_app.services.contents import masked
from counter_app.services.core import VisitCore
from counter_app.services.state import CaseDraft

TYPED = ("", "clerk")  # what was typed here has to be compared with the document, by the citizen too


def screened(visit: VisitCore, case: CaseDraft, spec: FieldSpec, shown: str, source: str) -> str:
    """A shown answer, masked unless it is open for five seconds; `source` tells who said it.

    Certificates, accounts and telephones always. A person's name where a document or the hall said it, and
    everywhere once the case is accepted; until then a typed one stays whole, for nobody can check 王*. A
    diagnosis is masked once the case is accepted; before that it is checked on this screen and no other.
    """
    if not shown or _is_open(visit, case, spec, source):
        return shown
    is_settled = bool(case.number)
    if spec.sensitive == "name":
        is_told = is_settled or source not in TYPED
        return masks.name(shown) if is_told and not _is_employer(visit, case, shown) else shown
    if spec.sensitive == "diagnosis":
        return masks.mask(shown, spec.sensitive) if is_settled else shown
    return masked(spec, shown)


def _is_open(visit: VisitCore, case: CaseDraft, spec: FieldSpec, source: str) -> bool:
    """Whether this answer, or the person it was read from, is open."""
    return visit.is_revealed(spec.key) or (source not in TYPED and visit.is_revealed(case.principal_key))


def _is_employer(visit: VisitCore, case: CaseDraft, shown: str) -> bool:
    principal = visit.state.principal(case.principal_key)
    employer = principal.employer if principal is not None else None
    return employer is not None and employer.emp_name == shown
