"""Codes across the edition of 2022, against the UN's concordance and by hand."""

import pytest

from entrepot.core import contract
from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.trade.concord import concord, held_pairs, to_edition
from entrepot.trade.contract import TRADE_FLOWS


def flow(product, vintage, period, value, **rest):
    return {
        "reporter": "CHN", "exporter": "CHN", "importer": "PAK", "flow": "export", "valuation": "FOB",
        "product": product, "hs_vintage": vintage, "period": period, "frequency": "year", "value_usd": value,
        "net_kg": value, "quantity": value, "quantity_unit": "items", "status": "reported", "source_id": "test",
    } | rest  # fmt: skip


PANELS = [
    flow("85414020", "HS2017", "2021", 10.0),
    flow("85414200", "HS2022", "2022", 3.0),
    flow("85414300", "HS2022", "2022", 9.0),
    flow("38180019", "HS2022", "2022", 1.0),
]


def of(rows, to, **options):
    done = concord(contract.table(TRADE_FLOWS, rows), to, **options)
    return {(r["product"], r["period"]): r["value_usd"] for r in done.table.to_pylist()}, done


def test_panels_and_cells_of_2022_are_compared_together():
    found, done = of(PANELS, "HS2022")
    joint = "85414200&85414300"
    assert found == {(joint, "2021"): 10, (joint, "2022"): 12, ("38180019", "2022"): 1}
    assert set(done.table["hs_vintage"].to_pylist()) == {"HS2022"}
    assert done.split_share == pytest.approx(10 / 23)


def test_back_to_2017_they_add_up():
    found, done = of(PANELS, "HS2017")
    assert found == {("85414020", "2021"): 10, ("85414020", "2022"): 12, ("38180019", "2022"): 1}
    assert done.split_share == 0
    assert {r["relation"] for r in done.codes.to_pylist()} == {"added"}


def test_six_digits_take_their_whole_heading_and_name_what_is_left_out():
    rows = [flow("854140", "HS2017", "2021", 10.0), *[flow(f"85414{n}", "HS2022", "2022", 1.0) for n in (1, 2, 3, 9)]]
    found, done = of(rows, "HS2022")
    joint = "854141&854142&854143&854149"
    assert found == {(joint, "2021"): 10, (joint, "2022"): 4}
    (split,) = [r for r in done.codes.to_pylist() if r["relation"] == "split"]
    assert all(code.startswith("8549") for code in split["left_out"])


def test_a_part_without_a_figure_leaves_the_sum_empty():
    found, _ = of([*PANELS[:2], PANELS[2] | {"value_usd": None}], "HS2017")
    assert found["85414020", "2022"] is None


def test_nothing_is_lost_and_nothing_added():
    for to in ("HS2017", "HS2022"):
        assert sum(of(PANELS, to)[0].values()) == sum(r["value_usd"] for r in PANELS)


def test_editions_beyond_the_concordance_are_refused():
    with pytest.raises(BadInputError, match="does not reach"):
        of([flow("854140", "HS2012", "2015", 1.0)], "HS2022")
    with pytest.raises(UnknownNameError):
        of(PANELS, "HS2019")


def test_pairs_of_another_change():
    pairs = {"271000": ("271011", "271019")}
    rows = [
        flow("271000", "HS1996", "2001", 5.0),
        flow("271011", "HS2002", "2002", 2.0),
        flow("271019", "HS2002", "2002", 4.0),
    ]
    found, _ = of(rows, "HS2002", pairs=pairs, since="HS1996")
    assert found == {("271011&271019", "2001"): 5, ("271011&271019", "2002"): 6}


