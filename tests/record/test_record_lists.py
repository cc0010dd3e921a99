"""The lists add up, in both ways of counting, and what is held is computed from the table."""

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


def test_the_held_part_is_96_of_187(rows):
    held = listed(rows, "uflpa", date(2026, 8, 3))
    assert (len(held), rows("batches")[-1]["total_entities"]) == (96, 187)


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
