"""What is called right says whether its row is surely the one meant, and is shown and counted so."""

from __future__ import annotations

import pytest

from entrepot.claims.check import check
from entrepot.claims.contract import CERTAINTIES
from entrepot.claims.evidence.case import BORNE_OUT

SURE = "In 2025 Xinjiang's foreign trade reached 520.4 billion yuan."
LIKELY = "The law took effect in June 2022, Xinjiang's officials said."


def checked(text, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    return check(path, published="2026-08-01")


def named(text, tmp_path):
    return {c.text: (c.verdict, c.certainty) for c in checked(text, tmp_path).found}


@pytest.mark.parametrize(
    ("text", "printed", "certainty"),
    [
        (SURE, "520.4 billion yuan", "sure"),
        ("On 25 November 2024 the US added 29 companies to the UFLPA Entity List.", "25 November 2024", "sure"),
        # Nothing says which law: several acts of the case stand in that month.
        (LIKELY, "June 2022", "likely"),
        # The day is that of a batch; that companies were added is not said.
        ("On 25 November 2024 Washington acted on Xinjiang.", "25 November 2024", "likely"),
    ],
)
def test_where_little_is_said_the_row_is_most_likely_the_one_meant(text, printed, certainty, tmp_path):
    verdict, found = named(text, tmp_path)[printed]
    assert (verdict in BORNE_OUT, found) == (True, certainty)


def test_a_rounding_of_a_row_of_which_all_is_said_is_sure(tmp_path):
    found = named("Xinjiang's trade with Central Asia came to 284 billion yuan in 2023.", tmp_path)
    assert found["284 billion yuan"] == ("agrees_within_rounding", "sure")


def test_only_what_is_called_right_has_a_certainty(tmp_path):
    text = f"{SURE} {LIKELY} Khunjerab passed 91,000 tonnes of cargo in 2031. Dozens of lorries waited at Horgos."
    found = checked(text, tmp_path).found
    assert {c.verdict in BORNE_OUT for c in found} == {True, False}
    assert all((c.certainty in CERTAINTIES) == (c.verdict in BORNE_OUT) for c in found)


def test_what_the_calendar_overturns_is_no_longer_sure(tmp_path):
    # The day is that of a batch; it was a Monday.
    found = checked("On Tuesday, 25 November 2024, the US added 29 companies to the UFLPA Entity List.", tmp_path).found
    day = next(c for c in found if "25 November 2024" in c.text)
    assert (day.verdict, day.certainty) == ("differs", None)


def test_what_is_most_likely_is_counted_marked_and_told_apart(tmp_path):
    answer = checked(f"{SURE} {LIKELY}", tmp_path)
    assert "1 agrees, 1 most likely agrees (see its row)" in answer.summary
    assert '<mark class="v-likely"' in answer.html
    assert '<mark class="v-agrees"' in answer.html
    note = next(c.note for c in answer.found if c.text == "June 2022")
    assert note.endswith("Most likely of the same thing: see what its row counts before you rest on it.")
    assert answer.verdicts["agrees"] == 2  # the verdict itself is the same
