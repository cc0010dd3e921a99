"""Readers of flows, one module a publisher: each finds its format in a heading and gives the columns our names."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from zlib import crc32

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import tr
from entrepot.trade.contract import FLOW_HEADINGS
from entrepot.trade.loading.draft import NUMBERS, TEXTS, UNREAD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import polars as pl

    from entrepot.trade.loading.faults import Faults

# In the order in which a heading is tried: the formats with the most telling headings first.
FORMS = ("comtrade", "baci", "comext", "hmrc", "census", "ember", "own")
ALL_FORMS = (*FORMS, "mapped")
_SHOWN = 60  # characters of a cell
# The format keeps the name by which files and answers know it; `own` alone is a command's file.
_MODULES = {"own": "own_flows"}
_LABELLED = re.compile(r"(?<=\w):(?=\S).*")  # what SDMX-CSV puts behind a heading that it labels: reporter:Reporter


def reader(form: str) -> Any:
    """The module that reads a format; it holds `fits(heading)` and `draft(opened, faults)`.

    Raises:
        UnknownNameError: no such format.
    """
    if form not in ALL_FORMS:
        raise UnknownNameError(tr("format of flows"), form, ALL_FORMS)
    return import_module(f"entrepot.trade.formats.{_MODULES.get(form, form)}")


def is_joined(form: str, heading: Sequence[str]) -> bool:
    """Whether a flow of a format is spread over rows that may lie far apart, so that its file has no blocks."""
    joined = getattr(reader(form), "is_joined", None)
    return bool(joined and joined(frozenset(key(h) for h in heading)))


def form_of(
    heading: Sequence[str], name: str, claimed: str | None = None, printed: Mapping[str, str] = MappingProxyType({})
) -> str:
    """The format whose heading this is, or the one that the person says it is.

    Args:
        heading: the headings.
        name: what a message calls the file.
        claimed: the format as the person says; None to find it.
        printed: of headings that are ours, the file's own; empty where it has no such column.

    Raises:
        BadInputError: none has it, or not the one claimed.
    """
    if claimed:
        return _claimed(claimed, heading, name)
    keys = frozenset(key(h) for h in heading)
    for form in FORMS:
        if reader(form).fits(keys):
            return form
    if reader(FORMS[-1]).fits(frozenset(by_spelling(heading))):
        return FORMS[-1]
    from entrepot.trade.loading.codes import as_printed, map_to_write

    raise BadInputError(
        tr("{name}: its heading is that of no format of flows", name=name),
        found=", ".join(as_printed(heading, printed)),
        allowed=tr("the columns of {forms}", forms=", ".join(FORMS)),
        remedy=map_to_write([h for h in heading if not re.fullmatch(r"column \d+", h)], printed),
    )


def _claimed(form: str, heading: Sequence[str], name: str) -> str:
    """The format as the person says, where the heading can be its.

    Raises:
        UnknownNameError: no such format.
        BadInputError: a heading of another format.
    """
    strict = form in {"baci", "comext", "hmrc", "census", "ember"}  # the others say which column is missing
    if strict and not reader(form).fits(frozenset(key(h) for h in heading)):
        raise BadInputError(
            tr("{name}: its heading is not that of {form}", name=name, form=form),
            found=", ".join(heading),
            remedy=tr("Leave --as out to have it found."),
        )
    return form


@cache
def _headings() -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in packaged_rows(FLOW_HEADINGS):
        found.setdefault(row["form"], {})[row["role"]] = tuple(row["headings"])
    return found


def spelt(form: str, role: str) -> tuple[str, ...]:
    """The spellings of a column in a format, the one to prefer first (data/headings.csv)."""
    return _headings()[form][role]


def told_by_the_unread(frame: pl.DataFrame, unread: Iterable[str]) -> pl.Series:
    """One number a row for what stands in the columns that are not read: where it differs, rows differ.

    Columns that number the rows (`unread` of one's own table) say nothing of them, nor do empty cells.

    Args:
        frame: cells as printed.
        unread: headings of it.
    """
    import polars as pl

    numbering = spelt(FORMS[-1], "unread")
    every = pl.Series(UNREAD, [0], pl.UInt64()).new_from_index(0, frame.height)
    for heading in (h for h in unread if key(h) not in numbering):
        cells = frame[heading].cast(pl.String(), strict=False).str.strip_chars().replace("", None)
        if cells.null_count() == frame.height:
            continue  # of ten thousand columns most are
        one = cells.hash(crc32(heading.encode()))
        every = every ^ one.zip_with(cells.is_not_null(), pl.Series([0], dtype=pl.UInt64()))
    return every.alias(UNREAD)


def alone_in(cells: pl.Series, *, block: bool) -> str:
    """What an unread column says in every row, to stand behind its name; empty where rows differ, or it has no words.

    A file of one province, one procedure or one customs post is no country's trade, and nothing else in it may say so.

    Args:
        cells: of the column.
        block: whether they may be those of a block of a table: nothing is said of it.
    """
    import polars as pl

    if block or cells.len() <= 1 or cells.null_count():
        return ""
    words = cells.cast(pl.String(), strict=False).str.strip_chars().unique().to_list()
    if len(words) > 1 or not words[0] or not any(map(str.isalpha, words[0])):
        return ""
    return tr("; it says {word!r} in every row, and the flows are of that alone", word=words[0][:_SHOWN])


def tell_unread(form: str, names: dict[str, str], faults: Faults) -> None:
    """Name the columns that the format is not known to have; those it has and we do not need are no fault."""
    known = {k for spellings in _headings()[form].values() for k in spellings}
    for heading in (h for k, h in names.items() if k and k not in known):  # row numbers of pandas have no heading
        faults.column("unread_column", f"column {heading!r} is not read")


def key(heading: str) -> str:
    """A heading as it is compared: lower case, letters and digits only.

    >>> key("Trade Value (US$)"), key("reporterISO"), key("TIME_PERIOD:Time")
    ('tradevalueus', 'reporteriso', 'timeperiod')
    """
    return re.sub(r"[\W_]+", "", _LABELLED.sub("", heading).casefold())


def by_key(heading: Iterable[str]) -> dict[str, str]:
    """Compared heading to the printed one; of two that differ in capitals alone the first, which is of codes."""
    found: dict[str, str] = {}
    for one in heading:
        found.setdefault(key(one), one)
    return found


def is_publishers(heading: Iterable[str]) -> bool:
    """Whether a heading is that of a publisher's own format, whose columns are known."""
    keys = frozenset(key(h) for h in heading)
    return any(reader(form).fits(keys) for form in FORMS[:-1])


def by_spelling(heading: Sequence[str]) -> dict[str, str]:
    """Compared heading to the printed one, with what else the printed one is called: Value of `Value/Valeur`."""
    from entrepot.trade.loading.printed.printed_headings import spellings

    found = by_key(heading)
    for one in heading:
        for more in spellings(one):
            found.setdefault(more, one)
    return found


def our_columns(found: Mapping[str, str]) -> list[pl.Expr]:
    """The number of the row and the columns under our names; a heading that is not read may be called as we call one.

    Args:
        found: our name to the printed heading.
    """
    import polars as pl

    return [pl.col("row"), *(pl.col(heading).alias(name) for name, heading in found.items())]


def chosen(form: str, names: dict[str, str]) -> dict[str, str]:
    """Our name to the printed heading: for each column of a draft the first of its spellings that the file has."""
    roles = {role: keys for role, keys in _headings()[form].items() if role in {*TEXTS, *NUMBERS}}
    found = {role: next((names[k] for k in keys if k in names), None) for role, keys in roles.items()}
    return {role: heading for role, heading in found.items() if heading is not None}
