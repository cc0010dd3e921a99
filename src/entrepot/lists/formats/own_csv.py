"""A list of one's own, a table of any kind: a heading row with `name`, and what else one has."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain, count
from typing import TYPE_CHECKING

from entrepot.core.contract import ABSENCE
from entrepot.core.errors import BadDateError, UnreadableFileError
from entrepot.core.ids import DIGITS, digest
from entrepot.core.periods import first_day, last_day, parse
from entrepot.core.words.translate import tr
from entrepot.intake.open_table import table_of
from entrepot.intake.unpack import Content
from entrepot.lists.formats.ftm import KINDS as SCHEMATA
from entrepot.lists.formats.ftm import UNREAD
from entrepot.lists.formats.headed_csv import checked_headings, count_unread
from entrepot.lists.formats.names_of_cell import SplitCells
from entrepot.lists.formats.reading import Draft, File, Reading, named
from entrepot.lists.formats.unread_files import refuse_by_headings

if TYPE_CHECKING:
    from collections.abc import Mapping

_KINDS = {
    "": "unknown",
    "person": "person",
    "company": "organisation",
    "organisation": "organisation",
    "vessel": "vessel",
    "aircraft": "aircraft",
    # as publishers call them
    "individual": "person",
    "entity": "organisation",
    "organization": "organisation",
    "ship": "vessel",
}
_KIND_OF = {v: k for k, v in _KINDS.items() if k}  # a word for each kind; the last, which all mean the same
_NUMBERS = {
    "imo": "imo",
    "lei": "lei",
    "uscc": "uscc",
    "inn": "inn",
    "ogrn": "ogrn",
    "registration_number": "registration",
    "tax_number": "tax",
}
_PAPERS = {"passport_number": "passport", "national_id": "national_id"}
_DAY_AND_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?")  # a cell of a workbook that is a date
_YEAR = re.compile(r"1[89]\d\d|20\d\d", re.ASCII)
_PLACES = ("address", "addresses")  # either, or both
# OpenSanctions' targets.simple.csv: headings that no other table has together, and what the others of it are called
# here. Its ids are the entities' own in every edition; its identifiers do not say of which kind they are.
_SIMPLE = frozenset(("id", "schema", "name", "aliases", "birth_date", "countries", "dataset"))
_OF_SIMPLE = {"id": "entity_id", "schema": "kind", "countries": "country", "program_ids": "programme"}
_BIRTH_DATE = "birth_date"
_OPTIONAL = (
    "entity_id",
    "kind",
    "aliases",
    "weak_aliases",
    "programme",
    "country",
    "valid_from",
    "valid_to",
    "birth_year",
    *_PLACES,
    *_NUMBERS,
    *_PAPERS,
)


def read_own_csv(files: Mapping[str, File], list_id: str) -> Reading:
    """One entry a row; of a column that may hold several values they are joined by `; `.

    Several names of one cell may also stand a line each, or each behind a mark (・, •): `names_of_cell`.
    """
    (file,) = files.values()
    draft = Draft(list_id)
    options = replace(file.options, headings=("name",))
    table = table_of(Content(file.path, file.name, file.data), options)
    if "name" not in map(_known, table.headings):
        refuse_by_headings(file.path, table.headings)
    remedy = tr("Rename the heading of the column that holds the names to name.")
    top = max(1, table.first_row - 1)
    headings = checked_headings(file, top, list(map(_known, table.headings)), ("name",), remedy=remedy)
    is_simple = {*headings} >= _SIMPLE
    headings = [_OF_SIMPLE.get(h, h) for h in headings] if is_simple else headings
    unread = [h for h in headings if h not in {"name", *_OPTIONAL, *([_BIRTH_DATE] * is_simple)}]
    blank = 0
    cells_split = SplitCells()
    for line, cells in table.numbered():
        if not any(cells):
            blank += 1
            continue
        row = {h: c or "" for h, c in zip(headings, cells, strict=True)}
        if is_simple and not _is_party(draft, row):
            continue
        count_unread(draft, unread, row)
        number = _entry(draft, file, line, {k: row.get(k, "") for k in ("name", *_OPTIONAL)}, cells_split)
        for day in _several(row.get(_BIRTH_DATE, "") if is_simple else ""):
            draft.fact(number, _BIRTH_DATE, day)
    if "entity_id" not in headings and (ids := [h for h in unread if h.strip().casefold() == "id"]):
        # It may count the rows, and a number that passes to another entry would pass on what was decided of it.
        draft.say(
            tr("{heading} is not read: if it is an entry's own in every edition, call it entity_id", heading=ids[0])
        )
    for sentence in cells_split.said():
        draft.say(sentence)
    if blank:
        draft.say(tr("blank rows, which hold nothing: {blank}", blank=blank))
    for note in (*table.notes, *table.late_notes):
        draft.say(note)
    return draft.reading()


def _is_party(draft: Draft, row: dict[str, str]) -> bool:
    """Whether a row of OpenSanctions' table is a party, which is made a row of ours; what is none is counted."""
    schema = row["kind"]
    if schema not in SCHEMATA:
        draft.count(UNREAD, schema)
        return False
    row["kind"] = _KIND_OF.get(SCHEMATA[schema], "")
    # What a firm has as its birth date is the day of its founding.
    born = _several(row[_BIRTH_DATE]) if row["kind"] == "individual" else []
    row["birth_year"] = "; ".join(dict.fromkeys(v[:4] for v in born if _YEAR.fullmatch(v[:4])))
    return True


