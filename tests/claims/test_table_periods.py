"""Tables whose cells say of when the figures beside them are: a column for the period, a row, a line between parts."""

from __future__ import annotations

from datetime import date

import pytest
from claim_files import docx, placed_pdf, run
from claim_sentences import claims_of

from entrepot.claims.mentions.mentions import of_report
from entrepot.claims.open import of_bytes
from entrepot.claims.page.tally import PERIOD, tally

PUBLISHED = date(2026, 1, 10)
COTTON = "Xinjiang's share of China's cotton output, %"
ENTITIES = "UFLPA Entity List, entities"


def _markdown(*rows: str):
    first, *rest = rows
    text = "\n".join([f"| {first} |", "|" + "---|" * (first.count("|") + 1), *(f"| {r} |" for r in rest)])
    return of_bytes(f"# Figures\n\n{text}\n".encode(), "a.md", published=PUBLISHED)


def _html(*rows: str):
    return of_bytes(f"<table>{''.join(f'<tr>{r}</tr>' for r in rows)}</table>".encode(), "a.html", published=PUBLISHED)


def _periods(report) -> dict[str, tuple[str | None, str | None]]:
    """Of each figure as printed its first and last day."""
    ends = {m.printed: (m.first, m.last) for m in of_report(report) if m.kind == "figure"}
    return {p: tuple(None if d is None else d.isoformat() for d in e) for p, e in ends.items()}


@pytest.mark.parametrize(
    ("rows", "verdicts"),
    [
        (("Indicator | Period | Figure", f"{COTTON} | 2018 | 92.2"), ["differs"]),
        (("Indicator | Period | Figure", f"{COTTON} | 2024 | 92.2"), ["agrees"]),
        (("Indicator | Figure | Year", f"{COTTON} | 92.2 | 2018", f"{COTTON} | 92.2 | 2024"), ["differs", "agrees"]),
        (("Indicator | Date | Figure", f"{ENTITIES} | 1 June 2023 | 144"), ["differs"]),
        (
            ("Indicator | Month | Figure", f"{ENTITIES} | June 2023 | 144", f"{ENTITIES} | 06/2023 | 144"),
            ["differs", "differs"],
        ),
        (("指标 | 时间 | 数值", "UFLPA实体清单(家) | 2023年6月 | 144"), ["differs"]),
        (("指标 | 年份 | 数值", "新疆外贸总值(亿元) | 2025年 | 5203.7"), ["agrees"]),
        (("指标 | 年份 | 数值", "新疆外贸总值(亿元) | 2019年 | 5203.7"), ["differs"]),
        (("Показатель | Год | Значение", "Внешняя торговля Синьцзяна, млрд юаней | 2019 | 520,37"), ["differs"]),
        (("Показатель | Год | Значение", "Внешняя торговля Синьцзяна, млрд юаней | 2025 | 520,37"), ["agrees"]),
    ],
)
def test_a_figure_is_of_the_period_beside_it_and_the_period_is_no_claim(rows, verdicts):
    report = _markdown(*rows)
    found = claims_of(report)
    assert [c.verdict for c in found] == verdicts
    became = tally(report, found).became
    assert became.count(PERIOD) == len(verdicts)


@pytest.mark.parametrize(
    ("rows", "period"),
    [
        (("Crossing | Reporting period | Trains", "North | January-March 2019 | 512"), ("2019-01-01", "2019-03-31")),
        (("Crossing | As of | Trains", "North | 2025-01-15 | 512"), ("2025-01-15", "2025-01-15")),
        (("Crossing | Year* | Trains", "North | 2018* | 512"), ("2018-01-01", "2018-12-31")),
        (("Crossing | Year (calendar) | Trains", "North | 2018 (1) | 512"), ("2018-01-01", "2018-12-31")),
        (("Crossing | Basis | Trains", "North | May 2018 | 512"), ("2018-05-01", "2018-05-31")),  # plainly a month
        (("Year | Month | Trains", "2018 | March | 512"), ("2018-03-01", "2018-03-31")),
        (("Month | Year | Trains", "March | 2018 | 512"), ("2018-03-01", "2018-03-31")),
        (("No. | Crossing | Year | Trains", "1 | North | 2018 | 512"), ("2018-01-01", "2018-12-31")),
        (("Port | From | To | Trains", "North | January 2018 | May 2018 | 512"), ("2018-01-01", "2018-05-31")),
        (
            ("Port | Trains | Period start | Period end", "North | 512 | 3 May 2018 | 2019"),
            ("2018-05-03", "2019-12-31"),
        ),
        (("Порт | с | по | Поезда", "Хоргос | май 2018 | июль 2018 | 512"), ("2018-05-01", "2018-07-31")),
        (("Trains | From | To", "512 | Almaty | Khorgos"), (None, None)),
        (("Crossing | Trains", "North | 512", "Year | 2018"), (None, None)),  # one word and one year are a row
        (("Crossing | North | South", "Trains | 512 | 640", "Year | 2018 | 2019"), ("2018-01-01", "2018-12-31")),
        (("Port | Opened | Trains", "North | May 2018 | 512", "South | June 2019 | 640"), (None, None)),
        (("Figure | Opened | Closed", "Trains | 512 | 640", "North | May 2018 | June 2019"), (None, None)),
        (("Crossing | Trains | Founded", "North | 512 | May 2018"), (None, None)),
        (("Crossing | Listed on | Trains", "North | 3 May 2018 | 512"), (None, None)),
        (("Crossing | Trucks | Trains", "North | 2018 | 512"), (None, None)),
        (("Crossing | Trains | Year-end target", "North | 512 | 2018"), (None, None)),
        (("Crossing | 2024, trains | Source, date", "North | 512 | 3 May 2025"), ("2024-01-01", "2024-12-31")),
        (("Crossing | Period | Trains", "North | latest | 512"), (None, None)),
    ],
)
def test_which_cells_are_periods(rows, period):
    assert _periods(_markdown(*rows))["512"] == period


