"""What is checked before a case is accepted, line by line: for the clerk's page and for the citizen's."""

from __future__ import annotations

from counter_app.services.visit_view import CaseView, FieldView, VisitView
from ui.viewmodels.people import banner, speaker


def people_lines(view: VisitView, case: CaseView) -> tuple[tuple[str, str], ...]:
    """For whom, and by whom."""
    person = next((p for p in view.principals if p.key == case.principal_key), None)
    if person is None:
        return ()
    words = banner(person)
    who = "　".join(part for part in (words.name, words.about, words.certno) if part)
    return (("办理人", who), ("由谁办理", speaker(view.speaker).title))


def answer_lines(field: FieldView) -> list[tuple[str, str, bool]]:
    """Name, words and width of a field's answer; a table gives one line per row."""
    if field.type == "table":
        names = [column.label for column in field.columns]
        lines = [
            "　".join(f"{n} {v}" for n, v in zip(names, cells, strict=True) if v) for cells in field.rows
        ]
        return [(f"{field.label} {nth}", words, True) for nth, words in enumerate(lines, 1)]
    value = field.display or field.value
    if field.type == "bool":
        value = {"yes": "是", "no": "否"}.get(field.value, "")
    return [(field.label, value, field.wide)] if value else []


def answer_places(field: FieldView) -> list[str]:
    """Where the lines of a field's answer are mended, one place for each line of `answer_lines`."""
    if field.type == "table":
        first = field.columns[0].key
        return [f"{field.key}[{nth}].{first}" for nth, _ in enumerate(field.rows, 1)]
    return [field.key for _ in answer_lines(field)]
