"""What is taken from a figure stands alone: its file names unit, place and source, its picture its title and legend."""

from __future__ import annotations

import csv
import io

import pytest
from tests.server.seen import SIZES, Seen

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# The words that are written on a canvas, kept where a test can read them.
LISTENS = """() => {
    window.written = [];
    const write = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (said, ...at) {
        window.written.push(said);
        return write.call(this, said, ...at);
    };
}"""


@pytest.fixture(params=["1440", "390"])
def seen(browser, open_client, request):
    made = Seen(browser, str(open_client.base_url), viewport=SIZES[request.param])
    made.page.add_init_script(f"({LISTENS})()")
    yield made
    assert made.errors == []
    made.context.close()


def taken(seen, figure, name):
    with seen.page.expect_download() as download:
        seen.page.locator(figure).get_by_role("button", name=name, exact=True).click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def rows_of(body):
    return list(csv.DictReader(io.StringIO(body.decode())))


def said_on(seen):
    return " ".join(seen.page.evaluate("window.written"))


def test_a_series_of_a_crossing_says_of_what_and_whose_it_is(seen):
    seen.go("/crossings/khunjerab")
    name, body = taken(seen, "#series-1", "CSV")
    assert name.startswith("khunjerab-cargo-by-road")
    by_year = {r["period"]: r for r in rows_of(body)}
    printed = by_year["2002"]  # O0505: 30,000 tonnes, and no other report of that year
    assert (printed["middle"], printed["state"], printed["what was printed"]) == ("30000", "as printed", "30000")
    assert (printed["unit"], printed["place"], printed["reports"]) == ("tonnes", "Khunjerab", "O0505")
    assert printed["source"]
    assert printed["of"].startswith("Khunjerab: cargo, by road")
    assert "/crossings/khunjerab" in printed["taken from"]
    unknown = by_year["2008"]
    assert (unknown["low"], unknown["middle"], unknown["high"], unknown["state"]) == ("", "", "", "not known")
    assert float(by_year["2023"]["low"]) < float(by_year["2023"]["high"])
    name, body = taken(seen, "#series-1", "PNG")
    assert name.endswith(".png")
    assert body.startswith(b"\x89PNG")
    said = said_on(seen)
    assert said.startswith("Khunjerab 2002 – ")
    assert "Source: " in said


def test_a_scan_is_taken_with_its_name_its_periods_and_its_legend(seen):
    seen.go("/diversion?demo=russia-2022")
    name, body = taken(seen, "#intervals", "CSV")
    assert name == "russia-2022-intervals.csv"
    rows = rows_of(body)
    assert len(rows) == seen.page.locator("#places tbody tr").count()
    for row in rows:
        assert "Evidence" not in row.values()
        for end in ("at least", "at most", "q"):
            assert not row[end] or float(row[end]) >= 0
        assert row["unit"] == "USD"
        assert row["first period"] <= row["last period"]
        assert row["source"]
    title = seen.page.locator("main h1").inner_text()
    assert {r["of"].startswith(title) for r in rows} == {True}
    assert not [r for r in rows if "other measuresu" in r["rivals: other measures of the same months"]]
    taken(seen, "#intervals", "PNG")
    said = said_on(seen)
    assert said.startswith(title)
    for words in ("USD, ", "Thick: ", "Beyond chance: ", "Not beyond chance:", "Source: "):
        assert words in said


def test_charts_of_the_first_page_name_a_source_a_row_and_carry_their_titles(seen):
    seen.go("/?measure=ofac-xinjiang")
    for figure in seen.page.locator("figure[id]:has(svg)").evaluate_all("all => all.map((f) => f.id)"):
        _, body = taken(seen, f"#{figure}", "CSV")
        rows = rows_of(body)
        assert rows
        assert [r for r in rows if not r["source"]] == []
        assert [r for r in rows if r["unit"] and not float(r["figure"]) + 1] == []
        seen.page.evaluate("window.written.length = 0")
        taken(seen, f"#{figure}", "PNG")
        assert said_on(seen).startswith(seen.page.locator(f"#{figure} figcaption").inner_text())
