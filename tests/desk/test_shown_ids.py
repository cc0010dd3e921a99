"""What a person reads has an id, and the id opens what it rests on: rows and sources as their own files have them."""

from __future__ import annotations

import csv
import io
import tomllib
from datetime import date
from pathlib import Path

import pytest

from entrepot.core import findings, store
from entrepot.core.contract import table
from entrepot.core.findings import FINDINGS
from entrepot.core.shown import kinds, stated
from entrepot.desk.desk import Desk
from entrepot.measures.contract import DEADLINES
from entrepot.record.embedded import load
from entrepot.record.look_up import RecordLook
from entrepot.sources.explanation import document
from entrepot.sources.register import by_id
from entrepot.trade.contract import TRADE_FLOWS
from entrepot.trade.loading.flow_file import read_flows

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "examples"
PACKAGE = ROOT / "src" / "entrepot"
# A file of one's own: two countries and three chapters, so that a margin can be estimated; 1006 in national digits.
FLOWS = """\
reporter,partner,flow,product,period,value_usd,vintage
PAK,AFG,export,110100,2012,50,HS2012
AFG,PAK,import,110100,2012,56,HS2012
PAK,AFG,export,252329,2012,80,HS2012
AFG,PAK,import,252329,2012,88,HS2012
PAK,AFG,export,10063010,2012,30,HS2012
PAK,AFG,export,10063090,2012,20,HS2012
AFG,PAK,import,1006300000,2012,900,HS2012
PAK,AFG,export,870323,2012,70,HS2012
"""


@pytest.fixture
def flows(tmp_path):
    path = tmp_path / "pakistan.csv"
    path.write_text(FLOWS, encoding="utf-8")
    return path


def read_csv(text):
    return list(csv.DictReader(io.StringIO(text)))


def of_record(name, key, room):
    """A row of a packaged file, read by nothing of ours."""
    rows = read_csv((PACKAGE / room / "data" / f"{name}.csv").read_text(encoding="utf-8"))
    (row,) = [r for r in rows if next(iter(r.values())) == key]
    return row


@pytest.fixture
def opened(run_cli, tmp_path):
    """Runs a command as CSV and gives its rows; gives what stands behind an id, as JSON. Both with one fresh store."""
    place = tmp_path / "store"

    def rows(*words):
        done = run_cli(*words, "--store", place, "--format", "csv")
        assert done.code == 0, done.stderr
        assert "not kept" not in done.stderr
        return read_csv(done.stdout)

    def explain(row_id):
        (found,) = Desk(store=place).explain(row_id)
        told = document(found)
        assert told["id"] == row_id
        assert told["lost"] == []
        return told

    return rows, explain


@pytest.mark.parametrize("words", [("clock", "2024-11-25"), ("mirror", "pakistan.csv")])
def test_an_id_out_of_a_command_is_explained_by_a_command(words, run_cli, flows):
    printed = run_cli(*words, "--format", "csv", cwd=flows.parent)
    row_id = printed.stdout.splitlines()[1].rpartition(",")[2]
    done = run_cli("explain", row_id)
    assert done.code == 0, done.stderr
    assert done.stdout.startswith(f"{row_id}  (")
    for part in ("Rule", "Rows (", "Sources ("):
        assert f"\n{part}" in done.stdout


def under(found, name):
    return [r["row"] for r in found["rows"] if r["table"] == name]


def test_a_day_of_the_clock_opens_its_step_and_the_rows_that_say_the_same(opened):
    rows, explain = opened
    act = tomllib.loads((PACKAGE / "measures/data/acts/uflpa.toml").read_text(encoding="utf-8"))
    steps, printed = act["clock"]["step"], rows("clock", "2024-11-25")
    for row, step in zip(printed, steps, strict=True):
        assert list(row)[-1] == "clock_id"
        found = explain(row["clock_id"])
        (counted,) = under(found, "clock_steps")
        assert {k: counted[k] for k in ("name", "days", "counts_from", "rule")} == {
            k: step[k] for k in ("name", "days", "counts_from", "rule")
        }
        for key, room, name in (("us.uflpa.clock", "measures", "requirements"), ("R071", "corridors", "rules")):
            (carried,) = under(found, name)
            known = of_record(name, key, room)
            assert key in known.values()
            assert carried["source_id"] == known["source_id"]
            assert known["source_id"] in {s["source_id"] for s in found["sources"]}
        cited = {s["id"]: s for s in act["source"]}
        for name in step["sources"]:
            (source,) = [s for s in found["sources"] if s["source_id"] == name]
            assert (source["publisher"], source["url"]) == (cited[name]["publisher"], cited[name].get("url"))
        assert step["rule"] in found["rule"]


def test_another_day_is_another_id_and_the_same_day_the_same(tmp_path):
    desk = Desk(store=tmp_path)
    days = ("2024-11-25", date(2024, 11, 25), "2024-11-26")
    ids = [desk.clock(day).table.column("clock_id").to_pylist() for day in days]
    assert ids[0] == ids[1]
    # The days of a detention follow from the day of presentation, so no step of another day is the same.
    assert not set(ids[0]) & set(ids[2])


