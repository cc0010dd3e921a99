"""`POST /v1/jobs/VERB`, and what becomes of it: state, events, result, files, end."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from entrepot.core.store.access import refuse_read_only
from entrepot.core.words.translate import tr
from entrepot.desk.noted_changes import noted_change
from entrepot.server.jobs.job_folder import DONE, ENDED, JobFolder, known, named, new
from entrepot.server.jobs.job_keeper import MOST_WAITING, JobKeeper
from entrepot.server.people import ADMIN
from entrepot.server.refusal import CONFLICT, NOT_FOUND, STORE_HELD, RefusedError
from entrepot.server.rows_sent import AT_ONCE, MEDIA, as_json, asked_form, rows_sent
from entrepot.server.verbs.said_to_verb import said_in_body
from entrepot.server.verbs.verb_routes import form_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from starlette.requests import Request

_LOOK = 0.3  # seconds between two looks at the state of a job, for events
_QUIET = 15.0  # seconds after which an event says that it still runs: proxies cut a connection after sixty
_BEGUN = 202  # of HTTP: accepted
END, REMOVE = "job_end", "job_remove"  # as the ledger calls them


def job_routes(store: Path, keeper: JobKeeper) -> list[Route]:  # noqa: C901 - a function a route
    """The routes of the jobs.

    Args:
        store: the folder of the store.
        keeper: who runs them.
    """

    async def begun(request: Request) -> Response:
        form = await form_of(request)
        refuse_read_only(store)  # a job is a folder of the store
        if keeper.waiting >= MOST_WAITING:
            again = {"Retry-After": "60"}
            thing = tr("too many jobs wait")
            raise RefusedError(STORE_HELD, thing, found=keeper.waiting, remedy=tr("Come again."), headers=again)
        job = new(store)
        try:
            said = await said_in_body(request, form, job.inputs)
            await run_in_threadpool(job.begin, form.name, said, request.state.person)
        except BaseException:
            job.remove()
            raise
        keeper.add(job)
        where = {"Location": f"/v1/jobs/{job.id}"}
        return JSONResponse(_shown(job), _BEGUN, headers=where)

    async def listed(request: Request) -> Response:
        jobs = await run_in_threadpool(known, store)
        return JSONResponse({"jobs": [_shown(j) for j in jobs if _is_of(j, request)]})

    async def one(request: Request) -> Response:
        return JSONResponse(_shown(_job(request, store)))

    async def ended(request: Request) -> Response:
        job = _job(request, store)
        refuse_read_only(store)
        if job.state()["state"] not in ENDED:
            await run_in_threadpool(keeper.cancel, job)  # at once: a ledger that is waited for lets it run to its end
            await run_in_threadpool(_noted, request, store, END, job, _done_already)
            return JSONResponse(_shown(job))
        await run_in_threadpool(_noted, request, store, REMOVE, job, job.remove)
        return Response(status_code=204)

    async def told(request: Request) -> Response:
        return StreamingResponse(_events(_job(request, store)), media_type="text/event-stream", headers=AT_ONCE)

    async def result(request: Request) -> Response:
        return await run_in_threadpool(_result, _done(request, store), asked_form(request, default="json"))

    async def file(request: Request) -> Response:
        job, name = _done(request, store), request.path_params["name"]
        if name not in _files(job):
            raise RefusedError(NOT_FOUND, tr("no such file"), found=name, allowed=", ".join(_files(job)))
        # Never shown within a page of ours: a page among the files may hold scripts of its own.
        return FileResponse(job.files.joinpath(name), filename=name, content_disposition_type="attachment")

    return [
        Route("/v1/jobs", listed, methods=["GET"]),
        Route("/v1/jobs/{verb}", begun, methods=["POST"]),
        Route("/v1/jobs/{id}", one, methods=["GET"]),
        Route("/v1/jobs/{id}", ended, methods=["DELETE"]),
        Route("/v1/jobs/{id}/events", told, methods=["GET"]),
        Route("/v1/jobs/{id}/result", result, methods=["GET"]),
        Route("/v1/jobs/{id}/files/{name}", file, methods=["GET"]),
    ]


def _job(request: Request, store: Path) -> JobFolder:
    """The job of a request, where it is for its person to see.

    Raises:
        RefusedError: 404; who may not see it is not told that it is there.
    """
    job = named(store, request.path_params["id"])
    if job is None or not _is_of(job, request):
        raise RefusedError(NOT_FOUND, tr("no such job"), found=request.path_params["id"])
    return job


def _done_already() -> None:
    """What is noted is done."""


def _noted(request: Request, store: Path, change: str, job: JobFolder, act: Callable[[], None]) -> None:
    """End or remove a job; the ledger says who did it, when, whose it was, and which files went with it.

    Raises:
        StoreError: the ledger cannot be written; then nothing is changed.
    """
    shown, by = _shown(job), request.state.person
    said = {"job": job.id, "verb": shown["verb"], "of": shown["who"], "state": shown["state"]}
    with noted_change(store, change, by.name, by.role, {**said, "files": " ".join(shown["files"])}):
        act()


def _is_of(job: JobFolder, request: Request) -> bool:
    person = request.state.person
    return bool(person.may(ADMIN)) or job.person.name == person.name


def _done(request: Request, store: Path) -> JobFolder:
    job = _job(request, store)
    state = job.state()
    if state["state"] != DONE:
        said = state.get("error", {}).get("message", "")
        raise RefusedError(CONFLICT, tr("the job is {state}", state=state["state"]), allowed=tr("done"), remedy=said)
    return job


def _shown(job: JobFolder) -> dict[str, Any]:
    asked = job.asked()
    state = job.state()
    told = {k: asked[k] for k in ("verb", "who", "asked_at")}
    return {"id": job.id, **told, **state, "files": _files(job) if state["state"] == DONE else []}


def _files(job: JobFolder) -> list[str]:
    return sorted(p.name for p in job.files.iterdir() if p.is_file() and not p.is_symlink())


def _result(job: JobFolder, form: str) -> Response:
    whole = job.result()
    if not job.table.exists():
        return Response(as_json(whole), media_type=MEDIA["json"])
    if form == "parquet":
        return FileResponse(job.table, media_type=MEDIA[form])
    import pyarrow.parquet as pq

    from entrepot.desk.answer import Answer

    table = pq.read_table(job.table)
    if form == "csv":
        return rows_sent(Answer(table, tuple(whole["notes"])), form)
    return Response(as_json({"rows": table.to_pylist(), **whole}), media_type=MEDIA["json"])


async def _events(job: JobFolder) -> AsyncIterator[str]:
    """The states of a job as they change, until it has ended."""
    last: dict[str, Any] = {}
    said = time.monotonic()
    while True:
        state = await run_in_threadpool(job.state)
        if state != last:
            last, said = state, time.monotonic()
            kind = "end" if state["state"] in ENDED else "progress"
            yield f"event: {kind}\ndata: {json.dumps(state, ensure_ascii=False)}\n\n"
            if kind == "end":
                return
        elif time.monotonic() >= said + _QUIET:
            said = time.monotonic()
            yield ":\n\n"  # a comment, which a client reads past
        await asyncio.sleep(_LOOK)
