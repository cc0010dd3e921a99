"""Numbers and days as a language writes them: German, of which a catalogue of a few sentences is compiled here."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pyarrow as pa
import pytest

from entrepot.cli.terminal import table_text
from entrepot.core import periods
from entrepot.core.errors import plain
from entrepot.core.words import amounts
from entrepot.core.words.languages import ENGLISH
from entrepot.core.words.translate import apart, in_english, retold, speaking, tr

GERMAN = {
    ("number", ","): ".",
    ("number", "."): ",",
    ("", "{day} {month} {year}"): "{day}. {month} {year}",
    ("", "March"): "März",
    ("", "{amount} {scale}"): "{amount} {scale}",
    ("", "million"): "Mio.",
    ("", "not known"): "nicht bekannt",
    ("", "value usd"): "Wert in USD",
    ("", "Markets miss by {residual:.0e} of value added."): "Märkte gehen um {residual} nicht auf.",
    ("", "fewer than {shortest} days, printed as a record"): "weniger als {shortest} Tage",
}


@pytest.fixture
def german(speaks_also):
    return speaks_also("de", GERMAN, ("{count:,} Zeile", "{count:,} Zeilen"), "de")


def test_amounts_and_days_are_written_as_the_language_does(german):
    with speaking(german):
        assert amounts.with_unit(1234567.5, "tonnes") == "1,234568 Mio. tonnes"
        assert amounts.number(31430.5) == "31.430,5"
        assert amounts.period(periods.parse("2024-03-05")) == "5. März 2024"


def test_a_table_on_a_terminal_writes_its_numbers_and_sets_names_apart(german, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    data = pa.table({"name": ["شركة", "Hotan Mill"], "state": ["not_known"] * 2, "value_usd": [1234.5, 2e6]})
    with speaking(german):
        said = table_text(data)
    assert re.search(r"Wert in USD", said)
    assert "\u2068شركة\u2069" in said
    assert {"nicht bekannt", "1.234,5", "2.000.000", "2 Zeilen"} <= set(re.findall(r"\S+(?: \S+)*", said))
    assert "\u2068" not in table_text(data)


def test_what_was_kept_in_english_is_told_again(german):
    with speaking(german):
        assert retold("Markets miss by 4e-12 of value added.") == "Märkte gehen um 4e-12 nicht auf."
        assert retold("fewer than 1,000 days, printed as a record") == "weniger als 1.000 Tage"
        assert retold("Hotan Cotton Mill; Kashgar") == "Hotan Cotton Mill; Kashgar"
    assert retold("not known") == "not known"


def test_a_generator_speaks_english_while_it_works_alone(german):
    @in_english
    def rows():
        yield tr("not known")
        yield tr("not known")

    with speaking(german):
        assert [(said, tr("not known")) for said in rows()] == [("not known", "nicht bekannt")] * 2


def test_marks_that_turn_text_are_escaped_in_every_language(german):
    turned = "a\u202eb\u2067c"
    assert plain("\u2068x\u2069") == "\\u2068x\\u2069"
    with speaking(german):
        assert plain(turned) == "a\\u202eb\\u2067c"
        assert plain(apart("x")) == "\u2068x\u2069"


KEPT = [
    ("corridor", "conflicts", "--format", "json"),
    ("measures", "--goods", "5201", "--format", "json"),
    ("clock", "2024-11-25", "--format", "json"),
    ("duties", "--as-of", "2026-11-27", "--format", "json"),
    ("explain", "O0001", "--format", "json"),
]


@pytest.mark.parametrize("asked", KEPT, ids=lambda asked: asked[0])
def test_what_a_program_reads_is_the_same_in_every_language(asked):
    def bytes_in(language):
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
        environment["ENTREPOT_LANGUAGE"] = language
        done = subprocess.run(
            [sys.executable, "-m", "entrepot", *asked], capture_output=True, env=environment, check=True
        )
        return done.stdout

    assert bytes_in("en-XA") == bytes_in(ENGLISH)
