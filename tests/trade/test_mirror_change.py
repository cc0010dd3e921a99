"""Mirrors before and after a day, against sums made by hand."""

from datetime import date
from random import Random

import polars as pl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from entrepot.cli.mirror import command
from entrepot.core import contract
from entrepot.core.errors import BadInputError
from entrepot.desk.mirror import mirror
from entrepot.trade.contract import TRADE_FLOWS
from entrepot.trade.mirrors.changes.asked_spans import Asked
from entrepot.trade.mirrors.changes.mirror_change import ALL, change
from entrepot.trade.mirrors.changes.missing_shares import student

ASKED = Asked(date(2022, 3, 1))
# Year, what Germany says it sent to Kazakhstan and France, what these say they received of it.
YEARS = {"2020": (90, 100, 80, 99), "2021": (100, 100, 90, 101), "2022": (250, 110, 120, 112)}


def flows(rows):
    usual = {"valuation": "FOB", "hs_vintage": "HS2017", "status": "reported", "source_id": "test", "product": "8471"}
    schema = {c.name: pl.Float64 if c.type == "number" else pl.String for c in TRADE_FLOWS.columns}
    return pl.DataFrame([usual | r for r in rows], schema=schema).to_arrow()


def row(importer, flow, period, value, frequency="year", **more):
    who = "DEU" if flow == "export" else importer
    given = {"reporter": who, "exporter": "DEU", "importer": importer, "flow": flow, "period": period}
    return given | {"value_usd": float(value), "frequency": frequency} | more


def yearly():
    out = []
    for year, (to_kaz, to_fra, by_kaz, by_fra) in YEARS.items():
        out += [row("KAZ", "export", year, to_kaz), row("FRA", "export", year, to_fra)]
        out += [row("KAZ", "import", year, by_kaz), row("FRA", "import", year, by_fra)]
    return out


def found(rows, asked=ASKED):
    done = change(flows(rows), asked)
    return {(r["exporter"], r["importer"]): r for r in done.table.to_pylist()}, done.told


def test_the_missing_share_is_what_no_importer_reports_of_the_rise():
    rows, told = found(yearly())
    pair = rows["DEU", "KAZ"]
    assert (pair["export_before_usd"], pair["export_after_usd"]) == (100, 250)
    assert (pair["export_change_usd"], pair["export_change_pct"]) == (150, 150)
    assert pair["import_change_usd"] == 30
    assert (pair["missing_usd"], pair["missing_pct"]) == (120, 80)
    assert (pair["gap_before_usd"], pair["gap_after_usd"], pair["gap_before_pct"]) == (10, 130, 10)
    assert told[0] == "After: 2022 to 2022; before: 2021 to 2021."


def test_totals_add_up_the_pairs():
    rows, _ = found(yearly())
    total = rows["DEU", ALL]
    for name in ("export_before_usd", "export_after_usd", "import_before_usd", "import_after_usd"):
        assert total[name] == rows["DEU", "KAZ"][name] + rows["DEU", "FRA"][name]
    assert total["missing_usd"] == (360 - 200) - (232 - 191)


def test_months_of_a_whole_year_stand_beside_years():
    rows = [r for r in yearly() if not (r["flow"] == "import" and r["importer"] == "KAZ")]
    for year, (_, _, by_kaz, _) in YEARS.items():
        rows += [row("KAZ", "import", f"{year}-{m:02d}", by_kaz / 12, "month") for m in range(1, 13)]
    added, told = found(rows)
    assert added["DEU", "KAZ"]["missing_pct"] == pytest.approx(80)
    assert any("added up to years" in t for t in told)
    short = [r for r in rows if r["period"] != "2022-12"]
    assert ("DEU", "KAZ") not in found(short)[0]


def test_months_are_compared_with_the_same_months_a_year_before():
    rows = []
    for year in (2021, 2022):
        for m in range(1, 7):
            sent = 10 * m * (2 if year == 2022 else 1)
            rows += [row("KAZ", f, f"{year}-{m:02d}", sent, "month") for f in ("export", "import")]
    pair = found(rows)[0]["DEU", "KAZ"]
    assert (pair["export_before_usd"], pair["export_after_usd"]) == (180, 360)  # March to June
    assert (pair["missing_usd"], pair["missing_pct"]) == (0, 0)


