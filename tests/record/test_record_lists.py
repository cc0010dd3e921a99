"""The lists add up, in both ways of counting, and what is held is computed from the table."""

from collections import Counter
from datetime import date

import pytest

from entrepot.core.periods import first_day, last_day

# published totals: DHS and Federal Register notices, entities counted one by one
SIZES = {
    "2022-06-21": 20,
    "2024-11-24": 78,
    "2024-11-25": 107,
    "2025-01-15": 144,
    "2026-08-03": 187,
}
# FLETF's own count of the four updates of 2023
DHS_2023 = {"2023-06-12": 22, "2023-08-02": 24, "2023-09-27": 27, "2023-12-11": 30}


def listed(rows, list_id, day):
    return {
        row["entity_id"]
        for row in rows("membership")
        if row["list_id"] == list_id
        and row["what"] == "listing"
        and last_day(row["valid_from"]) <= day
        and (row["valid_to"] is None or first_day(row["valid_to"]) > day)
    }


def test_batches_add_up_to_the_totals(rows):
    total = 0
    for batch in rows("batches"):
        total += batch["added"] - batch["removed"]
        assert batch["total_entities"] == total
        assert batch["rows_in_table"] + batch["rows_missing"] == batch["added"]
        assert (batch["complete"] == "yes") == (batch["rows_missing"] == 0)


@pytest.mark.parametrize(("day", "size"), SIZES.items())
def test_the_size_of_the_list_on_a_day(rows, day, size):
    before = [b for b in rows("batches") if b["date"] <= day]
    assert before[-1]["total_entities"] == size


def test_both_ways_of_counting_stand(rows):
    batches = {b["date"]: b for b in rows("batches")}
    assert {day: batches[day]["total_dhs"] for day in DHS_2023} == DHS_2023
    assert [batches[day]["total_entities"] for day in DHS_2023] == [30, 33, 36, 39]


def test_no_notice_takes_effect_on_a_weekend(rows):
    saturday = 5
    assert all(date.fromisoformat(b["date"]).weekday() < saturday for b in rows("batches"))


@pytest.mark.parametrize(("day", "size"), SIZES.items())
def test_each_entity_published_by_a_day_is_held(rows, day, size):
    assert len(listed(rows, "uflpa", date.fromisoformat(day))) == size


def test_an_entry_says_on_what_kind_of_copy_it_rests(rows):
    # DATA.md of the shelf: two copies agree on the entities before 2026-08-03, those of 2025-01-15 stand in the printed
    # notice, 32 of the 43 of 2026-08-03 rest on one copy
    found = Counter((r["valid_from"], r["name_basis"]) for r in rows("listings") if r["list_id"] == "uflpa")
    assert found["2026-08-03", "one_copy"] == 32
    assert found["2026-08-03", "copy_and_text"] == 43 - 32
    assert found["2025-01-15", "printed_notice"] == 144 - 107
    assert sum(n for (_, basis), n in found.items() if basis == "two_copies") == 107
    assert {r["name_basis"] for r in rows("listings") if r["list_id"] != "uflpa"} == {None}


def test_an_entry_cites_the_copies_on_which_it_rests(rows):
    copies = {
        r["source_id"]: r["published"] for r in rows("sources") if "machine copy of the page" in (r["title"] or "")
    }
    for row in rows("listings"):
        cited = {copies[s] for s in row["source_ids"] if s in copies}
        if row["list_id"] == "uflpa":
            both = row["valid_from"] < "2026-08-03"
            assert cited == ({"2026-07-15", "2026-08-11"} if both else {"2026-08-11"}), row["entity_id"]
    for batch in rows("batches"):
        assert all(day in batch["names_from"] for day in copies.values()) == (batch["date"] < "2025-01-15")


@pytest.mark.parametrize(
    ("entity", "before", "after"),
    [
        (
            "uflpa-xinjiang-gcl-new-energy-material-technology-co-ltd",
            "Xinjiang GCL New Energy Material Technology Co., Ltd.",
            "Xinjiang Goens Energy Technology Co., Ltd.",
        ),
        (
            "uflpa-xinjiang-tianmian-foundation-textile-co-ltd",
            "Xinjiang Tianmian Foundation Textile Co., Ltd.",
            "Kuitun Yadasi Textile Co., Ltd.",
        ),
    ],
)
def test_an_entity_renamed_on_2026_08_03_keeps_its_id_and_day(rows, entity, before, after):
    names = {
        (r["value"], r["valid_from"], r["valid_to"])
        for r in rows("membership")
        if r["entity_id"] == entity and r["what"] == "name"
    }
    (row,) = [r for r in rows("listings") if r["entity_id"] == entity]
    assert row["name"] == after
    assert row["valid_from"] < "2024"
    assert names == {(before, row["valid_from"], "2026-08-03"), (after, "2026-08-03", None)}


def test_each_batch_holds_the_listings_it_says(rows):
    for batch in rows("batches"):
        held = [r for r in rows("listings") if r["list_id"] == "uflpa" and r["valid_from"] == batch["date"]]
        assert len(held) == batch["rows_in_table"]
        assert {r["notice"] for r in held} == {batch["notice"]}


def test_every_listing_has_one_membership_of_its_own(rows):
    dated = {r["entity_id"]: r["valid_from"] for r in rows("membership") if r["what"] == "listing"}
    assert dated == {r["entity_id"]: r["valid_from"] for r in rows("listings")}


def test_sections_in_force_are_those_of_the_membership(rows):
    held: dict[str, set[str]] = {}
    for row in rows("membership"):
        if row["what"] == "section" and row["valid_to"] is None and row["value"]:
            held.setdefault(row["entity_id"], set()).add(row["value"])
    for row in rows("listings"):
        assert set(row["section"] or ()) == held.get(row["entity_id"], set())


def test_changji_esquel_moved_between_sections_and_was_not_added(rows):
    # 89 FR 87391, effective 2024-11-01
    sections = [
        (r["value"], r["valid_from"], r["valid_to"])
        for r in rows("membership")
        if r["entity_id"] == "uflpa-changji-esquel-textile-co-ltd" and r["what"] == "section"
    ]
    assert sections == [("i", "2022-06-21", "2024-11-01"), ("v", "2024-11-01", None)]


def test_an_order_on_several_parties_names_each(rows):
    names = {r["value"] for r in rows("membership") if r["entity_id"] == "wro-W013" and r["what"] == "name"}
    assert names == {"Yili Zhuowan Garment Manufacturing Co., Ltd.", "Baoding LYSZD Trade and Business Co., Ltd."}


def test_each_chinese_name_can_be_met(rows):
    aliases = {(r["entity_id"], r["value"]) for r in rows("membership")}
    named = [r for r in rows("listings") if r["name_zh"]]
    assert {(r["entity_id"], r["name_zh"]) for r in named} <= aliases


def test_ofac_aliases_hold_since_the_oldest_list_that_carries_them(rows):
    row = next(r for r in rows("membership") if r["value"] == "XINJIANG BUREAU OF PUBLIC SECURITY")
    assert (row["certainty"], row["valid_from"]) == ("since_at_least", "2021-07")