def _known(heading: str) -> str:
    """A heading as the columns are called, however its letters and spaces are: Valid From is valid_from."""
    plain = re.sub(r"[\s_-]+", "_", heading.strip().casefold())
    return plain if plain in {"name", *_OPTIONAL} else heading


def _entry(draft: Draft, file: File, line: int, row: dict[str, str], cells_split: SplitCells) -> str:
    """Take an entry; its number."""
    number = row["entity_id"] or _number(draft, row["name"])
    if number in draft:
        raise UnreadableFileError(
            file.path,
            tr("entity_id {number!r} stands twice", number=number[:60]),
            line=line,
            remedy=tr("Give each entry its own; further names of one go into aliases."),
        )
    kind = row["kind"].strip().casefold()
    if kind not in _KINDS:
        allowed = ", ".join(k for k in _KINDS if k)
        raise UnreadableFileError(
            file.path, tr("the kind is {kind!r}", kind=row["kind"][:40]), line=line, allowed=allowed
        )
    first, last = (_date(file, line, row[c]) for c in ("valid_from", "valid_to"))
    if first and last and last_day(last) <= first_day(first):  # it would never be in force, and meet nobody
        raise UnreadableFileError(
            file.path,
            tr("the listing ends on {last}, not after it begins on {first}", last=last, first=first),
            line=line,
            remedy=tr("Exchange valid_from and valid_to, or leave one empty."),
        )
    first_name, *others = cells_split.of_name(row["name"])
    draft.add(
        number,
        named(file, line, first_name),
        _KINDS[kind],
        programme=_several(row["programme"]),
        countries=_several(row["country"]),
        valid_from=first,
        valid_to=last,
    )
    for other in others:
        draft.name(number, other, "alias", None)
    for column, strength in (("aliases", None), ("weak_aliases", "weak")):
        for name in cells_split.of_aliases(row[column]):
            draft.name(number, name, "alias", strength)
    years = _several(row["birth_year"])
    if wrong := [y for y in years if not _YEAR.fullmatch(y)]:
        raise UnreadableFileError(
            file.path, tr("the birth_year is {wrong!r}", wrong=wrong[0][:40]), line=line, allowed=tr("four digits")
        )
    draft.extend(number, "birth_years", years)
    for address in (a for column in _PLACES for a in _several(row[column])):
        draft.fact(number, "address", address)
    _numbers(draft, number, row)
    return number


def _number(draft: Draft, name: str) -> str:
    """The number of an entry whose list gives none: of its name, since its row differs from edition to edition.

    Entries of one name are counted.
    """
    first = digest(" ".join(name.split()), DIGITS)
    return next(n for n in chain([first], (f"{first}-{i}" for i in count(2))) if n not in draft)


def _numbers(draft: Draft, number: str, row: dict[str, str]) -> None:
    for column, kind in _NUMBERS.items():
        for value in _several(row[column]):
            draft.identifier(number, kind, value, row["country"])
    for column, kind in _PAPERS.items():
        for value in _several(row[column]):
            draft.document(number, kind, value)


def _several(text: str) -> list[str]:
    return list(filter(None, (part.strip() for part in text.split(";"))))


def _date(file: File, line: int, text: str) -> str:
    if text in {"", *ABSENCE}:
        return ""
    if timed := _DAY_AND_TIME.fullmatch(text.strip()):
        text = timed[1]
    try:
        parse(text)
    except BadDateError as exc:
        raise UnreadableFileError(
            file.path, tr("not a date: {text!r}", text=text[:40]), line=line, allowed=exc.allowed
        ) from exc
    return text
