"""Every packaged table keeps its contract, and every reference in it leads somewhere."""

import re
from collections import Counter

import pytest

from entrepot.core.contract import check
from entrepot.core.periods import first_day, last_day, parse
from entrepot.core.tables.packaged import packaged_rows
from entrepot.corridors.cooperation.financed_projects import SOURCE as OF_A_PERSONS_FILE
from entrepot.corridors.ties.contract import EXCHANGE_RATES
from entrepot.diversion.demo_scans import demos
from entrepot.measures.measure import measures
from entrepot.record.embedded import tables
from entrepot.scenarios.worlds.contract import WORLD_FLOWS
from entrepot.tracing.balance.contract import SUPPLY_UNITS, YIELDS
from entrepot.tracing.dossier.contract import ASKED_PAPERS
from entrepot.trade.contract import PANEL_TABLE
from entrepot.vocabulary.regions.region_files import regions

PARTS = {part.contract.name: part for part in tables()}
# Tables that are kept as written, and those of the regions, which are kept one file a region.
PACKAGED = [name for name, part in PARTS.items() if part.build is None or name.startswith("region_")]
# (table, column) -> (table, column) it points into
REFERENCES = {
    ("observations", "place_id"): "place_id",
    ("rules", "place_id"): "place_id",
    ("routes", "via"): "place_id",
    ("border_times", "place_id"): "place_id",
    ("experiments", "place_id"): "place_id",
    ("crossings", "place_id"): "place_id",
    ("crossings", "opposite"): "place_id",
    ("network_links", "from"): "network_places.place_id",
    ("network_links", "to"): "network_places.place_id",
    ("network_seasons", "place_id"): "network_places.place_id",
    ("network_capacities", "place_id"): "network_places.place_id",
    ("network_places", "country"): "iso2",
    ("cooperation", "place_id"): "place_id",
    ("cooperation", "countries"): "iso2",
    ("network_assumptions", "countries"): "iso2",
    ("events", "place_id"): "place_id",
    ("places", "parent"): "place_id",
    ("membership", "entity_id"): "entity_id",
    ("observations", "superseded_by"): "observations.id",
    ("events", "superseded_by"): "events.id",
    ("events", "same_as"): "events.id",
    ("firms", "territory"): "place_id",
    ("firms", "country"): "iso2",
    ("firms", "event"): "firms.id",
    ("firms", "contradicts"): "firms.id",
    ("firms", "event_id"): "events.id",
    ("requirements", "superseded_by"): "rule_id",
    ("flows", "partner_iso3"): "iso3",
    ("flows", "reporter"): "iso3",
    ("listings", "country"): "iso2",
    ("crossings", "country"): "iso2",
    ("crossings", "partner"): "iso2",
    ("places", "countries"): "iso2",
    ("events", "countries"): "iso2",
}
TARGETS = {
    "place_id": ("places", "place_id"),
    "network_places.place_id": ("network_places", "place_id"),
    "entity_id": ("listings", "entity_id"),
    "rule_id": ("requirements", "rule_id"),
    "observations.id": ("observations", "id"),
    "events.id": ("events", "id"),
    "firms.id": ("firms", "id"),
    "iso2": ("countries", "iso2"),
    "iso3": ("countries", "iso3"),
}
ORDERED = (
    ("period_start", "period_end"),
    ("valid_from", "valid_to"),
    ("effective_from", "effective_to"),
    ("date_start", "date_end"),
    ("date", "date_to"),
)


def cells(rows, column):
    for row in rows:
        value = row[column]
        yield from value if isinstance(value, list) else [value] if value is not None else []


@pytest.mark.parametrize("name", PACKAGED)
def test_the_table_keeps_its_contract(record, name):
    assert check(record.contracts[name], record.tables[name]).num_rows > 0


@pytest.mark.parametrize("name", PACKAGED)
def test_every_row_has_a_source_in_the_register(rows, name):
    register = {row["source_id"] for row in rows("sources")}
    assert {row["source_id"] for row in rows(name)} <= register


