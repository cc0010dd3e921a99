"""yente's API: `/match`, `/search`, `/entities`, `/catalog`, `/algorithms`; its clients need another address only.

Shapes: yente/data/common.py of opensanctions/yente, seen on 2026-11-27.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from entrepot.core.errors import UnknownNameError
from entrepot.core.words.translate import tr
from entrepot.names.comparing.feature import sentences
from entrepot.server.lookup.entity_query import UnstorableError, entity_query
from entrepot.server.lookup.keywords_asked import refuse_of_screen, unheeded
from entrepot.server.lookup.looked_up import ALL, LookUp
from entrepot.server.lookup.stream_routes import not_understood
from entrepot.server.refusal import NOT_FOUND, UNREADABLE, RefusedError, told
from entrepot.server.rows_sent import MEDIA, as_json
from entrepot.server.verbs.described_beside import ERROR, TOLD

if TYPE_CHECKING:
    from entrepot.desk.ready_lists import LookedAt
    from entrepot.server.lookup.entity_query import EntityQuery

_MOST_QUERIES = 500  # of one request: half a second of work; yente takes 100
_MOST_RESULTS = 500  # as yente's
_LOWEST, _MATCH = (
    0.5,
    0.7,
)  # from where on a result is shown, and called a match: as yente's, and as `search` and `screen`


class EntityExample(BaseModel):
    """An entity that is asked for."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)
    id: str | None = None
    schema_: str = Field(alias="schema")
    properties: dict[str, Any]


class EntityMatchQuery(BaseModel):
    """Entities that are asked for, by names of the client's."""

    model_config = ConfigDict(extra="ignore")
    weights: dict[str, float] = {}
    config: dict[str, Any] = {}
    queries: dict[str, EntityExample]


