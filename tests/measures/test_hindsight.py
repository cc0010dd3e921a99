"""What a part says is what one could know when it was published: no later date that nobody had set, no look back."""

import csv
import re
from pathlib import Path

import pytest

from entrepot.core.periods import first_day, last_day
from entrepot.measures.measure import measures

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DATE = re.compile(rf"\b(?:(?P<month>{'|'.join(_MONTHS)}) )?(?P<year>(?:19|20)\d\d)(?P<rest>-\d\d(?:-\d\d)?)?\b")
# Words by which a text looks back at what was still to come when its part was published.
_LOOKS_BACK = re.compile(
    r"\b(no longer the dates?|at first|later packages|before it bound|whether it (?:did|was|came)|continued on"
    r"|(?:was|were) (?:later|then) \w+|(?:corrected|revoked|removed|replaced|suspended) (?:on|in) )",
    re.IGNORECASE,
)
_FIELDS = ("text", "threshold", "subject", "by_region")


def foretold():
    """Dates to come that the act itself set, by measure, part and date as written, each with who set it."""
    with (Path(__file__).parent / "foretold.csv").open(encoding="utf-8") as file:
        return {(r["measure_id"], r["part_id"], r["said"]): r["set_by"] for r in csv.DictReader(file)}


def dates(text):
    """Each date of a text as written, and as a partial date."""
    for found in _DATE.finditer(text):
        month = f"-{_MONTHS.index(found['month']) + 1:02d}" if found["month"] else found["rest"] or ""
        yield found[0], f"{found['year']}{month}"


def later(part):
    """The dates in what a part says that are later than the day from which it is shown, in order."""
    seen = part.known_from or part.start
    said = [one for field in _FIELDS for one in dates(getattr(part, field, ""))]
    return [written for written, partial in said if seen and first_day(partial) > last_day(seen)]


def test_a_part_names_no_later_date_that_was_not_set_when_it_was_published():
    allowed = foretold()
    found = {(a.id, p.id, said) for a in measures() for p in (*a.parts, *a.duties) for said in later(p)}
    assert found - allowed.keys() == set(), "split the part where it changed, or say in foretold.csv who set the date"
    assert allowed.keys() - found == set(), "rows of foretold.csv that no part needs"
    assert all(allowed.values())


def test_a_part_does_not_look_back():
    texts = {(a.id, p.id): getattr(p, f, "") for a in measures() for p in (*a.parts, *a.duties) for f in _FIELDS}
    assert {key: text for key, text in texts.items() if _LOOKS_BACK.search(text)} == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("50 per cent by August 2025.", ["August 2025"]),
        ("15 per cent, 7.5 per cent from 2020-02-14", ["2020-02-14"]),
        ("Continued on 2024-10-07, in force since 2018-01-01 and 1991", ["2024-10-07"]),
        ("heading 2019.20 of chapter 20, 2,804 lines", ["2019"]),  # read as a year: such a code is written in `hs`
        ("more than 1,000 employees; 5,000 CNY", []),
    ],
)
def test_a_later_date_is_found(text, found):
    class Said:
        known_from, start = None, "2018-03-23"

    Said.text = text
    assert later(Said) == found
