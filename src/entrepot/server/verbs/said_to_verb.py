"""What a request says to a verb: fields and files, held to the form of the verb."""

from __future__ import annotations

import json
import math
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from entrepot.core.errors import UnknownNameError
from entrepot.core.tables.buffers import is_storable
from entrepot.core.words.translate import marked, tr
from entrepot.server.refusal import NO_SUCH_KIND, UNREADABLE, UNUSABLE, RefusedError, writing
from entrepot.server.serve_settings import is_loopback
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
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import FormData, ImmutableMultiDict
    from starlette.requests import Request

    from entrepot.server.verbs.verb_form import Field, VerbForm

_PIECE = 1_048_576  # bytes written at a time: memory stays flat whatever the size
_NAME = re.compile(r"[^\w.() -]+")
_ID = re.compile(r"[\w-]*")  # no dot and no slash: a file of a measure ends in .toml
_LONGEST = 100  # characters of a file's name: file systems take 255 bytes, and a letter may be four
_BOOLEANS = {"true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False, "": False}
# Not in addresses of our own making, and refused in others'.
_OF_SENDING = {"format", "csrf"}
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
_SCHEMES = ("https://", "http://")


async def said_in_body(request: Request, form: VerbForm, folder: Path) -> dict[str, Any]:
    """Keywords for a verb from the body of a request, JSON or a form with files, and from its address.

    Args:
        request: the request.
        form: the verb's.
        folder: where files are put; each gets a folder of its own, and a name without a path.

    Raises:
        RefusedError: the body is not JSON or a form, a keyword is said twice, or a value is not what the verb takes.
        UnknownNameError: a keyword that the verb has not.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in _FORMS:
        async with request.form(max_files=100, max_fields=1000) as sent:
            if "format" in sent:
                remedy = tr("Add ?format= to the address.")
                raise RefusedError(UNUSABLE, tr("the format is said in the address"), found="format", remedy=remedy)
            values = values_of(sent, form)
            for field in form.files.values():
                values |= await _filed(sent, field, folder)
    else:
        values = _json_object(await request.body(), kind)
    in_address = values_of(request.query_params, form)
    if both := [name for name in in_address if name in values]:
        raise _twice(both[0])
    return held(values | in_address, form)


def values_of(sent: FormData | ImmutableMultiDict[str, str], form: VerbForm) -> dict[str, Any]:
    """The values of a form or an address, as JSON would say them."""
    values: dict[str, Any] = {}
    for name in dict.fromkeys(sent.keys()):
        if name in _OF_SENDING:
            continue
        given = [v for v in sent.getlist(name) if isinstance(v, str)]
        field = form.fields.get(name)
        files = [v for v in sent.getlist(name) if isinstance(v, UploadFile) and _is_sent(v)]
        if files and field is not None and field.kind not in {FILE, FILES}:
            raise _wrong(field, files[0].filename or "", tr("no file"))
        if field is None or (given and field.kind not in {FILE, FILES}):
            values[name] = _from_text(given, field)
        elif given and any(given):
            raise _wrong(field, "text", tr("a file that is sent, not the name of one"))
    return values


def _from_text(given: list[str], field: Field | None) -> Any:
    if field is None:
        return given
    if field.kind in {TEXTS, TEXT_OR_TEXTS, PAIR}:
        return given
    if len(given) > 1:
        raise _twice(field.name)
    text = given[0]
    match field.kind:
        case kind if kind in {WORDS, COUNTS}:
            try:
                return each_once(text)
            except ValueError as exc:
                raise _wrong(field, text, tr("a JSON object")) from exc
        case kind if kind == YES:
            return _BOOLEANS.get(text.lower(), text)
        case kind if kind in {WHOLE, NUMBER}:
            with suppress(ValueError):
                return int(text) if kind == WHOLE else float(text)
    return text


def _json_object(body: bytes, kind: str) -> dict[str, Any]:
    if not body.strip():
        return {}
    if kind not in {"application/json", ""}:
        raise RefusedError(
            NO_SUCH_KIND,
            tr("the kind of body is not understood"),
            found=kind,
            allowed=", ".join(("application/json", *_FORMS)),
        )
    try:
        said = each_once(body)
    except (ValueError, RecursionError) as exc:
        raise RefusedError(
            UNREADABLE, tr("the body is not JSON in UTF-8"), remedy=tr("Send an object of keywords.")
        ) from exc
    if not isinstance(said, dict):
        raise RefusedError(UNREADABLE, tr("the body is no JSON object"), remedy=tr("Send an object of keywords."))
    return said


def each_once(text: str | bytes) -> Any:
    """What JSON says, where each name of an object stands once: of two the last would hold, and nobody would know.

    Raises:
        ValueError: it is no JSON; a number that is none, or beyond what a number holds, is not.
        RefusedError: a name stands twice.
    """
    return json.loads(text, object_pairs_hook=_once, parse_constant=_finite, parse_float=_finite)


def _finite(said: str) -> float:
    """A number as Python reads it, which takes NaN and Infinity too: no answer could repeat them as JSON.

    Raises:
        ValueError: it is not finite.
    """
    if not math.isfinite(number := float(said)):
        raise ValueError(said)
    return number


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name, value in pairs:
        if name in said:
            raise _twice(name)
        said[name] = value
    return said


def _twice(name: str) -> RefusedError:
    return RefusedError(UNUSABLE, tr("{name} was sent twice", name=name), remedy=tr("Send it once."))


def _is_sent(upload: UploadFile) -> bool:
    """Whether a file was sent: a browser sends an empty field where none was chosen."""
    return bool(upload.filename or upload.size)


async def _filed(sent: FormData, field: Field, folder: Path) -> dict[str, Any]:
    """The files of a field, written below the folder; the names that they had matter to what reads them."""
    uploads = [u for u in sent.getlist(field.name) if isinstance(u, UploadFile) and _is_sent(u)]
    if field.kind == FILE and len(uploads) > 1:
        raise _twice(field.name)
    paths = []
    for number, upload in enumerate(uploads):
        place = folder.joinpath(field.name, str(number), own_name(upload.filename or ""))
        await run_in_threadpool(_write, upload, place)
        paths.append(place)
    return {field.name: paths if field.kind == FILES else paths[0]} if paths else {}


def own_name(given: str) -> str:
    """The name of a file that was sent: no path, and nothing that a file system or a terminal stumbles over."""
    last = re.split(r"[/\\]", given)[-1]
    clean = _NAME.sub("_", last).strip(" .")
    stem, dot, ending = clean.rpartition(".")
    return (f"{stem[:_LONGEST]}{dot}{ending[:20]}" if dot else clean[:_LONGEST]) or "file"


def _write(upload: UploadFile, place: Path) -> None:
    with writing(place):
        place.parent.mkdir(parents=True, exist_ok=True)
        _copied(upload, place)


def _copied(upload: UploadFile, place: Path) -> None:
    with place.open("wb") as out:
        while piece := upload.file.read(_PIECE):
            out.write(piece)


def held(values: Mapping[str, Any], form: VerbForm) -> dict[str, Any]:
    """Values held to the form of a verb.

    Raises:
        RefusedError: one is missing, or is not what is taken.
        UnknownNameError: a keyword that the verb has not.
    """
    for name in values:
        if name not in form.fields:
            raise UnknownNameError(tr("keyword of {verb}", verb=form.name), name, form.fields)
    kept = {n: _held(v, form.fields[n]) for n, v in values.items() if v is not None}
    for field in form.fields.values():
        if field.needed and field.name not in kept:
            raise RefusedError(
                UNUSABLE,
                tr("{verb} needs {keyword}", verb=form.name, keyword=field.name),
                # The docstring of a file tells of paths and tables, which are for Python.
                allowed=tr(_FITS[field.kind][1]) if field.kind in {FILE, FILES} else field.meaning.rstrip("."),
            )
    _refuse_paths(kept, form)
    return kept


def _refuse_paths(kept: Mapping[str, Any], form: VerbForm) -> None:
    """On the command line these two may name a file: here it would be one of the server's.

    Raises:
        RefusedError: a source that is no address, a measure that is no id.
    """
    source, measure = kept.get("source"), kept.get("measure")
    if source is not None and not source.startswith(_SCHEMES):
        raise _wrong(form.fields["source"], source, tr("an address; files of the server are not read for a client"))
    if source is not None and _is_within(source):
        raise _wrong(
            form.fields["source"], source, tr("https:// and a public host: nothing within is asked for a client")
        )
    if measure is not None and not _ID.fullmatch(measure):
        raise _wrong(form.fields["measure"], measure, tr("the id of a measure; files of the server are not read"))


def _is_within(source: str) -> bool:
    """Whether an address leads to this machine, which the command line may ask and a client of its server may not.

    What resolves to a network that is not public is refused where it is fetched, whoever asks.
    """
    try:
        said = urlsplit(source)
        host = (said.hostname or "").rstrip(".")
    except ValueError:
        return True
    return said.scheme != "https" or not host or is_loopback(host)


def _held(value: Any, field: Field) -> Any:
    """A value as the verb takes it.

    Raises:
        RefusedError: it is not what is taken.
    """
    fits, allowed = _FITS[field.kind]
    if field.kind in {TEXTS, PAIR} and isinstance(value, str):
        value = [value]
    if not fits(value):
        raise _wrong(field, value, tr(allowed))
    return tuple(value) if field.kind == PAIR else value


def _wrong(field: Field, value: Any, allowed: str) -> RefusedError:
    return RefusedError(
        UNUSABLE, tr("{keyword} is not what is taken", keyword=field.name), found=str(value), allowed=allowed
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and is_storable(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _is_whole(value: Any) -> bool:
    # DuckDB and Arrow count with 64 bits.
    return isinstance(value, int) and not isinstance(value, bool) and value.bit_length() < 63  # noqa: PLR2004


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


_FITS = {
    TEXT: (_is_text, marked("text")),
    KIND: (lambda v: v in PARTY_KINDS, ", ".join(PARTY_KINDS)),
    BELOW: (lambda v: v in NEGATIVE_FINAL, ", ".join(NEGATIVE_FINAL)),
    WHOLE: (_is_whole, marked("a whole number")),
    NUMBER: (_is_number, marked("a number")),
    YES: (lambda v: isinstance(v, bool), marked("true or false")),
    NUMBER_OR_TEXT: (lambda v: _is_number(v) or _is_text(v), marked("a number or text")),
    TEXTS: (_texts, marked("a list of texts")),
    TEXT_OR_TEXTS: (lambda v: _is_text(v) or _texts(v), marked("text or a list of texts")),
    PAIR: (lambda v: _texts(v) and len(v) == 2, marked("a list of two texts")),  # noqa: PLR2004
    WORDS: (lambda v: isinstance(v, dict) and _texts([*v, *v.values()]), marked("an object of texts")),
    COUNTS: (
        lambda v: isinstance(v, dict) and _texts([*v]) and all(map(_is_whole, v.values())),
        marked("an object of whole numbers"),
    ),
    FILE: (lambda v: isinstance(v, Path), marked("a file, sent in a form (multipart/form-data)")),
    FILES: (lambda v: isinstance(v, list) and all(isinstance(p, Path) for p in v), marked("files, sent in a form")),
}
