"""Signs say bounds as words do: > 1,000 employees, 1,000+, ≥ 450 million; what is added up is no bound."""

from __future__ import annotations

import pytest

from entrepot.claims.check import check


def said(text, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    return {c.text: c for c in check(path, published="2024-09-01").found if c.value is not None}


@pytest.mark.parametrize(
    ("text", "printed", "bound", "value"),
    [
        ("The CSDDD covers firms with > 1,000 employees.", "> 1,000 employees", "over", 1000),
        ("The CSDDD covers firms with 1,000+ employees.", "1,000+ employees", "over", 1000),
        ("The CSDDD covers firms with 1,000-plus employees.", "1,000-plus employees", "over", 1000),
        ("CSDDD：营业额≥4.5亿欧元。", "≥4.5亿欧元", "at_least", 450_000_000),
        ("CSDDD: оборот >450 млн евро.", ">450 млн евро", "over", 450_000_000),
        ("De minimis: parcels of <= $800.", "<= $800", "up_to", 800),
        ("De minimis: parcels of ≤$800.", "≤$800", "up_to", 800),
        ("The post counted 2 + 3 tonnes.", "2", "exact", 2),
    ],
)
def test_a_sign_is_a_bound(text, printed, bound, value, tmp_path):
    claim = said(text, tmp_path)[printed]
    assert (claim.bound, claim.value) == (bound, value)


def test_a_limit_in_signs_is_held_against_the_law(tmp_path):
    claims = said("The CSDDD covers firms with 1,000+ employees and >€450 million in turnover.", tmp_path)
    assert {c.verdict for c in claims.values()} == {"agrees"}  # R221, R223: before Omnibus I
    claims = said("The CSDDD covers firms with 500+ employees and >€150 million in turnover.", tmp_path)
    assert {c.verdict for c in claims.values()} == {"differs"}  # the proposal of 2022


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # about a fifth of the world's cotton is Xinjiang's (S025, S026), and a little more China's (S011)
        ("About 20% of the world's cotton comes from China, and 84% of that comes from Xinjiang.", {"S011"}),
        ("About 20% of the world's cotton comes from China's western Xinjiang region.", {"S025", "S026"}),
        ("About 20% of the world's cotton comes from Xinjiang.", {"S025", "S026"}),
        ("About 84% of cotton produced in China comes from Xinjiang.", {"S013", "S014", "S015"}),
    ],
)
def test_a_share_of_the_country_behind_it_is_none_of_the_region(text, rows, tmp_path):
    assert rows & set(said(text, tmp_path)[text[:9]].against)
