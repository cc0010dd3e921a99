"""`POST /v1/VERB`, and `GET` where an address says all; `/v1/record/TABLE` and `/v1/explain/ID`; `/openapi.json`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from entrepot.core.errors import UnknownNameError
from entrepot.core.runtime.scratch import scratch
from entrepot.core.words.translate import tr
from entrepot.server.page_routes import need_role
from entrepot.server.refusal import NOT_ALLOWED, NOT_FOUND, UNREADABLE, RefusedError
from entrepot.server.rows_sent import MEDIA, as_json, asked_form, rows_sent
from entrepot.server.verbs.keywords_told import tell_in_keywords
from entrepot.server.verbs.said_to_verb import held, said_in_body, values_of
from entrepot.server.verbs.verb_call import Called, as_answer
from entrepot.server.verbs.verb_form import served, verb_form

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request

    from entrepot.server.lookup.yente_app import YenteApp
    from entrepot.server.verbs.verb_form import VerbForm

_BELOW = rb"[/\\]+\w+[/\\]+\d+[/\\]+"  # as said_to_verb puts them: the field, a number, the name
# Verb -> the keyword that stands in the address behind it.
_BEHIND = {"record": "table", "explain": "row_id"}


def verb_routes(store: Path, yente: YenteApp) -> list[Route]:
    """The routes of the verbs.

    Args:
        store: the folder of the store.
        yente: whose routes are described beside them.
    """

    async def posted(request: Request) -> Response:
        form = await form_of(request)
        with scratch() as folder:  # what a kill leaves is removed by the next run: it may be somebody's file
            said = await said_in_body(request, form, folder)
            return await _answered(request, Called(form, said, request.state.person, store), str(folder))

    async def got(request: Request) -> Response:
        form = await form_of(request)
        if not form.by_address:
            needs = (
                tr("{verb} changes what is kept", verb=form.name)
                if form.writes
                else tr("{verb} needs a file", verb=form.name)
            )
            allow = {"Allow": "POST"}
            raise RefusedError(NOT_ALLOWED, needs, remedy=tr("Send it with POST."), headers=allow)
        values = values_of(request.query_params, form)
        if "behind" in request.path_params:
            if form.name not in _BEHIND:
                raise RefusedError(NOT_FOUND, tr("nothing lies at this address"), found=request.url.path)
            values[_BEHIND[form.name]] = request.path_params["behind"]
        return await _answered(request, Called(form, held(values, form), request.state.person, store), "")

    async def described(request: Request) -> Response:
        from entrepot.server.verbs.openapi import described_all

        under = request.scope.get("root_path", "")
        return JSONResponse(await run_in_threadpool(lambda: described_all(yente.made(), under)))

    return [
        Route("/openapi.json", described),
        Route("/v1/{verb}", posted, methods=["POST"]),
        Route("/v1/{verb}", got, methods=["GET"]),
        Route("/v1/{verb}/{behind:path}", got, methods=["GET"]),
    ]


async def form_of(request: Request) -> VerbForm:
    """The form of the verb that a request names, where its person may call it.

    Raises:
        RefusedError: no such verb, or not for this person.
    """
    name = request.path_params["verb"]
    if name not in served():
        known = UnknownNameError("verb", name, served())
        raise RefusedError(NOT_FOUND, tr("unknown verb"), found=name, allowed=", ".join(known.nearest or known.known))
    form = await run_in_threadpool(verb_form, name)
    need_role(request, form.role)
    return form


async def _answered(request: Request, call: Called, folder: str) -> Response:
    form = asked_form(request, default="json")
    try:
        given = await run_in_threadpool(call.answer)
        return await run_in_threadpool(sent, given, form, folder)
    except Exception as exc:
        tell_in_keywords(exc, call.form)
        if folder:
            _without_folder(exc, folder)
        raise


def sent(given: Any, form: str, folder: str = "") -> Response:
    """What a verb gave back, as it is asked for.

    Args:
        given: what it gave.
        form: json, csv or parquet; html has a page.
        folder: that of what was sent, which is nobody's concern.

    Raises:
        RefusedError: it is no table, and a table is asked for.
    """
    answer, told = as_answer(given)
    if form in {"json", "html"}:
        return Response(_own(as_json(told), folder), media_type=MEDIA["json"])
    if answer is None:
        raise RefusedError(UNREADABLE, tr("the answer is no table"), found=form, allowed="json")
    response = rows_sent(answer, form)
    return Response(_own(response.body, folder), headers=dict(response.headers)) if form == "csv" else response


def _own(body: bytes | memoryview, folder: str) -> bytes:
    """A body without the folder in which files lay that were sent, so that they are called as they were."""
    data = bytes(body)
    return re.sub(re.escape(folder.encode()) + _BELOW, b"", data) if folder else data


def _without_folder(exc: Exception, folder: str) -> None:
    """Take the folder out of an error's facts."""
    for name in ("thing", "found", "allowed", "remedy"):
        if isinstance(value := getattr(exc, name, None), str):
            setattr(exc, name, _own(value.encode("utf-8", "replace"), folder).decode())
    exc.args = tuple(_own(a.encode("utf-8", "replace"), folder).decode() if isinstance(a, str) else a for a in exc.args)
