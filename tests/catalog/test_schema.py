from __future__ import annotations

import json
from pathlib import Path

from counter_app.catalog.schema import json_schema, schema_text, tables_text

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_schema_in_the_documents_is_the_loaders() -> None:
    assert (DOCS / "catalog.schema.json").read_text("utf-8") == schema_text()


def test_every_reference_leads_somewhere() -> None:
    schema = json_schema()
    text = json.dumps(schema)
    used = {part.split('"')[0] for part in text.split("#/$defs/")[1:]}
    assert used <= set(schema["$defs"])
    assert schema["$defs"]["type"]["additionalProperties"] is False
    assert "flow" in schema["$defs"]["type"]["required"]


def test_the_manual_has_every_key() -> None:
    assert tables_text().strip() in (DOCS / "catalog.md").read_text("utf-8")
