"""Reading one pack file against its declared shape: every value typed, every strange key found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

import tomli

from counter_app.catalog import conditions
from counter_app.catalog.lines import Lines, Path
from counter_app.catalog.model import Origin
from counter_app.catalog.shapes import SHAPES, Key
from counter_app.domain.value import Value
from counter_app.problems import Problem


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault of a pack. `code` is an ASCII word, `text` says it to whoever maintains the file."""

    file: str
    line: int
    code: str
    text: str


class Row(Value, frozen=True):
    """The typed values of one table, only those that were written, and where it stands."""

    values: dict[str, Any]
    origin: Origin
    path: Path = ()

    def get(self, name: str, default: Any = None) -> Any:
        """A value or what stands for its absence."""
        return self.values.get(name, default)


@dataclass(slots=True)
class Sheet:
    """One file being read; `findings` grows as it is.

    Lines are looked up when something is wrong. Only an `exact` reading also notes them at
    everything that was read, which costs a third of the time.
    """

    file: str
    data: Mapping[str, Any]
    text: str
    findings: list[Finding] = field(default_factory=list)
    exact: bool = True
    _lines: Lines | None = None

    def row(self, shape: str, data: Any = None, path: Path = ()) -> Row:
        """Read one table. A fault becomes a finding and the value is left out."""
        table = self.data if data is None else data
        origin = self.origin(path)
        if not isinstance(table, Mapping):
            self.fault("bad-type", path, "这里应当是一个表")
            return Row({}, origin, path)
        keys = _keys(shape)
        self._strangers(table, keys, path)
        values = {}
        for name, key in keys.items():
            if name in table:
                value = self._value(key, table[name], (*path, name))
                if value is not None:
                    values[name] = value
            elif key.required:
                self.fault("missing-key", path, f"缺少 {name}")
        return Row(values, origin, path)

    def origin(self, path: Path) -> Origin:
        """File and line of a path; without the line unless the reading is exact."""
        return Origin(self.file, self.line(path) if self.exact else 0)

    def line(self, path: Path) -> int:
        """The line of a path."""
        if self._lines is None:
            self._lines = Lines(self.text)
        return self._lines.find(path)

    def fault(self, code: str, path: Path, text: str) -> None:
        """Note a fault at a path."""
        self.findings.append(Finding(self.file, self.line(path), code, text))

    def _strangers(self, table: Mapping[str, Any], keys: Mapping[str, Key], path: Path) -> None:
        for name in table:
            if name not in keys:
                import difflib  # only for who has written one wrongly

                near = difflib.get_close_matches(name, keys, 1)
                hint = f"，是否想写 {near[0]}" if near else ""
                self.fault("unknown-key", (*path, name), f"没有 {name} 这一项{hint}")

    def _value(self, key: Key, value: Any, path: Path) -> Any:
        kind, _, inner = key.kind.partition(":")
        if kind in {"table", "tables", "map"}:
            return self._nested(kind, inner, value, path)
        if kind == "texts" and isinstance(value, Mapping):  # parties = { self = true, kin = false }
            value = [name for name, wanted in value.items() if wanted]
        if not _FITS[kind](value):
            self.fault("bad-type", path, f"应当是 {_WORDS[kind]}")
            return None
        if key.choices:
            self._codes(key, value, path)
        return self._expression(value, path) if kind == "expr" else _settle(kind, value)

    def _codes(self, key: Key, value: Any, path: Path) -> None:
        for item in value if isinstance(value, list) else [value]:
            if item not in key.choices:
                self.fault("bad-choice", path, f"{item} 不是 {'、'.join(key.choices)} 之一")

    def _expression(self, text: str, path: Path) -> conditions.Expression | None:
        try:
            return conditions.parse(text, self.origin(path))
        except Problem as problem:
            self.fault("bad-expression", path, problem.detail)
            return None

    def _nested(self, kind: str, shape: str, value: Any, path: Path) -> Any:
        if kind == "table":
            return self.row(shape, value, path)
        if kind == "tables":
            if not isinstance(value, list):
                self.fault("bad-type", path, "应当是若干个表")
                return None
            return tuple(
                self.row(shape, _whole(shape, item), (*path, place)) for place, item in enumerate(value)
            )
        if not isinstance(value, Mapping):
            self.fault("bad-type", path, "这里应当是一个表")
            return None
        if shape in SHAPES:
            return {name: self._offer(shape, item, (*path, name)) for name, item in value.items()}
        if shape != "any" and not all(_FITS[shape](item) for item in value.values()):
            self.fault("bad-type", path, f"各项都应当是 {_WORDS[shape]}")
            return None
        return dict(value)

    def _offer(self, shape: str, item: Any, path: Path) -> Row:
        """`rizhao = "办"` is short for `rizhao = { mode = "办" }`."""
        return self.row(shape, {"mode": item} if isinstance(item, str) else item, path)


@cache
def _keys(shape: str) -> Mapping[str, Key]:
    """The keys of a shape by their names: thousands of tables have one of thirty shapes."""
    return {key.name: key for key in SHAPES[shape]}


def open_sheet(file: str, text: bytes, findings: list[Finding], exact: bool = True) -> Sheet | None:
    """Parse a file; None (and a finding) when it is not TOML."""
    try:
        words = text.decode("utf-8")
        return Sheet(file, tomli.loads(words), words, findings, exact)
    except UnicodeDecodeError:
        findings.append(Finding(file, 1, "not-toml", "不是 UTF-8 文本"))
    except tomli.TOMLDecodeError as error:
        line = int(str(error).partition("at line ")[2].partition(",")[0] or 1)
        findings.append(Finding(file, line, "not-toml", f"不是正确的 TOML：{error}"))
    except RecursionError:
        findings.append(Finding(file, 1, "not-toml", "嵌套太深"))
    return None


def _whole(shape: str, item: Any) -> Any:
    """A situation written as one word is its own code and name."""
    return {"code": item, "name": item} if shape == "situation" and isinstance(item, str) else item


def _settle(kind: str, value: Any) -> Any:
    return tuple(value) if kind == "texts" else value


_FITS: dict[str, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str),
    "expr": lambda value: isinstance(value, str),
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "bool": lambda value: isinstance(value, bool),
    "date": lambda value: isinstance(value, date) and not isinstance(value, datetime),
    "texts": lambda value: isinstance(value, list) and all(isinstance(item, str) for item in value),
    "any": lambda value: True,
}
_WORDS = {
    "text": "文字",
    "expr": "写成文字的表达式",
    "int": "整数",
    "bool": "true 或 false",
    "date": "日期（不加引号）",
    "texts": "文字列表",
}
