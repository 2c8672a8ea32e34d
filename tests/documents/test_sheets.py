"""Lists as people make them: whatever the file holds, it is cells or a refusal, never a crash."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.documents import list_files, sheets
from counter_app.documents.sheets import LARGEST, LONGEST_CELL, MOST_LINES
from counter_app.domain.sheets import Column, Marks
from counter_app.problems import Problem

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=8)
COLUMNS = (
    Column("psn_name", "姓名", True),
    Column("certno", "证件号码", True, "整格设为文本格式，18 位"),
    Column("gend", "性别", False, "", ("男", "女")),
)


def texts(found: sheets.Sheet) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in found.lines]


def book(*rows: list[Any], change: Any = None) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    if change:
        change(made.worksheets[0])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def faults(data: bytes) -> list[tuple[str, str]]:
    return [(c.text, c.fault) for line in sheets.read(data)[0].lines for c in line.cells]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@given(rows=st.lists(st.lists(HAN, min_size=2, max_size=4), min_size=1, max_size=6))
def test_any_encoding_a_spreadsheet_writes(encoding: str, rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["姓名", "证件号码"], *rows])
    assert texts(sheets.read(out.getvalue().encode(encoding))[0]) == [["姓名", "证件号码"], *rows]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_any_separator(mark: str) -> None:
    data = mark.join(["姓名", "证件号码"]) + "\r\n" + mark.join(["甲", "1"])
    assert texts(sheets.read(data.encode())[0]) == [["姓名", "证件号码"], ["甲", "1"]]


def test_rows_keep_the_number_a_person_sees() -> None:
    data = '姓名,备注\n甲,"两\n行"\n\n乙,\n'.encode()
    assert [line.number for line in sheets.read(data)[0].lines] == [1, 2, 5]
    made = book(["姓名"], [], ["甲"], [], ["乙"], change=lambda s: s.append(["丙"]))
    assert [line.number for line in sheets.read(made)[0].lines] == [1, 3, 5, 6]


def test_values_become_what_a_clerk_would_type() -> None:
    made = book([True, 7, 13800001526.0, 12.5, date(2026, 11, 22), datetime(2026, 11, 22, 9, 30), "  甲 "])
    assert texts(sheets.read(made)[0]) == [
        ["是", "7", "13800001526", "12.5", "2026-11-22", "2026-11-22 09:30", "  甲 "]
    ]


def test_a_cell_that_cannot_be_believed_says_so() -> None:
    made = book(["=A1&B1", 371102194803120024, "#N/A", 123456789012345])
    assert [fault for _, fault in faults(made)] == ["cell-formula", "cell-digits", "cell-error", ""]
    told = faults(b'=HYPERLINK("x"),="0123",\'=1+1\n')
    assert told == [('=HYPERLINK("x")', "cell-formula"), ("0123", ""), ("=1+1", "cell-formula")]


def test_merged_cells_hold_their_value_once() -> None:
    made = book(["村", "姓名"], ["东村", "甲"], [None, "乙"], change=lambda s: s.merge_cells("A2:A3"))
    assert texts(sheets.read(made)[0]) == [["村", "姓名"], ["东村", "甲"], ["", "乙"]]


def test_a_megabyte_in_one_cell_is_one_refused_cell() -> None:
    long = "长" * (1 << 20)
    found = sheets.read(f"姓名,证件号码\n{long},1\n乙,2\n".encode())[0]
    assert found.lines[1].cells[0].fault == "cell-long"
    assert len(found.lines[1].cells[0].text) < 1000
    assert found.lines[2].cells[0].text == "乙"
    assert len(long) > LONGEST_CELL


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "sheet-kind"),
        (b"PK\x03\x04 not a zip", "sheet-broken"),
        (b"\xff\xff\xff\xff", "sheet-encoding"),
        (b"x" * (LARGEST + 1), "sheet-large"),
        (b"a\n" * (MOST_LINES + 2), "sheet-large"),
    ],
    ids=["old .xls", "half a zip", "no encoding", "large", "long"],
)
def test_what_is_no_list_is_refused_in_words(data: bytes, code: str) -> None:
    with pytest.raises(Problem, match=code):
        sheets.read(data)


def test_a_zip_that_is_no_workbook_and_a_damaged_one() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(Problem, match="sheet-kind"):
        sheets.read(out.getvalue())
    good = book(["姓名"])
    with zipfile.ZipFile(io.BytesIO(good)) as archive, zipfile.ZipFile(out := io.BytesIO(), "w") as other:
        for name in archive.namelist():
            other.writestr(name, b"<broken" if "sheet1" in name else archive.read(name))
    with pytest.raises(Problem, match="sheet-broken"):
        sheets.read(out.getvalue())


def test_a_bomb_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"0" * (201 << 20))
    with pytest.raises(Problem, match="sheet-large"):
        sheets.read(out.getvalue())


@given(st.binary(max_size=300))
def test_garbage_is_cells_or_a_refusal(data: bytes) -> None:
    for start in (b"", b"PK", "姓名,证件号码\n".encode()):
        try:
            sheets.read(start + data)
        except Problem as problem:
            assert problem.code.startswith("sheet-")  # noqa: PT017


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(place=st.integers(0, 8000), other=st.integers(1, 255))
def test_one_damaged_byte_of_a_workbook(place: int, other: int) -> None:
    data = bytearray(book(["姓名", "证件号码"], ["甲", "1"]))
    data[place % len(data)] ^= other
    try:
        sheets.read(bytes(data))
    except Problem as problem:
        assert problem.code.startswith("sheet-")  # noqa: PT017


# --- writing --------------------------------------------------------------------------------------
@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_a_template_is_read_as_its_own_columns(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"t{ending}"
    list_files.template(file, "示例事项", COLUMNS)
    found = sheets.read(file.read_bytes())
    assert texts(found[0])[0] == ["姓名*", "证件号码*", "性别"]
    everything = "\n".join(cell for sheet in found for line in texts(sheet) for cell in line)
    for word in ("男、女", "必填", "18 位"):
        assert word in everything
    assert all(line.cells[0].text.startswith("#") for line in found[0].lines[1:])


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_the_error_list_marks_cells_and_is_read_again(tmp_path: Path, ending: str) -> None:
    given = sheets.read('备注,姓名,证件号码\n=x,甲,1\n"@y",-乙,2\n'.replace("=x", "x").encode())[0]
    marks = Marks({2: "已受理 N1", 3: "退回更正"}, {3: frozenset({1})}, {3: "姓名：不对"})
    file = tmp_path / f"e{ending}"
    list_files.marked(file, given, given.lines[0], marks)
    again = sheets.read(file.read_bytes())[0]
    head = texts(again)[0]
    assert head == ["备注", "姓名", "证件号码", "处理结果", "有误的栏", "原因与改法"]
    assert texts(again)[2] == ["@y", "-乙", "2", "退回更正", "姓名", "姓名：不对"]
    list_files.marked(file, again, again.lines[0], marks, only_bad=True)
    assert [line[1] for line in texts(sheets.read(file.read_bytes())[0])] == ["姓名", "-乙"]
    if ending == ".xlsx":
        list_files.marked(file, given, given.lines[0], marks)
        sheet = openpyxl.load_workbook(file).worksheets[0]
        filled = [c.coordinate for row in sheet for c in row if c.fill.fgColor.rgb == "FFF4CCCC"]
        assert filled == ["B3"]


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=20)
@given(
    cells=st.lists(WORDS.filter(lambda t: t.strip() == t and not t.startswith("'")), min_size=1, max_size=4)
)
def test_no_word_is_ever_a_formula_for_the_next_program(
    tmp_path: Path, ending: str, cells: list[str]
) -> None:
    given_ = sheets.read(book(["姓名"] * len(cells), ["=" + c for c in cells]))[0]
    file = tmp_path / f"f{ending}"
    list_files.marked(file, given_, given_.lines[0], Marks({2: "可以受理"}))
    if ending == ".xlsx":
        sheet = openpyxl.load_workbook(file).worksheets[0]
        assert all(cell.data_type != "f" for row in sheet for cell in row)
    else:
        rows = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline="")))
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_only_what_is_written_has_a_name(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="sheet-kind"):
        list_files.template(tmp_path / "t.ods", "示例", COLUMNS)
