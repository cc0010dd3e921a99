"""The gate to `contradicts`: a sentence that is red, and what in it, or on record, holds the word back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from claim_sentences import language

import entrepot.claims
from entrepot.claims import contradiction
from entrepot.claims.judge import judge
from entrepot.claims.read import sentence_claims
from entrepot.claims.verdict import Verdict

PUBLISHED = date(2025, 1, 20)
CLAIMS = Path(entrepot.claims.__file__).parent


@pytest.fixture(scope="module")
def first(whole):
    """The first figure of a sentence, judged."""

    def judged(text: str, published: date = PUBLISHED):
        found = sentence_claims(text, language(text), published)
        read = [c for c in judge(found, whole, published, text) if c.verdict not in {"unread", "no_record"}]
        return next((c for c in read if c.value is not None), None)

    return judged


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Khorgos handled 7,205 freight trains in 2024.", "O0057"),
        ("In 2023 the foreign trade of Xinjiang reached 431.9 billion yuan.", "O0681"),
        ("The Irkeshtam crossing moved 1.24 million tonnes of cargo from January to May 2025.", "O0146"),
        ("В 2024 году через Хоргос прошло 7205 поездов.", "O0057"),
        ("2024年,霍尔果斯口岸通行中欧班列7205列。", "O0057"),
    ],
)
def test_what_is_read_whole_and_met_by_a_row_is_contradicted(first, text, row):
    found = first(text, date(2025, 7, 1))
    assert found.verdict == "contradicts", found.note
    assert row in found.against
    assert "Base, sector, partner, counter and period are read" in found.note


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Khorgos handled 5,310 outbound China-Europe trains in 2024.", "not read beside it: “outbound”"),
        ("Khorgos handled 7,205 trains in 2024, excluding those with cars.", "“excluding”"),
        ("Khorgos handled 7,205 trains to Kazakhstan in 2024.", "“Kazakhstan” is named beside it"),
        ("Khorgos handled 7,205 trains from China in 2024.", "“China” is named beside it"),
        ("Of the 8,100 trains at Khorgos in 2024, 7,205 were freight trains.", "another figure stands beside it"),
        ("Khorgos handled 7,205 trains a year by 2024.", "it may be a rate"),
        ("The 7,205th train passed Khorgos in 2024.", "the number may number a thing"),
        ("Khorgos handled 312 trains in 2024.", "it may be of a part or a whole"),
        ("CBP denied 2,640 shipments under the UFLPA in the first nine months of 2024.", "disagree"),
        ("The Middle Corridor carried 5.9 million tonnes of cargo in 2024.", "O0408 leaves it possible"),
        ("China's exports to Pakistan came to $19.9 billion in 2021.", "both sides count it"),
        ("Xinjiang's imports rose 14 percent to 59.6 billion yuan in 2025.", "the period that it grew on is not said"),
        ("CBP reviewed 3,120 shipments of electronics under the UFLPA in fiscal year 2024.", "“electronics”"),
        ("The United States added 12 firms from Xinjiang to the UFLPA Entity List in May 2024.", "“Xinjiang” is named"),
    ],
)
def test_what_holds_the_word_back(first, text, reason):
    found = first(text, date(2026, 2, 1))
    assert found.verdict == "differs", found.note
    assert "No contradiction is said: " in found.note
    assert reason in found.note
    assert found.against


def test_a_number_that_stands_elsewhere_for_the_place_and_year_is_no_contradiction(first):
    """8,541 trains had passed by 24 December 2024 (O0056), and 8,730 by its end."""
    found = first("Khorgos handled 8,541 freight trains in 2024.")
    assert found.verdict in {"imprecise", "differs"}, found.note


def test_what_rows_only_imply_contradicts_nothing(whole, make):
    said = make("131,000 vehicles", subject="torugart", quantity="vehicles", value=131_000, unit="vehicles")
    implied = Verdict("differs", ("O0128",), "144,500 / (1 + 49.25 %)", evidence="derived")
    found = contradiction.judged(whole.index, said, PUBLISHED, implied)
    assert found.word == "differs"
    assert "no row prints it" in found.notes[-1]


def test_a_lent_place_contradicts_nothing(whole):
    text = "Khorgos is a port. The port handled 7,205 freight trains in 2024."
    found = [c for c in judge(sentence_claims(text, "en", PUBLISHED), whole, PUBLISHED, text) if c.value == 7205]
    assert [c.verdict for c in found] == ["differs"]
    assert "another sentence gave" in found[0].note


def test_the_gate_alone_says_the_word():
    """Every other module of the room proposes `differs`, so that no rule can go round the gate."""
    says = {f.name for f in CLAIMS.glob("*.py") if "CONTRADICTS" in f.read_text("utf-8").replace("import", "")}
    writes = {f.name for f in CLAIMS.glob("*.py") if '"contradicts"' in f.read_text("utf-8")}
    assert writes <= {"contract.py", "render.py", "verdict.py"}
    assert says <= {"verdict.py", "contradiction.py", "judge.py"}
    assert "word=CONTRADICTS" not in (CLAIMS / "judge.py").read_text("utf-8")


def test_each_condition_says_what_it_asks():
    conditions = {c for held in contradiction.CONDITIONS.values() for c in held}
    assert all(c.__doc__ for c in conditions)
