"""HS codes: reading, looking up, refusing."""

import contextlib
import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.errors import BadInputError
from entrepot.vocabulary.goods import hs_code, nearest_codes, normalise


def test_descriptions_of_the_nomenclature():
    assert "photovoltaic cells assembled in modules" in hs_code("8541.43").description
    assert hs_code("5201").description.startswith("Cotton; not carded or combed")
    assert hs_code("52").description.startswith("Cotton")
    assert (hs_code("854143").level, hs_code("85414300").level) == ("subheading", "national")


def test_a_dropped_code_names_its_successors():
    # WCO correlation of HS 2017 and 2022: 8541.40 was split, cells and modules into 8541.42 and 8541.43.
    assert {"854142", "854143"} <= set(hs_code("8541.40").became)
    assert hs_code("8541.43").became == ()


@pytest.mark.parametrize("text", ["8541.43", " 854143 ", "85 41 43", "8541-43"])
def test_one_code_in_many_writings(text):
    assert normalise(text) == "854143"


def test_dotted():
    assert [hs_code(c).dotted for c in ("85", "8541", "854143", "8541430010")] == [
        "85",
        "8541",
        "8541.43",
        "8541.43.00.10",
    ]


def test_a_lost_leading_zero_is_guessed_aloud_not_silently():
    with pytest.raises(BadInputError, match="0702"):
        normalise("702")


@pytest.mark.parametrize("text", ["", "cotton", "85.4x", "854143001012", "٨٥٤١", "8541\x00", "9" * 10_000])
def test_what_is_no_code_is_refused(text):
    with pytest.raises(BadInputError):
        hs_code(text)


def test_an_unknown_code_names_codes_that_exist():
    with pytest.raises(BadInputError, match="nearest: ") as caught:
        hs_code("8541.99")
    for code in str(caught.value).rsplit("nearest: ", 1)[1].rstrip(".").split(", "):
        assert hs_code(code).code == code


@given(st.text(alphabet="0123456789", min_size=2, max_size=6).filter(lambda t: len(t) % 2 == 0))
def test_nearest_codes_exist_and_are_as_long(digits):
    for code in nearest_codes(digits):
        assert len(code) == len(digits)
        assert hs_code(code).description


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_refused_as_bad_input(text):
    with contextlib.suppress(BadInputError):
        assert hs_code(text).description


@pytest.mark.shared
def test_the_table_is_the_published_one(shared):
    with (shared / "data" / "reference" / "harmonized-system.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["hscode"].isdigit():
                assert hs_code(row["hscode"]).description == " ".join(row["description"].split())
