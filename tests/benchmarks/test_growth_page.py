"""How cost grows: what is computed from measured parts, by hand; and the page says what the script makes of them."""

from __future__ import annotations

import json

import pytest

import growth_page
from marked import filled

# A start of 2 s, 100 µs a party on the file, 400 µs in which it is met, 50 µs where it is another share's.
START, FILE, MET, SKIPPED = 2.0, 100e-6, 400e-6, 50e-6


def names(size):
    return {
        "what": "names",
        "size": size,
        "cpu": START + size * (FILE + MET),
        "met": size * MET,
        "mb": 200 + size / 1e6,
    }


@pytest.fixture
def held():
    size, shares = 1_000_000, 40
    own = size / shares
    cpu = START + own * (FILE + MET) + (size - own) * SKIPPED
    share = {"what": "share", "size": size, "cpu": cpu, "met": own * MET, "mb": 200.0}
    other = [
        {"what": w, "size": n, "cpu": n / 1e5, "mb": 100 + n * 200 / 1e6}
        for w in ("lists", "flows", "links", "loads")
        for n in (10_000, 100_000)
    ]
    rows = [*(names(n) for n in (1_000, 100_000, size)), share, *other]
    return {"day": "2026-01-02", "machine": "one, 2 cores", "load": [0.1, 0.2], "shares": shares, "rows": rows}


def test_the_parts_of_a_screening_are_found_again(held):
    found = growth_page.costs(held)
    assert found == pytest.approx({"start": START, "file": FILE, "met": MET, "skipped": SKIPPED})


def test_what_many_cores_would_do_is_no_less_than_what_one_process_must(held):
    cost = growth_page.costs(held)
    million = 1_000_000
    assert growth_page.one_run(cost, million, 1) == pytest.approx(START + 500)
    assert growth_page.one_run(cost, million, 2) == pytest.approx(START + 250)
    assert growth_page.one_run(cost, million, 64) == pytest.approx(START + 100)  # reading, which one process does
    # Sixteen shares of four cores, each with 62,500 parties: its own, and 937,500 read past.
    assert growth_page.in_shares(cost, million, 64) == pytest.approx(937_500 * SKIPPED + START + 62_500 * 125e-6)
    assert growth_page.in_shares(cost, million, 2) == pytest.approx(START + 250)


def test_the_page_says_so(held):
    made = growth_page.page(held)
    assert "| 64 | 102 s | 57 s |" in made
    assert "One run gains nothing beyond some 5 cores" in made
    assert "139 core hours, computed" in made  # a billion at 500 µs
    assert f"{138.889 * growth_page.CENTS:,.0f} cents" in made
    assert "**Computed from these, not measured**" in made
    assert "| 100,000 | 1.0 | 10 | 120 | 200 | 1.00 |" in made  # a supply link: 10 µs, 200 bytes, in proportion


def test_both_curves_are_drawn(held):
    drawn = growth_page.pictures(held)
    assert set(drawn) == {"seconds", "memory"}
    assert all(f"img/growth-{name}.svg" in growth_page.page(held) for name in drawn)


def test_the_figures_of_the_page_come_from_the_script():
    page = growth_page.PAGE.read_text("utf-8")
    measured = growth_page.ROOT / "benchmarks" / "growth.json"
    if measured.exists():
        assert filled(page, growth_page.page(json.loads(measured.read_text("utf-8"))), growth_page.PAGE) == page
    else:  # nothing is said that nobody measured
        assert filled(page, "Not measured yet: `make bench-growth`.\n", growth_page.PAGE) == page
    before, _, rest = page.partition("<!-- figures: begin -->")
    after = rest.partition("<!-- figures: end -->")[2]
    assert not any(word in before + after for word in (" s |", " cents", "core hours"))
