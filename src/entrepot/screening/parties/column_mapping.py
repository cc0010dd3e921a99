"""Which column holds what, as a table that a person can read, correct and give back.

`entrepot screen FILE --columns` writes it, `--map` takes it. What was guessed and what was said go the same way.
See docs/design/38-vendor-files.md.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError
from entrepot.core.output import unescaped
from entrepot.core.words.translate import in_english, tr
from entrepot.intake.open_table import opened
from entrepot.intake.reading_options import ReadingOptions
from entrepot.screening.parties.contract import COLUMN_USES, COLUMNS, NUMBER_KINDS
from entrepot.screening.parties.file_options import Mapped
from entrepot.screening.parties.headings.heading_role import heading_role
from entrepot.screening.parties.party_columns import ROLES, PartyColumn, find_heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from entrepot.intake.text_table import Row

_BETWEEN = "; "  # headings of several parties that a column may describe
_LOOKED_AT = 200  # rows in which an example of each column is looked for
_LONGEST = 40  # characters of an example
_NEEDED = ("heading", "holds")


@in_english
def column_rows(
    headings: Sequence[str], columns: Sequence[PartyColumn], kept: Sequence[int], rows: Iterable[Row]
) -> list[dict[str, Any]]:
    """Each column of a file with what it is read as, under COLUMNS.

    Args:
        headings: of the file, each its own.
        columns: its party columns.
        kept: positions of the columns that come out with the results.
        rows: of which the first are looked at for an example.
    """
    uses: dict[int, tuple[str, list[str], str]] = {}
    for column in columns:
        other = tuple(i for fields in column.others for i in fields)
        described = ((role, getattr(column, role)) for role in ROLES)
        named = (("name", column.fields), ("other name", other), *described, ("address", column.places))
        for role, at in named:
            for i in at:
                uses.setdefault(i, (role, [], column.kinds.get(i, "")))[1].append(column.name)
    uses |= {i: ("keep", [], "") for i in kept if i not in uses}
    examples = _examples(rows, {i for i, (role, *_) in uses.items() if role == "document"})
    return [_row(i, h, uses.get(i, ("nothing", [], "")), examples) for i, h in enumerate(headings)]


def _row(at: int, heading: str, use: tuple[str, list[str], str], examples: Mapping[int, str]) -> dict[str, Any]:
    return {
        "column": at + 1,
        "heading": heading,
        "holds": use[0],
        "of": _BETWEEN.join(use[1]) or None,
        "number": use[2] or None,
        "example": examples.get(at),
    }


def _examples(rows: Iterable[Row], hidden: set[int]) -> dict[int, str]:
    """The first filled cell of each column; of numbers of persons' documents none is shown."""
    found: dict[int, str] = {}
    for row in islice(rows, _LOOKED_AT):
        for i, cell in enumerate(row):
            if cell and i not in hidden:
                found.setdefault(i, cell[:_LONGEST])
    return found


def read_mapping(path: Path) -> tuple[Mapped, ...]:
    """A mapping as a person has corrected it.

    Args:
        path: a table with the columns heading and holds, and of and number where they say something.

    Raises:
        UnreadableFileError: it cannot be read.
        BadInputError: a column named twice, or a word that is not allowed, with its row.
    """
    table = opened(path, ReadingOptions(headings=_NEEDED))
    places = {h.strip().casefold(): i for i, h in enumerate(table.headings)}
    if missing := [n for n in _NEEDED if n not in places]:
        remedy = tr("Have one written: entrepot screen FILE --columns.")
        allowed = ", ".join(COLUMNS.names)
        raise BadInputError(
            tr("{name} is no mapping: {missing} is missing", name=path.name, missing=missing[0]),
            found=", ".join(places),
            allowed=allowed,
            remedy=remedy,
        )
    rows = tuple(_mapped(table.first_row + n, row, places) for n, row in enumerate(table.rows()) if any(row))
    for refuse in (_refuse_twice, _refuse_words, _refuse_nobody):
        refuse(path.name, rows)
    return rows


def _mapped(number: int, row: Sequence[str | None], places: Mapping[str, int]) -> Mapped:
    said = {
        n: unescaped(row[places[n]] or "").strip() if n in places else "" for n in ("heading", "holds", "of", "number")
    }
    of = tuple(filter(None, said["of"].split(_BETWEEN)))
    return Mapped(said["heading"], said["holds"].casefold() or "nothing", of, said["number"].casefold(), number)


def _refuse_twice(name: str, rows: Sequence[Mapped]) -> None:
    first: dict[str, int] = {}
    for one in rows:
        if one.heading in first:
            raise BadInputError(
                tr(
                    "{name}, row {row}: the column stands in row {first} already",
                    name=name,
                    row=one.row,
                    first=first[one.heading],
                ),
                found=one.heading or tr("no heading"),
                allowed=tr("each column once"),
                remedy=tr(
                    "Leave one of the two; a column of several parties names them in one cell: Shipper; Consignee."
                ),
            )
        first[one.heading] = one.row


