"""What every verb prints: one bare JSON document, or a short table for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from counter_app.problems import Problem


def print_json(value: Any) -> None:
    """Write one UTF-8 JSON document to stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=None, default=str) + "\n")
    sys.stdout.flush()


def print_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Write rows as tab-separated lines, one header line first."""
    lines = ["\t".join(columns)]
    lines += ["\t".join(str(row.get(column, "")) for column in columns) for row in rows]
    sys.stdout.write("\n".join(lines) + "\n")


def show(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], as_json: bool) -> None:
    """Print a list the way it was asked for."""
    if as_json:
        print_json(list(rows))
    else:
        print_rows(rows, columns)


def print_problems(problems: Sequence[Problem]) -> None:
    """Write refusals to stderr in the one shape everything uses."""
    document = {"problems": [problem.as_dict() for problem in problems]}
    sys.stderr.write(json.dumps(document, ensure_ascii=False) + "\n")
