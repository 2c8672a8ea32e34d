"""The description strangers write clients from, made from the rows that are really served."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from counter_app import __version__
from counter_app.hub.ask import Endpoint
from counter_app.hub.endpoints import ENDPOINTS
from counter_app.hub.enrol_shapes import AuthorityReply, EnrolBody, EnrolledReply
from counter_app.hub.shapes import HealthReply, ProblemsReply

_REF = "#/components/schemas/{name}"
_REFUSALS = {
    "401": "no token, or an unknown one",
    "403": "this role may not do it",
    "404": "no such thing",
    "409": "not now",
    "413": "too large",
    "422": "a body or a value that makes no sense",
    "503": "the store does not answer; ask again",
}


def document() -> dict[str, Any]:
    """OpenAPI 3.1 of this hub."""
    kinds = [kind for e in ENDPOINTS for kind in (e.body, e.reply) if kind is not None]
    every = list(
        dict.fromkeys([*kinds, ProblemsReply, HealthReply, AuthorityReply, EnrolBody, EnrolledReply])
    )
    refs, components = msgspec.json.schema_components(every, ref_template=_REF)
    named = dict(zip(every, refs, strict=True))
    paths: dict[str, Any] = {}
    for endpoint in ENDPOINTS:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint, named)
    paths["/v1/events"] = {"get": _events(named)}
    paths["/v1/blobs/{hash}"] = {"put": _put_page(named), "get": _get_page(named)}
    paths["/v1/ca"] = {"get": _open("The halls, and what devices pin", named[AuthorityReply], named)}
    paths["/v1/enrol"] = {"post": _enrol(named)}
    paths["/metrics"] = {"get": _metrics()}
    paths["/health"] = {"get": _open("Is the hub there", named[HealthReply], named)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "一窗 hub", "version": __version__},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _operation(endpoint: Endpoint, named: dict[Any, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "summary": endpoint.summary,
        "parameters": _parameters(endpoint),
        "responses": {"200": _json("done", named[endpoint.reply]), **_refusals(named)},
    }
    if endpoint.may_be_empty:
        made["responses"]["204"] = {"description": "nobody waits"}
    if endpoint.body is not None:
        made["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": named[endpoint.body]}},
        }
    return made


def _parameters(endpoint: Endpoint) -> list[dict[str, Any]]:
    in_path = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for name in re.findall(r"{(\w+)}", endpoint.path)
    ]
    in_query = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in endpoint.query]
    return in_path + in_query


def _events(named: dict[Any, Any]) -> dict[str, Any]:
    last = {"name": "Last-Event-ID", "in": "header", "schema": {"type": "string"}}
    stream = {
        "description": "one event per fact",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
    return {
        "summary": "What happens in the line, as it happens (SSE; catches up from Last-Event-ID)",
        "parameters": [last],
        "responses": {"200": stream, **_refusals(named)},
    }


def _enrol(named: dict[Any, Any]) -> dict[str, Any]:
    body = {"required": True, "content": {"application/json": {"schema": named[EnrolBody]}}}
    told = {"403": "the code or the proof is not good", "404": "no such hall", "422": "a body without sense"}
    told |= {"413": "too large", "429": "too many wrong codes", "503": "the store does not answer"}
    refused = {status: _json(why, named[ProblemsReply]) for status, why in told.items()}
    return {
        "summary": "A device joins with a one-time code",
        "security": [],
        "requestBody": body,
        "responses": {"200": _json("taken in", named[EnrolledReply]), **refused},
    }


_HASH = {
    "name": "hash",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
}
_BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


def _put_page(named: dict[Any, Any]) -> dict[str, Any]:
    place = {"name": "Content-Range", "in": "header", "schema": {"type": "string"}}
    return {
        "summary": "A sealed page by the SHA-256 of its bytes; by pieces with Content-Range",
        "parameters": [_HASH, place],
        "requestBody": {"required": True, "content": _BYTES},
        "responses": {
            "201": {"description": "whole and durable"},
            "202": {"description": "a piece; Range tells how far"},
            **_refusals(named),
        },
    }


def _get_page(named: dict[Any, Any]) -> dict[str, Any]:
    told = {"description": "the sealed page", "content": _BYTES}
    made = {"parameters": [_HASH], "responses": {"200": told, **_refusals(named)}}
    return {"summary": "A sealed page", **made}


def _metrics() -> dict[str, Any]:
    text = {"description": "counted", "content": {"text/plain": {"schema": {"type": "string"}}}}
    return {"summary": "Prometheus text", "security": [], "responses": {"200": text}}


def _open(summary: str, ref: Any, named: dict[Any, Any]) -> dict[str, Any]:
    refused = _json("the store does not answer", named[ProblemsReply])
    return {"summary": summary, "security": [], "responses": {"200": _json("yes", ref), "503": refused}}


def _refusals(named: dict[Any, Any]) -> dict[str, Any]:
    return {status: _json(why, named[ProblemsReply]) for status, why in _REFUSALS.items()}


def _json(description: str, schema: Any) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}
