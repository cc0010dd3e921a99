"""The page of a scan: one file, its source in every picture, and in a browser nothing that axe finds."""

from __future__ import annotations

import re
from html import unescape

import polars as pl
import pyarrow as pa
import pytest

from entrepot.brief.scan_page.leg_paths import leg_paths
from entrepot.brief.scan_page.scan_document import scan_document
from entrepot.brief.scan_page.scanned import Scanned
from entrepot.core.document.blocks import Grid, Heading
from entrepot.desk.divert import divert
from entrepot.diversion.route import question
from entrepot.diversion.signals.signal_words import amount
from entrepot.trade.panels import panel_flows, panel_rows

QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The page of the demo on Russia, with the scan that it is of."""
    folder = tmp_path_factory.mktemp("scan_page")
    found = divert(demo="russia-2022", html=folder / "page.html", store=folder)
    return folder / "page.html", found


def test_every_picture_names_its_source_inside(page):
    text = page[0].read_text(encoding="utf-8")
    pictures = re.findall(r"<svg .*?</svg>", text, re.DOTALL)
    assert len(pictures) > 6
    assert all("Source: Eurostat, CC BY 4.0" in unescape(p) for p in pictures)


def test_it_asks_for_nothing_and_every_mark_leads_to_a_row_of_the_page(page):
    text = page[0].read_text(encoding="utf-8")
    assert not re.findall(r'(?:src|href)="(?!#|https?://)[^"]*"|<script|@import|url\((?!#)', text)
    targets = set(re.findall(r'href="#(signal-[^"]+)"', text))
    assert targets
    assert targets <= set(re.findall(r' id="(signal-[^"]+)"', text))


def test_every_note_of_the_scan_stands_on_it(page):
    text = unescape(re.sub(r"<[^>]+>", " ", page[0].read_text(encoding="utf-8")))
    for note in page[1].notes:
        if "The first" not in note and not note.startswith(("A possible hub", "Source:")):
            assert note.replace("`", "") in text, note  # a mark of the terminal is none of a page


def test_the_answer_leads_with_the_loss_and_says_what_rose(page):
    """The first sentences are the rows' own figures, in words."""
    answer = unescape(re.search(r'<p class="note">([^<]*)', page[0].read_text(encoding="utf-8"))[1])
    rows = {r["hub"]: r for r in page[1].table.to_pylist()}
    lost, error = next((r["loss"], r["loss_se"]) for r in rows.values() if r["loss"] is not None)
    beside = f" (standard error {amount(error, 'USD')})"
    assert answer.startswith(f"All goods from EU to Russia: {amount(lost, 'USD')} less than expected{beside}.")
    # Eurostat's totals of Russia, in the dollars of the panel: 2022 and after beside as many years before.
    sold = {r["period"]: r["value_usd"] for r in panel_flows("eu27-exports").to_pylist() if r["importer"] == "RUS"}
    since = [p for p in sold if p >= "2022"]
    before = amount(sum(sold[str(int(p) - len(since))] for p in since), "USD")
    after = amount(sum(sold[p] for p in since), "USD")
    assert f"As counted it was {before} in 2020 to 2021 and {after} in 2022 to 2023." in answer
    assert f"Kyrgyzstan took {amount(rows['KGZ']['excess_in'], 'USD')} more of all goods" in answer
    assert ("Beyond chance" in answer) == any(r["word"] == "took more than expected" for r in rows.values())


@pytest.mark.parametrize(
    ("loss", "error", "said"),
    [
        # 1.96 standard errors either way hold 95 % of what chance gives
        (8_530_000.0, 6_310_000.0, "8.53 m USD less than expected (standard error 6.31 m USD: within chance)."),
        (-1_420_000.0, 4_960_000.0, "1.42 m USD more than expected (standard error 4.96 m USD: within chance)."),
        (191_000_000.0, 6_220_000.0, "191 m USD less than expected (standard error 6.22 m USD)."),
        (-20_000_000.0, 6_000_000.0, "20 m USD more than expected (standard error 6 m USD)."),
        (5_000_000.0, None, "5 m USD less than expected."),
    ],
)
def test_a_loss_that_chance_gives_is_no_fact_of_the_first_sentence(page, loss, error, said):
    table = page[1].table
    rows = [r | {"loss": loss, "loss_se": error} for r in table.to_pylist() if r["lost_share"] is not None]
    scan = Scanned(
        pa.Table.from_pylist(rows, schema=table.schema),
        question("eu-russia-833"),
        panel_flows("eu27-exports"),
        "t",
        "c",
        (),
    )
    assert scan_document(scan).blocks[0].text.startswith(f"TOTAL from EU to Russia: {said}")


def _answer_of(table, rows):
    scan = Scanned(
        pa.Table.from_pylist(rows, schema=table.schema),
        question("eu-russia-833"),
        panel_flows("eu27-exports"),
        "t",
        "c",
        (),
    )
    return scan_document(scan).blocks[0].text


def _grid_of(table, rows):
    scan = Scanned(
        pa.Table.from_pylist(rows, schema=table.schema),
        question("eu-russia-833"),
        panel_flows("eu27-exports"),
        "t",
        "c",
        (),
    )
    return [b for b in scan_document(scan).blocks if isinstance(b, (Heading, Grid))][-2:]


