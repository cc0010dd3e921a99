"""Every word of a page stands in the file of words: templates hold none, and no key is asked for that is not there."""

from __future__ import annotations

import pickle
import re
from datetime import date
from html.parser import HTMLParser
from importlib.resources import files
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.claims.contract import VERDICTS
from entrepot.core import periods
from entrepot.core.contract import column
from entrepot.core.document.hinted import Hinted, hinted
from entrepot.core.words.languages import ENGLISH, PSEUDO
from entrepot.corridors.contract import CROSSINGS
from entrepot.screening.contract import RESCREENED, STATES
from entrepot.screening.parties.contract import COLUMN_USES
from entrepot.server.drawing import environment
from entrepot.server.page_parts.page_notes import for_page, telling
from entrepot.server.page_parts.page_words import words, words_for

TEMPLATES = sorted(p.name for p in files("entrepot.server").joinpath("templates").iterdir() if p.name.endswith(".html"))
OURS = [t for t in TEMPLATES if t != "base.html"]
SPOKEN = {"title", "alt", "placeholder", "aria-label", "label", "summary"}
ASKED = re.compile(r"""\bt\(\s*"([\w.]+)"\s*[,)]""")


def source(name):
    return files("entrepot.server").joinpath("templates", name).read_text(encoding="utf-8")


class Spoken(HTMLParser):
    """What of a template is read or heard as it stands there."""

    def __init__(self):
        super().__init__()
        self.said = []

    def handle_starttag(self, _tag, attributes):
        self.said += [v for k, v in attributes if v and k in SPOKEN]

    def handle_data(self, data):
        self.said.append(data)


def literal(text):
    """The words of a template that are put in by nothing."""
    kept = re.sub(r"\{[{%#].*?[}%#]\}", lambda m: "\0" if m[0].startswith("{{") else "", text, flags=re.DOTALL)
    parser = Spoken()
    parser.feed(kept)
    return [s for s in parser.said if re.search(r"[^\W\d_]{2,}", s.replace("\0", " "))]


@pytest.mark.parametrize("name", OURS)
def test_a_template_holds_no_word_of_its_own(name):
    assert literal(source(name)) == []


def test_a_word_left_in_a_template_is_seen():
    assert literal('<p>{{ t("a.b") }}</p><input aria-label="Name"><b>left {{ x }}</b>') == ["Name", "left \0"]
    assert literal('<option value="x" title="{{ t("a.b") }}">{{ y }}</option>, {% if a %}·{% endif %}') == []


def test_every_key_that_a_template_or_a_page_asks_for_is_there():
    english = words(ENGLISH)
    package = files("entrepot.server")
    modules = [p for d in ("pages", "page_parts") for p in package.joinpath(d).iterdir() if p.name.endswith(".py")]
    texts = [source(n) for n in OURS] + [p.read_text(encoding="utf-8") for p in modules]
    asked = {key for text in texts for key in ASKED.findall(text) if "." in key}
    assert len(asked) > 100
    assert {key for key in asked if not english.has(key)} == set()


def test_the_changed_english_changes_every_sentence_and_keeps_its_places():
    english, pseudo = words(ENGLISH), words(PSEUDO)
    for key, said in english.said.items():
        if len(said) > 1:
            assert pseudo.said[key].startswith("⟦")
            fields = [[f for _, f, _, _ in Formatter().parse(s) if f] for s in (said, pseudo.said[key])]
            assert fields[0] == fields[1]


def test_the_first_language_with_a_file_is_taken():
    assert words_for(("kk", "en-XA", "en")).language == PSEUDO
    assert words_for(("kk",)).language == ENGLISH
    assert words_for(()).number(1234567.0) == "1,234,567"
    assert words_for(()).number(None) == "–"


def test_a_value_of_a_column_that_has_few_of_them_has_a_word():
    english = words(ENGLISH)
    few = {
        "state": STATES, "verdict": VERDICTS, "use": COLUMN_USES, "change": column(RESCREENED, "change").allowed,
        "status": column(CROSSINGS, "status").allowed,
    }  # fmt: skip
    missing = {(part, v) for part, of in few.items() for v in of if not english.has(f"{part}.{v.replace(' ', '_')}")}
    assert missing == set()
    assert english.word("verdict", "agrees_within_rounding") == "agrees within rounding"
    assert english.word("mode", "camel") == "camel"


@given(st.dates(min_value=date(1900, 1, 1)), st.sampled_from(("%Y", "%Y-%m", "%Y-%m-%d", "Q", "H")))
def test_a_day_of_the_catalogue_is_that_of_every_other_room(day, form):
    part = {"Q": f"{day.year}-Q{(day.month + 2) // 3}", "H": f"{day.year}-H{1 if day.month < 7 else 2}"}
    text = part.get(form) or day.strftime(form)
    assert words(ENGLISH).day(text) == periods.words(periods.parse(text))


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        (Hinted("Also there, by --quantity: trains.", "Also there: trains."), "Also there: trains."),
        (hinted("Its parties do not count.", "Load it: entrepot lists load F.csv."), "Its parties do not count."),
        (Hinted("--all shows them."), None),
        ("A firm called entrepot load --as Ltd.", "A firm called entrepot load --as Ltd."),
    ],
)
def test_a_note_on_a_page_asks_nobody_to_type(note, kept):
    assert for_page([note]) == ([kept] if kept else [])
    again = pickle.loads(pickle.dumps(note))  # from another process too
    assert again == note
    assert for_page([again]) == for_page([note])


@given(st.lists(st.text(min_size=1)))
def test_a_note_without_a_hint_is_shown_as_it_is(notes):
    assert for_page(notes) == notes


def test_a_note_is_told_again_in_the_language_of_the_page():
    note = "The day of publication is not known, so relative dates stay open."
    assert telling("en")(note) == note
    assert telling("en-XA")(note).startswith("⟦")


def test_the_environment_escapes_what_is_put_in():
    assert "&lt;b&gt;" in environment().from_string("{{ x }}").render(x="<b>")
