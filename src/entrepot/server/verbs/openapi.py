"""OpenAPI 3.1 of the server, from the forms of the verbs: it cannot say what they do not take."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from entrepot import __version__
from entrepot.core.words.translate import spoken, tr
from entrepot.server.rows_sent import MEDIA
from entrepot.server.verbs.described_beside import ERROR, SCHEMAS, TOLD, described_beside
from entrepot.server.verbs.verb_form import (
    BELOW,
    COUNTS,
    FILE,
    FILES,
    KIND,
    NEGATIVE_FINAL,
    NUMBER,
    NUMBER_OR_TEXT,
    PAIR,
    PARTY_KINDS,
    TEXT,
    TEXT_OR_TEXTS,
    TEXTS,
    WHOLE,
    WORDS,
    YES,
    served,
    verb_form,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import FastAPI

    from entrepot.server.verbs.verb_form import Field, VerbForm

_STRING = {"type": "string"}
_BINARY = {"type": "string", "format": "binary"}
# What each kind is in JSON Schema: a file that is sent is a binary text to OpenAPI.
_SCHEMAS: dict[str, dict[str, Any]] = {
    TEXT: _STRING,
    KIND: {"type": "string", "enum": list(PARTY_KINDS)},
    BELOW: {"type": "string", "enum": list(NEGATIVE_FINAL)},
    WHOLE: {"type": "integer"},
    NUMBER: {"type": "number"},
    YES: {"type": "boolean"},
    NUMBER_OR_TEXT: {"type": ["number", "string"]},
    TEXTS: {"type": "array", "items": _STRING},
    TEXT_OR_TEXTS: {"anyOf": [_STRING, {"type": "array", "items": _STRING}]},
    PAIR: {"type": "array", "items": _STRING, "minItems": 2, "maxItems": 2},
    WORDS: {"type": "object", "additionalProperties": _STRING},
    COUNTS: {"type": "object", "additionalProperties": {"type": "integer"}},
    FILE: _BINARY,
    FILES: {"type": "array", "items": _BINARY},
}


def described_all(app: FastAPI, under: str = "") -> dict[str, Any]:
    """The description of all verbs and of what stands beside them.

    Args:
        app: whose own routes are described.
        under: the path below which the server is reached; empty for the root, where OpenAPI looks by itself.
    """
    from fastapi.openapi.utils import get_openapi

    whole, beside = described_verbs(), described_beside()
    own = get_openapi(title="", version="", routes=app.routes)
    schemas = {**own.get("components", {}).get("schemas", {}), **whole["components"]["schemas"], **SCHEMAS}
    return {
        **whole,
        **({"servers": [{"url": under}]} if under else {}),
        "paths": {**own["paths"], **beside, **whole["paths"]},
        "components": {**whole["components"], "schemas": schemas},
    }


def described_verbs() -> dict[str, Any]:
    """The description of all verbs, in the language that is spoken; each is imported for it."""
    return _described_verbs(spoken())


@cache
def _described_verbs(_spoken: str) -> dict[str, Any]:
    forms = [verb_form(name) for name in served()]
    paths: dict[str, Any] = {}
    for form in forms:
        paths[f"/v1/{form.name}"] = {"post": _posted(form)}
        if form.by_address:
            paths[f"/v1/{form.name}"]["get"] = _got(form)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Entrepot",
            "version": __version__,
            "description": tr("The verbs of the desk. Every figure opens its source by /v1/explain. Not legal advice."),
        },
        "paths": paths,
        "components": {
            "schemas": {"Error": SCHEMAS["Error"]},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}, {}],
    }


def _posted(form: VerbForm) -> dict[str, Any]:
    plain = {n: f for n, f in form.fields.items() if f.kind not in {FILE, FILES}}
    content = {"multipart/form-data": {"schema": _object(form.fields)}} if form.files else {}
    if not any(f.needed for f in form.files.values()):
        content["application/json"] = {"schema": _object(plain)}
    needed = any(f.needed for f in form.fields.values())
    return _told(form) | {"operationId": form.name, "requestBody": {"required": needed, "content": content}}


def _got(form: VerbForm) -> dict[str, Any]:
    parameters = [
        {"name": f.name, "in": "query", "required": f.needed, "schema": _SCHEMAS[f.kind], "description": f.meaning}
        for f in form.fields.values()
        if f.kind in {TEXT, WHOLE, NUMBER, NUMBER_OR_TEXT, YES, TEXTS, TEXT_OR_TEXTS, PAIR, KIND, BELOW}
    ]
    return _told(form) | {"operationId": f"get_{form.name}", "parameters": [*parameters, _format()]}


def _format() -> dict[str, Any]:
    return {
        "name": "format",
        "in": "query",
        "required": False,
        "schema": {"type": "string", "enum": ["json", "csv", "parquet"]},
        "description": tr("How the rows are sent; without it as the header Accept says, else as JSON."),
    }


def _told(form: VerbForm) -> dict[str, Any]:
    said, back = form.said
    table: dict[str, Any] = {MEDIA[f].partition(";")[0]: {} for f in ("csv", "parquet")}
    answers = {"200": {"description": back or tr("The answer."), "content": {"application/json": {}, **table}}}
    errors = {s: {"description": d, "content": {"application/json": {"schema": ERROR}}} for s, d in TOLD.items()}
    return {
        "summary": said.partition("\n")[0],
        "description": "\n\n".join((said, tr("Needs the role {role}.", role=form.role))),
        "responses": {**answers, **errors},
    }


def _object(fields: Mapping[str, Field]) -> dict[str, Any]:
    properties = {
        n: _SCHEMAS[f.kind] | {"description": f.meaning} | ({} if f.default is None else {"default": f.default})
        for n, f in fields.items()
    }
    needed = [n for n, f in fields.items() if f.needed]
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}
