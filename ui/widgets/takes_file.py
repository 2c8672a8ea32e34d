"""A page onto which a file may be dropped instead of its path being typed."""

from __future__ import annotations

from PySide6.QtGui import QDragEnterEvent, QDropEvent

from ui.widgets.editors import TextEdit


class TakesFile:
    """Stands before the page's own class; the page has a line `file` and calls `setAcceptDrops`."""

    file: TextEdit

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Its path is taken."""
        urls = event.mimeData().urls()
        if urls:
            self.file.setText(urls[0].toLocalFile())