def test_of_several_periods_each_figure_has_its_own():
    behind = _periods(_markdown("Port | Trains | Year | Before | Year", "North | 512 | 2018 | 640 | 2017"))
    before = _periods(_markdown("Port | Year | Trains | Year | Before", "North | 2018 | 512 | 2017 | 640"))
    assert behind == before
    assert [first for first, _ in behind.values()] == ["2018-01-01", "2017-01-01"]


def test_a_cell_with_a_date_of_its_own_keeps_it():
    row = "Cotton | Xinjiang grew 92.2% of China's cotton in 2024, more than ever before | 2018"
    assert [c.verdict for c in claims_of(_markdown("Topic | Remark | Year", row)) if c.text == "92.2%"] == ["agrees"]


def test_a_period_over_several_rows_and_a_note_below():
    cells = ("<th>Year</th><th>Port</th><th>Trains</th>", "<td rowspan=2>2018</td><td>North</td><td>512</td>")
    note = "<td colspan=3>Counted on 1 June 2025; 12 ports left out.</td>"
    found = _periods(_html(*cells, "<td>South</td><td>640</td>", "<td>2019</td><td>East</td><td>700</td>", note))
    assert [found[n] for n in ("512", "640", "700")] == [
        ("2018-01-01", "2018-12-31"), ("2018-01-01", "2018-12-31"), ("2019-01-01", "2019-12-31"),
    ]  # fmt: skip
    assert found["12 ports"] == (None, None)


@pytest.mark.parametrize("line", ["<td colspan=2>{}</td>", "<td>{}</td><td></td>"])
def test_a_year_alone_on_a_line_dates_the_lines_below_it(line):
    port = "<td>North</td><td>{}</td>"
    rows = (line.format(2018), port.format(512), line.format(2019), port.format(640))
    found = _periods(_html("<th>Port</th><th>Trains</th>", *rows))
    assert found == {"512": ("2018-01-01", "2018-12-31"), "640": ("2019-01-01", "2019-12-31")}


def test_a_row_without_cells_and_a_heading_of_a_row_that_is_its_period():
    empty = _html("<th>Port</th><th>Trains</th>", "", "<td>North</td><td>512</td>")
    assert _periods(empty) == {"512": (None, None)}
    head = "<th>Year</th><th>Indicator</th><th>Figure</th>"
    report = _html(head, f"<th>2018</th><td>{COTTON}</td><td>92.2</td>", f"<th>2024</th><td>{COTTON}</td><td>92.2</td>")
    assert [c.verdict for c in claims_of(report)] == ["differs", "agrees"]


def test_word_and_pdf_tables_have_periods_too():
    rows = (("Port", "Year", "Trains"), ("North", "2018", "512"), ("South", "2019", "640"))
    cells = ("".join(f"<w:tc><w:p>{run(c)}</w:p></w:tc>" for c in row) for row in rows)
    body = "".join(f"<w:tr>{row}</w:tr>" for row in cells)
    drawn = [(72.0 + 150 * c, 700.0 - 14 * i, 11, t) for i, row in enumerate(rows) for c, t in enumerate(row)]
    for data, name in ((docx(f"<w:tbl>{body}</w:tbl>"), "a.docx"), (placed_pdf(drawn), "a.pdf")):
        assert _periods(of_bytes(data, name)) == {
            "512": ("2018-01-01", "2018-12-31"), "640": ("2019-01-01", "2019-12-31"),
        }  # fmt: skip


def test_a_day_that_is_the_claim_stays_one():
    rows = ("Event | Date", "UFLPA signed into law | 23 December 2021", "The presumption begins | 21 July 2022")
    assert [c.text for c in claims_of(_markdown(*rows))] == ["23 December 2021", "21 July 2022"]
