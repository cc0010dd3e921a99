"""JSON as a table: objects one a line, in an array, in an answer's list of them, or rows under a first row of names."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import marked, tr
from entrepot.intake.decode import encoding_note, examine
from entrepot.intake.limits import refuse_wide
from entrepot.intake.text_table import TextTable, as_text
from entrepot.intake.unpack import sha256_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from entrepot.intake.decode import TextFile
    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.intake.text_table import Numbered
    from entrepot.intake.unpack import Content

_KINDS = {"int": "a number", "float": "a number", "str": "a text", "list": "a list", "bool": marked("a truth value")}
# Under which answers hold their records: UN Comtrade now and before 2023, and every OData service.
_LISTS = ("data", "dataset", "value")
_OURS = ("rows", "notes")  # of an answer over HTTP: its rows under the first, beside the second
_HALF = re.compile(r"\\u[dD][89a-fA-F]")  # how half of a character is escaped, alone or beside the other half
_OBJECT = '{"name": "…", …}'


def read_json(content: Content, options: ReadingOptions) -> TextTable:
    """JSON as a table; objects one a line are read line by line, the rest is held.

    Raises:
        BadInputError: no such encoding.
        UnreadableFileError: mis-encoded, empty, no JSON, or no objects.
    """
    file = examine(content, options.encoding, is_hashed=options.is_hashed and not content.is_packed)
    items = _items(file)
    headings: dict[str, None] = {}
    nested: set[str] = set()
    for number, item in items():
        _refuse_other(item, content.origin, number)
        headings.update(dict.fromkeys(item))
        nested |= {k for k, v in item.items() if isinstance(v, (dict, list))}
    if not headings:
        raise UnreadableFileError(content.origin, tr("the objects have no keys"), line=1, column=1, allowed=_OBJECT)
    refuse_wide(headings, content.origin)
    names = list(headings)

    def numbered() -> Iterator[Numbered]:
        for number, item in items():
            yield number, [as_text(item.get(h), is_printed=options.is_printed) for h in names]

    at = frozenset(i for i, h in enumerate(names) if h in nested)
    digest = file.sha256 or sha256_of(content, options)
    notes = tuple(encoding_note(file.encoding, options.encoding))
    return TextTable(content.origin, "json", names, numbered, digest, file.encoding, notes, nested=at)


def _items(file: TextFile) -> Callable[[], Iterator[tuple[int, Any]]]:
    """The objects, each with its line or its number, as often as they are asked for."""
    with file.open("\n") as text:
        first = _first_line(text)
        is_alone = not any(line.strip() for line in text)
    if not first.lstrip("\ufeff").lstrip().startswith("["):
        try:
            only = json.loads(first)
        except (ValueError, RecursionError):
            only = None if is_alone else _cut_short(first)
        if only is not None and not (is_alone and _listed(only) is not None):
            return lambda: _lines(file)
    return _held(loads(file.whole(), file.origin, 1))


def _first_line(text: Iterator[str]) -> str:
    return next((line for line in text if line.strip()), "")


def _cut_short(first: str) -> Any:
    """Whether a first line that is no JSON begins a file of one object a line all the same: it is not laid out."""
    return None if first.strip() in {"{", "["} or first.rstrip().endswith((",", "{", "[")) else first


def _held(found: Any) -> Callable[[], Iterator[tuple[int, Any]]]:
    listed = _listed(found)
    items = [(1, found)] if listed is None else list(enumerate(_headed(listed), 1))
    return lambda: iter(items)


def _listed(found: Any) -> list[Any] | None:
    """The list that is the table; None for one object."""
    if isinstance(found, list):
        return found
    if not isinstance(found, dict):
        return None
    if all(isinstance(found.get(k), list) for k in _OURS):
        return list(found[_OURS[0]])
    return next((found[k] for k in _LISTS if isinstance(found.get(k), list)), None)


def _headed(found: list[Any]) -> list[Any]:
    """Rows of cells under a first row of names, as the US Census answers, as objects."""
    if not (found and all(isinstance(r, list) and len(r) == len(found[0]) for r in found)):
        return found
    names = [str(n) for n in found[0]]  # a column that was asked for twice comes twice, the same
    return [dict(zip(names, row, strict=True)) for row in found[1:]]


def _lines(file: TextFile) -> Iterator[tuple[int, Any]]:
    with file.open("\n") as text:  # only line feeds end a line of JSON; a name may hold other separators
        for number, line in enumerate(text, 1):
            if line.strip():
                yield number, loads(line.rstrip("\n"), file.origin, number)


def _refuse_other(item: Any, origin: str, line: int) -> None:
    if not isinstance(item, dict):
        kind = _KINDS.get(type(item).__name__, type(item).__name__)
        problem = tr("{kind} where an object is expected", kind=kind)
        raise UnreadableFileError(origin, problem, line=line, column=1, allowed=_OBJECT)


def _whole_characters(found: Any, text: str) -> Any:
    """What was found, where it can be written.

    Raises:
        UnicodeEncodeError: it cannot.
    """
    if _HALF.search(text):
        json.dumps(found, ensure_ascii=False).encode()
    return found


def _is_cut_off(found: json.JSONDecodeError) -> bool:
    """Whether a text of JSON is right as far as it goes: it ends where more has to follow, or within a word."""
    left = found.doc[found.pos :].rstrip()
    is_within_word = any(word.startswith(left) for word in ("true", "false", "null", "-"))
    return bool(found.doc.strip()) and (is_within_word or found.msg.startswith("Unterminated string"))


def loads(text: str, origin: str, line: int) -> Any:
    """What a text of JSON holds.

    Args:
        text: the text.
        origin: what a message calls the file.
        line: of the file, on which the text begins.

    Raises:
        UnreadableFileError: no JSON, or one that no text can hold, with its place.
    """
    try:
        return _whole_characters(json.loads(text), text)
    except json.JSONDecodeError as exc:
        where = line + exc.lineno - 1
        problem, allowed, remedy = tr("not JSON ({msg})", msg=exc.msg), tr("one JSON object a line"), ""
        if _is_cut_off(exc):
            allowed, remedy = "", tr("It ends before what it has begun is closed: it was cut off. Export it again.")
        raise UnreadableFileError(
            origin, problem, line=where, column=exc.colno, allowed=allowed, remedy=remedy
        ) from exc
    except UnicodeEncodeError as exc:
        problem = tr("half of a character, {object!r}, which no text can hold", object=exc.object[exc.start])
        raise UnreadableFileError(origin, problem, line=line, allowed=tr("whole characters")) from exc
    except (ValueError, RecursionError) as exc:
        problem = tr("not readable as JSON ({name})", name=type(exc).__name__)
        raise UnreadableFileError(origin, problem, line=line, allowed=tr("flat objects")) from exc
