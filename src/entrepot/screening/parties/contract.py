"""The tables of party files: the words of their headings and cells, and what each column is read as."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.tables.packaged import SOURCE, PackagedTable, packaged_rows

_NONE = ("not_applicable",)

_ROLES = ("document", "birth", "identifier", "address", "place", "country", "key", "alias", "other", "thing", "party")
_PIECES = ("number", "neutral", "total", "name_field", "name_more", "person_field")
PARTY_HEADINGS = PackagedTable(
    Contract(
        name="party_headings",
        meaning="Words of headings by which the columns of a table of parties are told.",
        grain=("words",),
        columns=(
            Column(
                "role",
                "text",
                "what a column with the word holds; alias: another name of the party; place: where the goods come from "
                "or were loaded; thing: no party whatever else it says; number: may be the key; total: of a row; the "
                "last three: pieces of one name",
                allowed=(*_ROLES, *_PIECES),
            ),
            Column("stem", "text", "whose column it is", absent=_NONE),
            Column(
                "kind",
                "text",
                "which number a column of numbers holds; of a party: unit, which is one of measure beside a quantity; "
                "of other: day, name, quantity, goods, which describes these, or structure of an article, where a bare "
                "name is a part's; of country: origin, which is that of goods; of alias: search, a term by which it is "
                "looked up, mostly the first letters of the name; of neutral: of, behind which stands "
                "whose or what the rest is of",
                absent=_NONE,
            ),
            Column("words", "texts", "the words, in small letters"),
            SOURCE,
        ),
    ),
    "entrepot.screening",
    "headings.csv",
)

HEADINGS_BY_LANGUAGE = PackagedTable(
    Contract(
        name="headings_by_language",
        meaning="What the columns of a file of vendors are called, language by language: the same things in each.",
        grain=("language", "words", "role"),
        columns=(
            Column("language", "text", "ISO 639-1, or the system whose names of fields these are"),
            Column("role", "text", "as in party_headings", allowed=(*_ROLES, *_PIECES)),
            Column("stem", "text", "whose column it is", absent=_NONE),
            Column("kind", "text", "which number a column of numbers holds", absent=_NONE),
            Column("words", "texts", "the words, in small letters; after = one that is known only alone"),
            SOURCE,
        ),
    ),
    "entrepot.screening",
    "headings_by_language.csv.gz",
)

COLUMN_USES = ("name", "other name", "address", "country", "identifier", "birth", "document", "key", "keep", "nothing")
NUMBER_KINDS = ("uscc", "lei", "imo", "ogrn", "inn", "duns", "registration", "tax", "other", "passport", "national_id")

COLUMNS = Contract(
    name="columns",
    meaning="The columns of a file of parties and what each is read as: what `screen --columns` writes, and a person "
    "may correct and give back with `--map`.",
    grain=("column",),
    columns=(
        Column("column", "integer", "its place in the file, from 1", low=1),
        Column("heading", "text", "its heading; one without a heading, or with that of another, is given one"),
        Column(
            "holds",
            "text",
            "what it is read as; other name: a further one of the same party; key: your own number of the party; "
            "keep: it comes out with the results; nothing: not read",
            allowed=COLUMN_USES,
        ),
        Column(
            "of",
            "text",
            "whose: heading of the column that the party's name begins in; of several, each behind a semicolon",
            absent=_NONE,
        ),
        Column("number", "text", "which number it holds", absent=_NONE, allowed=NUMBER_KINDS),
        Column("example", "text", "its first filled cell; of persons' documents none", absent=("not_reported",)),
    ),
)

_BEFORE_AND_BEHIND = ("before", "opening", "between", "behind", "attention", "apart")
CELL_LABELS = PackagedTable(
    Contract(
        name="cell_labels",
        meaning="Words that stand before a name in a cell, between two, or behind one.",
        grain=("kind",),
        columns=(
            Column(
                "kind",
                "text",
                "where they stand; ends: legal forms that end a name wherever they stand; ends_before: those that do "
                "where a bracket or a joining word follows; joining: between two firms whose first has its form; "
                "care: in an address, before whom it is handed to; care_again: the same, only behind another such "
                "word; loose: behind a name, left out where it stands in the text of goods; role: begin a bracket that "
                "says a person's office, and no name; state: a firm's, or that of its entry, behind a name or in "
                "brackets; former: before a Chinese name, glued to it; part: "
                "of a firm, beside its name; site: that too, where a town or a mark stands before it; town: "
                "where such parts are, beyond the places of names; at, of: between a part and its town, or its firm; "
                "aside: all that a bracket behind a name says of its entry",
                allowed=(
                    *_BEFORE_AND_BEHIND,
                    *("ends", "ends_before", "joining", "care", "care_again", "loose", "role", "state", "former"),
                    *("part", "site", "town", "at", "of", "aside"),
                ),
            ),
            Column("words", "texts", "the words, in small letters"),
            SOURCE,
        ),
    ),
    "entrepot.screening",
    "labels.csv",
)


def labels(kind: str) -> list[str]:
    """The words of one kind in `labels.csv`.

    Args:
        kind: where they stand, as its contract says it.
    """
    found: list[str] = next(r["words"] for r in packaged_rows(CELL_LABELS) if r["kind"] == kind)
    return found
