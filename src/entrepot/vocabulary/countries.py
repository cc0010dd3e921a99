"""Countries by their ISO 3166-1 codes."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from entrepot.core.errors import UnknownNameError


@cache
def _names() -> dict[str, tuple[str, str]]:
    text = files("entrepot.vocabulary").joinpath("data", "countries.csv").read_text(encoding="utf-8")
    return {row["iso2"]: (row["iso3"], row["name"]) for row in csv.DictReader(text.splitlines())}


def alpha3(alpha2: str) -> str:
    """The alpha-3 code of an alpha-2 code.

    Raises:
        UnknownNameError: no such code.
    """
    if alpha2 not in _names():
        raise UnknownNameError("country code", alpha2, _names())
    return _names()[alpha2][0]


def name(alpha2: str) -> str:
    """The English short name of a country; the code itself for groups such as EU that ISO does not list."""
    return _names().get(alpha2, ("", alpha2))[1]


@cache
def _by_alpha3() -> dict[str, str]:
    return dict(_names().values())


def name_of(alpha3_code: str, printed: str) -> str:
    """The English name of a country by its alpha-3 code; what was printed where ISO has no such code.

    Publishers name countries in several ways (Lao, Lao PDR); a report uses one.
    """
    return _by_alpha3().get(alpha3_code, printed)
