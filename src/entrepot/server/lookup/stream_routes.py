"""`POST /v1/screen/stream`: parties as lines of JSON in, an answer a line out, in their order; memory stays flat."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import StreamingResponse
from starlette.routing import Route

from entrepot.core.errors import EntrepotError
from entrepot.core.words.translate import tr
from entrepot.screening.parties.cells.birth_cells import born
from entrepot.server.lookup.entity_query import HEADINGS, by_property, entity_query
from entrepot.server.lookup.keywords_asked import refuse_others
from entrepot.server.refusal import UNREADABLE, RefusedError, told
from entrepot.server.rows_sent import AT_ONCE, as_json
from entrepot.server.verbs.said_to_verb import each_once
from entrepot.vocabulary.regions.country_cell import is_understood

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

    from entrepot.desk.ready_lists import LookedAt
    from entrepot.server.lookup.entity_query import EntityQuery
    from entrepot.server.lookup.looked_up import LookUp

_AT_ONCE = 200  # lines that are searched together: a fifth of a second, so that others get their turn
_LONGEST = 100_000  # bytes of a line: an entity of a list with all that is said of it has a tenth
_MATCH = 0.7  # as of `screen`
_APART = {"id", "schema"}  # of a line: they say nothing of the party's
_LINES = "application/x-ndjson"


def stream_routes(look_up: LookUp) -> list[Route]:
    """The route.

    Args:
        look_up: where entities are looked up.
    """

    async def streamed(request: Request) -> StreamingResponse:
        refuse_others(request.query_params, ("dataset",))
        lists = await run_in_threadpool(look_up.screened_by, request.query_params.get("dataset", "default"))

        async def answers() -> AsyncIterator[bytes]:
            block: list[bytes] = []
            async for line in _lines(request):
                block.append(line)
                if len(block) == _AT_ONCE:
                    yield await run_in_threadpool(_answered, look_up, lists, block)
                    block = []
            if block:
                yield await run_in_threadpool(_answered, look_up, lists, block)

        return _WhileReading(answers(), media_type=_LINES, headers=AT_ONCE)

    return [Route("/v1/screen/stream", streamed, methods=["POST"])]


class _WhileReading(StreamingResponse):
    """An answer that is sent while the request is read: the base class would listen for the end, and take the lines."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        with suppress(ClientDisconnect):
            await self.stream_response(send)


async def _lines(request: Request) -> AsyncIterator[bytes]:
    """The lines of a body as they come; of one that is too long its beginning, which is then no JSON."""
    rest = b""
    async for piece in request.stream():
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            if line.strip():
                yield line[:_LONGEST]
        rest = rest[:_LONGEST]
    if rest.strip():
        yield rest


def _answered(look_up: LookUp, lists: tuple[str, ...], block: list[bytes]) -> bytes:
    """A line for each line: what it met, or what is wrong with it."""
    queries: dict[str, EntityQuery] = {}
    wrong: dict[str, Any] = {}
    ids: dict[str, Any] = {}
    for number, line in enumerate(block):
        name = str(number)
        try:
            said = _object(line)
            ids[name] = said.get("id")
            queries[name] = _query(said)
        except RefusedError as exc:
            wrong[name] = told(exc)
    try:
        found = look_up.found(queries, lists, _MATCH)
    except EntrepotError as exc:  # the lists changed, or the store is held: what was answered stands
        found, wrong = {}, {**wrong, **dict.fromkeys(queries, told(exc))}
    lines = [
        {"id": ids.get(n), **(_told(queries[n], found[n]) if n in found else wrong[n])}
        for n in map(str, range(len(block)))
    ]
    return b"".join(as_json(line) + b"\n" for line in lines)


def _told(query: EntityQuery, looked: LookedAt) -> dict[str, Any]:
    """What a party met, and what of its line was not read; of one who is nobody why."""
    name = query.rows[0]["name"]
    if not looked.is_party:
        remedy = tr("Write a party that is called so with its legal form.")
        return told(RefusedError(UNREADABLE, tr("read as no name, and screened as nobody"), found=name, remedy=remedy))
    unread = [*query.unread, *not_understood(query), *(["name"] if name and not looked.is_named else [])]
    return {"matches": looked.results, "regions": looked.regions, **({"unread": unread} if unread else {})}


def not_understood(query: EntityQuery) -> list[str]:
    """The properties of a party whose country or date of birth is not understood: they count as not given.

    Args:
        query: the party.
    """
    row = query.rows[0]
    country, birth = row.get(HEADINGS["country"]), row.get(HEADINGS["birthDate"])
    wrong = {HEADINGS["country"]: country} if country and not is_understood(country) else {}
    wrong |= {HEADINGS["birthDate"]: birth} if birth and not born(birth) else {}
    return [p for p, texts in query.read.items() if p in HEADINGS and wrong.get(HEADINGS[p]) == texts[0]]


def _object(line: bytes) -> dict[str, Any]:
    """A line as an object.

    Raises:
        RefusedError: it is none.
    """
    try:
        said = each_once(line)
    except (ValueError, RecursionError) as exc:
        allowed = tr("an object, of at most {longest:,} bytes", longest=_LONGEST)
        raise RefusedError(UNREADABLE, tr("the line is not JSON"), allowed=allowed) from exc
    if not isinstance(said, dict):
        raise RefusedError(UNREADABLE, tr("the line is no object"), allowed='{"id": ..., "name": ...}')
    return said


def _query(said: dict[str, Any]) -> EntityQuery:
    """An entity of FollowTheMoney, or an object with a name and what is known beside it."""
    given = said.get("properties")
    properties = given if isinstance(given, dict) else by_property({k: v for k, v in said.items() if k not in _APART})
    return entity_query(str(said.get("schema", "LegalEntity")), properties)