@pytest.mark.shared
def test_the_changes_held_are_those_of_the_published_concordance(shared):
    import csv

    published = {}
    with (shared / "data/reference/hs_concordances.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            if row["adjustment"] == "2022 to 2017":
                published.setdefault(row["code.before"].zfill(6), set()).add(row["code.after"].zfill(6))
    six = {before: after for before, after in held_pairs().items() if len(before) == 6}
    assert len(six) > 140
    assert {before: set(after) for before, after in six.items()} == {before: published[before] for before in six}


@pytest.mark.shared
def test_ember_across_2022(shared):
    """The solar series joined by hand, month by month, for one partner."""
    import csv
    import gzip

    from entrepot.trade.loading import flow_file

    path = shared / "data/trade/ember_china_solar_exports_monthly.csv.gz"
    by_month = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            if row["Area"] == "Pakistan" and row["Commodity code"].startswith("8541"):
                month = row["Date"][:7]
                by_month[month] = by_month.get(month, 0) + float(row["Amount (USD)"])
    done = concord(flow_file.read_flows(path).table, "HS2017").table.to_pylist()
    ours = {r["period"]: r["value_usd"] for r in done if r["importer"] == "PAK" and r["product"] == "85414020"}
    assert ours == pytest.approx(by_month)


def test_rows_that_the_concordance_does_not_reach_stay_and_are_told():
    older = flow("854140", "HS2012", "2015", 5.0)
    table, told = to_edition(contract.table(TRADE_FLOWS, [older, *PANELS]), "HS2022")
    assert {(r["product"], r["period"]): r["value_usd"] for r in table.to_pylist()} == {
        **of(PANELS, "HS2022")[0],
        ("854140", "2015"): 5.0,
    }
    assert told[0].startswith("3 codes brought to HS2022; 43.5% of the value")
    assert told[1].startswith("1 row of HS2012 stays as it is")


def test_an_edition_that_is_not_held_is_refused():
    with pytest.raises(UnknownNameError):
        to_edition(contract.table(TRADE_FLOWS, PANELS), "HS2012")
    with pytest.raises(BadInputError, match="no row is of an edition"):
        to_edition(contract.table(TRADE_FLOWS, [flow("854140", "HS2012", "2015", 5.0)]), "HS2017")


def test_flows_of_no_edition_say_how_to_tell_it():
    with pytest.raises(BadInputError) as refused:
        to_edition(contract.table(TRADE_FLOWS, [flow("854140", "unknown", "2015", 5.0)]), "HS2022")
    assert '[fixed], then vintage = "HS2022" or "HS2017"' in refused.value.remedy


def read_by_code(*rows, to="HS2017"):
    table, told = to_edition(
        contract.table(TRADE_FLOWS, [*PANELS, *(flow(c, "unknown", p, v) for c, p, v in rows)]), to
    )
    own = {r["product"] for r in PANELS} | {"85414020", "85414200&85414300"}
    found = {(r["product"], r["period"]): (r["hs_vintage"], r["value_usd"]) for r in table.to_pylist()}
    return {k: v for k, v in found.items() if k[0] not in own}, " ".join(told)


@pytest.mark.parametrize(
    ("rows", "to", "found"),
    [
        # parts of aircraft: heading 8803 was dropped in 2022 and 8807 made
        ([("880330", "2021", 1.0), ("880730", "2022", 2.0)], "HS2017", {"880330": {"2021": 1.0, "2022": 2.0}}),
        # flours of fish: 0305.10 became 0309.10 alone
        ([("030510", "2021", 1.0), ("030910", "2022", 2.0)], "HS2022", {"030910": {"2021": 1.0, "2022": 2.0}}),
        ([("880730", "2023", 2.0)], "HS2017", {"880330": {"2023": 2.0}}),
        ([("030510", "2023", 2.0)], "HS2022", {"030910": {"2023": 2.0}}),  # an office that was late
        # panels: heading 8541 stood before, and the reporter's own rows show the change
        ([("854140", "2021", 1.0), ("854142", "2022", 2.0), ("854143", "2022", 4.0)], "HS2017",
         {"854140": {"2021": 1.0, "2022": 6.0}}),
    ],
)  # fmt: skip
def test_a_code_that_one_edition_has_says_of_which_it_is(rows, to, found):
    done, told = read_by_code(*rows, to=to)
    assert {k: v[1] for k, v in done.items()} == {(c, p): v for c, of in found.items() for p, v in of.items()}
    assert f"{len(rows)} row{'s' if len(rows) > 1 else ''} of no edition said" in told


@pytest.mark.parametrize(
    "rows",
    [
        [("520100", "2021", 1.0), ("520100", "2022", 2.0)],  # cotton: the same code in both
        [("854142", "2022", 2.0)],  # no row shows that the reporter ever counted the code that was dropped
        [("854142", "2021", 3.0), ("854142", "2022", 2.0)],  # counted before the change
        [("880330", "2015", 1.0)],  # an edition before those that are held had it too
        [("880730", "2020", 1.0)],  # before there was such a code
    ],
)
def test_a_code_that_does_not_say_of_which_edition_it_is_stays(rows):
    done, told = read_by_code(*rows)
    assert done == {(c, p): ("unknown", v) for c, p, v in rows}
    stay = "1 row of unknown stays as it is" if len(rows) == 1 else "2 rows of unknown stay as they are"
    assert f"{stay}: no code says of which edition." in told


def test_a_code_that_stood_before_is_not_moved_into_one_of_those_that_gave_it_a_part():
    """Screens of aircraft, phones and stoves became 8524 and 8529.90 in 2022: 8529.90 is no part of aircraft."""
    rows = [flow("880390", "HS2017", "2021", 1.0), flow("880790", "HS2022", "2022", 2.0)]
    rows += [flow("852990", "HS2017", "2021", 50.0), flow("852990", "HS2022", "2022", 60.0)]
    found, _ = of(rows, "HS2017")
    assert found == {("880390", "2021"): 1, ("880390", "2022"): 2, ("852990", "2021"): 50, ("852990", "2022"): 60}
    found, done = of(rows, "HS2022")
    assert found == {("880790", "2021"): 1, ("880790", "2022"): 2, ("852990", "2021"): 50, ("852990", "2022"): 60}
    (row,) = done.codes.to_pylist()
    assert (row["before"], row["after"], row["relation"]) == ("880390", "880790", "split")
    assert "852411" in row["left_out"]
