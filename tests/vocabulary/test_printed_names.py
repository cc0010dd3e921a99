"""Names of places as publishers print them: labels of Eurostat, UN Comtrade, the IMF, the World Bank and offices."""

import csv
import gzip
from importlib.resources import files

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.tables.packaged import packaged_rows
from entrepot.vocabulary import countries, partners
from entrepot.vocabulary.code_tables import COUNTRIES, PARTNER_NAMES, PARTNERS
from entrepot.vocabulary.printed_names import folded, taken_apart

ISO = {row["iso3"]: row["name"] for row in packaged_rows(COUNTRIES)}


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Russian Federation (Russia)", "RUS"),
        ("Germany (incl. German Democratic Republic 'DD' from 1991)", "DEU"),
        ("United States (incl. Navassa Island (part of 'UM') from 1995 to 2000 and incl. Puerto Rico 'PR')", "USA"),
        ("Korea, Republic of (South Korea)", "KOR"),
        ("Corée, République populaire démocratique de (Corée du Nord)", "PRK"),
        ("Serbia and Montenegro (->2005)", "SCG"),
        ("European Union - 27 countries (AT, BE, BG, CY, CZ)", "+EU27"),
        ("European Union - 28 countries (2013-2020)", "+EU28"),
        ("Extra-EU27 (from 2020)", "+EU27-EXTRA"),
        ("RU:Russian Federation", "RUS"),
        ("643 - Russian Federation", "RUS"),
        ("US - Virgin Islands", "VIR"),
        ("Iran, Islamic Rep. of", "IRN"),
        ("Kazakhstan, Rep. of", "KAZ"),
        ("Congo, Dem. Rep. of the", "COD"),
        ("Congo, Rep. of", "COG"),
        ("China, P.R.: Hong Kong", "HKG"),
        ("Taiwan, China", "TWN"),
        ("Republic of China", "TWN"),
        ("China P RP", "CHN"),
        ("VIETNAM SOC REP", "VNM"),
        ("Sudan (South)", "SSD"),
        ("Казахстан / Kazakhstan", "KAZ"),
        ("- United States", "USA"),
        ("of which: China", "CHN"),
        ("Serbia*", "SRB"),
        ("Kosovo (1)", "XKX"),
        ("Switzerland incl. Liechtenstein", "CHE"),
        ("TOTAL FOR ALL COUNTRIES", "+WLD"),
        ("156.0", "CHN"),
    ],
)
def test_labels_are_read_without_what_is_said_about_the_place(printed, code):
    assert partners.code_of(printed) == code


@pytest.mark.parametrize("printed", ["France (Réunion)", "Spain (Atlantis)", "China / Japan", "Ruritania", "(incl. X)"])
def test_what_names_two_places_or_none_is_not_guessed(printed):
    assert partners.code_of(printed) == ""


def test_the_nearest_places_are_offered():
    assert partners.nearest("Krygyzstan")[0] == "Kyrgyzstan (KGZ)"
    assert partners.nearest("") == ()


def test_every_name_of_a_publisher_is_of_a_partner_and_of_one_only():
    codes = {row["code"] for row in packaged_rows(PARTNERS)} | ISO.keys()
    found: dict[str, set[str]] = {}
    for row in packaged_rows(PARTNER_NAMES):
        assert row["code"] in codes
        for name in row["names"]:
            found.setdefault(folded(name), set()).add(row["code"])
    assert {name: two for name, two in found.items() if len(two) > 1} == {}
    codes_too = {name for name in found if partners.two_meanings(name)}
    assert {name for name, one in found.items() if partners.code_of(name) not in one} == codes_too
    assert all(partners.two_meanings(name)[1] in found[name] for name in codes_too)


