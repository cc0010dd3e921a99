"""The package tables against the shelf they were carried from: each id is there, each changed cell says so."""

import csv

import pytest

pytestmark = pytest.mark.shared

SOURCE_COLUMNS = {
    "url",
    "url_basis",
    "source_kind",
    "publisher",
    "source",
    "more_urls",
    "list_url",
    "name_zh_source",
    "who_says",
}
# shelf file -> (table, key, columns renamed or moved; None: moved to another table, see docs/design/02-the-record.md)
CARRIED = {
    "observations": ("observations", "id", {}),
    "events": ("events", "id", {}),
    "firms": ("firms", "id", {}),
    "rules": ("rules", "id", {}),
    "shares": ("shares", "id", {}),
    "places": ("places", "place_id", {}),
    "crossings": ("crossings", "place_id", {}),
    "routes": ("routes", "id", {}),
    "border_times_costs": ("border_times", "id", {}),
    "natural_experiments": ("experiments", "id", {}),
    "due_diligence_rules": ("requirements", "rule_id", {}),
    "uflpa_documents": ("documents", "id", {}),
    "uflpa_batches": ("batches", "date", {}),
    "uflpa_membership": ("membership", "id", {}),
    "uflpa_entities": ("listings", "id", {"id": "entity_id", "effective_date": "valid_from", "aliases": None}),
    "us_ofac_xinjiang": (
        "listings",
        "uid",
        {"uid": "list_entry_id", "designated_on": "valid_from", "aliases": None, "other_names": None},
    ),
    "cbp_withhold_release_orders": (
        "listings",
        "id",
        {
            "id": "list_entry_id",
            "entity": "name",
            "type": "programme",
            "effective_date": "valid_from",
            "country": None,
        },
    ),
}


def shelf(shared, name):
    with (shared / "embed" / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def same(printed, carried):
    """Whether a shelf cell and a package cell say the same."""
    if carried is None:
        return printed == ""
    if isinstance(carried, list):
        return [p.strip() for p in printed.split(";")] == carried
    return float(printed) == carried if isinstance(carried, float | int) else printed == carried


@pytest.mark.parametrize("name", CARRIED)
def test_each_row_and_cell_is_carried(shared, rows, name):
    table, key, moved = CARRIED[name]
    column = moved.get(key, key)
    carried = {row[column]: row for row in rows(table)}
    for old in shelf(shared, name):
        new = carried[old[key]]
        for field, printed in old.items():
            target = moved.get(field, field)
            if field in SOURCE_COLUMNS or target is None:
                continue
            if field == "corrected":
                assert (new["corrected"] or "").startswith(printed)
            elif f"{target} from {printed}" not in (new.get("corrected") or "").removeprefix(old.get("corrected", "")):
                assert same(printed, new[target]), (old[key], field, printed, new[target])


@pytest.mark.parametrize("name", CARRIED)
def test_each_address_and_publisher_is_in_the_register(shared, rows, name):
    table, key, moved = CARRIED[name]
    register = {row["source_id"]: row for row in rows("sources")}
    carried = {row[moved.get(key, key)]: row for row in rows(table)}
    for old in shelf(shared, name):
        new = carried[old[key]]
        if "source_id from " in (new.get("corrected") or ""):
            continue
        sources = [register[s] for s in new.get("source_ids") or [new["source_id"]]]
        urls = {s["url"] for s in sources}
        wanted = {old.get("url", ""), old.get("list_url", ""), *old.get("more_urls", "").split(";")}
        assert {u.strip() for u in wanted} - {""} <= urls
        if old.get("source_kind") in ("clone", "none") and not old.get("list_url"):
            assert urls == {None}
            assert sources[0]["url_basis"] == "none"
        if printer := old.get("publisher") or old.get("who_says"):
            assert sources[0]["publisher"] == printer


def test_each_alias_of_a_listing_is_in_the_membership(shared, rows):
    held = {(row["entity_id"], row["value"]) for row in rows("membership")}
    for old in shelf(shared, "uflpa_entities"):
        for alias in filter(None, old["aliases"].split("; ")):
            assert (old["id"], alias.partition(":")[2]) in held
    for old in shelf(shared, "us_ofac_xinjiang"):
        names = f"{old['aliases']}; {old['other_names']}; {old['name_zh']}"
        for alias in filter(None, names.split("; ")):
            assert (f"ofac-{old['uid']}", alias) in held


def test_a_chinese_name_says_how_it_was_paired(shared, rows):
    mine = {row["entity_id"]: row for row in rows("listings")}
    notes = {(row["entity_id"], row["value"]): row["note"] or "" for row in rows("membership")}
    named = [old for old in shelf(shared, "uflpa_entities") if old["name_zh"]]
    assert len(named) == 75
    probable = {old["id"] for old in named if "probable" in old["name_zh_source"]}
    assert len(probable) == 15
    for old in named:
        new = mine[old["id"]]
        assert (new["name_zh_basis"] == "probable") == (old["id"] in probable)
        assert ("probable" in notes[old["id"], old["name_zh"]]) == (old["id"] in probable)
        assert (new["name_zh_basis"] == "not_recorded") == (not old["name_zh_source"])
        assert (new["name_zh_source_id"] is None) == (not old["name_zh_source"])


def test_each_flow_is_carried(shared, rows):
    carried = {(row["partner_iso3"], row["hs"], row["period"]): row for row in rows("flows")}
    printed = shelf(shared, "solar_exports_quarterly")
    assert len(printed) == len(carried)
    for old in printed:
        new = carried[old["partner_iso3"], old["hs"], old["period"]]
        for field, value in old.items():
            assert same(value, new[field]), (new["id"], field)


def test_the_ofac_rows_stand_on_the_list_of_2026(shared, rows):
    with (shared / "data/lists/ofac_json_mirror/ofac-sdn.csv").open(encoding="utf-8", newline="") as handle:
        official = {row["uid"]: row for row in csv.DictReader(handle)}
    mine = [row for row in rows("listings") if row["list_id"] == "ofac-xinjiang"]
    assert len(mine) == 14
    for row in mine:
        assert official[row["list_entry_id"]]["name"] == row["name"]
    by_entity: dict[str, set[str]] = {}
    for row in rows("membership"):
        if (
            row["list_id"] == "ofac-xinjiang"
            and row["what"] == "alias"
            and not row["note"].startswith(("Chinese", "in use"))
        ):
            by_entity.setdefault(row["entity_id"].removeprefix("ofac-"), set()).add(row["value"])
    for uid, names in by_entity.items():
        assert names == set(official[uid]["alternate_names"].split("; "))
