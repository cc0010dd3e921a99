"""Sentences in another language: places, plurals, numbers and days; English as it was; what is kept stays English."""

from __future__ import annotations

from datetime import date
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core import periods, units
from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.words import amounts, catalogue
from entrepot.core.words.languages import PSEUDO, first_held
from entrepot.core.words.translate import WordsBy, in_english, keyed, ntr, speaking, spoken, tr

# A made language: it turns a sentence round, has three plurals, writes 1.234,5 and puts the year first.
MADE = {
    ("", "{a} sells to {b}"): "{b} ← {a}",
    ("desk.drop", "Drop"): "Pusk",
    ("", "Drop"): "Falo",
    ("number", ","): ".",
    ("number", "."): ",",
    ("", "{day} {month} {year}"): "{year}/{month}/{day}",
    ("", "March"): "Marto",
    ("", "{amount} {scale}"): "{amount} {scale}",
    ("", "million"): "mio",
}


@pytest.fixture
def made(speaks_also):
    return speaks_also("eo", MADE, ("{count:,} vico", "{count:,} vicoj", "{count:,} vicaro"), "pl")


def test_a_sentence_may_turn_its_places_round(made):
    with speaking(made):
        assert tr("{a} sells to {b}", a="Kashgar", b="Osh") == "Osh ← Kashgar"
        assert tr("{{f:bare}} of {b}", b="Osh") == "{f:bare} of Osh"  # in no catalogue: English
    assert tr("{a} sells to {b}", a="Kashgar", b="Osh") == "Kashgar sells to Osh"


def test_a_word_of_two_meanings_is_told_apart_by_its_key(made):
    with speaking(made):
        assert (tr("Drop"), keyed("desk.drop", "Drop", {})) == ("Falo", "Pusk")


@pytest.mark.parametrize(("count", "said"), [(1, "1 vico"), (3, "3 vicoj"), (1200, "1.200 vicaro")])
def test_a_language_has_as_many_plurals_as_it_has(made, count, said):
    with speaking(made):
        assert amounts.counted(count, "row") == said
    assert amounts.counted(count, "row") == units.counted(count, "row")


def test_numbers_and_days_are_written_as_the_language_does(made):
    with speaking(made):
        assert tr("{n:,.1f} t", n=1234.5) == "1.234,5 t"
        assert amounts.number(1234567.5) == "1.234.567,5"
        assert amounts.number(2500000, "USD") == "2,5 mio"
        assert amounts.period(periods.parse("2024-03-05")) == "2024/Marto/5"


def test_what_is_kept_is_english_whatever_is_spoken(made):
    @in_english
    def kept():
        return tr("{a} sells to {b}", a=1234.5, b="Osh"), spoken()

    with speaking(made):
        assert kept() == ("1234.5 sells to Osh", "en")
        assert units.with_unit(1234.5, "tonnes") == "1,234.5 tonnes"
        assert periods.words(periods.parse("2024-03-05")) == "5 March 2024"
        assert spoken() == made


def test_words_by_a_key_are_looked_up_when_they_are_asked_for(made):
    said = WordsBy({"a": "Drop", "b": ("Drop", "March")})
    with speaking(made):
        assert (said["a"], said["b"], said.get("c", "Drop")) == ("Falo", ("Falo", "Marto"), "Drop")
    assert list(said.values()) == ["Drop", ("Drop", "March")]


def test_an_error_speaks():
    with speaking(PSEUDO):
        error = BadInputError(tr("not read"), found="x.csv", allowed=tr("a file"), remedy=tr("Give one."))
        assert str(error) == "⟦ñót réád⟧: 'x.csv'; ⟦éxpéçtéd ⟦á fílé⟧⟧. ⟦Gívé óñé.⟧"
        assert "⟦díd ýóú méáñ uflpa?⟧" in str(UnknownNameError(tr("measure"), "uflpb", ["uflpa"]))


def test_a_language_without_a_catalogue_is_refused():
    with pytest.raises(LookupError, match="tlh"), speaking("tlh"):
        pass


@pytest.mark.parametrize(
    ("tags", "language"),
    [
        (("de_DE.UTF-8",), "en"), (("C.UTF-8",), "en"), (("",), "en"), (("en_US.UTF-8",), "en"),
        (("en-XA",), PSEUDO), (("kk", "en-XA"), PSEUDO), (("en-GB", "en-XA"), "en"),
    ],
)  # fmt: skip
def test_the_first_language_that_is_held_is_spoken(tags, language):
    assert first_held(tags) == language


@given(st.text(), st.dictionaries(st.sampled_from("abc"), st.text(), min_size=1))
def test_english_is_what_format_gives(text, values):
    pattern = text.replace("{", "{{").replace("}", "}}") + "".join(f"{{{k}}}" for k in values)
    assert tr(pattern, **values) == pattern.format(**values)
    assert tr(text) == text


@given(st.sampled_from(("{a} of {b:,}", "{{x{a}:bare}} in {b}", "run `entrepot brief {a}` with --out {b}", "{b!r}")))
def test_changed_letters_keep_places_and_commands(pattern):
    def places(text):
        return [f for _, f, _, _ in Formatter().parse(text) if f]

    changed = catalogue.catalogue(PSEUDO).said(pattern, {})
    assert places(changed) == places(pattern)
    assert ("`entrepot brief {a}`" in changed) == ("`entrepot brief {a}`" in pattern)


@given(
    st.dates(min_value=date(1900, 1, 1)), st.sampled_from(("%Y", "%Y-%m", "%Y-%m-%d")), st.floats(-1e13, 1e13),
    st.sampled_from(("USD", "tonnes", "trains", "percent", "")), st.sampled_from(("exact", "at_least", "about")),
)  # fmt: skip
def test_in_english_what_is_shown_is_what_is_kept(day, form, value, unit, bound):
    told = periods.parse(day.strftime(form))
    assert amounts.period(told) == periods.words(told)
    assert amounts.number(value, unit) == units.number(value, unit)
    assert amounts.with_unit(value, unit, bound=bound) == units.with_unit(value, unit, bound=bound)


def test_plurals_have_places_beside_their_count():
    assert ntr(1, "{count} row of {file}", "{count} rows of {file}", file="x") == "1 row of x"
    assert ntr(2, "{count} row of {file}", "{count} rows of {file}", file="x") == "2 rows of x"