def test_an_importer_that_reports_others_and_names_none_received_none():
    rows = [r for r in yearly() if not (r["flow"] == "import" and r["importer"] == "KAZ" and r["period"] == "2022")]
    rows.append({**row("KAZ", "import", "2022", 5), "exporter": "CHN"})
    assert found(rows)[0]["DEU", "KAZ"]["import_after_usd"] == 0


def test_a_side_that_does_not_report_leaves_its_pairs_out_and_is_counted():
    rows = [r for r in yearly() if not (r["flow"] == "import" and r["importer"] == "KAZ" and r["period"] == "2022")]
    pairs, told = found(rows)
    assert ("DEU", "KAZ") not in pairs
    assert any(t.startswith("1 pair is left out") for t in told)


def test_of_a_flow_that_did_not_rise_nothing_is_missing():
    rows = [r | {"value_usd": 50.0} if r["period"] == "2022" else r for r in yearly()]
    pair = found(rows)[0]["DEU", "KAZ"]
    assert (pair["missing_usd"], pair["missing_pct"]) == (None, None)


def test_the_verb_takes_groups_and_refuses_a_span_without_a_day():
    table = flows(yearly())
    done = mirror(table, since="2022-03", exporters="EU27", importers="KAZ").table.to_pylist()
    assert {r["importer"] for r in done} == {"KAZ", ALL}
    with pytest.raises(BadInputError, match="Give --since"):
        mirror(table, exporters="EU27")
    with pytest.raises(BadInputError, match="no flow is reported"):
        mirror(table, since="2030")


def test_that_no_freight_is_taken_off_is_said_with_what_stood_between_before():
    _, told = found(yearly())
    (said,) = [t for t in told if t.startswith("No margin of freight")]
    assert "-4.5%" in said  # 90 and 101 received of 100 and 100 sent
    assert "more is missing" not in said
    dearer = [r | ({"value_usd": r["value_usd"] * 1.2} if r["flow"] == "import" else {}) for r in yearly()]
    (said,) = [t for t in found(dearer)[1] if t.startswith("No margin of freight")]
    assert "+14.6%" in said  # 191 x 1.2 of 200
    assert said.endswith("more is missing than printed.")