def test_a_step_whose_words_have_changed_is_said_to_be_gone(tmp_path):
    desk = Desk(store=tmp_path)
    row = desk.clock("2024-11-25").to_pylist()[0]
    old = row | {"rule": "As another release had it.", "clock_id": "clock-0123456789ab"}
    with store.opened(tmp_path) as con:
        store.keep_shown(con, "deadlines", "clock_id", table(DEADLINES, [old]))
    (found,) = desk.explain("clock-0123456789ab")
    assert found.lost == ("clock_steps/Detain or release",)
    assert "As another release had it." in found.rule
    assert found.sources == ()


def test_a_mirrored_flow_opens_the_reports_of_both_sides(opened, flows):
    rows, explain = opened
    given = read_csv(FLOWS)
    for row in rows("mirror", flows):
        assert list(row)[-1] == "mirror_id"
        found = explain(row["mirror_id"])
        mine = [r for r in given if r["product"][:6] == row["product"]]
        reports = under(found, "trade_flows")
        assert sorted((r["reporter"], r["product"], r["value_usd"]) for r in reports) == sorted(
            (r["reporter"], r["product"], float(r["value_usd"])) for r in mine
        )
        (source,) = found["sources"]
        assert (source["source_id"], source["link"]) == ("pakistan.csv", None)
        assert "registered nowhere" in source["citation"]


def test_the_rule_of_a_mirror_says_what_the_figures_are(opened, flows):
    rows, explain = opened
    by_product = {r["product"]: r for r in rows("mirror", flows)}
    apart = explain(by_product["100630"]["mirror_id"])  # 50 against 900
    assert "mirror gap" in apart["rule"]
    assert "a sign, not a proof" in apart["rule"]
    assert apart["says"]["mirror_gap_usd"] > 0
    alone = explain(by_product["870323"]["mirror_id"])
    assert "Only the exporter reports the flow" in alone["rule"]


def test_what_a_mirror_rests_on_is_in_its_id(tmp_path, flows):
    """The same figures out of other rows are another statement; the same file again is the same, in any order."""
    desk = Desk(store=tmp_path / "store")

    def ids(text):
        flows.write_text(text, encoding="utf-8")
        return {r["product"]: r["mirror_id"] for r in desk.mirror(flows).to_pylist()}

    head, *lines = FLOWS.splitlines()
    first = ids(FLOWS)
    assert ids("\n".join([head, *reversed(lines)])) == first
    other = ids(FLOWS.replace("10063090", "10063020"))
    assert {p for p in first if other[p] != first[p]} == {"100630"}
    (found,) = desk.explain(first["100630"])
    assert sorted(r["product"] for _, r in found.rows) == ["1006300000", "10063010", "10063090"]


