"""全厅遮盖: the snapshot without anything by which somebody in the hall could be known."""

from __future__ import annotations

from dataclasses import replace

from counter_app.services.visit_view import CaseTile, CaseView, FieldView, HeldView, PersonView, VisitView

NAME, NUMBER = "＊＊＊", "已遮盖"


def covered(view: VisitView) -> VisitView:
    """The same desk with every name, number, telephone, photo and answer about a person hidden."""
    speaker = view.speaker
    if speaker is not None:
        fields = {key: NUMBER if value else "" for key, value in speaker.fields.items()}
        speaker = replace(speaker, person=_maybe(speaker.person), fields=fields)
    prompt = view.prompt
    if prompt is not None:
        prompt = replace(prompt, person=_maybe(prompt.person), photo="")
    return replace(
        view,
        principals=tuple(_person(one) for one in view.principals),
        speaker=speaker,
        prompt=prompt,
        tiles=tuple(_tile(one) for one in view.tiles),
        held=tuple(_held(one) for one in view.held),
        case=_case(view.case) if view.case is not None else None,
    )


def _maybe(person: PersonView | None) -> PersonView | None:
    return _person(person) if person is not None else None


def _person(one: PersonView) -> PersonView:
    return replace(
        one,
        name=NAME,
        certno=NUMBER if one.certno else "",
        tel=NUMBER if one.tel else "",
        photo="",
        age=None,
        gend="",
        balance=None,
        flags=(),
        revealed=False,
    )


def _tile(one: CaseTile) -> CaseTile:
    return replace(one, principal=NAME if one.principal else "")


def _held(one: HeldView) -> HeldView:
    return replace(one, names=tuple(NAME for _ in one.names))


def _case(case: CaseView) -> CaseView:
    return replace(case, fields=tuple(_field(one) for one in case.fields), last_time={})


def _field(one: FieldView) -> FieldView:
    """What is being typed stays; what came from card, hub or an earlier case is hidden."""
    if not one.value or (one.editable and one.sensitive in ("", "none")):
        return one
    return replace(one, value=NUMBER, display=NUMBER if one.display else "")
