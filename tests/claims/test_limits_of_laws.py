"""A law sets its limits to the last digit, and a text may round them: 5,090 employees are not the 5,000 of the law."""

from __future__ import annotations

import pytest
from claim_sentences import claims

from entrepot.core.periods import as_of

AGREES = {"agrees", "agrees_within_rounding"}


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("5,000 employees", True),
        ("more than 5,000 employees", True),
        ("5,090 employees", False),
        ("5,005 employees", False),
        ("4,990 employees", False),
    ],
)
def test_a_limit_is_met_to_the_last_digit(said, right):
    """Directive (EU) 2026/470: companies with over 5,000 employees (R222)."""
    text = f"After the Omnibus the CSDDD applies to companies with {said} and a turnover of 1.5 billion euros."
    (found,) = (c for c in claims(text, as_of("2026-04-01")) if "employees" in c.text)
    assert (found.verdict in AGREES) == right


def test_what_came_after_a_report_is_not_offered_for_it():
    """37 entities were listed on 15 January 2025: no report of 2021 can count them."""
    text = "The Commerce Department added a group of 37 new foreign entities to its list."
    (found,) = (c for c in claims(text, as_of("2021-12-17")) if "37" in c.text)
    assert not {"batch-uflpa-2025-01-15", "E087"} & {*(found.against or ()), *found.offered}


def test_a_range_beside_a_law_agrees_where_both_its_ends_are_limits_of_it():
    # LkSG: from 3,000 employees on since 2023, from 1,000 on since 2024
    text = "The German Supply Chain Act covers businesses with 1,000 to {} employees since 2024."
    (right,), (wrong,) = ([c for c in claims(text.format(top)) if c.value == 1000] for top in ("3,000", "4,000"))
    assert right.verdict == "agrees"
    assert set(right.against) == {"de-lksg/scope-2024", "de-lksg/scope-2023"}
    assert wrong.verdict == "no_record"


@pytest.mark.parametrize(
    "text",
    [
        # Signed on 23 December 2021 (E039), the day from which its sanctions hold
        "The Uyghur Forced Labor Prevention Act was signed into law in {}.",
        "The Uyghur Forced Labor Prevention Act was passed in Congress in {}.",
        "She enforces the Uyghur Forced Labor Prevention Act, a {} law that restricts imports.",
    ],
)
def test_the_year_of_a_law_is_that_in_which_it_was_signed(text):
    for year, right in (("2021", True), ("2020", False), ("2019", False)):  # in 2020 one house passed a bill of it
        (found,) = (c for c in claims(text.format(year), as_of("2025-11-08")) if c.text.endswith(year))
        assert (found.verdict == "agrees") == right
        assert not right or "E039" in found.against
