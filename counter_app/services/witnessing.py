"""不识字: read aloud, a finger in place of a name, and two of the staff who saw it."""

from __future__ import annotations

from collections.abc import Sequence

from counter_app.domain.actor import Actor
from counter_app.domain.logins import WORK
from counter_app.domain.papers import PaperReading
from counter_app.domain.signatures import Witness, Witnessed
from counter_app.problems import Problem
from counter_app.services.office import Office
from counter_app.services.state import PrincipalDraft

AT_LEAST = 2  # 见证人（工作人员两人）


def witnessed(office: Office, principal: PrincipalDraft, numbers: Sequence[str], words: str) -> Witnessed:
    """Who saw it, from the roster; the clerk who handles the case may be one of the two, never both.

    Raises Problem `witness-two` (fewer than two people), `clerk-unknown`, `witness-party` (somebody the
    case is about, or who speaks for them).
    """
    wanted = tuple(dict.fromkeys(number.strip() for number in numbers if number.strip()))
    if len(wanted) != AT_LEAST:
        raise Problem("witness-two", "witness", "、".join(wanted) or "无")
    seen = tuple(_known(office, number) for number in wanted)
    concerned = {principal.name, principal.speaker.agent.agnter_name} - {""}
    for one in seen:
        if one.name in concerned:
            raise Problem("witness-party", "witness", one.clerk_no)
    return Witnessed(words, office.now().isoformat(timespec="seconds"), office.actor.clerk_no, seen)


def on_paper(given: Witnessed | None) -> list[PaperReading]:
    """What the papers of the case say of it; nothing where nobody had to be read to."""
    if given is None:
        return []
    return [PaperReading(given.words, given.read_at, list(witnesses_of(given)))]


def witnesses_of(given: Witnessed | None) -> tuple[str, ...]:
    """Each witness with post and number, as the screen and the paper name them."""
    if given is None:
        return ()
    return tuple(f"{one.name}（{one.post}，工号 {one.clerk_no}）" for one in given.witnesses)


def _known(office: Office, number: str) -> Witness:
    found = next((one for one in office.ports.storage.clerks() if one.clerk_no == number), None)
    if found is None:
        raise Problem("clerk-unknown", "witness", number)
    return Witness(found.clerk_no, found.clerk_name, _post(found))


def _post(clerk: Actor) -> str:
    return next((words for role, words in reversed(tuple(WORK.items())) if clerk.may(role)), "工作人员")
