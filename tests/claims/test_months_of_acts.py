"""A month is that of an act which its clause says was done: implemented in August, banned in December."""

from __future__ import annotations

import pytest

from entrepot.desk.check import check

# Day of publication, text, the month, a row that has it.
DONE = [
    (
        "2023-12-20",
        "China announced export restrictions on gallium and germanium in July, which were implemented in August.",
        "August",
        "cn-gallium-germanium/licence",
    ),
    (
        "2025-04-20",
        "China is the largest producer of antimony. In December it banned exports to the US.",
        "December",
        "cn-antimony/us-ban",
    ),
    ("2025-09-03", "The CSDDD has to be transposed into German law by July 2027.", "July 2027", "E101"),
    ("2025-11-10", "对美出口镓、锗的禁令自即日起暂停实施至2026年11月27日。", "2026年", "cn-gallium-germanium/us-ban"),
]
NOT_DONE = [
    (
        "2023-07-15",
        "In a report to Congress last month on UFLPA enforcement, CBP listed batteries and tires.",
        "last month",
    ),
    ("2023-12-20", "China's gallium exports were a concern for buyers in August.", "August"),
    ("2017-06-01", "The land port of Alashankou saw more cargo trains than ever in 2016.", "2016"),
    # The last day of a ban before it was suspended, and the first of another control.
    ("2025-10-10", "Effective from Nov. 8, exports of synthetic graphite anodes need China's approval.", "Nov. 8"),
]


def found(text, published, word, tmp_path):
    file = tmp_path / "report.txt"
    file.write_text(text, encoding="utf-8")
    (claim,) = (c for c in check(file, published=published).claims.to_pylist() if word in c["text"])
    return claim["verdict"], claim["against"] or ()


@pytest.mark.parametrize(("published", "text", "word", "row"), DONE)
def test_a_month_in_which_it_was_done(published, text, word, row, tmp_path):
    verdict, rows = found(text, published, word, tmp_path)
    assert verdict == "agrees"
    assert row in rows


@pytest.mark.parametrize(("published", "text", "word"), NOT_DONE)
def test_a_month_in_which_something_else_was_done(published, text, word, tmp_path):
    assert found(text, published, word, tmp_path)[0] != "agrees"


def test_an_agreement_of_two_countries_is_named_by_both(tmp_path):
    """E056, the visa exemption of 10 November 2023, stands under Khorgos on record."""
    text = "Граждане Казахстана и Китая с 10 ноября 2023 года освобождаются от визовых требований."
    file = tmp_path / "report.txt"
    file.write_text(text, encoding="utf-8")
    (claim,) = check(file, published="2024-03-01").claims.to_pylist()
    assert "E056" in {offer["row_id"] if isinstance(offer, dict) else offer for offer in claim["offered"]}
