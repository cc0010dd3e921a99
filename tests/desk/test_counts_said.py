"""Counts as sentences say them: each of what it counts, one as one, thousands apart, the whole before a part."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from entrepot.desk.review import review
from entrepot.desk.screen import screen

DAY = "2026-11-26"


def screened(tmp_path, names, **more):
    parties = pa.table({"supplier": names, "country": ["China"] * len(names)})
    return screen(parties, lists=["uflpa"], as_of=DAY, store=Path(tmp_path) / "store", workers=1, **more)


def test_parties_are_counted_behind_matches_and_parts_where_they_count_for_both(tmp_path):
    said = screened(tmp_path, ["Hetian Taida Apparel Co., Ltd.", "XPCC 3rd Division Textile Mill"]).notes
    (counts,) = (s for s in said if s.startswith("2 parties as of"))
    assert "1 match, 1 part of a listed party, together of 2 parties" in counts
    (counts,) = (s for s in screened(tmp_path, ["Hetian Taida Apparel Co., Ltd."]).notes if s.startswith("1 party"))
    assert "1 match of 1 party" in counts


def test_thousands_are_apart_and_it_is_told_of_how_many_before_the_first_part_is_done(tmp_path):
    told = []
    names = [f"Quiet Harbour Bakery {n}" for n in range(2_500)]
    said = screened(tmp_path, names, progress=lambda done, total: told.append((done, total))).notes
    assert any(s.startswith("2,500 parties as of") for s in said)
    assert told[0] == (0, 2_500)
    assert told[-1] == (2_500, 2_500)


def test_one_case_is_one(tmp_path):
    out = tmp_path / "hits.csv"
    screened(tmp_path, ["Camel Group Co., Ltd."], out=out)
    assert "1 case, 1 of them in this table." in review(out, store=tmp_path / "store").notes
