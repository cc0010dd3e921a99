"""What findings.json must hold, against figures published elsewhere and against recounts by other means."""

import csv
import gzip
import re
from collections import Counter, defaultdict
from importlib.resources import files

import pytest

from entrepot.brief.report import plain_text
from entrepot.core import contract, findings
from entrepot.vocabulary.countries import name_of

HOUSE = (
    "id", "kind", "subject", "quantity", "value", "unit", "period_start", "period_end", "as_of", "status", "low",
    "high", "basis", "sources",
)  # fmt: skip
MW = 0.5  # the figures of the trade press are whole megawatts
TEN = 5  # and to the ten above a thousand


def packaged(room, name):
    """A packaged table, read by the csv module alone."""
    folder = files(f"entrepot.{room}").joinpath("data")
    packed = folder.joinpath(f"{name}.csv.gz")
    data = gzip.decompress(packed.read_bytes()) if packed.is_file() else folder.joinpath(f"{name}.csv").read_bytes()
    return list(csv.DictReader(data.decode("utf-8").splitlines()))


def one(found):
    """The finding, if there is one, with a source whose publisher is named."""
    assert len(found) == 1, found
    assert found[0]["sources"]
    assert all(s["publisher"] for s in found[0]["sources"])
    return found[0]


@pytest.mark.parametrize(
    ("day", "entities"),
    [("2022-06-21", 20), ("2024-11-24", 78), ("2024-11-25", 107), ("2025-01-15", 144), ("2026-08-03", 187)],
)
def test_size_of_the_list(uflpa, day, entities):
    size = one(uflpa.found(subject="UFLPA list", quantity="entities listed", period_start=day, period_end=day))
    assert (size["kind"], size["value"], size["unit"]) == ("number", entities, "entities")


@pytest.mark.parametrize(
    ("day", "printed", "counted"),
    [("2023-06-12", 22, 30), ("2023-08-02", 24, 33), ("2023-09-27", 27, 36), ("2023-12-11", 30, 39)],
)
def test_both_ways_of_counting(uflpa, day, printed, counted):
    both = one(uflpa.found(kind="conflict", quantity="two ways of counting the list", period_start=day))
    assert re.findall(r"\d+", both["value"]) == [str(printed), str(counted)]
    assert (both["low"], both["high"]) == (printed, counted)


def test_the_number_held_is_that_of_the_table(uflpa):
    rows = [r for r in packaged("lists", "listings") if r["list_id"] == "uflpa" and not r["valid_to"]]
    held = one(uflpa.found(quantity="listed parties held in the record"))
    assert held["value"] == len({r["entity_id"] for r in rows if r["valid_from"]})
    assert held["low"] == held["high"] == held["value"]  # a count of one's own rows is exact
    assert "of 187 listed" in held["basis"]
    assert held["value"] == 187  # DHS, 2026-08-03: all are held, so no gap is told
    assert not uflpa.found(quantity="entities listed whose names are not in the record")


def test_a_list_held_in_full_says_from_what_copy_and_that_it_may_have_changed(plain_brief):
    """Counted from the packaged rows: the entries that stand on one copy, and the notices by their copies."""
    rows = [r for r in packaged("lists", "listings") if r["list_id"] == "uflpa"]
    said = plain_text(plain_brief().chapters[0].body[-1])
    assert "187 of the 187 listed" in said
    assert f"{sum(r['name_basis'] == 'one_copy' for r in rows)} stand on one copy" in said
    for batch in packaged("lists", "batches"):
        assert batch["names_from"] in said
    assert "A newer notice may exist: no match against it is never “not listed”" in said


SEASON = {"subject": "Khunjerab", "period_start": "2024-04-01", "period_end": "2024-10-31"}
SEASON_BEFORE = SEASON | {"period_start": "2023-04-01", "period_end": "2023-10-31"}


@pytest.mark.parametrize(
    ("metric", "unit", "value", "percent"),
    [("vehicles", "vehicles", 11_000, 42.6), ("cargo", "tonnes", 40_900, 72.7)],
)
def test_khunjerab_in_the_season_of_2024(uflpa, metric, unit, value, percent):
    quantity = f"{metric}, by road, both directions"
    now = one(uflpa.found(quantity=quantity, **SEASON))
    assert (now["value"], now["unit"], now["status"], now["low"]) == (value, unit, "reported", value)
    assert now["high"] == (None if metric == "vehicles" else value)
    grew = one(uflpa.found(quantity=f"{quantity}: change on the same period a year before", **SEASON))
    assert (grew["value"], grew["unit"]) == (percent, "percent")


def test_khunjerab_in_the_season_before_as_implied(uflpa):
    vehicles = one(uflpa.found(quantity="vehicles, by road, both directions", **SEASON_BEFORE))
    assert vehicles["status"] == "estimated"
    assert vehicles["value"] == pytest.approx(7_700, abs=50)
    # +42.6 % is good to half a tenth: at least 11,000 / 1.4265
    assert vehicles["low"] == pytest.approx(11_000 / 1.4265, abs=1)
    assert vehicles["low"] <= 11_000 / 1.4265
    assert vehicles["high"] is None
    cargo = one(uflpa.found(quantity="cargo, by road, both directions", **SEASON_BEFORE))
    assert cargo["value"] == pytest.approx(23_700, abs=50)
    assert cargo["low"] <= 40_900 / 1.7275
    assert cargo["high"] >= 40_900 / 1.7265


def test_the_two_dates_of_the_year_round_opening_are_a_conflict(uflpa):
    found = [
        f
        for f in uflpa.found(kind="conflict", subject="Khunjerab")
        if f["quantity"].startswith("opening")
        and {"2024-09-20", "2024-12-01"} <= set(re.findall(r"[\d-]{10}", f["value"]))
    ]
    assert len(one(found)["sources"]) == 2


