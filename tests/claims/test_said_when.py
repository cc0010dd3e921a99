"""A date that only says of when has a row of its own, which names its figure and shares what is found of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.claims.check import check
from entrepot.claims.page.said_when import QUANTITY
from entrepot.claims.page.tally import tally

SAID = (
    "In fiscal year 2023 CBP stopped 4,016 shipments under the UFLPA. In March 2021 a ferry carried 700 lorries, "
    "12 percent more than in March 2020."
)


@pytest.fixture
def checked(tmp_path):
    def held(text, published="2024-12-01"):
        file = tmp_path / "report.txt"
        file.write_text(text, encoding="utf-8")
        return check(file, published=published)

    return held


def test_the_date_of_a_figure_on_record_is_on_record_by_the_same_rows(checked):
    rows = {r["text"]: r for r in checked(SAID).claims.to_pylist()}
    figure, when = rows["4,016 shipments"], rows["fiscal year 2023"]
    assert figure["verdict"] == when["verdict"] == "agrees"
    assert when["against"] == figure["against"]
    assert when["quantity"] == QUANTITY
    assert "4,016 shipments" in when["note"]
    assert (when["period_start"], when["period_end"]) == ("2022-10-01", "2023-09-30")


def test_the_date_of_a_figure_that_is_not_on_record_is_not_judged(checked):
    rows = {r["text"]: r for r in checked(SAID).claims.to_pylist()}
    assert rows["March 2021"]["verdict"] == "no_record"
    assert "700 lorries" in rows["March 2021"]["note"]
    assert not rows["March 2021"]["against"]
    assert rows["March 2020"]["note"].startswith("With when a figure is compared")


def test_such_a_row_is_no_claim_for_the_summary_the_page_and_the_counts(checked):
    found = checked(SAID)
    alone = [r for r in found.claims.to_pylist() if r["quantity"] != QUANTITY]
    assert sum(found.verdicts.values()) == len(found.found) == len(alone)
    assert "are periods of other figures" in found.summary
    assert len(found.findings) == len([c for c in found.found if c.verdict != "unread"])


@settings(max_examples=40, deadline=None)
@given(
    parts=st.lists(
        st.sampled_from(
            [
                "In March 2021 a ferry carried 700 lorries.",
                "On 3 May 2021 it sank.",
                "Trade rose 7 percent in 2022, against 5 percent in 2021.",
                "In fiscal year 2023 CBP stopped 4,016 shipments under the UFLPA.",
                "Last year two ports opened; in the first half it was one.",
                "В 2023 году вывезли 5 тысяч тонн.",
                "2024年出口增长5.1%,2023年为4万吨。",
                "See page 12, section 4.",
            ]
        ),
        min_size=1,
        max_size=5,
    )
)
def test_every_figure_and_date_is_in_a_row(parts, tmp_path_factory):
    file = tmp_path_factory.mktemp("when") / "report.txt"
    file.write_text("\n\n".join(parts), encoding="utf-8")
    found = check(file, published="2024-12-01")
    spans = [(r["span_start"], r["span_end"]) for r in found.claims.to_pylist()]
    assert spans == sorted(spans)
    ids = found.claims.column("claim_id").to_pylist()
    assert len(ids) == len(set(ids))
    for one in tally(found.report, found.found).mentions:
        if one.kind != "ordinal":
            assert any(a < one.end and one.start < b for a, b in spans), one.printed


def test_since_when_a_total_counts_is_not_borne_out_by_the_total(checked):
    text = "The UFLPA list has 144 companies {}, the notice says."  # 144 since 15 January 2025 (batch-uflpa-2025-01-15)
    for since in ("since the law was enacted in December 2022", "since December 2021"):
        rows = {r["text"]: r for r in checked(text.format(since), "2025-02-01").claims.to_pylist()}
        assert rows["144 companies"]["verdict"] == "agrees"
        assert [r["verdict"] for words, r in rows.items() if words.startswith("since")] == ["no_record"]


def test_since_when_a_law_has_a_limit_is_borne_out_by_its_part(checked):
    # LkSG: from 1,000 employees on since 1 January 2024
    text = "Since January 2024 the German Supply Chain Act covers companies with 1,000 employees or more."
    rows = checked(text, "2025-02-01").claims.to_pylist()
    assert {r["verdict"] for r in rows} == {"agrees"}
