"""The JSON Schema of pack files, made from the shapes the loader reads by, and the key tables of the docs."""

from __future__ import annotations

import json
from typing import Any

from counter_app.catalog.shapes import SHAPES, Key

_PLAIN: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "int": {"type": "integer"},
    "bool": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "expr": {"type": "string", "description": "A condition; see docs/catalog.md."},
    "any": {},
}
_ROOTS = ("type", "common", "pack", "region")


def json_schema() -> dict[str, Any]:
    """One schema for the four kinds of file; the types are its root."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "一窗 catalogue files",
        "$ref": "#/$defs/type",
        "$defs": {name: _shape(name) for name in SHAPES},
    }


def schema_text() -> str:
    """The text of `docs/catalog.schema.json`."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def tables_text() -> str:
    """Markdown tables of every key, for `docs/catalog.md`."""
    lines: list[str] = []
    for name, keys in SHAPES.items():
        lines += [f"### `{name}`" + (" (a file)" if name in _ROOTS else ""), "", "| key | kind | meaning |"]
        lines += ["|---|---|---|"]
        for key in keys:
            must = "**required** · " if key.required else ""
            codes = f" One of: {' '.join(key.choices)}." if key.choices else ""
            lines.append(f"| `{key.name}` | {key.kind} | {must}{key.doc}{codes} |")
        lines.append("")
    return "\n".join(lines)


def _shape(name: str) -> dict[str, Any]:
    keys = SHAPES[name]
    made: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {key.name: _key(key) for key in keys},
    }
    required = [key.name for key in keys if key.required]
    return made | ({"required": required} if required else {})


def _key(key: Key) -> dict[str, Any]:
    kind, _, inner = key.kind.partition(":")
    made = _nested(kind, inner) if inner else _flat(key)
    return made | ({"description": key.doc} if key.doc else {})


def _flat(key: Key) -> dict[str, Any]:
    if key.kind != "texts":
        return {**_PLAIN[key.kind], **({"enum": list(key.choices)} if key.choices else {})}
    items = {"type": "string", **({"enum": list(key.choices)} if key.choices else {})}
    flags = {"type": "object", "additionalProperties": {"type": "boolean"}}
    return {"anyOf": [{"type": "array", "items": items}, flags]}


def _nested(kind: str, inner: str) -> dict[str, Any]:
    item: dict[str, Any] = {"$ref": f"#/$defs/{inner}"} if inner in SHAPES else dict(_PLAIN[inner])
    if kind == "table":
        return item
    if kind == "tables":
        return {"type": "array", "items": item}
    if inner == "offer":
        item = {"anyOf": [item, {"type": "string"}]}
    return {"type": "object", "additionalProperties": item}
