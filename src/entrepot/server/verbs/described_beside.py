"""OpenAPI of what is served beside the verbs: jobs, the stream, reconciliation, what watches a server; of errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import WordsBy, tr
from entrepot.server.refusal import CONFLICT, NOT_FOUND, TOO_LARGE, UNUSABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

_STRING, _WHOLE = {"type": "string"}, {"type": "integer"}
_LINES = "application/x-ndjson"
_FORM, _JSON = "application/x-www-form-urlencoded", "application/json"
_JOB_STATES = ["waiting", "running", "done", "failed", "cancelled", "interrupted"]
ERROR = {"$ref": "#/components/schemas/Error"}
TOLD = WordsBy(
    {
        "400": "The request cannot be read.",
        "401": "Who asks is not known.",
        "403": "The one who asks may not, or another page asks in their name.",
        "404": "There is nothing of this name; what a verb does not find is 422.",
        "405": "Not by this method.",
        str(TOO_LARGE): "Too large.",
        "415": "Not a kind of body that is understood.",
        "422": "What was given cannot be used; the error says what may be.",
        "501": "Needs packages that are not installed.",
        "503": "The store cannot be used, or another run holds it.",
    }
)
_EACH = ("400", "401", "403", str(TOO_LARGE), "503")  # what any address may answer


def _object(needed: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(needed), "properties": {**needed, **more}}


_PARTS = {"thing": _STRING, "allowed": _STRING, "remedy": _STRING, "message": _STRING}
# As OpenRefine's specification has them: https://reconciliation-api.github.io/specs/0.2/
_TYPE = _object({"id": _STRING, "name": _STRING})
_CANDIDATE = _object(
    {"id": _STRING, "name": _STRING, "score": {"type": "number"}, "match": {"type": "boolean"}},
    type={"type": "array", "items": _TYPE},
    description=_STRING,
)
SCHEMAS: dict[str, Any] = {
    "Error": _object({"error": _object({**_PARTS, "found": {"type": ["string", "null"]}})}),
    "Job": _object(
        {"id": _STRING, "verb": _STRING, "who": _STRING, "asked_at": _STRING, "state": {"enum": _JOB_STATES}},
        files={"type": "array", "items": _STRING},
        error={"type": "object"},
        step=_STRING,
        done=_WHOLE,
        all={"type": ["integer", "null"]},
    ),
    "Manifest": _object(
        {
            "versions": {"type": "array", "items": _STRING},
            "name": _STRING,
            "identifierSpace": _STRING,
            "schemaSpace": _STRING,
        }
    ),
    "Reconciled": {
        "type": "object",
        "additionalProperties": _object({"result": {"type": "array", "items": _CANDIDATE}}),
    },
    "Suggested": _object({"result": {"type": "array", "items": _TYPE}}, prefix=_STRING),
}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _in(place: str, name: str, meaning: str, schema: dict[str, Any] = _STRING) -> dict[str, Any]:
    return {"name": name, "in": place, "required": place == "path", "schema": schema, "description": meaning}


def _told(
    name: str, said: str, *answers: tuple[int, str, dict[str, Any]], also: Sequence[int] = (), **more: Any
) -> dict[str, Any]:
    """One operation: its name, what it does, its good answers by status, its errors beside those that all have."""
    good = {str(s): {"description": said, "content": {media: {"schema": c}}} for s, media, c in answers}
    content = {_JSON: {"schema": ERROR}}
    errors = {
        s: {"description": TOLD.get(s, tr("Not in this state.")), "content": content} for s in (*_EACH, *map(str, also))
    }
    return {"operationId": name, "summary": said, "responses": {**good, **errors}, **more}


def described_beside() -> dict[str, Any]:
    """The paths of what is served beside the verbs."""
    return {**_jobs(), **_looked_up(), **_watched()}


def _jobs() -> dict[str, Any]:
    job, listed = _ref("Job"), _object({"jobs": {"type": "array", "items": _ref("Job")}})
    by_id = {"parameters": [_in("path", "name", tr("the id of a job"))]}
    body = {"content": {_JSON: {"schema": {"type": "object"}}, "multipart/form-data": {"schema": {"type": "object"}}}}
    begun = {"parameters": [_in("path", "name", tr("a verb; the body is that of POST /v1/VERB"))], "requestBody": body}
    gone = (NOT_FOUND,)
    return {
        "/v1/jobs": {"get": _told("jobs", tr("Jobs of who asks; of everybody for an admin."), (200, _JSON, listed))},
        "/v1/jobs/{name}": {
            "post": _told(
                "begin_job", tr("Begin a verb as a job."), (202, _JSON, job), also=(*gone, 415, UNUSABLE), **begun
            ),
            "get": _told("job", tr("How far a job is."), (200, _JSON, job), also=gone, **by_id),
            "delete": _told(
                "end_job", tr("End a job, or remove one that ended."), (200, _JSON, job), also=gone, **by_id
            ),
        },
        "/v1/jobs/{name}/events": {
            "get": _told(
                "job_events", tr("Its states as they change."), (200, "text/event-stream", _STRING), also=gone, **by_id
            )
        },
        "/v1/jobs/{name}/result": {
            "get": _told("job_result", tr("What came out."), (200, _JSON, {}), also=(*gone, CONFLICT), **by_id)
        },
        "/v1/jobs/{name}/files/{file}": {
            "get": _told(
                "job_file",
                tr("A file that it wrote."),
                (200, "application/octet-stream", {"type": "string", "format": "binary"}),
                also=(*gone, CONFLICT),
                parameters=[*by_id["parameters"], _in("path", "file", tr("its name"))],
            )
        },
    }


def _looked_up() -> dict[str, Any]:
    dataset = _in("query", "dataset", tr("a list by its id, or default for all"))
    lines = {"required": True, "content": {_LINES: {"schema": _STRING}}}
    whole = {
        "/reconcile": [],
        "/reconcile/{dataset}": [_in("path", "dataset", tr("a list by its id, or default for all"))],
    }
    each: dict[str, Any] = {}
    for number, (path, parameters) in enumerate(whole.items()):
        asked = _in("query", "queries", tr("a JSON object of queries; without it the manifest is answered"))
        form = {"content": {_FORM: {"schema": {"type": "object", "properties": {"queries": _STRING}}}}}
        found = (200, _JSON, {"anyOf": [_ref("Manifest"), _ref("Reconciled")]})
        said, behind = tr("Names held against lists, as OpenRefine asks."), "_list" * number
        each[path] = {
            "get": _told(
                f"reconcile{behind}", said, found, also=(NOT_FOUND, UNUSABLE), parameters=[*parameters, asked]
            ),
            "post": _told(
                f"post_reconcile{behind}",
                said,
                found,
                also=(NOT_FOUND, UNUSABLE),
                parameters=parameters,
                requestBody=form,
            ),
        }
    what = _in("path", "what", tr("of what"), {"enum": ["type", "property"]})
    suggested = (200, _JSON, _ref("Suggested"))
    return {
        **each,
        "/reconcile/suggest/{what}": {
            "get": _told(
                "suggest",
                tr("Types and properties that begin so."),
                suggested,
                also=(NOT_FOUND,),
                parameters=[what, _in("query", "prefix", tr("how its name begins"))],
            )
        },
        "/v1/screen/stream": {
            "post": _told(
                "screen_stream",
                tr("A line for each line, in their order, while the rest is sent."),
                (200, _LINES, _STRING),
                also=(NOT_FOUND, UNUSABLE),
                parameters=[dataset],
                requestBody=lines,
            )
        },
    }


def _watched() -> dict[str, Any]:
    healthy = (200, _JSON, _object({"status": _STRING, "version": _STRING}))
    return {
        "/healthz": {"get": _told("healthy", tr("That the server answers."), healthy)},
        "/metrics": {"get": _told("metrics", tr("Counts of answers."), (200, "text/plain", _STRING))},
    }
