"""Reading a file of policy cases (YAML): numbers stay decimal, dates and times stay words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from counter_app.problems import Problem

_LARGEST = 16 * 1024 * 1024
_SLIPS = {"inputs": "input", "assumed": "assumed_params", "expect": "expected"}
_DECIMAL = re.compile(r"^[-+]?(\d[\d_]*\.\d*|\.\d+|\d+(?=[eE]))([eE][-+]?\d{1,3})?$")


@dataclass(frozen=True, slots=True)
class Case:
    """One case: a rule name with inputs; `assumed` holds parameters stated for the test only.

    `broken` says why it could not be read; ids, titles, phrases and order mean nothing.
    """

    id: str
    rule: str
    region: str = ""
    inputs: Mapping[str, Any] = field(default_factory=dict)
    assumed: Mapping[str, Any] = field(default_factory=dict)
    expected: Mapping[str, Any] | None = None
    on: Any = None
    broken: str = ""


def read_cases(path: Path) -> list[Case]:
    """The cases of a file. Raises Problem `policy-file` when it is not one."""
    try:
        if path.stat().st_size > _LARGEST:
            raise Problem("policy-file", str(path), "文件超过 16 MB。")
        text = path.read_text(encoding="utf-8-sig")
    except OSError:
        raise Problem("policy-file", str(path), "文件不存在，或没有读取权限。") from None
    except UnicodeDecodeError:
        raise Problem("policy-file", str(path), "文件不是 UTF-8 文本。") from None
    return parse_cases(text, str(path))


def parse_cases(text: str, where: str = "") -> list[Case]:
    """The cases of a text: a mapping with `cases`, or the list itself."""
    data = _yaml(text, where)
    rows = data.get("cases") if isinstance(data, Mapping) else data
    if not isinstance(rows, list):
        raise Problem("policy-file", where, "文件里没有 cases 列表。")
    return [_case(row, place + 1) for place, row in enumerate(rows)]


def _case(row: Any, place: int) -> Case:
    if not isinstance(row, Mapping):
        return Case(f"#{place}", "", broken="这一例不是一个表。")
    name, rule = str(row.get("id") or f"#{place}"), str(row.get("rule") or "")
    parts = {key: row.get(key) for key in ("input", "assumed_params", "expected")}
    slip = next((key for key in _SLIPS if key in row and _SLIPS[key] not in row), None)
    if slip:
        return Case(name, rule, broken=f"这一例写了 {slip}，应为 {_SLIPS[slip]}。")
    wrong = [key for key, part in parts.items() if part is not None and not isinstance(part, Mapping)]
    if wrong:
        return Case(name, rule, broken=f"{'、'.join(wrong)} 须为表。")
    return Case(
        id=name,
        rule=rule,
        region=str(row.get("region") or ""),
        inputs=_named(parts["input"]),
        assumed=_named(parts["assumed_params"]),
        expected=_named(parts["expected"]) or None,
        on=row.get("date"),
    )


def _named(part: Any) -> dict[str, Any]:
    return {str(key): value for key, value in (part or {}).items()}


def _yaml(text: str, where: str) -> Any:
    import yaml  # only this command needs it

    class Loader(yaml.SafeLoader):
        """Safe YAML whose decimals are exact and whose dates are left as written."""

    left_out = {"tag:yaml.org,2002:float", "tag:yaml.org,2002:timestamp"}
    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in pairs if tag not in left_out]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    Loader.add_implicit_resolver("!decimal", _DECIMAL, list("-+.0123456789"))
    Loader.add_constructor("!decimal", lambda _, node: Decimal(str(node.value).replace("_", "")))
    try:
        return yaml.load(text, Loader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f"第 {mark.line + 1} 行" if mark else "文件"
        raise Problem("policy-file", where, f"{line}不是正确的 YAML。") from None
