"""The command: defaults of the measure, formats, exit codes, and that what it showed can be opened again."""

import json
from datetime import date

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from entrepot.cli.divert import command
from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.diversion.route import question
from entrepot.vocabulary import countries
from planted.worlds import Size, flows, world

AFTER = np.arange(10) >= 6


def rerouted(a, b, k, values):
    if k or {a, b} - {"CHN", "USA", "KAZ"}:
        return values
    if (a, b) == ("CHN", "USA"):
        return 3e8 * values / values.mean() * np.where(AFTER, 0.5, 1)
    return values + np.where(AFTER, 1.5e8, 0) if (a, b) in {("CHN", "KAZ"), ("KAZ", "USA")} else values


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "flows.parquet"
    pq.write_table(flows(world(1, rerouted, Size(products=2))), path)
    return path


@pytest.fixture
def run(tmp_path, file):
    route = [str(file), "--measure", "none", "--from", "CHN", "--to", "USA", "--since", "2014"]
    route += ["--store", str(tmp_path / "s")]

    def call(*more):
        return CliRunner().invoke(command, [*route, *more])

    call.route = route
    return call


def test_a_possible_hub_stands_first(run):
    rows = json.loads(run("--format", "json").stdout)
    assert (rows[0]["word"], rows[0]["hub"], rows[0]["product"]) == ("possible hub", "KAZ", "10")


PARTNERS = ("KAZ", "KGZ", "ARM", "TUR", "IND", "VNM", "THA", "MEX", "BRA", "ZAF", "NOR", "CHE", "JPN", "KOR", "MYS")


def chips(path, second="export"):
    """Two of fifteen partners take and send on 5 million dollars a month once the direct flow is cut."""
    rows = [("reporter", "partner", "flow", "product", "period", "value_usd")]
    noise = np.random.default_rng(11)
    for month in range(60):
        period, after = f"{2019 + month // 12}-{month % 12 + 1:02d}", month >= 38
        direct = 4e7 * (0.05 if after else 1) * noise.normal(1, 0.05)
        rows.append(("USA", "RUS", "export", "854231", period, round(direct)))
        for n, hub in enumerate(PARTNERS):
            more = 5e6 if after and hub in {"KAZ", "KGZ"} else 0
            took, sold = (base * (1 + n / 9) * noise.normal(1, 0.05) + more for base in (3e6, 5e5))
            rows.append(("USA", hub, "export", "854231", period, round(took)))
            rows.append((hub, "RUS", second, "854231", period, round(sold)))
    path.write_text("\n".join(",".join(map(str, row)) for row in rows) + "\n", encoding="utf-8")
    return rows


def scanned(path, tmp_path):
    route = ["--measure", "none", "--from", "USA", "--to", "RUS", "--since", "2022-03", "--store", str(tmp_path / "s")]
    result = CliRunner().invoke(command, [str(path), *route, "--format", "json"])
    return json.loads(result.stdout), result.stderr


def test_the_row_of_all_hubs_together_is_no_hub_more_in_the_count(tmp_path):
    chips(tmp_path / "two.csv")
    rows, said = scanned(tmp_path / "two.csv", tmp_path)
    assert sorted(r["hub"] for r in rows if r["word"] == "possible hub") == ["+ALL", "KAZ", "KGZ"]
    assert "2 possible hub, 13 no signal." in said
    assert "Re-exports" not in said


def test_re_exports_that_are_no_leg_are_said(tmp_path):
    rows = chips(tmp_path / "two.csv", second="re-export")
    found, said = scanned(tmp_path / "two.csv", tmp_path)
    assert {r["legs"] for r in found} == {"in_only"}
    worth = sum(value for _, _, flow, *_, value in rows[1:] if flow == "re-export")
    assert f"no export is beside them: 900 flows of {worth:,} USD not looked at" in said
    assert "Only USA reports exports or imports here" in said


