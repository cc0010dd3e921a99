"""Countries as desks and publishers print them."""

from __future__ import annotations

import csv

import pytest

from entrepot.vocabulary.countries import code_of, codes_in


@pytest.mark.parametrize(
    "column", ["UNTERM English Short", "UNTERM French Short", "UNTERM Russian Short", "ISO3166-1-Alpha-3"]
)
def test_every_short_name_of_the_united_nations_is_its_country(shared, column):
    """As the UN's terminology prints them, articles included; Конго alone stands for two countries."""
    with (shared / "data/reference/country-codes.csv").open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["ISO3166-1-Alpha-2"].strip() and r[column].strip()]
    assert len(rows) > 190
    wrong = {
        n: (code_of(n), r["ISO3166-1-Alpha-2"])
        for r in rows
        if code_of(n := _bare(r[column])) != r["ISO3166-1-Alpha-2"]
    }
    assert wrong.keys() <= {"Конго"}


def _bare(name: str) -> str:
    """A name without the footnote's asterisk, and without the articles of French."""
    name = name.strip(" *")
    for article in ("(le)", "(la)", "(les)", "(l')", "(l’)"):
        name = name.removesuffix(article).strip()
    return name


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Bosnia and Herzegovina", "BA"),
        ("Trinidad and Tobago", "TT"),
        ("Netherlands (the)", "NL"),
        ("The Gambia", "GM"),
        ("Gambia, The", "GM"),
        ("Kyrgyz Republic", "KG"),
        ("Republic of Kazakhstan", "KZ"),
        ("East Timor", "TL"),
        ("Theland", ""),
        ("the", ""),
    ],
)
def test_articles_conjunctions_and_formal_names(printed, code):
    assert code_of(printed) == code


def test_a_part_of_china_is_no_other_country_for_a_flag():
    assert codes_in("China, People's Republic of") == {"CN"}