@pytest.mark.parametrize(
    ("low", "said"),
    [(None, "at most 4.3 bn USD"), (0.0, "0 USD to 4.3 bn USD"), (1.2e9, "1.2 bn USD to 4.3 bn USD")],
)
def test_a_lower_end_that_is_not_known_is_no_zero(page, low, said):
    table = page[1].table
    _, grid = _grid_of(table, [_row(table, low=low, low_95=low, high=4e9, high_95=4.3e9)])
    assert grid.rows[0][4] == said


@pytest.mark.parametrize(("count", "title"), [(120, "All rows"), (130, "The first 120 of 130 rows")])
def test_rows_that_do_not_stand_on_the_page_are_counted(page, count, title):
    table = page[1].table
    rows = [_row(table, signal_id=f"signal-{i:012}", product=f"{840000 + i}") for i in range(count)]
    heading, grid = _grid_of(table, rows)
    assert heading.text == title
    assert len(grid.rows) == 120


def _row(table, **cells):
    """A row of the scan that found more, with other cells."""
    plain = next(r for r in table.to_pylist() if r["lost_share"] is not None and r["high_95"] is not None)
    found = {"word": "took more than expected", "q": 0.02, "loss": 1e9, "loss_se": 1e7, "direct_before": None}
    return plain | found | cells


def test_rises_and_losses_that_are_not_named_are_counted_with_their_amounts(page):
    table = page[1].table
    places = ["KGZ", "ARM", "KAZ", "UZB", "GEO"]
    rows = [
        _row(table, signal_id=f"signal-00000000000{i}", hub=place, product=f"84{i}1", excess_in=m * 1e6, loss=lost)
        for i, (place, m, lost) in enumerate(zip(places, (90, 80, 70, 60, 50), (5e9, 4e9, 3e9, 2e9, 1e9), strict=True))
    ]
    said = _answer_of(table, rows)
    assert "and 2 other rows with 110 m USD more together." in said
    assert "2 other direct flows: 3 bn USD less than expected together." in said
    rows[4] |= {"loss": -1e9}
    assert "1 other direct flow: 2 bn USD less than expected. 1 other direct flow: 1 bn USD more" in _answer_of(
        table, rows
    )


def test_where_all_are_named_nothing_is_counted(page):
    table = page[1].table
    rows = [
        _row(table, signal_id=f"signal-00000000000{i}", hub=place, excess_in=9e7)
        for i, place in enumerate(["KGZ", "ARM", "KAZ"])
    ]
    assert "other" not in _answer_of(table, rows)


def test_a_line_is_the_figures_of_the_publisher(page):
    """Kyrgyzstan's line beside Eurostat's own euros: the same shape, by the rate of the year."""
    rows = page[1].table.filter(pl.Series(page[1].table.column("hub").to_pylist()).eq("KGZ").to_arrow())
    scan = Scanned(rows, question("eu-russia-833"), panel_flows("eu27-exports"), "t", "c", ())
    titles = [p.title for p in leg_paths(scan)]
    assert any("Kyrgyzstan" in t for t in titles)
    euros = {r["period"]: r["value"] for r in panel_rows("eu27-exports") if r["importer"] == "KGZ"}
    dollars = {r["period"]: r["value_usd"] for r in panel_flows("eu27-exports").to_pylist() if r["importer"] == "KGZ"}
    assert set(euros) == set(dollars)
    assert all(1.0 < dollars[p] / euros[p] < 1.25 for p in euros)  # the euro of 2015 to 2023


def test_amounts_are_said_in_words_of_money():
    assert amount(3.6093e9, "USD") == "3.61 bn USD"
    assert amount(476_000_000, "USD") == "476 m USD"
    assert amount(12.0, "kg") == "12 kg"


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_in_a_browser_it_fits_and_axe_finds_nothing(page, browser_path, width):
    api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python")
    with api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path, args=list(QUIET))
        opened = browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=True)
        opened.goto(page[0].as_uri())
        assert opened.evaluate("document.documentElement.scrollWidth") <= width
        found = axe.Axe().run(opened)
        browser.close()
    assert found.violations_count == 0, found.generate_report()


def test_all_hubs_together_are_counted_as_no_hub_more(tmp_path):
    """Two places took 40 a month more of what the direct flow lost, and sold it on: two hubs, as the notes say."""
    names = ["TUR", "IND", "GEO", "NOR", "EGY", "USA", "TUN", "CAN", "JPN", "MAR", "AZE", "CHE", "MEX", "BRA"]
    lines = ["exporter,importer,product,period,value"]
    for month in range(60):
        period, after = f"{2020 + month // 12}-{month % 12 + 1:02}", month >= 36
        lines.append(f"RUS,DEU,271019,{period},{10 if after else 400 + month % 3}000000")
        for number, name in enumerate(names):
            base = 50 + number + (month * (number + 3)) % 5
            more = 40 if after and name in {"TUR", "IND"} else 0
            lines += [
                f"RUS,{name},271019,{period},{base + more}000000",
                f"{name},DEU,271019,{period},{base + more}000000",
            ]
    file, page = tmp_path / "flows.csv", tmp_path / "page.html"
    file.write_text("\n".join(lines), encoding="utf-8")
    found = divert(
        file, measure="none", origin="RUS", destination="DEU", since="2023-01", html=page, store=tmp_path / "store"
    )
    words = {r["hub"]: r["word"] for r in found.table.to_pylist()}
    assert words["+ALL"] == words["TUR"] == words["IND"] == "possible hub"
    assert any(note.startswith("2 possible hub, ") for note in found.notes)
    assert re.search(r"Rows: [^.]*\b2 possible hub[,.]", unescape(page.read_text(encoding="utf-8")))
