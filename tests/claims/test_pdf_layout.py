"""PDF files as the systems of newspapers and firms print them: columns, heads and feet, marks of notes."""

from __future__ import annotations

from itertools import count

import pytest
from claim_files import placed_pdf

from entrepot.claims.open import of_bytes

LEFT = (
    "Bakhty handled 5,000 tonnes of", "cargo in January of the year,", "and officials said that 4,016",
    "trains had passed the place by", "the end of the season, more", "than in any year before it, as",
    "the customs office counts them.",
)  # fmt: skip
RIGHT = (
    "The other column tells of a", "pass that was closed for all of", "34 days in the winter, while",
    "1,200 lorries waited for a gate", "to open again in spring, which", "it did on 5 April 2024 with no",
    "word of who had closed it then.",
)  # fmt: skip
WIDTH, GAP = 200, 18  # points: a column, and what lies between two


def texts(data: bytes) -> list[str]:
    report = of_bytes(data, "a.pdf")
    return [report.text[b.start : b.end] for b in report.blocks]


def justified(line: str, x: float, y: float) -> tuple[float, float, float, str, float]:
    """A line set so that it fills its column: its blanks are as wide as they have to be."""
    return (x, y, 10.0, line, (WIDTH - 5.0 * len(line)) / line.count(" "))


def test_columns_of_justified_lines_are_read_one_after_the_other():
    """The blanks between words are as wide as those between the columns of a table, and stand under no others."""
    items = [(60.0, 740.0, 16.0, "Two columns")]
    for i, pair in enumerate(zip(LEFT, RIGHT, strict=True)):
        for line, x in zip(pair, (60.0, 60.0 + WIDTH + GAP), strict=True):
            items.append(justified(line, x, 700.0 - 14 * i))
    assert texts(placed_pdf(items)) == ["Two columns", " ".join(LEFT), " ".join(RIGHT)]


def test_the_raised_mark_of_a_note_is_no_figure_and_ends_no_word():
    line = "It rose by 46.8 percent on the year"
    items = [(60.0, 700.0, 11.0, f"{line}."), (60.0 + 5.0 * len(line), 705.0, 7.0, "1")]
    items += [(60.0, 686.0, 11.0, "Over 11,000 vehicles passed it in 2023.")]
    items += [(60.0, 664.0, 6.0, "2"), (66.0, 660.0, 9.0, "Release of 18 January 2024.")]
    report = of_bytes(placed_pdf(items), "a.pdf")
    assert "on the year. Over 11,000" in report.text.replace("\n", " ")
    assert "2023.\nRelease of" in report.text
    assert report.left_out == {"mark of a note": 2}


def test_a_power_stays():
    items = [(60.0, 700.0, 11.0, "An area of 500 km"), (150.0, 705.0, 7.0, "2"), (160.0, 700.0, 11.0, "lies there.")]
    report = of_bytes(placed_pdf(items), "a.pdf")
    assert "km2" in report.text.replace(" ", "")
    assert report.left_out == {}


def paged(pages: int, head: str, foot: str) -> bytes:
    line = count(101)
    return placed_pdf(*(
        [(60.0, 760.0, 8.0, head.format(page=page)), (60.0, 40.0, 8.0, foot.format(page=page))]
        + [(60.0, 700.0 - 14 * i, 11.0, f"Then {next(line)} trains passed the gate.") for i in range(9)]
        for page in range(1, pages + 1)
    ))  # fmt: skip


def test_heads_and_feet_are_read_once_and_apart():
    report = of_bytes(paged(4, "Review, issue 48 of 2024", "Page {page} of 4"), "a.pdf")
    lines = report.text.split("\n")
    assert [lines.count(s) for s in ("Review, issue 48 of 2024", "Page 1 of 4", "Page 2 of 4")] == [1, 1, 0]
    assert report.left_out == {"head or foot of pages": 6}
    assert all(f"{n} trains" in report.text for n in range(101, 137))


def test_lines_that_differ_in_a_figure_are_no_heads():
    report = of_bytes(paged(3, "In {page}00 trains", "Told in 2024"), "a.pdf")
    assert [f"In {n}00 trains" in report.text for n in (1, 2, 3)] == [True, True, True]


def test_a_sentence_that_a_page_breaks_is_whole():
    first = [(60.0, 700.0, 11.0, "It was a long year at the gate for all who worked there, they said."),
             (60.0, 686.0, 11.0, "Cargo at the pass reached 66,600 tonnes, which was more than ever")]  # fmt: skip
    second = [(60.0, 700.0, 11.0, "before in the months from January to November of that same year."),
              (60.0, 686.0, 11.0, "Then winter came.")]  # fmt: skip
    assert any("more than ever before in the months" in t for t in texts(placed_pdf(first, second)))