def test_further_sources_stand_in_the_register_and_begin_with_the_main_one(rows):
    register = {row["source_id"] for row in rows("sources")}
    for row in rows("listings"):
        assert row["source_ids"][0] == row["source_id"]
        assert {*row["source_ids"], row["name_zh_source_id"]} - {None} <= register


def test_every_source_is_used(rows):
    used: set[str | None] = set()
    for name in set(PACKAGED) - {"sources"}:
        used |= {row["source_id"] for row in rows(name)}
    for row in rows("listings"):
        used |= {*row["source_ids"], row["name_zh_source_id"]}
    for row in rows("measures"):
        used |= {row["source_id"], *(row["more_sources"] or ())}
    used |= {s for act in measures() if act.clock for step in act.clock.steps for s in step.sources}
    used |= {s for act in measures() for duty in act.duties for s in duty.sources}
    used |= {rule.source_id for region in regions() for rule in (*region.identifiers, *region.postcodes, *region.codes)}
    used |= {row["source"] for row in packaged_rows(PANEL_TABLE)}
    used |= {fact.source for demo in demos().values() for fact in demo.facts}
    used |= {row["source"] for row in packaged_rows(WORLD_FLOWS)}
    used |= {row["source"] for row in packaged_rows(EXCHANGE_RATES)}
    for of_supply in (YIELDS, SUPPLY_UNITS, ASKED_PAPERS):
        used |= {s for row in packaged_rows(of_supply) for s in row["source"].split("; ")}
    used.add(OF_A_PERSONS_FILE)
    idle = [row for row in rows("sources") if row["source_id"] not in used]
    # the outlines of the map are files, not rows
    assert [row["source_id"] for row in idle if row["publisher"] != "Natural Earth"] == []


@pytest.mark.parametrize(("table", "column"), REFERENCES)
def test_references_lead_somewhere(rows, table, column):
    there, key = TARGETS[REFERENCES[table, column]]
    known = {row[key] for row in rows(there)} | ({"EU"} if key == "iso2" else set())
    assert set(cells(rows(table), column)) <= known


@pytest.mark.parametrize("name", PACKAGED)
def test_dates_exist_in_the_calendar_and_run_forward(record, rows, name):
    contract = record.contracts[name]
    dates = [c.name for c in contract.columns if c.type == "partial_date"]
    for row in rows(name):
        for column in dates:
            if row[column] is not None:
                parse(row[column])
        for start, end in ORDERED:
            if row.get(start) and row.get(end):
                assert first_day(row[start]) <= last_day(row[end]), row


@pytest.mark.parametrize("name", PACKAGED)
def test_text_is_clean(rows, name):
    for row in rows(name):
        for value in row.values():
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str):
                    assert text == text.strip()
                    assert text.isprintable(), row
                    assert not re.search(r"/(work|tmp|root|home)/", text) or text.startswith("http")


def test_what_is_reported_again_is_not_itself_a_repeat(rows):
    events = {row["id"]: row for row in rows("events")}
    for row in events.values():
        if row["same_as"]:
            assert events[row["same_as"]]["same_as"] is None
            assert events[row["same_as"]]["kind"] == row["kind"]


def test_no_personal_identity_numbers(rows):
    # birth dates, passports and 18-digit identity numbers of listed persons are in the official list, not here
    pattern = re.compile(r"\bDOB\b|passport|\b\d{17}[\dXx]\b|\b\d{15}\b", re.IGNORECASE)
    for name in ("listings", "membership"):
        for row in rows(name):
            assert not pattern.search(" ".join(str(v) for v in row.values())), row


def test_ids_are_unique_across_the_tables_that_share_no_key(rows):
    ids = Counter(
        row["id"]
        for name in (
            *("observations", "events", "rules", "routes", "border_times", "experiments", "flows", "shares"),
            *("firms", "network_links", "network_capacities", "network_seasons", "network_assumptions"),
        )
        for row in rows(name)
    )
    assert max(ids.values()) == 1
