"""Tables of reports: each figure of a cell has the words of its headings, its unit and its period."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from claim_files import docx, placed_pdf, run

from entrepot.claims.mentions.mentions import mentions, of_report
from entrepot.claims.open import of_bytes

HTML = """<html><body><table><caption>Trade of the region</caption>
<tr><th rowspan="2">Country</th><th colspan="2">Exports, US$ million</th><th rowspan="2">Growth, %</th></tr>
<tr><th>2022</th><th>2023</th></tr>
<tr><td>First</td><td>1,234.5</td><td>2,345</td><td>+12.3</td></tr>
<tr><td>Second</td><td>5</td><td>6</td><td>-7</td></tr></table></body></html>"""
MARKDOWN = "| Crossing | 2022, thousand tonnes | 2023, trains |\n|---|---|---|\n| North | 4,351 | 512 |\n"
DOCX = "".join(
    "<w:tr>" + "".join(f"<w:tc><w:p>{run(cell)}</w:p></w:tc>" for cell in row) + "</w:tr>"
    for row in (("Год", "Экспорт, млн долл."), ("2023", "34,9"), ("2024", "40"))
)
COLUMNS = (
    ("Trade through the port rose 12 percent", "The other column tells of a pass that"),
    ("to 5,000 tonnes in 2023, and the customs", "was closed for 34 days in winter, when"),
    ("office said that 4,016 trains passed it.", "1,200 trucks waited for the gates to"),
    ("A second paragraph begins here and goes", "open. They opened on 5 April 2024."),
)
ROWS = (("Crossing", "2022, tonnes", "Growth, %"), ("North", "4,351", "17.7"), ("South", "900", "-25.0"))


def _read(data: bytes, name: str):
    report = of_bytes(data, name)
    return report, [m for m in mentions(report.text, blocks=report.blocks) if m.context and m.kind == "figure"]


def test_html():
    _, found = _read(HTML.encode(), "a.html")
    assert [(m.value, m.unit, m.first, m.grown) for m in found] == [
        (Decimal(1234500000), "USD", date(2022, 1, 1), False),
        (Decimal(2345000000), "USD", date(2023, 1, 1), False),
        (Decimal("12.3"), "percent", None, True),
        (Decimal(5000000), "USD", date(2022, 1, 1), False),
        (Decimal(6000000), "USD", date(2023, 1, 1), False),
        (Decimal(-7), "percent", None, True),
    ]
    assert found[0].context == "Trade of the region | First | Exports, US$ million | 2022"


def test_markdown():
    _, found = _read(MARKDOWN.encode(), "a.md")
    assert [(m.value, m.unit, m.last) for m in found] == [
        (Decimal(4351000), "t", date(2022, 12, 31)),
        (Decimal(512), "trains", date(2023, 12, 31)),
    ]


def test_docx():
    _, found = _read(docx(f"<w:tbl>{DOCX}</w:tbl>"), "a.docx")
    assert [(m.value, m.unit, m.first) for m in found] == [
        (Decimal(34900000), "USD", date(2023, 1, 1)),
        (Decimal(40000000), "USD", date(2024, 1, 1)),
    ]


def test_pdf_columns_and_tables():
    items = [(72.0, 740.0, 18, "Border trade grows"), (72.0, 715.0, 11, "Record year for the crossing")]
    for i, row in enumerate(COLUMNS):
        items += [(x, 690.0 - 14 * i, 11, text) for x, text in zip((72.0, 320.0), row, strict=True)]
    items += [(72.0, 590.0, 11, "Table 1. Cargo by crossing")]
    for i, line in enumerate(ROWS):
        items += [(72.0 + 150 * c, 570.0 - 14 * i, 11, cell) for c, cell in enumerate(line)]
    report, found = _read(placed_pdf(items), "a.pdf")
    texts = [report.text[b.start : b.end] for b in report.blocks]
    assert texts[0] == "Border trade grows"
    assert "A second paragraph begins here and goes" in texts[2]
    assert "pass that was closed for 34 days" in texts[3]
    assert [(m.value, m.unit, m.first) for m in found] == [
        (Decimal(4351), "t", date(2022, 1, 1)),
        (Decimal("17.7"), "percent", None),
        (Decimal(900), "t", date(2022, 1, 1)),
        (Decimal(-25), "percent", None),
    ]


@pytest.mark.parametrize(
    "rows", ["<tr><td>5 trains</td></tr>", "<tr><td>Note</td><td>It was 5.</td></tr>", "<td colspan=999999>5</td>"]
)
def test_a_table_without_headings_gives_none(rows):
    assert _read(f"<table>{rows}</table>".encode(), "a.html")[1] == []


def test_a_heading_over_several_rows_of_a_word_table_is_that_of_each():
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p>{}</w:p></w:tc>"
    rows = (("", "Crossing", "Year", "Trains"), ('<w:vMerge w:val="restart"/>', "North", "2022", "512"))
    rows += (("<w:vMerge/>", "", "2023", "640"), ("", "South", "2023", "90"))
    body = "".join(
        "<w:tr>" + cell.format(merged, run(first)) + "".join(cell.format("", run(t)) for t in rest) + "</w:tr>"
        for merged, first, *rest in rows
    )
    _, found = _read(docx(f"<w:tbl>{body}</w:tbl>"), "a.docx")
    assert [(m.value, m.context) for m in found] == [
        (Decimal(512), "North | 2022 | Trains"), (Decimal(640), "North | 2023 | Trains"),
        (Decimal(90), "South | 2023 | Trains"),
    ]  # fmt: skip


def test_paragraphs_in_the_cells_of_a_page_are_cells():
    page = "".join(f"<tr><td><p>{a}</p></td><td><p>{b}</p></td></tr>" for a, b in (("Year", "Trains"), ("A", "512")))
    report, found = _read(f"<table>{page}</table>".encode(), "a.html")
    assert {b.kind for b in report.blocks} == {"cell"}
    assert [m.context for m in found] == ["A | Trains"]


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (("3.238", "5.525", "8.18"), [3.238e9, 5.525e9, 8.18e9]),
        (("3,238", "5,525", "8,18"), [3.238e9, 5.525e9, 8.18e9]),
        (("3,238", "5,525", "1,357.1"), [3.238e12, 5.525e12, 1.3571e12]),
        (("3.238", "5.525", "2.132"), [None, None, None]),  # nothing says what the dot is
    ],
)
def test_a_column_says_with_which_sign_it_writes_decimals(cells, wanted):
    rows = "\n".join(f"| November {2020 + i} | {cell} |" for i, cell in enumerate(cells))
    text = f"# Trade of Xinjiang\n\n| Month | Billion yuan |\n|---|---|\n{rows}\n"
    report = of_bytes(text.encode(), "a.md")
    found = [m.value for m in of_report(report) if m.printed in cells]
    assert found == [v if v is None else Decimal(int(v)) for v in wanted]


OF_MONTHS = "Shipments denied, January to September of each year"


@pytest.mark.parametrize(
    ("above", "wanted"),
    [
        (f"Table 1. {OF_MONTHS}", ("shipments", date(2024, 1, 1), date(2024, 9, 30))),
        (OF_MONTHS, ("shipments", date(2024, 1, 1), date(2024, 9, 30))),
        (f"{OF_MONTHS}:", ("shipments", date(2024, 1, 1), date(2024, 9, 30))),
        (f"We count {OF_MONTHS}.", (None, date(2024, 1, 1), date(2024, 12, 31))),  # a sentence is no title
    ],
)
def test_a_title_of_months_gives_the_years_of_the_columns_their_months(above, wanted):
    rows = "| Industry | 2025 | 2024 |\n|---|---|---|\n| Electronics | 88 | 755 |\n"
    report = of_bytes(f"{above}\n\n{rows}".encode(), "a.md", published=date(2025, 10, 20))
    found = {m.printed: m for m in of_report(report)}
    assert (found["755"].unit, found["755"].first, found["755"].last) == wanted


UNIT_COLUMN = (
    "| Indicator | {} | 2024 | 2025 |\n|---|---|---|---|\n"
    "| Trade | billion yuan | 435.1 | 520.4 |\n| Cargo | tonnes | 409 | 500 |\n"
)


@pytest.mark.parametrize("head", ["Unit", "Unit of measure", "单位", "Ед. изм.", "Единица измерения", "(units)"])
def test_units_in_a_column_of_their_own(head):
    _, found = _read(UNIT_COLUMN.format(head).encode(), "a.md")
    assert [(m.value, m.unit) for m in found] == [
        (Decimal(435_100_000_000), "CNY"),
        (Decimal(520_400_000_000), "CNY"),
        (Decimal(409), "t"),
        (Decimal(500), "t"),
    ]


@pytest.mark.parametrize(
    ("corner", "value", "unit"),
    [
        ("Xinjiang, bn yuan", 435_100_000_000, "CNY"),
        ("Region (US$ million)", 435_100_000, "USD"),
        ("bn yuan", 435_100_000_000, "CNY"),
        ("Crossing (trains)", Decimal("435.1"), "trains"),
        ("Груз, тыс. тонн", 435_100, "t"),
        ("单位：亿元", 43_510_000_000, "CNY"),
    ],
)
def test_a_unit_in_the_corner_is_that_of_the_cells(corner, value, unit):
    _, found = _read(f"| {corner} | 2024 |\n|---|---|\n| North | 435.1 |\n| South | 12.2 |\n".encode(), "a.md")
    assert (found[0].value, found[0].unit) == (Decimal(value), unit)


@pytest.mark.parametrize("corner", ["Companies", "Trains", "Year", "Day", "Crossing, north", "Firm (name)"])
def test_what_the_rows_are_of_is_no_unit(corner):
    _, found = _read(f"| {corner} | 2024 |\n|---|---|\n| North | 435.1 |\n| South | 12.2 |\n".encode(), "a.md")
    assert [m.unit for m in found] == [None, None]


@pytest.mark.parametrize("head", ["Unit price", "Military unit", "Measure"])
def test_a_column_of_something_else_gives_no_unit(head):
    _, found = _read(UNIT_COLUMN.format(head).encode(), "a.md")
    assert [m.unit for m in found] == [None] * 4


def test_a_column_with_a_unit_of_its_own_keeps_it():
    table = "| Trade, bn yuan | 2024 | Share, % |\n|---|---|---|\n| North | 435.1 | 12.5 |\n"
    assert [m.unit for m in _read(table.encode(), "a.md")[1]] == ["CNY", "percent"]
