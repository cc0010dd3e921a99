"""Whose export a table is, by its headings and the lines above it, and what is known of all exports of that publisher.

Who reports is known of an office that publishes its own country's trade, and what a point is of one that prints figures
in one way alone: neither is asked for then. A map says otherwise, and what the file itself proves goes before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import tr
from entrepot.intake.heading_row import folded
from entrepot.trade.loading.printed.printed_headings import role_of
from entrepot.trade.loading.printed.printed_units import Said, words_of
from entrepot.trade.loading.printed.titles.contract import PUBLISHERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

_KEYS = re.compile(rb'"(\w+)"\s*:')
_IS_CUBE = re.compile(rb'"class"\s*:\s*"(?:dataset|collection)"|"dataset"\s*:\s*\{\s*"')
# SMKE19, SMKI19, …: the name of the file, its month, what it holds.
_OF_HMRC = re.compile(rb"(?:\xef\xbb\xbf)?SM[A-Z]{2}\d{2}\|\d{6}\|")
# A row of one: code of goods, of SITC but in the files of the European Union, kind of record, country in digits and
# letters. Its control record may have another shape, or be gone.
_ROW_OF_HMRC = re.compile(
    rb"^(?:\xef\xbb\xbf)?\d{9}\|(?:\d{5}\|)?\d{3}\|\d{3}\|[A-Z]{2}\|(?:[^|\n]*\|){9}", re.MULTILINE
)
_LOOKED_AT = 40  # rows, as of a title: Trade Map's has a dozen lines


@dataclass(frozen=True, slots=True)
class Publisher:
    """What is known of the exports of a publisher.

    Attributes:
        name: as people call it.
        reporter: the country of which all its exports are; empty where it publishes those of several.
        thousands: what divides thousands in its figures, where no cell proves it; empty where that is not known.
        currency: of its values, where the file says none; empty where that is not known.
        scale: what its values are multiplied by then.
        scales: what they may be multiplied by, as who takes them chooses; empty where there is no choice.
    """

    name: str
    reporter: str = ""
    thousands: str = ""
    currency: str = ""
    scale: float = 1.0
    scales: tuple[float, ...] = ()

    def notes(self, *, is_reporter: bool) -> tuple[str, ...]:
        """What to say of it.

        Args:
            is_reporter: whether who reports is taken from it.
        """
        said = tr("Known by its headings as an export of {name}", name=self.name)
        if is_reporter:
            said += tr(": {reporter} reports", reporter=self.reporter)
        if self.thousands:
            said += tr("; {mark!r} divides thousands where no cell tells", mark=self.thousands)
        if self.currency and not self.scales:
            unit = words_of(Said(self.scale, self.currency))
            said += tr("; values are in {unit} where the file says nothing else", unit=unit)
        return (f"{said}.",)


NOBODYS = Publisher("")


def publisher_of(rows: Sequence[Sequence[str]]) -> Publisher:
    """Whose export a table is; NOBODYS where that is not known.

    Args:
        rows: the first rows, from the first line on.
    """
    top = [[folded(c) for c in row if c] for row in rows[:_LOOKED_AT]]
    text = " ".join(c for row in top for c in row)
    for publisher, headings, above in _known():
        is_headed = not headings or any(all(h in row for h in headings) for row in top)
        if is_headed and (not above or any(words in text for words in above)):
            return publisher
    return NOBODYS


def reported(frame: pl.DataFrame, of: Publisher, fixed: Mapping[str, str]) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """A table with who reports, where its publisher is the only one to say it; and what is known of that publisher.

    Args:
        frame: cells as text.
        of: whose export it is.
        fixed: what a map says of all rows.
    """
    import polars as pl

    if of is NOBODYS:
        return frame, ()
    have = {role_of(c) for c in frame.columns} | {*fixed}
    is_reporter = bool(of.reporter) and not have & {"reporter", "exporter", "importer"}
    made = frame.with_columns(pl.lit(of.reporter).alias("reporter")) if is_reporter else frame
    return made, of.notes(is_reporter=is_reporter)


def refuse_unsaid_scale(of: Publisher) -> None:
    """Stop at values of a publisher that gives them in one unit or another, where the file does not say in which.

    Args:
        of: whose export it is.

    Raises:
        BadInputError: read as they stand they may be a thousand times too small.
    """
    if not of.scales:
        return
    units = tr(" or in ").join(words_of(Said(scale, of.currency)) for scale in of.scales)
    raise BadInputError(
        tr(
            "values of {name} are in {units}, as who takes them chooses, and nothing in the file says which",
            name=of.name,
            units=units,
        ),
        remedy=tr(
            "Say it in a map, --map FILE.toml: [scale], then value = {scale}.",
            scale=tr(" or value = ").join(f"{scale:.0f}" for scale in of.scales),
        ),
    )


def refuse_unread(name: str, begins: bytes, *, is_named: bool) -> None:
    """Stop at files that are no table with a heading, and say what they are and what to take instead.

    Args:
        name: the file.
        begins: its first bytes.
        is_named: whether a map gives the headings: rows alone are then a table.

    Raises:
        BadInputError: JSON-stat, or a bulk file of HM Revenue & Customs.
    """
    refuse_json_stat(name, begins)
    rows = _ROW_OF_HMRC.search(begins)
    if _OF_HMRC.match(begins) or (rows and not (is_named and rows.start() == 0)):
        raise BadInputError(
            tr(
                "{name}: is a bulk data file of HM Revenue & Customs, control records and rows whose fields have no "
                "names, which is not read",
                name=name,
            ),
            found=begins.split(b"\n")[0].decode("ascii", "replace").strip(),
            allowed=tr("a table with a heading"),
            remedy=tr(
                "Take the same trade from uktradeinfo.com: its API answers in JSON, its tables are CSV. Or name the "
                'fields in a map, in order, "" for those that are not read: [file] headings = ["product", "", …] and '
                'rows = "parts", and leave the control records at both ends out of the file.'
            ),
        )


def refuse_json_stat(name: str, begins: bytes) -> None:
    """Stop at JSON-stat, in which one list of numbers stands for a cube: the same table is offered as CSV.

    Args:
        name: the file.
        begins: its first bytes.

    Raises:
        BadInputError: it is JSON-stat, by its first keys.
    """
    keys = {*_KEYS.findall(begins)} if begins.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else set()
    if (b"dimension" in keys or b"size" in keys) and _IS_CUBE.search(begins):
        raise BadInputError(
            tr("{name}: is JSON-stat, which is not read", name=name),
            allowed=tr("a table with a row a flow"),
            remedy=tr(
                "Take the same table as CSV: who gives JSON-stat (PxWeb of offices, Eurostat) gives it too; of "
                "Eurostat, take SDMX-CSV."
            ),
        )


@cache
def _known() -> tuple[tuple[Publisher, tuple[str, ...], tuple[str, ...]], ...]:
    rows = packaged_rows(PUBLISHERS)
    return tuple(
        (
            Publisher(
                r["publisher"],
                r["reporter"] or "",
                r["thousands"] or "",
                r["currency"] or "",
                float(r["scale"] or 1),
                tuple(map(float, r["scales"] or ())),
            ),
            tuple(map(folded, r["headings"] or ())),
            tuple(map(folded, r["above"] or ())),
        )
        for r in rows
    )
