"""Partners of trade against the UN's codes, and every name in the two published files at hand."""

import csv
import gzip
from collections import Counter
from importlib.resources import files

import pytest

from entrepot.vocabulary import partners

ROWS = list(
    csv.DictReader(
        files("entrepot.vocabulary").joinpath("data", "partners.csv").read_text(encoding="utf-8").splitlines()
    )
)


def test_no_number_and_no_name_stands_for_two_partners():
    for column in ("numbers", "names"):
        counts = Counter(p for row in ROWS for p in row[column].split(";") if p)
        assert [p for p, n in counts.items() if n > 1] == []


def test_what_is_no_country_begins_with_a_plus():
    for row in ROWS:
        assert row["code"].startswith("+") == (row["kind"] in {"residual", "aggregate"})


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("842", "USA"),  # as UN Comtrade numbers it; 840 in M49
        ("840", "USA"),
        ("004", "AFG"),
        ("Lao People's Dem. Rep.", "LAO"),
        ("Other Asia, nes", "TWN"),
        ("W00", "+WLD"),
        ("Areas, nes", "+NES"),
        ("Киргизия", "KGZ"),
        ("哈萨克斯坦", "KAZ"),
        ("EL", "GRC"),  # as Eurostat writes Greece
        ("Kosovo", "XKX"),
        ("+EU27", "+EU27"),
        ("Ruritania", ""),
        ("", ""),
    ],
)
def test_partners_as_publishers_print_them(printed, code):
    assert partners.code_of(printed) == code


def test_a_number_loses_its_zeros_and_a_cell_of_zeros_costs_no_more_than_its_length():
    assert [partners.code_of(n) for n in ("0156", "156.0", "000")] == ["CHN", "CHN", partners.code_of("0")]
    assert partners.code_of("0" * 300_000 + "x") == ""  # took minutes: each zero was tried as the first of the number


def test_residuals_add_up_to_the_world_and_aggregates_do_not():
    assert partners.kind_of("+NES") == "residual"
    assert partners.kind_of("+ANYTHING") == "aggregate"
    assert {"+WLD", "+EU27", "+ASEAN"} <= set(partners.aggregates())
    assert "+NES" not in partners.aggregates()


@pytest.mark.shared
def test_codes_and_names_of_the_un(shared):
    with (shared / "data/reference/country-codes.csv").open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle):
            iso3 = row["ISO3166-1-Alpha-3"]
            for name in ("M49", "ISO3166-1-Alpha-2", "ISO3166-1-Alpha-3", "UNTERM English Short", "official_name_en"):
                if row[name]:
                    assert partners.code_of(row[name].strip(" *")) == iso3, row[name]


@pytest.mark.shared
def test_every_area_of_ember_is_known_and_none_is_two(shared):
    with gzip.open(shared / "data/trade/ember_china_solar_exports_monthly.csv.gz", "rt", encoding="utf-8") as handle:
        kinds = {r["Area"]: r["Area type"] for r in csv.DictReader(handle)}
    codes = {area: partners.code_of(area) for area in kinds}
    assert len(set(codes.values())) == len(kinds)
    for area, code in codes.items():
        assert (partners.kind_of(code) == "aggregate") == (kinds[area] == "Region"), area


def test_areas_that_wits_and_offices_of_the_cis_name_are_known():
    """WITS has letters of its own for the UN's areas without a country; what is left of the CIS is no country."""
    wits = {"UNS": "+NES", "SPE": "+SPECIAL", "FRE": "+FREE-ZONES", "BUN": "+BUNKERS", "OAS": "TWN"}
    assert {code: partners.code_of(code) for code in wits} == wits
    assert partners.code_of("другие страны СНГ") == partners.code_of("Other CIS countries") == "+NES-CIS"
