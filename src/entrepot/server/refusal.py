"""A request that is refused: an error of Entrepot with the status of HTTP, and errors as answers."""

from __future__ import annotations

import errno
import sys
import traceback
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import (
    BadInputError,
    EntrepotError,
    MissingExtraError,
    StoreElsewhereError,
    StoreError,
    StoreLockedError,
    plain,
    printable,
)
from entrepot.core.runtime import rights
from entrepot.core.words.translate import WordsBy, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

# As RFC 9110 counts them.
UNREADABLE, UNKNOWN_PERSON, FORBIDDEN, NOT_FOUND, NOT_ALLOWED = 400, 401, 403, 404, 405
CONFLICT, TOO_LARGE = HTTPStatus.CONFLICT.value, HTTPStatus.REQUEST_ENTITY_TOO_LARGE.value
NO_SUCH_KIND, UNUSABLE = 415, 422  # likewise
HUNG_UP = 499  # of no standard, but as nginx counts it
# Faults of the server, and what it cannot do at present.
OURS, NOT_INSTALLED, STORE_HELD = 500, 501, 503
_BY_NUMBER = WordsBy(
    {
        UNREADABLE: "the body cannot be read: broken off, of another kind than it says, or a form of too many fields",
        NOT_FOUND: "nothing lies at this address",
        NOT_ALLOWED: "this address does not take this method",
    }
)
_AGAIN = "10"  # seconds: as long as a verb waits for the store itself


class RefusedError(BadInputError):
    """A request that the server does not pass on; `status` is HTTP's, `headers` go with the answer."""

    def __init__(  # noqa: PLR0913 - every part is a fact of the answer
        self,
        status: int,
        thing: str,
        *,
        found: object = None,
        allowed: str = "",
        remedy: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.status, self.headers = status, dict(headers or {})
        super().__init__(thing, found=found, allowed=allowed, remedy=remedy)


# What the disk refuses, of which no code is at fault: full, beyond somebody's share of it, mounted read-only.
_OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Say of what the system does not let be written what to do; where it lies is told in the log, and to no client.

    Args:
        path: what is written.

    Raises:
        StoreError: the disk is full, or the rights are missing.
    """
    try:
        yield
    except OSError as exc:
        sys.stderr.write(f"{path}: {exc.strerror or exc}. {rights.remedy(exc, path, '')}\n")
        raise _not_written(exc) from exc


def for_client(exc: Exception) -> Exception:
    """An error as a client is told it: of a database elsewhere not where it lies, of the disk that it is no fault.

    Args:
        exc: the error.

    Returns:
        Another one, or the same where it may be told as it is.
    """
    if isinstance(exc, StoreElsewhereError):
        return StoreError(
            tr("the ledger cannot be used at present"), remedy=tr("Ask who runs the server: its log says why.")
        )
    # What a verb writes for a person at a terminal it refuses by their path and --out: here both are the server's.
    disk = exc.__cause__ if isinstance(exc, BadInputError) else exc
    return _not_written(disk) if isinstance(disk, OSError) and disk.errno in _OF_THE_DISK else exc


def _not_written(exc: OSError) -> StoreError:
    if exc.errno in _OF_THE_DISK:
        remedy = tr("Make room on the disks of the server: that of its store, and of what is sent.")
    else:
        remedy = tr("Ask who runs the server: its log says why.")
    return StoreError(tr("cannot write ({reason})", reason=exc.strerror or str(exc)), remedy=remedy)


def status_of(exc: Exception) -> int:
    """The status under which an error is answered."""
    match for_client(exc):
        case RefusedError() as refused:
            return refused.status
        case StoreLockedError() | StoreError():
            return STORE_HELD
        case MissingExtraError():
            return NOT_INSTALLED
        case EntrepotError():
            return UNUSABLE
        case _:
            return OURS


def headers_of(exc: Exception) -> dict[str, str]:
    """What goes with the answer: when to come again, how to say who one is."""
    if isinstance(exc, StoreLockedError):
        return {"Retry-After": _AGAIN}
    return dict(exc.headers) if isinstance(exc, RefusedError) else {}


def told(exc: Exception) -> dict[str, Any]:
    """An error as an answer: the thing, what was found, what was allowed, what to do, and all of it as a sentence."""
    exc = for_client(exc)
    if not isinstance(exc, EntrepotError):
        return {
            "error": {
                "thing": tr("internal error"),
                "found": None,
                "allowed": "",
                "remedy": "",
                "message": tr("Internal error. This is a fault of Entrepot; what it says of it stands in its log."),
            }
        }
    found = None if exc.found is None else printable(str(exc.found))
    return {
        "detail": printable(str(exc)),  # where clients of yente look
        "error": {
            "thing": printable(exc.thing),
            "found": found,
            "allowed": printable(exc.allowed),
            "remedy": printable(exc.remedy),
            "message": printable(str(exc)),
        },
    }


async def said(request: Request, exc: Exception) -> Response:
    """An error as the answer to a request."""
    return response(exc, request.headers)


async def by_number(request: Request, exc: Exception) -> Response:
    """What a router refuses: no such address, or no such method there."""
    from starlette.exceptions import HTTPException

    assert isinstance(exc, HTTPException)
    # What a framework says of it is English whatever is spoken; told where no sentence of ours is.
    thing = _BY_NUMBER.get(exc.status_code, exc.detail.lower())
    see = tr("See {path}/openapi.json for what there is.", path=request.scope.get("root_path", ""))
    remedy = see if exc.status_code in {NOT_FOUND, NOT_ALLOWED} else ""
    found = f"{request.method} {request.url.path}"
    refusal = RefusedError(exc.status_code, thing, found=found, remedy=remedy, headers=exc.headers)
    return response(refusal, request.headers)


def response(exc: Exception, heads: Mapping[str, str]) -> Response:
    """An error as an answer: a page for a browser that goes there, an object for a program.

    Args:
        exc: the error.
        heads: the headers of the request, by names in small letters.
    """
    from starlette.responses import HTMLResponse, JSONResponse

    if "text/html" not in heads.get("accept", ""):
        return JSONResponse(told(exc), status_of(exc), headers=headers_of(exc))
    from entrepot.server.drawing import draw
    from entrepot.server.page_parts.page_words import languages, words_for

    t = words_for(languages(heads.get("accept-language", "")))
    page = draw(
        "refused_alone.html", t=t, title=t("site.name"), refused=told(exc)["error"]["message"], back=t("site.back")
    )
    return HTMLResponse(page, status_of(exc), headers=headers_of(exc))


def traced(exc: BaseException) -> str:
    """Where a fault of ours lies, for the log: never for the one who asked."""
    return plain("".join(traceback.format_exception(exc)))
