"""Rows as JSON, CSV or Parquet, as the one who asks wants them: by `?format=`, else by the header Accept."""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.responses import Response

from entrepot.core.words.translate import tr
from entrepot.server.refusal import UNREADABLE, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa
    from starlette.requests import Request

    from entrepot.desk.answer import Answer

MEDIA = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "html": "text/html; charset=utf-8",
}
# Of an answer that comes piece by piece: nginx then passes each on, and does not gather them first.
AT_ONCE = {"x-accel-buffering": "no"}
_MOST_HEADER = 6_000  # characters: clients and proxies take 8 kB of headers
_NOTES = "x-entrepot-notes"  # where the body is rows alone


def asked_form(request: Request, default: str = "html") -> str:
    """The form that is asked for: json, csv, parquet or html.

    Raises:
        RefusedError: a form that there is not.
    """
    if (named := request.query_params.get("format")) is not None:
        if named not in MEDIA:
            raise RefusedError(UNREADABLE, tr("unknown format"), found=named, allowed=", ".join(MEDIA))
        return named
    accepted = [part.partition(";")[0].strip().lower() for part in request.headers.get("accept", "").split(",")]
    kinds = {media.partition(";")[0]: form for form, media in MEDIA.items()}
    return next((kinds[a] for a in accepted if a in kinds), default)


def rows_sent(answer: Answer, form: str) -> Response:
    """The rows of an answer, and its notes: in JSON beside the rows, else in a header, percent-encoded.

    Args:
        answer: what a verb gave back.
        form: json, csv or parquet.
    """
    if form == "json":
        return Response(as_json({"rows": answer.to_pylist(), "notes": list(answer.notes)}), media_type=MEDIA["json"])
    from entrepot.core.output import to_csv

    body = to_csv(answer.table).encode() if form == "csv" else _parquet(answer.table)
    return Response(body, headers={_NOTES: _short(answer.notes)}, media_type=MEDIA[form])


def saved_as(name: str, *, at_once: bool = False) -> str:
    """The header Content-Disposition by which what is sent is saved under a name (RFC 6266).

    Args:
        name: of the file, in any script.
        at_once: whether a browser shows it, and saves it by this name when it is told to.
    """
    return ";".join(("inline" if at_once else "attachment", f"filename*=UTF-8''{quote(name)}"))


def _parquet(data: pa.Table) -> bytes:
    import pyarrow.parquet as pq

    held = io.BytesIO()
    pq.write_table(data, held)
    return held.getvalue()


def _short(notes: Iterable[str]) -> str:
    """Notes as a header holds them: as many whole ones as it takes, percent-encoded."""
    kept: list[str] = []
    for note in notes:
        if len(quote(json.dumps([*kept, note]))) > _MOST_HEADER:
            break
        kept.append(note)
    return quote(json.dumps(kept))


def as_json(value: Any) -> bytes:
    """A value as JSON in UTF-8: days and times by ISO 8601, half a surrogate pair by JSON's escape of it."""
    return json.dumps(value, ensure_ascii=False, default=_plain, allow_nan=False).encode(errors="backslashreplace")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)
