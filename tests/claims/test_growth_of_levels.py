"""A growth rate is that of the level which it stands behind, and of no other row of the place and time."""

from __future__ import annotations

import pytest

from entrepot.desk.check import check

# The day of publication, a sentence with a place for a rate, the rate of the level's row, and that of another row.
SAID = {
    "another side": ("2026-02-01", "Xinjiang trade came to 520.4 billion yuan in 2025, up {} percent.", "19.9", "98.3"),
    "the whole, beside a side": (
        "2024-02-10",
        "Xinjiang's trade with Kazakhstan came to $20.3 billion in 2023, up {} percent.",
        "63",
        "45.9",
    ),
    "another quantity": (
        "2025-02-10",
        "Freight through the Khorgos rail port came to 12.1 million tonnes in 2024, up {} percent.",
        "10.9",
        "12.5",
    ),
    "in Chinese": ("2025-02-10", "2024年霍尔果斯铁路口岸货运量1210万吨，同比增长{}%。", "10.9", "12.5"),
    "in Russian": ("2025-02-10", "Хоргос: в 2024 году прошло 8730 поездов, рост {}%.", "12,5", "10,9"),
    "another mode": (
        "2022-11-10",
        "Alashankou's rail freight came to 8.912 million tonnes in the first three quarters of 2022, up {} percent.",
        "13.2",
        "8.1",
    ),
    "another place": (
        "2025-06-25",
        "Cargo at Irkeshtam came to 982,000 tonnes in January to May 2025, and at Torugart to 700,000 tonnes, up {} %.",
        "53.4",
        "66",
    ),
    "before the level": (
        "2025-02-10",
        "Freight through the Khorgos rail port rose {} percent to 12.1 million tonnes in 2024.",
        "10.9",
        "12.5",
    ),
    "persons, not vehicles": (
        "2025-02-10",
        "Torugart's border inspection counted over 150,000 people in 2024, up {} percent.",
        "78.26",
        "49.25",
    ),
    "far behind the level": (
        "2022-11-10",
        "Alashankou's rail freight came to 8.912 million tonnes from January to September 2022, which was up {} %.",
        "13.2",
        "8.1",
    ),
}


def _verdicts(tmp_path, published, sentence):
    report = tmp_path / "report.txt"
    report.write_text(sentence, encoding="utf-8")
    return [(row["text"], row["verdict"]) for row in check(report, published=published).claims.to_pylist()]


@pytest.mark.parametrize("said", sorted(SAID))
def test_a_rate_is_of_the_level_that_it_stands_behind(tmp_path, said):
    published, sentence, own, other = SAID[said]
    for rate, verdict in ((own, "agrees"), (other, "differs")):
        found = _verdicts(tmp_path, published, sentence.format(rate))
        assert [v for text, v in found if text.startswith(rate)] == [verdict]


@pytest.mark.parametrize(
    ("published", "sentence"),
    [
        ("2025-02-10", "2024年，霍尔果斯铁路口岸通行中欧班列8730列、货运量1210万吨，同比分别增长12.5%和10.9%。"),
        ("2025-02-10", "In 2024 Khorgos handled 8,730 trains and 12.1 million tonnes, up 12.5 and 10.9 percent."),
        (
            "2025-02-10",
            "Khorgos rail freight came to 12.1 million tonnes in 2024, and the number of trains grew by 12.5 percent.",
        ),
    ],
)
def test_rates_of_other_levels_stay_theirs(tmp_path, published, sentence):
    rates = [verdict for text, verdict in _verdicts(tmp_path, published, sentence) if text.startswith(("12.5", "10.9"))]
    assert set(rates) == {"agrees"}
