"""Words of this year beside months or days are counted from publication, whatever year the sentence has named."""

import pytest

from entrepot.claims.check import check

TOTAL = "В 2023 году внешняя торговля Синьцзяна составила 357,33 млрд юаней, а "


@pytest.mark.parametrize(
    ("sentence", "figure", "verdict", "begins"),
    [
        ("2023年新疆外贸总值3573.3亿元，今年上半年为1496.2亿元。", "1496.2亿元", "differs", "2025-01-01"),
        ("2023年新疆外贸总值3573.3亿元，上半年为1496.2亿元。", "1496.2亿元", "agrees", "2023-01-01"),
        ("2024年新疆外贸总值为4351亿元，本年上半年为2808亿元。", "2808亿元", "agrees", "2025-01-01"),
        ("2024年霍尔果斯口岸通行班列8730列，截至今年8月8日超过6000列。", "8730列", "agrees", "2024-01-01"),
        (TOTAL + "в первом полугодии этого года — 149,62 млрд юаней.", "149,62 млрд юаней", "differs", "2025-01-01"),
        (TOTAL + "в нынешнем году, с начала года, — 149,62 млрд юаней.", "149,62 млрд юаней", None, "2025-01-01"),
        (TOTAL + "в первом полугодии — 149,62 млрд юаней.", "149,62 млрд юаней", "agrees", "2023-01-01"),
        (
            "In 2023 Xinjiang's trade was 357.33 billion yuan, in the first half of the current year 280.8 billion.",
            "280.8 billion",
            "agrees",
            "2025-01-01",
        ),
    ],
)
def test_this_year_is_that_of_publication(sentence, figure, verdict, begins, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(sentence, encoding="utf-8")
    (claim,) = [c for c in check(path, published="2025-09-05").found if c.text == figure]
    assert claim.period_start == begins
    assert verdict in (None, claim.verdict)
