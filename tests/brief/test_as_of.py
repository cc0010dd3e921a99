"""A brief of an earlier day says nothing that became known later."""

import re

import pytest

from entrepot.brief.report import figures_of, plain_text
from entrepot.core import periods

DAYS = ("2022-06-20", "2023-03-01", "2024-11-24")


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("measure_id", ["uflpa", "ofac-xinjiang"])
def test_no_finding_was_known_after_the_day(plain_brief, measure_id, day):
    for found in figures_of(plain_brief(measure_id, as_of=day)):
        assert found.as_of is None or periods.first_day(found.as_of).isoformat() <= day, found


@pytest.mark.parametrize("day", DAYS)
def test_what_is_not_known_names_no_later_day(plain_brief, day):
    report = plain_brief(as_of=day)
    (unknown,) = (c for c in report.chapters if c.key == "unknown")
    said = [*unknown.missing, *map(plain_text, unknown.body)]
    assert not [d for text in said for d in re.findall(r"\d{4}-\d\d-\d\d", text) if d > day]


def test_a_party_that_moved_counts_under_the_section_of_the_day(plain_brief):
    """Changji Esquel was listed under section i in 2022 and moved, it is read to v, on 2024-11-01 (89 FR 87391)."""

    def under(section, day):
        found = [f for f in figures_of(plain_brief(as_of=day)) if f.quantity == f"held entities, section: {section}"]
        return {g.row_id for f in found for g in f.grounds if g.table == "listings"}

    party = "uflpa-changji-esquel-textile-co-ltd"
    assert party in under("i", "2024-10-31")
    assert party not in under("v", "2024-10-31")
    assert party in under("v", "2024-11-01")
    assert party not in under("i", "2024-11-01")
