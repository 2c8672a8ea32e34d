"""谁来办: in which capacity the person present speaks for the principal, with the six agent fields."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from counter_app.services.visit_view import ChoiceView, FieldView, SpeakerView, VisitView
from ui.registry import Page
from ui.viewmodels.desk import DeskModel
from ui.viewmodels.edits import Call
from ui.widgets.basic import button, column, label
from ui.widgets.flow import FlowLayout
from ui.widgets.form import Form
from ui.widgets.page import PageWidget, scrolled
from ui.words import AGENT_FIELDS, PARTY, RELATIONS, say

KIND = "@kind"


class SpeakerPage(PageWidget):
    """Kept apart from the insured person's form, so that the two are never confused."""

    def __init__(self, model: DeskModel) -> None:
        super().__init__(model)
        self._is_starting = False
        self.form = Form(call_for_speaker)
        model.follow(self.form)
        model.reshow.connect(self.form.reshow)
        self.form.wants_flush.connect(model.flush)
        page = column(self, (14, 10, 12, 10), 8)
        page.addWidget(label("谁来办理", "h2"))
        page.addWidget(
            label("代办人的身份证放上读卡器可自动填好；帮办是工作人员协助，不是代办。", "soft", wrap=True)
        )
        page.addWidget(scrolled(self.form, "代办人"), 1)
        actions = QWidget()
        line = FlowLayout(actions, 8)
        line.addWidget(button("返回 Esc", partial(model.go, aside=""), "primary"))
        line.addWidget(button("标记帮办", partial(model.do, "toggle_help"), name="标记或取消帮办"))
        page.addWidget(actions)

    def draw(self, view: VisitView) -> None:
        """Draw who speaks for the current principal."""
        if view.speaker is not None:
            problems = view.speaker.problems
            self.form.render_fields(
                f"speaker {view.current_principal}", speaker_fields(view.speaker), problems
            )

    def forget(self) -> None:
        """Give the agent's editors back."""
        self.form.clear()

    def enter(self) -> None:
        """Start where something is missing, else with the capacity."""
        self._is_starting = True
        QTimer.singleShot(0, self, self._start)

    def step(self, by: int) -> bool:
        """Next or previous row."""
        return self.form.step(by) or super().step(by)

    @property
    def is_entering(self) -> bool:
        """Until the first row has the focus."""
        return self._is_starting or self.form.is_behind

    def _start(self) -> None:
        self._is_starting = False
        if self.model.view.prompt is None:
            self.form.focus_first_open()


def speaker_fields(speaker: SpeakerView) -> tuple[FieldView, ...]:
    """The capacity, and the agent's fields unless the insured person speaks."""
    allowed = speaker.allowed or tuple(PARTY)
    kinds = tuple(ChoiceView(code, say(PARTY, code), str(n)) for n, code in enumerate(allowed, 1))
    rows = [
        FieldView(
            KIND, "办理身份", "enum", speaker.kind, say(PARTY, speaker.kind), True, choices=kinds, wide=True
        )
    ]
    if speaker.kind == "self":
        return tuple(rows)
    needed = {"agnter_name", "agnter_certno", "agnter_tel"}
    if speaker.kind == "kin":
        needed.add("agnter_rlts")
    for key, words in AGENT_FIELDS.items():
        value = speaker.fields.get(key, "")
        choices: tuple[ChoiceView, ...] = ()
        if key == "agnter_rlts":
            choices = tuple(ChoiceView(word, word, str(n)) for n, word in enumerate(RELATIONS, 1))
        if key == "agnter_cert_type":
            choices = (ChoiceView("01", "居民身份证（户口簿）", "sfz"),)
        shown = next((c.label for c in choices if c.code == value), value)
        wide = key == "agnter_addr"
        rows.append(FieldView(key, words, "text", value, shown, key in needed, wide=wide, choices=choices))
    return tuple(rows)


def call_for_speaker(key: str, text: str) -> Call:
    """The verb a row's text becomes."""
    if key == KIND:
        return lambda visit: visit.set_speaker(text)
    return lambda visit: visit.set_agent(key, text)


PAGE = Page("speaker", "谁来办", SpeakerPage)