PANELS = "China's exports of panels to Pakistan"


@pytest.mark.parametrize(("year", "megawatts", "mixed"), [(2017, 755, True), (2024, 16_385, False)])
def test_panels_to_pakistan(uflpa, year, megawatts, mixed):
    period = {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
    mw = one(uflpa.found(subject=PANELS, quantity="capacity", **period))
    assert mw["value"] == pytest.approx(megawatts, abs=MW)
    assert (mw["unit"], mw["status"]) == ("MW", "estimated")
    assert ("code also holds cells" in mw["basis"]) == mixed
    for quantity, unit in (("value", "USD"), ("net weight", "kg")):
        beside = one(uflpa.found(subject=PANELS, quantity=quantity, unit=unit, **period))
        assert (beside["status"], beside["value"] > 0) == ("reported", True)


@pytest.mark.parametrize(
    ("partner", "before", "after"), [("Indonesia", 82, 13_730), ("Laos", 20, 2_420), ("Cambodia", 4_271, 93)]
)
def test_cells_in_the_first_three_quarters(uflpa, partner, before, after):
    for year, megawatts in ((2023, before), (2025, after)):
        found = one(
            uflpa.found(
                subject=f"China's exports of cells to {partner}",
                quantity="capacity",
                period_start=f"{year}-01-01",
                period_end=f"{year}-09-30",
            )
        )
        assert found["value"] == pytest.approx(megawatts, abs=TEN if megawatts % 10 == 0 and megawatts > 1000 else MW)
        assert found["status"] == "estimated"


def test_rows_have_the_keys_of_the_house_in_order(uflpa):
    assert tuple(findings.FINDINGS.names) == HOUSE
    for row in uflpa.findings:
        assert tuple(row) == HOUSE
        assert row["kind"] in {"number", "date", "text", "conflict"}
        assert row["status"] in {"observed", "reported", "forecast", "estimated", "simulated"}
        assert isinstance(row["value"], (int, float) if row["kind"] == "number" else str)


def test_the_tables_keep_their_contracts(uflpa):
    from entrepot.brief.render import finding_table, ground_table

    contract.check(findings.FINDINGS, finding_table(uflpa.report))
    contract.check(findings.GROUNDS, ground_table(uflpa.report))
    assert Counter(Counter(f["id"] for f in uflpa.findings).values()).keys() == {1}


def test_the_csv_holds_the_same_findings(uflpa):
    with (uflpa.folder / "findings.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert [r["id"] for r in rows] == [f["id"] for f in uflpa.findings]
    for row, found in zip(rows, uflpa.findings, strict=True):
        if found["kind"] == "number":
            assert float(row["value"]) == found["value"]


def test_every_finding_rests_on_rows_of_the_record(uflpa, record):
    keys = {
        name: {"/".join(map(str, r.values())) for r in record.tables[name].select(list(c.grain)).to_pylist()}
        for name, c in record.contracts.items()
    }
    for found in uflpa.findings:
        rests = uflpa.grounds.get(found["id"], [])
        assert rests, found
        assert all(row_id in keys[table] for table, row_id in rests), found


def test_every_finding_has_a_source_with_a_publisher(uflpa):
    for found in uflpa.findings:
        assert found["sources"], found
        assert all(s["publisher"] for s in found["sources"]), found


def test_bounds_enclose_the_value(uflpa):
    for found in uflpa.findings:
        if found["kind"] == "number":
            assert found["low"] is None or found["low"] <= found["value"], found
            assert found["high"] is None or found["value"] <= found["high"], found
            assert found["unit"], found


def test_the_same_record_gives_the_same_ids_on_every_run_and_every_day(uflpa, plain_brief, record):
    from entrepot.brief.report import figures_of

    # How old a list is changes with the day, and so does which lines are shown, and what stands behind those.
    of_the_day = {
        "age of the list",
        "observations of doubtful source quality",
        "observations with an inferred date",
    }

    def ids_of(report):
        return [f.id for f in figures_of(report) if f.quantity not in of_the_day]

    every = [f["id"] for f in uflpa.findings]
    ids = [f["id"] for f in uflpa.findings if f["quantity"] not in of_the_day]
    assert [f.id for f in figures_of(plain_brief(changed=record))] == every
    assert ids_of(plain_brief(as_of=None)) == ids
    # What is said first changes with the age of figures; which figures stand in the brief does not.
    assert sorted(ids_of(plain_brief(as_of="2027-06-30"))) == sorted(ids)


def test_partners_whose_dollars_moved_against_their_megawatts_are_named(plain_brief):
    """Recounted from the packaged rows: six months of 2023 against six of 2025, wafers; 2025-Q3 has no capacity."""
    sums = defaultdict(lambda: {"2023": [0.0, 0.0], "2025": [0.0, 0.0]})
    for row in packaged("trade", "flows"):
        if row["product"] == "Wafers" and row["period"][:4] in {"2023", "2025"} and row["period"][-1] in "12":
            cell = sums[name_of(row["partner_iso3"], row["partner"])][row["period"][:4]]
            cell[0] += float(row["capacity_mw"])
            cell[1] += float(row["value_usd"])
    against = {
        p
        for p, y in sums.items()
        if (y["2025"][0] - y["2023"][0]) * (y["2025"][1] - y["2023"][1]) < 0 and all(y["2023"])
    }
    chapter = next(c for c in plain_brief().chapters if c.key == "shifts")
    said = next(s.template for s in chapter.body if s.template.startswith("Wafers"))
    told, _, rest = said.partition(" In declared dollars the change has the other sign for ")
    named = rest.partition(".")[0].split(", ")
    assert named
    assert set(named) == {p for p in against if f"{p} about" in told}
