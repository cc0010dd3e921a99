"""The time that growth is counted from is not that of the figures before it, and a rate is of what stands behind it."""

from __future__ import annotations

import pytest

from entrepot.desk.check import check

# Alashankou in January 2021: 444 trains (O0078) and 41,200 TEU (O0079), up 49.5 and 54.04 percent.
TRAINS = (
    "In January the number of trains passing through Alashankou totaled 444, transporting 41,200 TEUs, "
    "up 49.5 and 54.04 percent from {base}."
)
BASES = ("the same time of last year", "the same month of last year", "the corresponding period of last year")


def verdicts(text, published, tmp_path):
    file = tmp_path / "report.txt"
    file.write_text(text, encoding="utf-8")
    return {c["text"]: (c["verdict"], c["against"]) for c in check(file, published=published).claims.to_pylist()}


@pytest.mark.parametrize("base", BASES)
def test_the_time_that_growth_is_counted_from(base, tmp_path):
    found = verdicts(TRAINS.format(base=base), "2021-02-05", tmp_path)
    of = {row: v for v, rows in found.values() for row in rows or ()}
    assert of == {"O0078": "agrees", "O0079": "agrees"}


def test_a_rate_is_of_what_stands_behind_it(tmp_path):
    """Khunjerab, April to October 2024: 42.6 % more vehicles (O0001), 72.7 % more cargo (O0002)."""
    text = (
        "From April to October 2024 Khunjerab saw a cargo volume of 40,900 tonnes, marking an increase of {} in "
        "vehicle traffic and {} in trade volume."
    )
    right = verdicts(text.format("42.6%", "72.7%"), "2024-12-03", tmp_path)
    assert [right[t] for t in ("42.6%", "72.7%")] == [("agrees", ["O0001"]), ("agrees", ["O0002"])]
    wrong = verdicts(text.format("72.7%", "42.6%"), "2024-12-03", tmp_path)
    assert wrong["72.7%"][0] != "agrees"


def test_a_total_of_trains_is_no_length_of_a_list(tmp_path):
    """Khorgos and Alashankou: 10,000 trains from 1 January to 28 July 2025 (O0080)."""
    text = (
        "As of Monday Alashankou and Horgos had recorded a combined total of more than 10,000 China-Europe (Central "
        "Asia) freight train trips this year."
    )
    (found,) = (v for t, v in verdicts(text, "2025-07-29", tmp_path).items() if "10,000" in t)
    assert found == ("agrees", ["O0080"])
