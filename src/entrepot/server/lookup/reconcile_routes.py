"""OpenRefine's reconciliation, version 0.2 of its API: names of a column held against the lists.

https://reconciliation-api.github.io/specs/0.2/
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from entrepot.core.words.translate import marked, tr
from entrepot.server.lookup.entity_query import HEADINGS, UnstorableError, entity_query
from entrepot.server.lookup.keywords_asked import refuse_of_screen
from entrepot.server.refusal import NOT_FOUND, UNREADABLE, RefusedError, told
from entrepot.server.rows_sent import MEDIA, as_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from entrepot.desk.ready_lists import LookedAt
    from entrepot.server.lookup.entity_query import EntityQuery
    from entrepot.server.lookup.looked_up import LookUp

_TYPES = {
    "LegalEntity": marked("Person or firm"),
    "Person": marked("Person"),
    "Company": marked("Firm"),
    "Vessel": marked("Vessel"),
}
_SPACE = "https://followthemoney.tech/explorer/schemata/"
_MOST, _SHOWN = (
    100,
    10,
)  # queries of a batch; results of one where it does not say: OpenRefine sends ten and shows three
_LOWEST = 0.5  # as of `search`
_SURE = 0.95  # a person still looks; OpenRefine takes what is called a match without asking, so less than this is not


def reconcile_routes(look_up: LookUp) -> list[Route]:
    """The routes, with the name of a dataset and without.

    Args:
        look_up: where entities are looked up.
    """

    async def asked(request: Request) -> Response:
        refuse_of_screen(request.query_params)
        dataset = request.path_params.get("dataset", "default")
        sent = await request.form() if request.method == "POST" else request.query_params
        if "extend" in sent:
            thing, remedy = tr("this service extends no data"), tr("Ask /entities/ID for all that a list says.")
            raise RefusedError(UNREADABLE, thing, found="extend", allowed="queries", remedy=remedy)
        queries = sent.get("queries")
        if queries is None and (single := sent.get("query")) is not None:
            one = _single(str(single), sent)
            return Response(
                await run_in_threadpool(lambda: as_json(_answers(look_up, dataset, one)["q"])),
                media_type=MEDIA["json"],
            )
        if queries is None:
            lists = await run_in_threadpool(look_up.lists_of, dataset)
            return Response(as_json(_manifest(str(request.base_url), dataset, lists)), media_type=MEDIA["json"])
        return Response(
            await run_in_threadpool(lambda: as_json(_answers(look_up, dataset, str(queries)))), media_type=MEDIA["json"]
        )

    async def suggested(request: Request) -> Response:
        prefix = request.query_params.get("prefix", "").casefold()
        held = {"type": _types(), "property": {p: p for p in HEADINGS}}
        what = request.path_params["what"]
        if what not in held:
            raise RefusedError(NOT_FOUND, tr("nothing of this kind is suggested"), found=what, allowed=", ".join(held))
        offered = held[what]
        found = [{"id": i, "name": n} for i, n in offered.items() if prefix in i.casefold() or prefix in n.casefold()]
        return Response(as_json({"prefix": prefix, "result": found}), media_type=MEDIA["json"])

    return [
        Route("/reconcile/suggest/{what}", suggested, methods=["GET"]),
        Route("/reconcile", asked, methods=["GET", "POST"]),
        Route("/reconcile/{dataset}", asked, methods=["GET", "POST"]),
    ]


def _types() -> dict[str, str]:
    return {key: tr(said) for key, said in _TYPES.items()}


def _manifest(base: str, dataset: str, lists: tuple[str, ...]) -> dict[str, Any]:
    suggest = {"service_url": f"{base}reconcile"}
    return {
        "versions": ["0.2"],
        "name": tr("Entrepot: {lists}", lists=", ".join(lists) or tr("all lists that are held")),
        "identifierSpace": f"{base}entities/",
        "schemaSpace": _SPACE,
        "defaultTypes": [{"id": i, "name": n} for i, n in _types().items()],
        "view": {"url": f"{base}entities/{{{{id}}}}"},
        "batchSize": 10,
        "suggest": {
            "type": suggest | {"service_path": "/suggest/type"},
            "property": suggest | {"service_path": "/suggest/property"},
        },
        "documentation": f"{base}openapi.json" if dataset else "",
    }


def _answers(look_up: LookUp, dataset: str, text: str) -> dict[str, Any]:
    given = _given(text)
    lists = look_up.screened_by(dataset)
    queries: dict[str, EntityQuery] = {}
    refused: dict[str, dict[str, Any]] = {}
    for name, asked in given.items():
        if not str(asked["query"]).strip():
            continue
        try:
            queries[name] = entity_query(_type(asked), _properties(asked))
        except UnstorableError as exc:
            if len(given) == 1:
                raise
            refused[name] = told(exc)
    found = look_up.found(queries, lists, _LOWEST)
    return {
        n: _answer(found[n], _limit(q), queries[n]) if n in found else {"result": [], **refused.get(n, {})}
        for n, q in given.items()
    }


def _answer(looked: LookedAt, limit: int, query: EntityQuery) -> dict[str, Any]:
    """Candidates, and fields of ours, which OpenRefine does not show: regions, and properties that were not read."""
    unread = {"unread": list(query.unread)} if query.unread else {}
    return {"result": [_result(r) for r in looked.results[:limit]], "regions": looked.regions, **unread}


def _single(text: str, sent: Mapping[str, Any]) -> str:
    """One query as a batch of one: an object, or a text with its type and limit beside it."""
    if text.lstrip().startswith("{"):
        return f'{{"q": {text}}}'
    limit = str(sent.get("limit", ""))
    beside = {"type": sent.get("type"), "limit": int(limit) if limit.isascii() and limit.isdecimal() else _SHOWN}
    return json.dumps({"q": {"query": text, **beside}})


def _given(text: str) -> dict[str, dict[str, Any]]:
    allowed = tr('an object of queries: {"q0": {"query": "..."}}')
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as exc:
        raise RefusedError(UNREADABLE, tr("the queries are not JSON"), allowed=allowed) from exc
    if not isinstance(given, dict) or not all(isinstance(q, dict) and "query" in q for q in given.values()):
        raise RefusedError(UNREADABLE, tr("the queries are not understood"), allowed=allowed)
    if len(given) > _MOST:
        raise RefusedError(
            UNREADABLE, tr("the number of queries"), found=len(given), allowed=tr("at most {most}", most=_MOST)
        )
    return given


def _type(query: dict[str, Any]) -> str:
    named = query.get("type") or "LegalEntity"
    first = named[0] if isinstance(named, list) else named
    return str(first.get("id", "") if isinstance(first, dict) else first)


def _properties(query: dict[str, Any]) -> dict[str, Any]:
    """The name and what stands in other columns; a value may be an object with a name, where it was reconciled."""
    held: dict[str, Any] = {"name": [str(query["query"])]}
    for said in query.get("properties") or []:
        if isinstance(said, dict) and isinstance(said.get("pid"), str):
            value = said.get("v")
            values = value if isinstance(value, list) else [value]
            texts = [str(v.get("name", "")) if isinstance(v, dict) else str(v) for v in values if v is not None]
            held[said["pid"].rpartition(":")[2]] = texts
    return held


def _limit(query: dict[str, Any]) -> int:
    limit = query.get("limit", _SHOWN)
    return limit if isinstance(limit, int) and 0 < limit <= _MOST else _SHOWN


def _result(found: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": found["id"],
        "name": found["caption"],
        "description": ", ".join(found["datasets"]),
        "type": [{"id": "LegalEntity", "name": _types()["LegalEntity"]}],
        "score": round(found["score"], 4),
        "match": found["score"] >= _SURE,
    }
