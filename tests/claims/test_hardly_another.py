"""Where hardly another row can be meant a figure or a day differs, though a sentence before names its subject."""

from __future__ import annotations

import pytest

from entrepot.claims.check import check


@pytest.mark.parametrize(
    ("text", "printed", "verdict", "row"),
    [
        # 1.661 billion dollars by the central bank (O1273), of the trade that the sentence before names
        (
            "Pakistan's trade with China widened. In September 2025, imports from China rose to US$1.74 billion.",
            "US$1.74 billion",
            "differs",
            "O1273",
        ),
        # enacted on 23 December 2021 (E039), in force on 21 June 2022 (E042)
        ("The Uyghur Forced Labor Prevention Act was enacted in December 2020.", "in December 2020", "differs", "E039"),
        ("The Uyghur Forced Labor Prevention Act was enacted in December 2021.", "in December 2021", "agrees", ""),
        # nine Chinese killed (E036): of two counts in a sentence that of those whom the row counts
        (
            "Six Chinese nationals are among at least eight people killed by a blast in Pakistan on 14 July 2021.",
            "Six Chinese nationals",
            "differs",
            "E036",
        ),
        # in that month something else of the law is on record: its list was added to on 12 June 2023
        ("The UFLPA Entity List was discussed in June 2023.", "in June 2023", "no_record", ""),
    ],
)
def test_what_can_hardly_be_of_another_row_differs_from_it(text, printed, verdict, row, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    (claim,) = [
        c for c in check(path, published="2025-10-15").found if c.text in {printed, printed.removeprefix("in ")}
    ]
    assert claim.verdict == verdict
    assert not row or row in claim.against


@pytest.mark.parametrize(
    ("printed", "verdict"), [("29 additional companies", "agrees"), ("30 additional companies", "differs")]
)
def test_additional_firms_are_those_added_and_not_all_that_are_listed(printed, verdict, tmp_path):
    path = tmp_path / "report.txt"  # 29 were added on 22 November 2024 (E079); 30 stood on the list in 2023
    path.write_text(f"The UFLPA Entity List grew on 22 November 2024. With these {printed}, it has more than 100.")
    (claim,) = [c for c in check(path, published="2024-11-23").found if c.text == printed]
    assert (claim.verdict, claim.against[:1]) == (verdict, ("E079",))


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("As of 30 November 2021, China-Europe trains had made 47,414 trips in all.", "agrees"),  # O1205
        ("By the end of November 2020, China-Europe trains had made 47,414 trips in all.", "differs"),
        ("By 30 November 2020, China-Europe trains had made 47,414 trips in all.", "differs"),
    ],
)
def test_a_total_is_of_the_day_up_to_which_it_is_said_to_count(text, verdict, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    (claim,) = [c for c in check(path, published="2022-05-18").found if c.value == 47_414]
    assert (claim.verdict, claim.against) == (verdict, ("O1205",))


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("On October 3, 2024, two entities were added to the UFLPA Entity List.", "agrees"),  # E074
        ("On October 3, 2024, three entities were added to the UFLPA Entity List.", "differs"),  # three: on 1 November
        ("On November 1, 2024, three entities were added to the UFLPA Entity List.", "agrees"),  # E076
    ],
)
def test_a_day_that_opens_the_sentence_is_that_of_what_follows(text, verdict, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    (claim,) = [c for c in check(path, published="2024-11-15").found if c.unit == "entities"]
    assert claim.verdict == verdict
