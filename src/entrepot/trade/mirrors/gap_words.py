"""The reasons for a gap in words; each is what the gap is consistent with, and none says what is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import marked
from entrepot.trade.mirrors.off_scale import in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    Row = Mapping[str, Any]

# The figures behind it stand beside `FREIGHT_AT_MOST` of `entrepot.trade.margins`.
BEYOND_FREIGHT = marked(
    "freight and insurance alone cost less: by UNCTAD transport was 8 % of the value of the world's imports in 2021, "
    "and 19 % in the group of countries where it is dearest"
)
_FREIGHT = marked("freight and insurance: {importer} usually counts {margin} more than {exporter} sends")
_MARGIN = marked(
    "what {importer} usually counts more than {exporter} sends, {margin}, which is more than freight and insurance"
)


def consistent_with(row: Row) -> str:
    """A reason in words.

    Args:
        row: a row of `gap_reasons`, with `along` for what lies beside it: the column in which it differs.
    """
    less, more = (row["importer"], row["exporter"]) if row["gap_usd"] < 0 else (row["exporter"], row["importer"])
    words: str = _WORDS[row["reason"]](row, less, more)
    return words


def _freight(row: Row, _less: str, _more: str) -> str:
    return _usual(_FREIGHT, row)


def _margin(row: Row, _less: str, _more: str) -> str:
    return _usual(_MARGIN, row)


def _usual(pattern: str, row: Row) -> str:
    return pattern.format(importer=row["importer"], exporter=row["exporter"], margin=f"{row['margin']:.1%}")


def _third_place(row: Row, _less: str, _more: str) -> str:
    sent, got, other = row["exporter"], row["importer"], row["beside"]
    if row["along"] == "importer":
        if row["gap_usd"] < 0:
            return f"goods that {sent} counts as going to {got} and {other} receives"
        return f"goods that {sent} counts as going to {other} and {got} receives, by their origin"
    if row["gap_usd"] < 0:
        return f"goods that {sent} sends and {got} counts as those of {other}"
    return f"goods that {other} sends and {got} counts as those of {sent}, by their origin"


def _re_exports(row: Row, _less: str, _more: str) -> str:
    return f"re-exports that {row['exporter']} counts and {row['importer']} counts as those of their origin"


def _other_code(row: Row, less: str, more: str) -> str:
    return f"goods that {more} counts under {row['product']} and {less} under {row['beside']}"


def _code_withheld(row: Row, less: str, _more: str) -> str:
    return f"goods that {less} counts under {row['beside']}, which says none"


def _not_reported(row: Row, less: str, _more: str) -> str:
    return f"a code under which {less} reports no partner at all in {row['period']}"


def _place_withheld(row: Row, less: str, _more: str) -> str:
    return f"goods of which {less} names no partner ({row['beside']})"


def _other_period(row: Row, less: str, more: str) -> str:
    if (row["gap_usd"] < 0) == (row["beside"] > row["period"]):
        early, late = sorted((row["period"], row["beside"]))
        return f"goods that {row['exporter']} counts in {early} and {row['importer']} in {late}, under way between"
    return f"goods that {more} counts in {row['period']} and {less} in {row['beside']}"


def _valuation(row: Row, less: str, _more: str) -> str:
    return (
        f"another price: {row['importer']} counts {row['quantity_pct']:.0f} % of the quantity, {less} the lower value"
    )


def _quantity(row: Row, less: str, _more: str) -> str:
    return f"goods that {less} does not count: {row['importer']} has {row['quantity_pct']:.0f} % of the quantity"


def _scale(row: Row, _less: str, _more: str) -> str:
    times, asked = in_words(row["off_factor"])
    return f"figures of {row['off_reporter']} that are all about {times} what its partners report: {asked}"


_WORDS = {
    "freight": _freight,
    "margin": _margin,
    "third_place": _third_place,
    "re_exports": _re_exports,
    "other_code": _other_code,
    "code_withheld": _code_withheld,
    "not_reported": _not_reported,
    "place_withheld": _place_withheld,
    "other_period": _other_period,
    "valuation": _valuation,
    "quantity": _quantity,
    "scale": _scale,
}
