"""A tool that knows nothing of us reads /openapi.json and presses every question: it is the truth."""

from __future__ import annotations

from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi import checks as said

from counter_app.hub.blobs import Blobs
from counter_app.hub.local import LocalHub
from counter_app.hub.routes import application
from counter_app.hub.tokens import Bearer
from tests.hub.stores import HALL, RULES, HandClock

CHECKS = [
    schemathesis.checks.not_a_server_error,
    said.status_code_conformance,
    said.content_type_conformance,
    said.response_schema_conformance,
]


def test_the_description_keeps_its_word(tmp_path: Path) -> None:
    hub = LocalHub(tmp_path, bytes(32), HALL, HandClock(), RULES)
    app = application({HALL: hub}, blobs=Blobs(tmp_path / "pages"))
    headers = {"Authorization": f"Bearer {hub.issue(Bearer(HALL, 'device'))}"}
    for nth in range(3):
        hub.take(f"r{nth}")
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    pressed = set()
    examples = max(2, settings().max_examples // 25)
    for found in schema.exclude(path="/v1/events").get_all_operations():
        operation = found.ok()

        @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
        @given(operation.as_strategy())
        def press(case: schemathesis.Case) -> None:
            case.call_and_validate(headers=headers, checks=CHECKS)

        press()
        pressed.add(operation.path)
    assert {"/v1/tickets", "/v1/windows/{window}/call", "/v1/hall", "/v1/enrol"} <= pressed
    hub.close()
