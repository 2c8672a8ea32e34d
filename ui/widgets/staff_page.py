"""A page on which two of the staff are named: the clerk of this window, and one more."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from ui.widgets.ask_page import AskPage
from ui.widgets.editors import TextEdit


class StaffPage(AskPage):
    """The lines `first` and `second` are made by `staff`; `go` is the act that follows them."""

    first: TextEdit
    second: TextEdit
    go: QPushButton

    def enter(self) -> None:
        """The clerk of this window is offered as one of the two; the other is asked."""
        super().enter()
        self.first.setText(self.model.view.clerk_no)
        self.second.clear()
        self.second.setFocus()

    def step(self, by: int) -> bool:
        """Enter on the last line goes to the button."""
        if by > 0 and self.second.hasFocus():
            self.go.setFocus()
            return True
        return super().step(by)

    def numbers(self) -> tuple[str, str]:
        """Both staff numbers as typed."""
        return self.first.text(), self.second.text()