def test_re_exports_beside_their_exports_are_not_said(tmp_path):
    path = tmp_path / "two.csv"
    rows = chips(path)
    again = [(*row[:2], "re-export", *row[3:5], row[5] // 2) for row in rows[1:] if row[1] == "RUS" and row[0] != "USA"]
    path.write_text("\n".join(",".join(map(str, row)) for row in rows + again) + "\n", encoding="utf-8")
    found, said = scanned(path, tmp_path)
    assert {r["legs"] for r in found} == {"all"}
    assert "Re-exports" not in said


def test_an_area_that_is_no_country_is_named_with_what_went_there(tmp_path):
    path = tmp_path / "two.csv"
    rows = chips(path)
    path.write_text(path.read_text(encoding="utf-8").replace("KGZ", "Northern Cyprus"), encoding="utf-8")
    found, said = scanned(path, tmp_path)
    assert [r["hub"] for r in found if r["word"] == "possible hub"] == ["KAZ"]
    worth = sum(value for one, other, *_, value in rows[1:] if "KGZ" in {one, other})
    assert f"On the route stand +NORTHERN-CYPRUS ({worth:,} USD)." in said
    chips(path)
    assert "On the route stand" not in scanned(path, tmp_path)[1]


def test_a_signal_can_be_asked_for_by_exit_code(run):
    with command.make_context("divert", [*run.route, "--fail-on-signal"]) as context:
        assert command.invoke(context) == 3
    with command.make_context("divert", run.route) as context:
        assert command.invoke(context) == 0


def test_a_file_carries_every_row(run, tmp_path):
    out = tmp_path / "signals.parquet"
    run("--out", str(out), "--hubs", "auto")
    assert pq.read_table(out).num_rows == len(json.loads(run("--format", "json").stdout))


def test_what_was_shown_opens_again(run, tmp_path):
    from entrepot.record.look_up import explanations

    row = json.loads(run("--format", "json").stdout)[0]
    [found] = explanations(row["signal_id"], tmp_path / "s")
    assert found.says["hub"] == "KAZ"


def supplied(run, folder, heading, unit=""):
    supply = folder / "supply.csv"
    supply.write_text("\n".join([heading, *(f"10,KAZ,{year},10000000{unit}" for year in range(2008, 2018))]))
    return run("--supply", str(supply), "--hubs", "KAZ", "--product", "10", "--format", "json")


def test_supply_of_a_file_lifts_the_lower_end(run, tmp_path):
    done = supplied(run, tmp_path, "product,hub,period,amount,unit", ",USD")
    assert json.loads(done.stdout)[0]["low"] > 0
    assert "value_usd" not in done.stderr


def test_the_column_of_before_is_read_as_dollars_and_named(run, tmp_path):
    now = supplied(run, tmp_path, "product,hub,period,amount,unit", ",USD")
    before = supplied(run, tmp_path, "product,hub,period,value_usd")
    assert before.stdout == now.stdout
    [said] = [line for line in before.stderr.splitlines() if "value_usd" in line]
    assert "amount" in said


def test_a_supply_in_another_unit_than_the_flows_is_refused(run, tmp_path):
    refused = supplied(run, tmp_path, "product,hub,period,amount,unit", ",kg").exception
    assert isinstance(refused, BadInputError)
    assert (refused.found, refused.allowed) == ("kg", "USD")


def test_a_supply_without_its_columns_is_refused(run, tmp_path):
    supply = tmp_path / "supply.csv"
    supply.write_text("product,hub\n10,AFF\n")
    assert isinstance(run("--supply", str(supply)).exception, UnknownNameError)


def test_the_subcommand_is_reached_and_a_file_of_its_name_is_not_taken_for_it():
    found = CliRunner().invoke(command, ["event-study", "--help"])
    assert found.exit_code == 0
    assert "Follow one flow" in found.stdout
    assert "event-study" in CliRunner().invoke(command, ["--help"]).stdout


def test_the_measure_says_whose_goods_who_and_when():
    asked = question("uflpa")
    assert (asked.origin, asked.destination, asked.since) == ("CHN", "USA", date(2022, 6, 21))


def ban(folder, whom, direction="export"):
    text = f'title = "A ban"\nwho = "EU"\nwhom = {json.dumps(whom)}\ndirection = "{direction}"\ngoods = "all"\n'
    (folder / "ban.toml").write_text(f'{text}from = 2022-02-26\nsource = "made for a test"\n', encoding="utf-8")
    return str(folder / "ban.toml")


@pytest.mark.parametrize("whom", [["RUS", "BLR"], ["BLR", "RUS", "IRN"]])
def test_several_destinations_of_a_measure_are_read_as_one_place_as_where_they_are_given(tmp_path, whom):
    asked = question(ban(tmp_path, whom))
    named = ",".join(countries.alpha3(c) for c in asked.act.countries)
    given = question("none", origin="EU27", destination=named, since="2022-02-26")
    assert sorted(asked.destination.split("+")) == sorted(whom)
    assert (asked.origin, asked.destination, asked.united) == (given.origin, given.destination, given.united)


def test_one_destination_none_and_one_that_is_given_stay_as_they_are(tmp_path):
    assert question(ban(tmp_path, ["RUS"])).destination == "RUS"
    assert question(ban(tmp_path, ["RUS", "BLR"]), destination="KAZ").destination == "KAZ"
    assert question("cn-graphite").destination is None


def test_several_origins_of_an_import_measure_are_still_refused(tmp_path):
    with pytest.raises(BadInputError, match="whose goods are meant is open") as refused:
        question(ban(tmp_path, ["RUS", "BLR"], "import"))
    assert "several by commas" in str(refused.value)


def test_what_is_given_wins_over_the_measure():
    asked = question(
        "uflpa", since="2023-08-23", origin="Viet Nam", destination="DE", hubs="kz, KGZ", products=["8541.43"]
    )
    assert (asked.origin, asked.destination, asked.since) == ("VNM", "DEU", date(2023, 8, 23))
    assert asked.hubs == ("KAZ", "KGZ")
    assert asked.products == ("854143",)


@pytest.mark.parametrize(
    "given",
    [
        {"measure_id": "none"},
        {"measure_id": "none", "since": "2022"},
        {"measure_id": "us-solar-adcvd-2025"},
        {"measure_id": "uflpa", "until": "2020"},
        {"measure_id": "uflpa", "level": 2},
        {"measure_id": "uflpa", "hubs": "Nowhere Land"},
        {"measure_id": "uflp"},
    ],
)
def test_what_is_missing_or_wrong_is_named(given):
    with pytest.raises(BadInputError):
        question(**given)


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_a_large_file_is_scanned_where_it_lies_and_says_the_same(run, file, tmp_path, monkeypatch, suffix):
    from pyarrow import csv

    from entrepot.trade.loading import streamed

    held = run("--format", "json").stdout
    if suffix == ".csv":
        csv.write_csv(pq.read_table(file), tmp_path / "flows.csv")
        run.route[0] = str(tmp_path / "flows.csv")
    monkeypatch.setattr(streamed, "LARGE", 0)
    given = CliRunner().invoke(command, [*run.route, "--format", "json"]).stdout
    # Rows read from CSV name that file as their source.
    own = {"source_ids", "signal_id"}
    one, two = ([{k: v for k, v in r.items() if k not in own} for r in json.loads(t)] for t in (held, given))
    assert one == two


@pytest.mark.parametrize("growth", ["-0.1", "25"])
def test_a_growth_that_is_no_share_is_refused(run, growth):
    done = run("--output-growth", growth)
    assert isinstance(done.exception, BadInputError)
    assert run("--output-growth", "0.25").exit_code == 0


@pytest.mark.parametrize(
    ("ends", "hubs", "said"),
    [
        (("CHN", "China"), None, "one place: 'CHN'"),
        (("CHN", "USA"), "KAZ,CHN", "an end of the flow itself: 'CHN'. Leave it out of --hubs."),
        (("CHN", "USA"), "United States", "an end of the flow itself: 'USA'"),
        (("DEU", "EU27"), None, "one place: 'DEU'"),
        (("EU27", "RUS"), "KGZ,NLD", "an end of the flow itself: 'NLD'"),
    ],
)
def test_a_place_is_no_way_round_itself(ends, hubs, said):
    with pytest.raises(BadInputError, match=said):
        question("none", origin=ends[0], destination=ends[1], since="2014", hubs=hubs)


def test_a_code_within_a_control_is_no_product_to_ask_of():
    asked = {"origin": "CHN", "destination": "USA", "since": "2014"}
    with pytest.raises(BadInputError, match=r"is a control.*'854140'"):
        question("none", products=["8541.40"], controls="8541", **asked)
    assert question("none", products=["8541"], controls="8541.40", **asked).control_goods == ("854140",)


def test_a_hub_that_no_placebo_stands_against_says_what_its_p_rests_on(tmp_path):
    # All flows end in one place, so that none is untouched; a day before 2011 has fewer than three years before it
    table = flows(world(1, rerouted, Size(products=1)))
    path = tmp_path / "to_one.parquet"
    pq.write_table(table.filter(pc.equal(table["importer"], "USA")), path)
    route = ["--measure", "none", "--from", "CHN", "--to", "USA", "--since", "2011", "--store", str(tmp_path / "s")]
    told = CliRunner().invoke(command, [str(path), *route]).stderr
    assert "No p is counted" in told
    assert "such draws" not in told
