"""Countries by number where an office counts them in a list of its own, as Brazil, Japan and the United States do.

105 is China to Japan, Brazil to Brazil and no country to the UN: which list a file is in has to be known before a
number is a country. The numbers of the UN are in `partners`.
"""

from __future__ import annotations

from functools import cache

from entrepot.core.tables.packaged import packaged_rows
from entrepot.vocabulary.code_tables import NATIONAL_NUMBERS, UNLISTED_NUMBERS


def code_of(reporter: str, printed: str) -> str:
    """The code of a partner by its number in the list of a reporter; empty where there is no such list or number.

    >>> code_of("JPN", "'105'"), code_of("BRA", "023"), code_of("DEU", "4")
    ('CHN', 'DEU', '')
    """
    return _lists().get(reporter, {}).get(printed.strip(" '\"").removesuffix(".0").lstrip("0"), "")


def listed() -> tuple[str, ...]:
    """The reporters whose list is here, wholly or in part."""
    return tuple(_lists())


def unlisted(reporter: str) -> str:
    """Who of a reporter's offices counts countries in a list of its own that is not here; empty where none does.

    >>> unlisted("GBR"), unlisted("JPN")
    ('HM Revenue & Customs', '')
    """
    return _elsewhere().get(reporter, "")


@cache
def _elsewhere() -> dict[str, str]:
    return {row["reporter"]: row["office"] for row in packaged_rows(UNLISTED_NUMBERS)}


@cache
def _lists() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in packaged_rows(NATIONAL_NUMBERS):
        found.setdefault(row["reporter"], {})[row["number"]] = row["code"]
    return found