def test_ligatures_are_letters():
    """What stands at octal 256 in the standard encoding of a font is the ligature of f and i."""
    assert texts(placed_pdf([(60.0, 700.0, 11.0, "They have \\256ve trains.")])) == ["They have five trains."]


def test_what_a_browser_prints_around_a_page_is_no_text_and_no_dateline():
    """On one page too; a day and an hour that a wire puts over its text are a dateline."""
    head, foot = "11/30/26, 2:00 PM    Bakhty handled more", "https://example.org/news/bakhty?id=4016 {page}/3"
    for pages in (1, 3):
        report = of_bytes(paged(pages, head, foot), "a.pdf")
        assert "11/30/26" not in report.text
        assert "4016" not in report.text
        assert report.left_out == {"head or foot of pages": 2 * pages}
        assert report.published is None or report.published.year != 2026
    wire = of_bytes(paged(1, "30/11/2026, 14:00  Almaty", "Page 1"), "a.pdf")
    assert "30/11/2026" in wire.text


def test_a_heading_without_a_blank_line_and_a_title_of_two_lines():
    """As browsers print them: the heading of the next part stands right below the last line of this one."""
    long = "The design capacity of the pass was put at 50,000 tonnes of cargo in that year"
    more = "and it took as many passengers as in all of the years before it."
    items = [(60.0, 740.0, 11.0, long + ","), (60.0, 726.0, 11.0, more),
             (60.0, 712.0, 11.0, "Sost"), (80.0, 684.0, 11.0, "Customs revenue at Sost"),
             (80.0, 670.0, 11.0, "dry port, billion rupees")]  # fmt: skip
    for y, (left, right) in zip(
        (656.0, 642.0, 628.0),
        (("Period", "Revenue"), ("November 2023", "2.132"), ("October 2025", "8.18")),
        strict=True,
    ):
        items += [(60.0, y, 11.0, left), (260.0, y, 11.0, right)]
    report = of_bytes(placed_pdf(items), "a.pdf")
    found = {report.text[b.start : b.end]: b for b in report.blocks}
    assert found["Sost"].kind == "heading"
    assert found["2.132"].context == "Customs revenue at Sost dry port, billion rupees | November 2023 | Revenue"
    assert found["2.132"].decimal == "."


def test_a_word_that_a_line_breaks_keeps_the_hyphen_that_is_its_own():
    lines = ("The duty-free shipments of the year 2024-", "25 were sent on to all of the towns of Gilgit-",
             "Baltistan, and they were once more duty-", "free, as are all ship-", "ments of that kind.")  # fmt: skip
    placed = placed_pdf([(60.0, 700.0 - 14 * i, 11.0, line) for i, line in enumerate(lines)])
    text = " ".join(texts(placed))
    assert "2024-25 were" in text
    assert "Gilgit-Baltistan, and" in text
    assert "more duty-free, as" in text
    assert "all shipments of" in text


def _set(*lines):
    """Lines below one another: how far below the one before, how large, what."""
    y, items = 760.0, []
    for step, size, text in lines:
        y -= step
        items.append((60.0, y, size, text))
    return of_bytes(placed_pdf(items), "a.pdf").text.split("\n")


def test_a_line_of_another_size_is_a_block_of_its_own():
    first = "Trade of the region reached 520.4 billion yuan in"
    assert _set((0, 20.0, "Trade hits a record"), (16, 11.0, first), (14, 11.0, "2025, the customs said.")) == [
        "Trade hits a record",
        f"{first} 2025, the customs said.",
    ]


def test_a_wider_step_down_begins_a_paragraph_and_the_usual_one_does_not():
    lines = ["The pass was open on 34 days of", "Winter Month and the gates of the", "North were shut"]
    assert _set(
        (0, 11.0, lines[0]), (14, 11.0, lines[1]), (14, 11.0, lines[2]), (26, 11.0, "Other news of 5 trains")
    ) == [
        " ".join(lines),
        "Other news of 5 trains",
    ]


@pytest.mark.parametrize("line", ["North handled 8,730 China-", "Trade of", "In May,"])
def test_a_line_that_ends_within_a_sentence_is_no_heading(line):
    after = ["Europe trains in 2024, up 12.5 percent, and carried more cargo", "than ever by rail."]
    read = _set((0, 11.0, line), (14, 11.0, after[0]), (14, 11.0, after[1]))
    assert read == [f"{line.removesuffix(' ')}{'' if line.endswith('-') else ' '}{' '.join(after)}"]