def yente_router(look_up: LookUp) -> APIRouter:  # noqa: C901 - a function a route
    """The routes.

    Args:
        look_up: where entities are looked up.
    """
    content = {MEDIA["json"]: {"schema": ERROR}}
    told: Any = {int(s): {"description": said, "content": content} for s, said in TOLD.items()}
    router = APIRouter(responses=told, dependencies=[Depends(_refuse_unheeded)])

    @router.post("/match/{dataset}", tags=["Looking up"], response_class=Response)
    async def match(  # noqa: PLR0913, PLR0917 - yente's parameters
        request: Request,
        dataset: str,
        match: EntityMatchQuery,
        limit: Annotated[int, Query(ge=1, le=_MOST_RESULTS)] = 5,
        threshold: Annotated[float, Query(ge=0, le=1)] = _MATCH,
        cutoff: Annotated[float, Query(ge=0, le=1)] = _LOWEST,
        algorithm: str = "best",  # noqa: ARG001 - there is one
        include_dataset: Annotated[list[str], Query()] = [],  # noqa: B006 - FastAPI copies it
        exclude_dataset: Annotated[list[str], Query()] = [],  # noqa: B006
        exclude_entity_ids: Annotated[list[str], Query()] = [],  # noqa: B006
        exclude_schema: Annotated[list[str], Query()] = [],  # noqa: B006
        topics: Annotated[list[str], Query()] = [],  # noqa: B006
        changed_since: str | None = None,
    ) -> Response:
        """Look entities up by example: names, countries, dates of birth, numbers of registers."""
        _refuse_unknown(exclude_schema=exclude_schema, topics=topics, changed_since=changed_since)
        _refuse_weights(match)
        queries, refused = _queries(match)
        left_out = {*exclude_dataset, *exclude_entity_ids}

        def answer() -> bytes:
            lists = tuple(n for d in include_dataset or [dataset] for n in look_up.lists_of(d))
            look_up.lists_of(dataset)
            found = look_up.found(queries, lists, min(cutoff, threshold))
            responses = {n: _not_answered(match.queries[n], exc) for n, exc in refused.items()}
            for name, looked in found.items():
                kept = [r for r in looked.results if left_out.isdisjoint((r["id"], *r["datasets"]))]
                marked = [r | {"match": r["score"] >= threshold} for r in kept]
                responses[name] = _matches(match.queries[name], queries[name], marked, limit) | _placed(
                    queries[name], looked
                )
            with_lists = iter(look_up.listed([r for said in responses.values() for r in said["results"]]))
            for said in responses.values():
                said["results"] = [next(with_lists) for _ in said["results"]]
            responses = {name: responses[name] for name in match.queries}
            return as_json({"responses": responses, "matcher": _matcher(), "limit": limit})

        headers = {"x-batch-size": str(len(match.queries)), **unheeded(request.query_params, _HEEDED["match"])}
        return Response(await run_in_threadpool(answer), media_type=MEDIA["json"], headers=headers)

    @router.get("/search/{dataset}", tags=["Looking up"], response_class=Response)
    async def search(  # noqa: PLR0913, PLR0917 - yente's parameters
        request: Request,
        dataset: str,
        q: str = "",
        schema: str = "Thing",
        limit: Annotated[int, Query(ge=0, le=_MOST_RESULTS)] = 10,
        offset: Annotated[int, Query(ge=0, le=9_499)] = 0,
        countries: Annotated[list[str], Query()] = [],  # noqa: B006
        topics: Annotated[list[str], Query()] = [],  # noqa: B006
        datasets: Annotated[list[str], Query()] = [],  # noqa: B006
    ) -> Response:
        """Look a name up."""
        _refuse_unknown(countries=countries, topics=topics)
        left = unheeded(request.query_params, _HEEDED["search"])

        def answer() -> bytes:
            lists = tuple(n for d in datasets or [dataset] for n in look_up.lists_of(d))
            look_up.lists_of(dataset)
            given = {"q": entity_query(schema, {"name": q})} if q.strip() else {}
            found = look_up.found(given, lists, _LOWEST, screens=False)
            results = found["q"].results if given else []
            listed = look_up.listed(results[offset:][:limit])
            shown = [{k: v for k, v in r.items() if k not in _SCORED} for r in listed]
            total = {"value": len(results), "relation": "eq"}
            return as_json({"limit": limit, "offset": offset, "total": total, "results": shown, "facets": {}})

        return Response(await run_in_threadpool(answer), media_type=MEDIA["json"], headers=left)

    @router.get("/entities/{entity_id}", tags=["Looking up"], response_class=Response)
    async def entity(request: Request, entity_id: str) -> Response:
        """All that a list says of one of its entries."""

        def answer() -> bytes:
            try:
                return as_json(look_up.entity(entity_id))
            except UnknownNameError as exc:
                near = ", ".join(exc.nearest)
                raise RefusedError(NOT_FOUND, tr("no such entity"), found=entity_id, allowed=near) from exc

        headers = dict(unheeded(request.query_params, ()))
        return Response(await run_in_threadpool(answer), media_type=MEDIA["json"], headers=headers)

    @router.get("/catalog", tags=["Looking up"], response_class=Response)
    async def catalog() -> Response:
        """The lists that are held, as datasets."""
        return Response(await run_in_threadpool(lambda: as_json(_catalog(look_up))), media_type=MEDIA["json"])

    @router.get("/algorithms", tags=["Looking up"], response_class=Response)
    async def algorithms() -> Response:
        """How names are scored: one way."""
        one = {"name": "entrepot", "description": tr("The scores of `entrepot screen`."), "features": _matcher()}
        return Response(
            as_json({"algorithms": [one], "default": "entrepot", "best": "entrepot"}), media_type=MEDIA["json"]
        )

    @router.get("/readyz", tags=["Looking up"], response_class=Response)
    async def ready() -> Response:
        """That it answers: there is no index to wait for."""
        return Response(as_json({"status": "ok"}), media_type=MEDIA["json"])

    return router


# Keywords of the addresses that are heeded, or refused where they are not; there is one algorithm.
_HEEDED = {
    "match": (
        *("limit", "threshold", "cutoff", "include_dataset", "exclude_dataset", "exclude_entity_ids"),
        *("exclude_schema", "topics", "changed_since"),
    ),
    "search": ("q", "schema", "limit", "offset", "countries", "topics", "datasets"),
}
_SCORED = {"score", "features", "explanations", "match"}  # of a match, and not of what is only found


