"""A figure that a report prints twice is that of one row, where nothing else is said beside it."""

from __future__ import annotations

import pytest

from entrepot.desk.check import check

LISTED = "On 7 October 2019 the Commerce Department put 28 Chinese entities linked to Xinjiang on its Entity List."


def verdicts(text, published, tmp_path):
    file = tmp_path / "report.txt"
    file.write_text(text, encoding="utf-8")
    return [(c["text"], c["verdict"], c["against"] or ()) for c in check(file, published=published).claims.to_pylist()]


@pytest.mark.parametrize(
    ("again", "verdict"),
    [
        ("The 28 entities may appeal.", "agrees"),
        ("The 27 entities may appeal.", "no_record"),
        ("Shares of 28 percent were sold.", "no_record"),
        ("Rain fell on 28 days.", "no_record"),
    ],
)
def test_a_number_said_again(again, verdict, tmp_path):
    _, first, last = verdicts(f"{LISTED}\n\n{again}", "2019-10-09", tmp_path)
    assert first == ("28 Chinese entities", "agrees", ["E018"])
    assert last[1] == verdict


def test_a_day_of_another_place_is_not_said_again(tmp_path):
    text = f"{LISTED}\n\nKyrgyzstan opened a bridge at Irkeshtam on 7 October 2019."
    found = [rows for t, _, rows in verdicts(text, "2019-10-09", tmp_path) if "7 October" in t]
    assert "E018" in found[0]
    assert "E018" not in found[1]


def test_the_attackers_are_not_the_dead_said_again(tmp_path):
    text = (
        "A convoy of Chinese nationals was attacked in northwest Pakistan on Tuesday, killing five individuals.\n\n"
        "Armed fighters came to a naval airbase in Pakistan hours before; security forces killed all five assailants."
    )
    *_, last = verdicts(text, "2024-03-27", tmp_path)
    assert last[:2] == ("five assailants", "no_record")
