"""Reports whose other side is in another edition of the Harmonized System: not compared, and said."""

import pytest

from entrepot.core import contract
from entrepot.core.errors import BadInputError
from entrepot.desk.mirror import mirror as verb
from entrepot.trade.contract import TRADE_FLOWS
from entrepot.trade.mirrors.mirror_gaps import mirror

YEARS = ("2018", "2019", "2020", "2021")


def report(flow, exporter, importer, product, period, value, edition):  # noqa: PLR0913, PLR0917
    """One report."""
    return {
        "reporter": exporter if flow == "export" else importer, "exporter": exporter, "importer": importer,
        "flow": flow, "valuation": "CIF" if flow == "import" else "FOB", "product": product, "hs_vintage": edition,
        "period": period, "frequency": "year", "value_usd": value, "status": "simulated", "source_id": "simulated",
    }  # fmt: skip


def pair(exporter, importer, sent_in, received_in, product="850440"):
    """Both sides' reports of four years, 100 sent and 105 received."""
    return [
        report(flow, exporter, importer, product, year, value, edition)
        for year in YEARS
        for flow, value, edition in (("export", 100.0, sent_in), ("import", 105.0, received_in))
    ]


def table(*parts):
    return contract.table(TRADE_FLOWS, [row for part in parts for row in part])


ALIKE = ("HS2022", "HS2022")


@pytest.mark.parametrize("other", ["HS2017", "unknown"])
def test_what_the_other_side_reports_in_another_edition_is_no_flow_of_one_side(other):
    done = mirror(table(pair("AUT", "BEL", *ALIKE), pair("AUT", "CHE", "HS2022", other)))
    rows = done.flows.to_pylist()
    assert {(r["exporter"], r["importer"], r["sides"]) for r in rows} == {("AUT", "BEL", "both")}


def test_who_reports_in_which_edition_is_said_with_the_value_and_what_to_do(tmp_path):
    answer = verb(table(pair("AUT", "BEL", *ALIKE), pair("AUT", "CHE", "HS2022", "HS2017")), store=tmp_path)
    said = " ".join(answer.notes)
    # Four years of 100 sent and 105 received.
    assert "Not compared: 8 reports (USD 820)" in said
    assert "CHE in HS2017; AUT in HS2022" in said
    assert "--hs HS2017" in said
    assert "[fixed] vintage" not in said


def test_an_edition_that_nobody_says_is_to_be_said(tmp_path):
    answer = verb(table(pair("AUT", "BEL", *ALIKE), pair("AUT", "CHE", "HS2022", "unknown")), store=tmp_path)
    said = " ".join(answer.notes)
    assert "CHE in an edition that nobody says" in said
    assert '[fixed] vintage = "HS2022"' in said


def test_chapters_are_no_mirror_of_codes(tmp_path):
    codes = [r for r in pair("AUT", "CHE", *ALIKE) if r["flow"] == "export"]
    chapters = [r for r in pair("AUT", "CHE", *ALIKE, product="85") if r["flow"] == "import"]
    answer = verb(table(pair("AUT", "BEL", *ALIKE), codes, chapters), store=tmp_path)
    assert {r["importer"] for r in answer.table.to_pylist()} == {"BEL"}
    assert "CHE by chapter" in " ".join(answer.notes)


def test_chapters_of_two_editions_are_compared():
    done = mirror(table(pair("AUT", "BEL", "HS2022", "HS2017", product="85")))
    assert {r["sides"] for r in done.flows.to_pylist()} == {"both"}


def test_a_side_that_reports_in_that_edition_reported_none_of_it(tmp_path):
    alone = report("export", "AUT", "BEL", "841370", "2019", 50.0, "HS2022")
    answer = verb(table(pair("AUT", "BEL", *ALIKE), [alone]), store=tmp_path)
    assert [r["product"] for r in answer.table.to_pylist() if r["sides"] == "exporter_only"] == ["841370"]
    assert "Not compared" not in " ".join(answer.notes)


def test_where_nothing_can_be_compared_the_refusal_says_why():
    with pytest.raises(BadInputError, match=r"too few flows have a mirror: 0.*BEL in HS2017; AUT in HS2022.*--hs"):
        mirror(table(pair("AUT", "BEL", "HS2022", "HS2017")))