def test_a_narrow_screen_shows_what_is_missing(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    path = tmp_path / "flows.parquet"
    pq.write_table(contract.check(TRADE_FLOWS, flows(yearly())), path)
    shown = CliRunner().invoke(command, [str(path), "--since", "2022-03-01"])
    assert shown.exit_code == 0, shown.output
    assert "missing pct" in shown.output.partition("not shown")[0].partition("\n")[0]


def monthly(after, received, noise=0.1, seed=0):
    """Two years of months: exports to KAZ of 100 and noise, `after` more in 2022, of which `received` arrives."""
    draw, out = Random(seed), []
    for year in (2021, 2022):
        for m in range(1, 13):
            sent = 100 * (1 + noise * draw.gauss(0, 1)) + (after if year == 2022 else 0)
            got = sent * (1 + noise * draw.gauss(0, 1) / 2) - ((after - received) if year == 2022 else 0)
            out += [row("KAZ", f, f"{year}-{m:02d}", v, "month") for f, v in (("export", sent), ("import", got))]
    return out


YEAR = Asked(date(2022, 1, 1))


@pytest.mark.parametrize("seed", range(20))
def test_where_nothing_changed_but_by_chance_no_share_is_given(seed):
    pair = found(monthly(0, 0, seed=seed), YEAR)[0]["DEU", "KAZ"]
    # Of twenty draws one may pass for a rise at 95 %; none of these does.
    assert pair["missing_pct"] is None
    assert pair["missing_basis"] == ("chance" if pair["export_change_usd"] > 0 else "no_rise")
    assert (pair["missing_low_pct"], pair["missing_high_pct"]) == (None, None)


@pytest.mark.parametrize(("after", "received"), [(300, 120), (200, 200), (80, 20), (1000, 0), (500, 450)])
def test_a_rise_beyond_chance_has_its_share_within_the_interval(after, received):
    held = 0
    for seed in range(20):
        pair = found(monthly(after, received, seed=seed), YEAR)[0]["DEU", "KAZ"]
        if pair["missing_basis"] == "beyond_rise":  # nothing arrives, and a little less than before by chance
            assert received == 0
            continue
        assert pair["missing_low_pct"] <= pair["missing_pct"] <= pair["missing_high_pct"]
        held += pair["missing_low_pct"] <= 100 * (1 - received / after) <= pair["missing_high_pct"]
    assert held >= (16 if received else 4)  # of 20 at 95 % nineteen are expected


def test_what_is_no_share_is_named_with_its_exports():
    rows, told = found(monthly(0, 0, seed=1), YEAR)
    assert rows["DEU", "KAZ"]["missing_basis"] == "chance"
    (said,) = [t for t in told if t.startswith("No share is given")]
    assert "DEU to KAZ (exports +" in said
    assert "the 12 periods" in said


def test_more_than_the_whole_rise_is_no_share_of_it():
    falls = {"2021": (100, 80), "2022": (130, 20)}  # exports rose by 30, imports fell by 60
    rows = [row("KAZ", f, y, v) for y, both in falls.items() for f, v in zip(("export", "import"), both, strict=True)]
    done, told = found(rows)
    pair = done["DEU", "KAZ"]
    assert (pair["missing_usd"], pair["missing_pct"], pair["missing_basis"]) == (90, None, "beyond_rise")
    assert any("more than the whole rise there (4 rows): +ALL to +ALL" in t for t in told)


def test_of_few_periods_that_chance_is_not_told_is_said():
    rows, told = found(yearly())
    assert rows["DEU", "KAZ"]["missing_basis"] == "no_interval"
    assert any(t.startswith("Of 1 period before and after the day chance cannot be told") for t in told)
    assert not any(t.startswith("Of ") for t in found(monthly(300, 120), YEAR)[1])


def test_shares_have_one_digit_behind_the_point():
    rows = [r | {"value_usd": 230.0} if r["value_usd"] == 250 else r for r in yearly()]
    pair = found(rows)[0]["DEU", "KAZ"]
    assert pair["missing_pct"] == 76.9  # 100 of 130


@pytest.mark.parametrize(("freedom", "value"), [(3, 3.182), (4, 2.776), (10, 2.228), (21, 2.080), (100, 1.984)])
def test_the_ends_of_a_student_variable_are_those_of_the_tables(freedom, value):
    assert student(freedom) == pytest.approx(value, rel=0.01)


def ends(stop="2022-06", **more):
    """Months of 2021 and 2022 of which Kazakhstan's imports end; France and Italy report all of theirs."""
    out = []
    for year in (2021, 2022):
        for m in range(1, 13):
            period = f"{year}-{m:02d}"
            out += [row(p, "export", period, 100, "month", **more) for p in ("KAZ", "FRA", "ITA")]
            out += [row(p, "import", period, 100, "month", **more) for p in ("KAZ", "FRA", "ITA")]
    return [r for r in out if not (r["reporter"] == "KAZ" and r["period"] > stop)]


def test_who_stops_is_named_with_its_exports_and_until_when_it_is_compared():
    told = found(ends())[1]
    # Of March to December 2022 ten months of 100 are sent.
    assert (
        "KAZ reports no imports after 2022-06; exports to it since 2022-03: USD 1,000. --until 2022-06 compares it."
        in (told)
    )
    until = Asked(ASKED.since, date(2022, 6, 30))
    rows, told = found(ends(), until)
    assert ("DEU", "KAZ") in rows
    assert not any("reports no" in t for t in told)


def test_who_never_reports_follows_those_that_stop_and_has_no_until():
    rows = [r for r in ends() if r["reporter"] != "FRA"]
    told = [t for t in found(rows)[1] if "reports no" in t]
    assert [t[:3] for t in told] == ["KAZ", "FRA"]
    assert told[1] == "FRA reports no imports of these periods; exports to it since 2022-03: USD 1,000."


def test_who_lacks_periods_between_is_named_with_them():
    rows = [r for r in ends("2022-12") if not (r["reporter"] == "ITA" and r["period"] in {"2021-04", "2022-05"})]
    (said,) = [t for t in found(rows)[1] if "reports no" in t]
    assert said.startswith("ITA reports no imports in 2021-04, 2022-05; exports")
    assert "--until 2022-03" in said  # March of both years is there


def test_an_exporter_that_stops_is_named_likewise():
    rows = [r | {"exporter": "POL", "reporter": "POL"} if r["flow"] == "export" and r["importer"] == "ITA" else r
            for r in ends("2022-12")]  # fmt: skip
    rows = [r | {"exporter": "POL"} if r["reporter"] == "ITA" else r for r in rows]
    rows = [r for r in rows if not (r["reporter"] == "POL" and r["period"] > "2022-09")]
    (said,) = [t for t in found(rows)[1] if "reports no" in t]
    assert said.startswith(
        "POL reports no exports after 2022-09; imports from it since 2022-03: USD 1,000. --until 2022-09"
    )


def test_the_error_names_who_was_asked_for_first_and_no_member_of_a_group_that_is_not_in_the_file():
    with pytest.raises(BadInputError) as caught:
        mirror(flows(ends()), since="2022-03", exporters="EU27", importers="KAZ")
    assert caught.value.found == "KAZ reports no imports after 2022-06"
    assert "--until 2022-06" in str(caught.value)
    with pytest.raises(BadInputError) as caught:  # asked for by name, and in no report
        mirror(flows(ends()), since="2022-03", exporters="EU27", importers="KGZ")
    assert caught.value.found == "KGZ reports no imports of these periods"


def test_what_others_report_besides_still_says_that_a_side_speaks():
    rows = [r for r in ends("2022-12") if not (r["reporter"] == "KAZ" and r["period"] > "2022-06")]
    rows += [{**row("KAZ", "import", f"2022-{m:02d}", 5, "month"), "exporter": "CHN"} for m in range(7, 13)]
    done, told = found(rows, Asked(ASKED.since, exporters=("DEU",), importers=("KAZ",), named=("DEU", "KAZ")))
    assert done["DEU", "KAZ"]["import_after_usd"] == 400  # March to June
    assert not any("reports no" in t for t in told)


def quarterly(*places, rows=None):
    """The months of some importers' reports added up to quarters."""
    out = []
    for r in rows or ends("2022-12"):
        if r["flow"] != "import" or r["reporter"] not in places:
            out.append(r)
        elif int(r["period"][5:]) % 3 == 0:
            quarter = f"{r['period'][:4]}-Q{int(r['period'][5:]) // 3}"
            out.append(r | {"period": quarter, "frequency": "quarter", "value_usd": 3 * r["value_usd"]})
    return out


def test_who_reports_quarters_stands_in_the_way_of_nobody_else():
    rows, told = found(quarterly("KAZ"), Asked(ASKED.since, importers=("FRA", "ITA")))
    assert rows["DEU", "FRA"]["import_after_usd"] == 1000
    assert told[0].startswith("After: 2022-03 to 2022-12")
    assert not any("added up" in t for t in told)


@pytest.mark.parametrize("asked", [(), ("KAZ",), ("KAZ", "FRA")])
def test_months_are_added_up_to_the_quarters_that_are_asked_for(asked):
    rows, told = found(quarterly("KAZ"), Asked(ASKED.since, importers=asked))
    pair = rows["DEU", "KAZ"]
    assert (pair["export_after_usd"], pair["import_after_usd"]) == (1200, 1200)  # the quarter of March is the first
    assert "Shorter periods are added up to quarters, which KAZ reports." in told


def test_a_quarter_that_lacks_a_month_is_left_out_and_counted():
    rows = [r for r in quarterly("KAZ") if not (r["reporter"] == "FRA" and r["period"] == "2022-08")]
    done, told = found(rows, Asked(ASKED.since, importers=("KAZ", "FRA")))
    assert ("DEU", "FRA") not in done
    assert done["DEU", "KAZ"]["export_after_usd"] == 1200
    assert any(t.endswith("1 of these that a reporter does not fill is left out.") for t in told)
    assert any(t.startswith("FRA reports no imports in 2022-Q3") for t in told)


def test_quarters_beside_months_are_named_where_no_day_is_asked():
    told = mirror(flows(quarterly("KAZ"))).notes
    # 24 months of exports at 100, 8 quarters of imports at 300.
    said = "KAZ reports quarters, its partners months: not compared, 32 rows of 1 pair"
    (one,) = [t for t in told if t.startswith(said)]
    assert "(USD 2,400 by exporters, 2,400 by importers)" in one
    assert not any("not compared" in t for t in mirror(flows(ends("2022-12"))).notes)


def test_who_reports_both_lengths_is_compared():
    both = [*quarterly("KAZ"), *(r for r in ends("2022-12") if r["reporter"] == "KAZ")]
    assert not any("not compared" in t for t in mirror(flows(both)).notes)