def _refuse_words(name: str, rows: Sequence[Mapped]) -> None:
    for one in rows:
        for word, found, allowed in (("holds", one.holds, COLUMN_USES), ("number", one.number, ("", *NUMBER_KINDS))):
            if found not in allowed:
                raise BadInputError(
                    tr("{name}, row {row}: {word} says what no column can be", name=name, row=one.row, word=word),
                    found=found,
                    allowed=", ".join(filter(None, allowed)),
                    remedy=tr("Write one of these for {heading!r}, or leave the cell empty.", heading=one.heading),
                )


def _refuse_nobody(name: str, rows: Sequence[Mapped]) -> None:
    names = [one.heading for one in rows if one.holds == "name"]
    if not names:
        remedy = tr("Write name under holds for the column that names the party.")
        raise BadInputError(
            tr("{name}: no column holds a name", name=name), found="none", allowed=tr("at least one"), remedy=remedy
        )
    heads = [one.heading for one in rows if one.holds == "name" and (not one.of or one.of[0] == one.heading)]
    for one in rows:
        if one.holds == "other name" and not one.of and len(heads) > 1:
            raise BadInputError(
                tr(
                    "{name}, row {row}: {heading!r} names a party again, and not which",
                    name=name,
                    row=one.row,
                    heading=one.heading,
                ),
                found=tr("nothing under of"),
                allowed=", ".join(heads),
                remedy=tr("Write under of the heading of the column that the party's name begins in."),
            )
        for whose in one.of:
            if whose not in names:
                raise BadInputError(
                    tr(
                        "{name}, row {row}: {heading!r} is said to belong to what holds no name",
                        name=name,
                        row=one.row,
                        heading=one.heading,
                    ),
                    found=whose,
                    allowed=", ".join(names),
                    remedy=tr("Write the heading of the column that the party's name begins in."),
                )


def mapped_columns(headings: Sequence[str], mapping: Sequence[Mapped], name: str) -> tuple[PartyColumn, ...]:
    """The party columns as a mapping says.

    Args:
        headings: of the table, each its own.
        mapping: what each column holds.
        name: of the mapping's file, for the message.

    Raises:
        BadInputError: the table has no such column.
    """
    places = {one.heading: _place(one, headings, name) for one in mapping if one.holds != "nothing"}
    names = [one for one in mapping if one.holds == "name"]
    heads = [one for one in names if not one.of or one.of[0] == one.heading]
    return tuple(_column(head, mapping, places, len(heads)) for head in heads)


def _place(one: Mapped, headings: Sequence[str], name: str) -> int:
    if one.heading not in headings:
        remedy = tr("Take the row out, or have the mapping written anew: entrepot screen FILE --columns.")
        found = BadInputError(
            tr("{name}, row {row}: the file has no such column", name=name, row=one.row),
            found=one.heading,
            allowed=", ".join(headings),
            remedy=remedy,
        )
        raise found
    return find_heading(one.heading, headings)


def _column(head: Mapped, mapping: Sequence[Mapped], places: Mapping[str, int], heads: int) -> PartyColumn:
    """One party with the columns that the mapping gives it; a column that names nobody is the only party's."""
    found: dict[str, list[int]] = defaultdict(list)
    kinds: dict[int, str] = {}
    shared = set()
    for one in _of(head, mapping, heads):
        found[one.holds].append(places[one.heading])
        kinds[places[one.heading]] = one.number or ("other" if one.holds == "identifier" else "")
        if len(one.of) > 1 or (not one.of and heads > 1):
            shared.add(one.holds)
    described = {role: tuple(found[role]) for role in ROLES}
    further = tuple(i for i in found["name"] if i != places[head.heading])
    others = _other_names([one for one in _of(head, mapping, heads) if one.holds == "other name"], places)
    numbers = {i: kinds[i] or "passport" for i in (*described["identifier"], *described["document"])}
    said = frozenset(shared - {"key", "name", "other name"})
    column = PartyColumn(head.heading, places[head.heading], **described, kinds=numbers, shared=said, others=others)
    return replace(column, further=further)


def _other_names(said: Sequence[Mapped], places: Mapping[str, int]) -> tuple[tuple[int, ...], ...]:
    """The columns of each other name: each its own, but first and last names, which are one."""
    out: list[list[int]] = []
    for one in said:
        is_person = heading_role(one.heading).series == "person"
        if is_person and out and heading_role(_heading(out[-1][0], places)).series == "person":
            out[-1].append(places[one.heading])
        else:
            out.append([places[one.heading]])
    return tuple(map(tuple, out))


def _heading(at: int, places: Mapping[str, int]) -> str:
    return next(h for h, i in places.items() if i == at)


def _of(head: Mapped, mapping: Sequence[Mapped], heads: int) -> Iterator[Mapped]:
    for one in mapping:
        if one.holds in {"nothing", "keep"} or (one.holds == "name" and not one.of and one is not head):
            continue
        is_name = one.holds in {"name", "other name"}
        if one is head or head.heading in one.of or (not one.of and (heads == 1 or not is_name)):
            yield one