def _refuse_unheeded(request: Request) -> None:
    refuse_of_screen(request.query_params)


def _refuse_unknown(**given: Any) -> None:
    """Filters of yente that lists do not answer are refused: an answer without them would be another one.

    Raises:
        RefusedError: one is given.
    """
    if named := [name for name, value in given.items() if value]:
        raise RefusedError(
            UNREADABLE, tr("a filter that is not kept here"), found=", ".join(named), remedy=tr("Leave it out.")
        )


def _refuse_weights(match: EntityMatchQuery) -> None:
    if match.weights or match.config:
        thing = tr("scores are not weighed by the client")
        raise RefusedError(
            UNREADABLE, thing, found=", ".join((*match.weights, *match.config)), remedy=tr("Leave it out.")
        )


def _queries(match: EntityMatchQuery) -> tuple[dict[str, EntityQuery], dict[str, UnstorableError]]:
    """What is asked for, and what of it no table holds, by the names of the client.

    Raises:
        RefusedError: there are none, or too many; one is not understood, or none can be written.
    """
    count = len(match.queries)
    if not 0 < count <= _MOST_QUERIES:
        raise RefusedError(
            UNREADABLE,
            tr("the number of queries"),
            found=count,
            allowed=tr("1 to {most_queries}", most_queries=_MOST_QUERIES),
        )
    queries: dict[str, EntityQuery] = {}
    refused: dict[str, UnstorableError] = {}
    for name, asked in match.queries.items():
        try:
            queries[name] = entity_query(asked.schema_, asked.properties)
        except UnstorableError as exc:
            refused[name] = exc
    if not queries:
        raise next(iter(refused.values()))
    return queries, refused


def _matches(example: EntityExample, query: EntityQuery, results: list[Any], limit: int) -> dict[str, Any]:
    read = {p: v for p, v in query.read.items() if p not in not_understood(query)}
    return {
        "status": 200,
        "results": results[:limit],
        "total": {"value": len(results), "relation": "eq"},
        "query": {"id": example.id, "schema": example.schema_, "properties": read},
    }


def _not_answered(example: EntityExample, exc: UnstorableError) -> dict[str, Any]:
    """What stands in place of the answer to a query that is refused while the others are answered."""
    query: dict[str, Any] = {"id": example.id, "schema": example.schema_, "properties": {}}
    return {"status": exc.status, "results": [], "total": {"value": 0, "relation": "eq"}, "query": query, **told(exc)}


def _placed(query: EntityQuery, looked: LookedAt) -> dict[str, Any]:
    """Fields of ours: the regions in which the party is placed; whether the name that it was given is nobody's."""
    if looked.is_named or not query.rows[0]["name"]:
        return {"regions": looked.regions}
    by_rest = tr("The name was read as no name: the party was screened by what was given beside it.")
    nobody = tr("Read as no name, and screened as nobody.")
    return {"regions": looked.regions, "notes": [by_rest if looked.is_party else nobody]}


def _matcher() -> dict[str, Any]:
    return {n: {"description": d, "coefficient": 1.0, "url": ""} for n, d in sentences().items()}


def _catalog(look_up: LookUp) -> dict[str, Any]:
    rows = look_up.desk.lists().to_pylist()
    newest = {r["list_id"]: r for r in rows}
    one = {"summary": None, "url": None, "load": True, "entities_url": None, "index_current": True}
    each = [
        {
            **one,
            "name": n,
            "title": r["title"],
            "version": r["version"],
            "index_version": r["version"],
            "children": [],
            "summary": "; ".join(r["notes"]) or None,
        }
        for n, r in newest.items()
    ]
    whole = {**one, "name": ALL[0], "title": tr("All lists that are held"), "version": "", "children": list(newest)}
    return {"datasets": [whole, *each], "current": [ALL[0], *newest], "outdated": [], "index_stale": False}