@given(code=st.sampled_from(sorted(ISO)), year=st.integers(1950, 2030), form=st.integers(0, 7))
def test_a_note_changes_no_place(code, year, form):
    name = ISO[code]
    forms = (
        f"{name} (from {year})",
        f"{name} (-> {year})",
        f"{name} (incl. Ruritania 'RR' -> {year})",
        f"{name} [excl. Ruritania]",
        f" {name}*",
        f"{code}: {name}",
        f"{name} ({code})",
        f"{name.upper()} (until {year}; incl. Ruritania (part of 'UM'))",
    )
    assert partners.code_of(forms[form]) == partners.code_of(name) == code


@given(st.text())
def test_any_text_is_a_known_code_or_none(text):
    found = partners.code_of(text)
    assert found == "" or found in ISO or found in {r["code"] for r in packaged_rows(PARTNERS)}
    assert len(taken_apart(text).name) <= len(text)


@pytest.mark.shared
def test_every_partner_of_the_published_files_is_known(shared):
    names = set()
    for path in (shared / "data/trade/eurostat_yearly_as_downloaded").glob("*.csv"):
        rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
        names |= {r[c] for r in rows for c in ("PARTNER", "REPORTER")}
    with gzip.open(shared / "data/trade/us_imports_uflpa_goods_hts10_2024.csv.gz", "rt", encoding="utf-8") as handle:
        names |= {r["country"] for r in csv.DictReader(handle)}
    assert len(names) > 400
    assert {name for name in names if not partners.code_of(name)} == set()


def test_names_in_the_table_are_no_names_of_countries_already_known_otherwise():
    text = files("entrepot.vocabulary").joinpath("data", "partner_names.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        for name in row["names"].split(";"):
            iso2 = countries.code_of(name) if not partners.two_meanings(name) else ""
            assert not iso2 or iso2 == "XK" or row["code"] in {countries.alpha3(iso2), "+EU27"}, (name, row["code"])


@pytest.mark.parametrize(
    ("column", "meant"),
    [
        (["Đức", "Ao", "Trung Quốc"], {"Ao": "AUT"}),  # Áo without its mark, among names
        (["DE", "AO", "CN"], {"AO": "AGO"}),
        (["de", "ao", "cn", "Thế giới"], {"ao": "AGO"}),  # the world stands among codes too
        (["Deu", "Chn", "Nga"], {"Nga": "NGA"}),
        (["HOA KỲ", "TRUNG QUỐC", "NGA"], {"NGA": ""}),  # either
        (["Jepang", "Singapura", "AS"], {"AS": ""}),
        (["MY"], {"MY": "MYS"}),
        (["Kazakhstan", "USA", "UAE"], {}),
    ],
)
def test_a_word_that_is_a_code_and_a_name_is_read_by_the_words_beside_it(column, meant):
    assert partners.told_apart(column) == meant


def test_no_name_of_a_country_in_the_languages_on_record_is_read_as_the_code_of_another():
    ours = {row["iso2"]: row["iso3"] for row in packaged_rows(COUNTRIES)}
    spoken = (
        "ar az bg da de el es et fa fi fr he hu id it ja ka kk ko ky lt lv ms nl pt ro ru sk sl sr sv th tr uk uz vi"
    )
    for language in spoken.split():
        for iso2, name in Locale.parse(language).territories.items():
            if iso2 in ours:
                assert partners.code_of(name) == ours[iso2], (language, name)


def test_what_one_office_counts_apart_is_a_residual_of_its_own():
    assert partners.code_of("Республика Абхазия") == partners.code_of("Abkhazia") == "+ABKHAZIA"
    assert partners.code_of("Южная Осетия") == partners.code_of("South Ossetia") == "+SOUTH-OSSETIA"
    assert partners.kind_of("+ABKHAZIA") == partners.kind_of("+SOUTH-OSSETIA") == "residual"
    # AB is the European Union in Turkish statistics, and os. a unit of Polish ones: which is meant, a map says.
    assert partners.code_of("AB") == partners.code_of("OS") == ""


def test_a_code_of_two_letters_is_near_no_name():
    assert partners.nearest("AB") == partners.nearest("QX") == ()
    assert partners.nearest("Germny")[0] == "Germany (DEU)"
