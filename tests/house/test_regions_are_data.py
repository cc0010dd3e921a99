"""A region under a measure is a file: code names none, but for what speaks of ids of the record.

The list of exceptions only shrinks: a file that names a region more often than it says fails, and so does one that no
longer does and still stands on it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from entrepot.measures.by_region import under_measures
from entrepot.vocabulary.regions.region_files import regions

SOURCE = Path(__file__).parents[2] / "src" / "entrepot"

# File -> how many lines may name a region, and why.
RECORD = "place ids of the record: its crossings, trade and events are those of Xinjiang"
TEXT = "what the record holds, said in the words of the report"
NAMED = {
    "brief/chapters/last_cargo.py": (1, TEXT),
    "core/words/told_cells.py": (1, "a column of the record whose cells are words"),
    "corridors/contract.py": (1, "the meaning of a table of the record"),
    "lists/contract.py": (2, "ids of lists and of a place of the record"),
    "record/renewal/ofac_entries.py": (2, "id of a list of the record, and words of addresses as it writes them"),
    "record/renewal/uflpa_page.py": (1, "a column of the record's listings"),
    "trade/contract.py": (2, "the scope of a table of the record"),
    "tracing/example/example_stages.py": (3, "listed firms, by their names, behind which the invented chains run"),
}


def names() -> re.Pattern[str]:
    """Any region's id or name."""
    return re.compile("|".join(re.escape(n) for r in regions() for n in (r.id, r.name)), re.IGNORECASE)


def test_no_region_is_named_in_code():
    pattern, found = names(), {}
    for file in sorted(SOURCE.rglob("*.py")):
        lines = [line for line in file.read_text(encoding="utf-8").splitlines() if pattern.search(line)]
        if lines:
            found[str(file.relative_to(SOURCE))] = len(lines)
    new = sorted(set(found) - set(NAMED))
    assert new == [], "code names no region, not in an example either: a region is a file, docs/regions.md"
    assert sorted(set(NAMED) - set(found)) == [], "no longer there: take it off NAMED"
    assert [name for name, count in found.items() if count > NAMED[name][0]] == []


def test_every_region_that_a_measure_covers_has_a_file_and_every_file_a_measure():
    assert {u.region for u in under_measures()} == {r.id for r in regions()}


def test_no_two_regions_share_a_place():
    places = [p for r in regions() for p in r.places]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("under", under_measures(), ids=lambda u: u.region)
def test_a_measure_says_in_one_sentence_what_it_means_for_the_region(under):
    for said in under.sentences:
        assert said.endswith(".")
        assert "forced labour" not in said
