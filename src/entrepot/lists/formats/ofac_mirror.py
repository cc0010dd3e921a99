"""A third party's mirror of the SDN list, JSON or CSV: number, name, type, programmes, aliases; no remarks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.lists.formats import headed_csv
from entrepot.lists.formats.programmes import known_programmes
from entrepot.lists.formats.reading import Draft, File, Reading, flag_programmes, named

if TYPE_CHECKING:
    from collections.abc import Mapping

_KINDS = {"entity": "organisation", "individual": "person", "vessel": "vessel", "aircraft": "aircraft"}
_HEADINGS = ("uid", "name", "type", "programs", "alternate_names")
_FIELDS = ("uid", "name", "type", "programs", "alternateNames")
_SAID = "the mirror carries no remarks: weak aliases, identifiers, birth years and addresses are not in it"


def read_csv(files: Mapping[str, File], list_id: str) -> Reading:
    """The mirror's CSV; programmes and aliases are joined by `; `."""
    (file,) = files.values()
    draft = Draft(list_id)
    draft.say(_SAID)
    for line, row in headed_csv.headed(file, _HEADINGS, draft):
        split = [[v for v in row[c].split("; ") if v] for c in ("programs", "alternate_names")]
        _entry(draft, file, line, (row["uid"], row["name"], row["type"]), *split)
    return draft.reading()


def read_json(files: Mapping[str, File], list_id: str) -> Reading:
    """The mirror's JSON; its own counts must be those of its entries."""
    (file,) = files.values()
    draft = Draft(list_id)
    draft.say(_SAID)
    whole = _parsed(file)
    published = whole.get("published")
    draft.published = published if isinstance(published, str) else ""
    for number, entry in enumerate(whole["entries"], 1):
        if not isinstance(entry, dict) or not all(_is_right(f, entry.get(f)) for f in _FIELDS):
            problem = tr("entry {number} lacks one of the fields, or holds something else in it", number=number)
            raise UnreadableFileError(file.path, problem, allowed=", ".join(_FIELDS))
        for unread in sorted(entry.keys() - set(_FIELDS)):
            draft.count("columns not read", unread)
        what = (str(entry["uid"]), entry["name"], entry["type"])
        _entry(draft, file, None, what, entry["programs"], entry["alternateNames"])
    _agree(file, whole)
    return draft.reading()


def _is_right(field: str, value: Any) -> bool:
    if field in {"programs", "alternateNames"}:
        return isinstance(value, list) and all(isinstance(v, str) for v in value)
    return isinstance(value, int if field == "uid" else str)


def _parsed(file: File) -> dict[str, Any]:
    text = headed_csv.decoded(file)
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as exc:
        raise UnreadableFileError(
            file.path, tr("not JSON ({msg})", msg=exc.msg), line=exc.lineno, column=exc.colno
        ) from exc
    except (RecursionError, ValueError) as exc:
        raise UnreadableFileError(
            file.path, tr("not JSON that can be read (nested too deep, or a number too long)")
        ) from exc
    if not isinstance(whole, dict) or not isinstance(whole.get("entries"), list):
        raise UnreadableFileError(
            file.path, tr("no list 'entries'"), line=1, allowed=tr("one object with a list 'entries'")
        )
    return whole


def _agree(file: File, whole: dict[str, Any]) -> None:
    said = whole.get("counts")
    if not isinstance(said, dict):
        return
    counted = {
        "entries": len(whole["entries"]),
        "alternateNames": sum(len(e["alternateNames"]) for e in whole["entries"]),
    }
    for what, count in counted.items():
        if said.get(what, count) != count:
            problem = tr("{count} {what}, where the file itself counts {said}", count=count, what=what, said=said[what])
            raise UnreadableFileError(file.path, problem, remedy=tr("Download it again."))


def _entry(  # noqa: PLR0913, PLR0917 - the five fields of an entry and where it stands
    draft: Draft,
    file: File,
    line: int | None,
    what: tuple[str, str, str],
    programmes: list[str],
    aliases: list[str],
) -> None:
    number, name, kind = what
    if not (number.isascii() and number.isdigit()):
        raise UnreadableFileError(
            file.path, tr("the uid is {number!r}", number=number[:40]), line=line, allowed=tr("digits")
        )
    if number in draft:
        raise UnreadableFileError(file.path, tr("uid {number} stands twice", number=number), line=line)
    if kind not in _KINDS:
        draft.count("kinds never seen before", kind)
    draft.add(number, named(file, line, name), _KINDS.get(kind, "unknown"), programme=programmes)
    flag_programmes(draft, known_programmes("ofac"), programmes)
    for alias in aliases:
        draft.name(number, alias, "alias")
