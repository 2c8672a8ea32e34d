"""How a sheet for a person looks: on the screen as it scrolls, and on A4 as somebody prints it."""

from __future__ import annotations

from typing import Any

HEAD_ROWS = 2  # the title, then the headings
_SHADE = "FFE8EEF7"
_A4 = 9


def printable(sheet: Any) -> None:
    """A4 across, one page wide, title and headings on every page, pages counted below."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"1:{HEAD_ROWS}"
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "第 &P 页　共 &N 页"


def headed(sheet: Any) -> None:
    """Title and headings bold, headings on a shade, the long ones broken."""
    from openpyxl.styles import Alignment, Font, PatternFill

    sheet["A1"].font = Font(bold=True, size=14)
    for cell in sheet[HEAD_ROWS]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=_SHADE)
        side = "left" if cell.column == 1 else "right"
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
