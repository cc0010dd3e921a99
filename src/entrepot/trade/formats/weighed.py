"""Which column is the net weight of goods, and what its figures are multiplied by to be kilograms."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import marked, tr
from entrepot.trade.contract import TITLE_WORDS
from entrepot.trade.formats import spelt
from entrepot.trade.loading.printed.printed_units import HAN, TIMES, has_several_scales, is_either_tonne, said

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from entrepot.trade.loading.faults import Faults

_FORM = "own"
KILOGRAMS = {"kg": 1.0, "tonne": 1_000.0}  # by definition of the tonne
_HUNDREDS = re.compile(
    r"(?i)(?<![\d.,])100\s*(?=(?:kg|kilo|кг|公斤|千克|킬로|キロ))|\bhundreds?\s+(?:of\s+)?(?=kg|kilo)"
)
# KT1, MT2: letters and digits run together are the label of a field, also of two letters and three.
_LABEL = re.compile(r"\s*[^\W\d_]{1,3}\d+\w*\s*")
_GROSS = marked(": a weight with its packing is no net weight")
_EITHER = marked(
    ": Mt is a metric tonne to some and a million tonnes to others; a map says it, [columns] weight and [scale] "
    "weight, 1000 or 1000000000"
)
_NO_UNIT = marked(
    ": a weight in no unit that is known; a map says it, [columns] weight and [scale] weight, the kilograms of one"
)


def kilograms(heading: str) -> float | None:
    """The kilograms of one as figures under a heading count; None where it names no unit of weight that is known.

    >>> kilograms("Net weight (thousand tonnes)"), kilograms("QUANTITY_IN_100KG"), kilograms("Weight, centners")
    (1000000.0, 100.0, 100.0)
    >>> kilograms("Net weight ('000)"), kilograms("Value per kg"), kilograms("Net mass (Mt)"), kilograms("Short tons")
    (None, None, None, 907.18474)
    >>> kilograms("G38"), kilograms("T5"), kilograms("KT1"), kilograms("T")
    (None, None, None, 1000.0)
    """
    if _LABEL.fullmatch(heading):
        return None
    text = TIMES.sub(" ", heading.replace("_", " "))
    bare, hundreds = _HUNDREDS.subn(" ", text)
    bare, named = _without_units_of_words(bare)
    spoken, units = said(bare), _units()
    named |= {units[word] for word in spoken.rest if word in units}
    if spoken.label in KILOGRAMS:
        named.add(KILOGRAMS[spoken.label])
    is_other = any(word not in units for word in spoken.rest) or spoken.currency or spoken.label in {"none", "value"}
    if is_other or len(named) != 1 or has_several_scales(bare):
        return None
    return named.pop() * spoken.scale * (100.0 if hundreds else 1.0)


def weigh(names: dict[str, str], found: dict[str, str], scale: dict[str, float]) -> str:
    """Find the column of net weights, told in `found`, and what it is multiplied by, in `scale`.

    Gives what is to be told of a column that is no word for a weight and was taken for the unit that it names.

    Args:
        names: compared heading to the printed one.
        found: our name to the heading.
        scale: our name to the factor.
    """
    if "net_kg" in found:
        of = kilograms(found["net_kg"])
        is_unsure = is_gross(found["net_kg"]) or is_either_tonne(found["net_kg"])
        if is_unsure or (of is None and said(found["net_kg"].replace("_", " ")).scale != 1):
            del found["net_kg"]  # thousands of what
        elif of is not None:
            scale["net_kg"] = of
    if "net_kg" not in found and (tonnes := next((names[k] for k in spelt(_FORM, "tonnes") if k in names), None)):
        found["net_kg"], scale["net_kg"] = tonnes, kilograms(tonnes) or KILOGRAMS["tonne"]
    if "net_kg" not in found:
        taken = {h for role, h in found.items() if role != "quantity" or "quantity_unit" in found}
        free = (h for h in names.values() if h not in taken and not is_gross(h))
        heading = next((h for h in free if kilograms(h) is not None), "")
        if heading:
            found["net_kg"], scale["net_kg"] = heading, kilograms(heading) or 1.0
            if found.get("quantity") == heading:
                del found["quantity"]
            return tr(
                "column {heading!r} is read as the net weight, for its unit: one is {kilo} kg; a map says another, "
                "[columns] weight and [scale] weight",
                heading=heading,
                kilo=f"{scale['net_kg']:,.12g}",
            )
    return ""


def why_not_weighed(heading: str) -> str:
    """Why a column of weights is not read as the net weight, to stand behind its name; empty where it is none."""
    if is_either_tonne(heading):
        return tr(_EITHER)
    if is_gross(heading) and said(heading.replace("_", " ")).label in {"weight", *KILOGRAMS}:
        return tr(_GROSS)
    is_weight = said(heading.replace("_", " ")).label == "weight"
    return tr(_NO_UNIT) if is_weight and kilograms(heading) is None else ""


def kilograms_by_map(heading: str, scale: Mapping[str, float], faults: Faults) -> float:
    """The kilograms of one as the heading that a map calls the weight says them; 1, which is told, where it says none.

    Args:
        heading: of the column of weights; empty where the map names none.
        scale: what the map says that figures are multiplied by, by our names.
        faults: gathers what is told.

    Raises:
        BadInputError: the heading says Mt and the map no factor; with the two lines of a map of which one is right.
    """
    if is_either_tonne(heading) and "net_kg" not in scale:
        raise BadInputError(
            tr("{heading!r}: Mt is a metric tonne to some and a million tonnes to others", heading=heading),
            remedy=tr(
                "Say in the map [scale] weight = 1000 for metric tonnes, or weight = 1000000000 for million tonnes."
            ),
        )
    of = kilograms(heading)
    if heading and of is None and "net_kg" not in scale and said(heading.replace("_", " ")).label != "weight":
        what = tr(
            "nothing says what {heading!r} is weighed in: read as kilograms; a map says another, [scale] weight = 1000",
            heading=heading,
        )
        faults.column("unread_column", what)
    return of or 1.0  # a weight without a unit is one in kilograms where a map names it


def kilograms_of_unit(unit: str) -> float | None:
    """The kilograms of one of a unit that stands in a cell; None where it is none of net weight, or may be another.

    >>> kilograms_of_unit("KG"), kilograms_of_unit("KG/ADET"), kilograms_of_unit("gross kg")
    (1.0, None, None)
    """
    is_other = any(said(word).label == "quantity" for word in re.findall(r"[^\W\d_]+", unit))
    return None if is_other or is_gross(unit) else kilograms(unit)


def weights_of_quantities(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """Quantities whose unit is one of weight as net weights too, in a table that has no column of these; it is told.

    Args:
        frame: quantities as numbers, their units as printed; `net_kg` is empty.
        faults: gathers what is told.
    """
    import polars as pl

    unit = pl.col("quantity_unit").cast(pl.String()).str.strip_chars()
    units = frame.filter(pl.col("quantity").is_not_null()).select(unit.unique().sort()).to_series().drop_nulls()
    found = {u: of for u in units.to_list() if (of := kilograms_of_unit(u)) is not None}
    for printed, of in found.items():
        what = tr(
            "quantities in {printed!r} are read as the net weight too: one is {kilo} kg",
            printed=printed,
            kilo=f"{of:,.12g}",
        )
        faults.column("unread_column", what)
    factor = unit.replace_strict(found, default=None, return_dtype=pl.Float64())
    return frame.with_columns((pl.col("quantity") * factor).alias("net_kg")) if found else frame


def is_gross(heading: str) -> bool:
    """Whether a heading says that a weight is one with packing.

    >>> is_gross("Gross weight (kg)"), is_gross("毛重（公斤）"), is_gross("Net weight")
    (True, True, False)
    """
    text = heading.casefold()
    words = {*re.findall(r"[^\W\d_]+", text)}
    return any(word in text if HAN.search(word) else word in words for word in _words("gross"))


@cache
def _words(kind: str) -> tuple[str, ...]:
    return tuple(word for row in packaged_rows(TITLE_WORDS) if row["kind"] == kind for word in row["words"])


def _without_units_of_words(text: str) -> tuple[str, set[float]]:
    """A heading without the units of weight that it names in several words, and these in kilograms: short tons."""
    plain, named = text.casefold(), set()
    for unit, kilo in _units().items():
        if " " in unit and re.search(rf"(?<![^\W_]){unit}(?![^\W_])", plain):
            plain = re.sub(rf"(?<![^\W_]){unit}(?![^\W_])", " ", plain)
            named.add(kilo)
    return (plain if named else text), named


@cache
def _units() -> dict[str, float]:
    """Units of weight by their words, in kilograms."""
    rows = [row for row in packaged_rows(TITLE_WORDS) if row["kind"] == "weight_unit"]
    return {word: float(row["means"]) for row in rows for word in row["words"]}