def test_a_mirror_of_flows_on_record_opens_the_register(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(FLOWS, encoding="utf-8")
    source = load().tables["flows"].column("source_id")[0].as_py()
    known = table(TRADE_FLOWS, [r | {"source_id": source} for r in read_flows(path).table.to_pylist()])
    desk = Desk(store=tmp_path / "store")
    (found,) = desk.explain(desk.mirror(known).to_pylist()[0]["mirror_id"])
    register = read_csv((PACKAGE / "sources/data/sources.csv").read_text(encoding="utf-8"))
    (printed,) = [r for r in register if r["source_id"] == source]
    assert [(s["publisher"], s["title"]) for s in found.sources] == [(printed["publisher"], printed["title"])]


@pytest.mark.shared
def test_a_replication_opens_what_was_printed_and_the_data(opened, shared):
    rows, explain = opened
    (row,) = rows("replicate", "--data", shared / "data", "--study", "eu15-trade")
    assert list(row)[-1] == "replication_id"
    found = explain(row["replication_id"])
    (printed,) = under(found, "published")
    data = PACKAGE / "replications" / "data"
    of_study = [r for r in read_csv((data / "published.csv").read_text(encoding="utf-8")) if r["study"] == "eu15-trade"]
    assert [printed] == of_study
    (study,) = [r for r in read_csv((data / "studies.csv").read_text(encoding="utf-8")) if r["study"] == "eu15-trade"]
    assert {s["link"] for s in found["sources"]} == {None, study["file_url"]}
    assert any(study["title"] in s["citation"] and printed["source"] in s["citation"] for s in found["sources"])
    assert any(study["licence"] in s["citation"] for s in found["sources"])
    assert printed["published"] in found["rule"]


def test_a_row_becomes_a_finding_with_its_unit_period_basis_and_grounds(tmp_path, flows, record):
    look = RecordLook(record, by_id(record.tables["sources"]))
    desk = Desk(store=tmp_path / "store")
    mirrors = {r["product"]: r for r in desk.mirror(flows).to_pylist()}
    (day, *_) = desk.clock("2024-11-25").to_pylist()
    apart, near = (stated(kinds()["mirrored"], mirrors[p], look).finding for p in ("100630", "252329"))
    due = stated(kinds()["deadlines"], day, look).finding
    table(FINDINGS, findings.rows([apart, near, due]))
    assert (apart.kind, apart.unit, apart.period_start, apart.period_end) == (
        "conflict",
        "USD",
        "2012-01-01",
        "2012-12-31",
    )
    assert near.kind == "number"
    assert near.low <= near.number <= near.high
    assert (due.kind, due.value, due.subject) == ("date", "2024-12-03", "uflpa")  # by hand in tests/measures
    assert {g.table for g in due.grounds} == {"clock_steps", "requirements", "rules", "sources"}


ASKED = (
    12  # rows of an answer that are explained, from its first to its last: those that stand together are of one kind
)
# Every verb whose rows a person reads: what is asked of it, and the column that holds the id of a row.
READ = {
    "screen": (lambda d, _: d.screen(EXAMPLES / "suppliers.csv", as_of="2024-11-25", workers=1), "match_id"),
    "check": (lambda d, _: d.check(EXAMPLES / "report.txt", published="2024-12-05", yes=True), "claim_id"),
    "divert": (
        lambda d, _: d.divert(EXAMPLES / "simulated_flows.csv", origin="CHN", destination="USA", since="2020-06-01"),
        "signal_id",
    ),
    "mirror": (lambda d, given: d.mirror(given), "mirror_id"),
    "mirror reasons": (lambda d, given: d.mirror(given, reasons=True), "reason_id"),
    "clock": (lambda d, _: d.clock("2024-11-25"), "clock_id"),
    "network": (lambda d, _: d.corridor_network(as_of="2024-11-25"), "leg_id"),
    "routes": (lambda d, _: d.corridor_route("Urumqi", "Karachi", as_of="2024-11-25"), "route_id"),
    "flows": (lambda d, _: d.corridor_flow(EXAMPLES / "demand.csv", as_of="2024-11-25"), "flow_id"),
    "prices": (
        lambda d, _: d.corridor_flow(EXAMPLES / "demand.csv", prices=True, as_of="2024-11-25"),
        "price_id",
    ),
    "routes by risk": (lambda d, _: d.corridor_route("Urumqi", "Karachi", by="risk", as_of="2024-11-25"), "route_id"),
    "corridor trains": (lambda d, _: d.corridor_trains("china-central-asia-trains"), "trains_id"),
    "corridor cooperation": (
        lambda d, _: d.corridor_cooperation(projects=EXAMPLES / "projects.csv"),
        "cooperation_id",
    ),
    "simulate": (lambda d, _: d.simulate(presets=["uflpa"], draws=0), "figure_id"),
    "corridor risk": (lambda d, _: d.corridor_risk("pakistan"), "risk_id"),
    "bottlenecks": (lambda d, _: d.corridor_network(bottlenecks=True), "bottleneck_id"),
    "sums": (lambda d, _: d.corridor_network(check_sums=True, as_of="2024-11-25"), "sum_id"),
    "corridor conflicts": (lambda d, _: d.corridor_conflicts(), "conflict_id"),
    "corridor effect": (lambda d, _: d.corridor_effect("N003"), "effect_id"),
    "corridor series": (lambda d, _: d.corridor_series("khunjerab", by="both"), "series_id"),
    "brief": (lambda d, _: d.brief("ofac-xinjiang", as_of="2024-11-25"), "id"),
    "own record": (lambda d, _: d.check(EXAMPLES / "report.txt", yes=True) and d.record("own_observations"), "id"),
}


@pytest.mark.parametrize("verb", READ)
def test_every_id_that_a_verb_shows_is_explained(verb, tmp_path, flows):
    ask, column = READ[verb]
    desk = Desk(store=tmp_path / "store")
    ids = ask(desk, flows).table.column(column).to_pylist()
    assert ids
    assert len(set(ids)) == len(ids)
    for row_id in ids[:: -(-len(ids) // ASKED)]:
        (found,) = desk.explain(row_id)
        assert found.id == row_id
        assert found.rule


@pytest.mark.slow
@pytest.mark.shared
def test_every_id_of_the_replications_is_explained(tmp_path, shared):
    desk = Desk(store=tmp_path / "store")
    for row in desk.replicate(shared / "data").to_pylist():
        (found,) = desk.explain(row["replication_id"])
        assert found.lost == ()
        assert len(found.sources) == 2  # the publication and its data


@pytest.mark.parametrize("name", load().contracts)
def test_every_row_of_the_record_is_explained_by_its_key(name, tmp_path):
    desk, contract = Desk(store=tmp_path), load().contracts[name]
    rows = desk.record(name).to_pylist()
    for row in (rows[0], rows[len(rows) // 2], rows[-1]):
        found = desk.explain("/".join(str(row[g]) for g in contract.grain))
        assert [e.says for e in found if e.kind == name] == [row]
