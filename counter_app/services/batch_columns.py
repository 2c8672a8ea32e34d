"""The columns of a batch list, made from the fields of its type: a template's, and what a header means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from counter_app.catalog.model import Catalogue, FieldSpec, Offer, Region, TransactionType
from counter_app.catalog.values import choices
from counter_app.domain.sheets import Column, Line, Sheet
from counter_app.domain.text import half_width
from counter_app.domain.value import Value
from counter_app.problems import Problem, Problems
from counter_app.services.prefill import FROM_EMPLOYER

HANDED_IN = {"已收": "received", "共享": "shared", "承诺": "committed", "缺": ""}
RESULT, FAULTY, REASON = "处理结果", "有误的栏", "原因与改法"
# Columns that people add for themselves, and those of our own error list.
IGNORED = {"序号", "编号", "备注", RESULT, FAULTY, REASON, "受理号"}
_HEADER_ROWS = 20
_DECORATION = re.compile(r"[\s*＊]|[（(](?:必填|选填|元)[)）]")
_FORMATS = {
    "date": "年-月-日，例如 2026-11-22",
    "month": "年-月，例如 2026-11",
    "datetime": "年-月-日 时:分",
    "money": "元，最多两位小数",
    "cert_no": "整格设为文本格式，18 位",
    "uscc": "18 位统一社会信用代码",
    "phone": "11 位手机号，或区号加座机号",
    "bank_card": "整格设为文本格式，12 至 30 位",
    "int": "整数",
    "ratio": "0 至 1，或百分数",
    "multi_enum": "可填多个，用顿号分开",
}


class Located(Value, frozen=True):
    """Where the list begins, and which column of the file holds what."""

    sheet: Sheet
    header: Line
    places: Mapping[str, int]  # column key → place in the row

    @property
    def lines(self) -> tuple[Line, ...]:
        """The rows below the header that hold anything; those that begin with # are remarks."""
        below = (line for line in self.sheet.lines if line.number > self.header.number)
        return tuple(line for line in below if not line.is_empty and not _is_remark(line))


def batch_type(catalogue: Catalogue, region: Region, word: str) -> TransactionType:
    """A type that may come as a list here.

    Raises Problem `type-unknown`, `type-not-offered`, `batch-not-allowed`.
    """
    kind = catalogue.types.get(word)
    if kind is None:
        raise Problem("type-unknown", "case", word)
    if kind.offered_in.get(region.id, Offer()).mode not in ("办", "代收转"):
        raise Problem("type-not-offered", "case", kind.name)
    if "import" not in kind.channels or kind.applicant not in ("individual", "employer"):
        raise Problem("batch-not-allowed", "case", kind.name)
    return kind


def columns_of(region: Region, kind: TransactionType) -> tuple[Column, ...]:
    """Every column a list of this type may have, in the order of the template."""
    found: list[Column] = []
    if kind.situations:
        names = tuple(item.name for item in kind.situations)
        found.append(Column("situation", "情形", False, "不填时按命令所指或第一种", names))
    for spec in fields_of(kind):
        found.append(_column(region, spec))
    for question in kind.questions:
        found.append(Column(f"ask.{question.name}", question.text, False, "", ("是", "否")))
    for item in kind.materials:
        hint = "不填时按整批所收的材料"
        found.append(Column(f"material.{item.code}", f"材料：{item.name}", False, hint, tuple(HANDED_IN)))
    return tuple(found)


def fields_of(kind: TransactionType) -> tuple[FieldSpec, ...]:
    """The fields a row answers; a table becomes the columns of its one line (`roster.certno`).

    What belongs to the one handler or the one employer of the whole list is asked once, not per row.
    """
    found: list[FieldSpec] = []
    for spec in kind.fields:
        if spec.key.startswith("agnter_") or spec.key.startswith("coner_"):
            continue
        if kind.applicant == "employer" and spec.key in FROM_EMPLOYER:
            continue
        if spec.type == "table":
            found += [replace(column, key=f"{spec.key}.{column.key}") for column in spec.columns]
        else:
            found.append(spec)
    return tuple(found)


def located(sheets: Sequence[Sheet], columns: Sequence[Column]) -> Located:
    """The list in a file: the first sheet with a header of ours in its first rows.

    Raises Problem `batch-no-header`, `batch-empty`; Problems `batch-column-unknown`, `batch-column-twice`.
    """
    best: tuple[int, Sheet, Line] | None = None
    for sheet in sheets:
        for line in sheet.lines[:_HEADER_ROWS]:
            score = sum(_meaning(cell.text, columns) is not None for cell in line.cells)
            if score and not _is_remark(line) and (best is None or score > best[0]):
                best = (score, sheet, line)
    if best is None:
        raise Problem("batch-no-header", "header", "、".join(c.label for c in columns[:3]))
    _, sheet, header = best
    found = Located(sheet, header, _places(header, columns))
    if not found.lines:
        raise Problem("batch-empty", "rows", sheet.name)
    return found


def _places(header: Line, columns: Sequence[Column]) -> Mapping[str, int]:
    places: dict[str, int] = {}
    wrong: list[Problem] = []
    for place, cell in enumerate(header.cells):
        name = plain(cell.text)
        meant = _meaning(cell.text, columns)
        if meant is None:
            if name and name not in IGNORED:
                wrong.append(Problem("batch-column-unknown", f"column:{place + 1}", cell.text.strip()[:40]))
        elif meant.key in places:
            wrong.append(Problem("batch-column-twice", f"column:{place + 1}", meant.label))
        else:
            places[meant.key] = place
    if wrong:
        raise Problems(wrong)
    return places


def plain(text: str) -> str:
    """A header without what people decorate it with: blanks, stars, 必填."""
    return _DECORATION.sub("", half_width(text[:200]))


def _meaning(text: str, columns: Sequence[Column]) -> Column | None:
    name = plain(text)
    if not name or name in IGNORED:
        return None
    return next((c for c in columns if name in (c.key, plain(c.label))), None)


def _is_remark(line: Line) -> bool:
    return line.cell(0).text.lstrip().startswith("#")


def _column(region: Region, spec: FieldSpec) -> Column:
    allowed = tuple(choice.label for choice in choices(spec, region))
    hint = spec.hint or _FORMATS.get(spec.type, "")
    if spec.rule_text:
        hint = f"{hint}；{spec.rule_text}" if hint else spec.rule_text
    is_needed = spec.required and spec.when is None and not spec.default
    return Column(spec.key, spec.label, is_needed, hint, allowed)
