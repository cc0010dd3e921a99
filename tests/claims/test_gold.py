"""The gold set keeps its own rules: spans are substrings, ids exist, periods are dates, the split is the hash's."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from entrepot.measures.act import KINDS
from entrepot.measures.contract import EVENTS
from entrepot.record import embedded

GOLD = Path(__file__).parent / "gold"
PARTS = ("develop", "held")
ROWS = [json.loads(line) for part in PARTS for line in (GOLD / f"{part}.jsonl").read_text("utf-8").splitlines()]
CLAIMS = [(row, claim) for row in ROWS for claim in row["claims"]]
UNREAD = [(row, span) for row in ROWS for span in row["unread_spans"]]

ROW_KEYS = ["id", "part", "language", "published", "sentence", "traps", "claims", "unread", "unread_spans"]
LANGUAGES = {"en": 70, "zh": 40, "ru": 40}  # the fewest rows of each
REASONS = {
    "vague_figure", "ambiguous_figure", "ambiguous_unit", "ambiguous_multiple", "ambiguous_period", "no_subject",
    "no_quantity",
}  # fmt: skip
ALLOWED = {
    "subject_kind": {"place", "measure", "party", "outside"},
    "mode": {None, "rail", "road"},
    "direction": {None, "in", "out", "both"},
    "per": {None, "day", "month", "year"},
    "bound": {"exact", "over", "at_least", "nearly", "up_to", "about", "between"},
    "status": {"reported", "forecast", "capacity", "planned", "rule", "scheduled"},
    "period_basis": {"stated", "relative", "inferred", "none"},
    "comparison": {"none", "yoy", "mom", "change", "conversion", "record", "largest", "first"},
}
# Units of the record's normalised values, and those of rules and measures.
UNITS = {
    None, "USD", "CNY", "PKR", "EUR", "KZT", "tonnes", "kg", "trains", "TEU", "persons", "vehicles", "shipments",
    "entities", "attacks", "employees", "MW", "km", "days", "hours", "percent", "percentage_points",
}  # fmt: skip
# Quantities of tables that have no column `metric`: table and column, or table and a word.
NAMED = {
    "batches.added", "flows.capacity_mw", "flows.value_usd", "routes.km", "routes.days", "border_times.hours",
    "measures.threshold", "rules.duty_free_allowance", "rules.duty_free_weight", "rules.season", "rules.truck_quota",
}  # fmt: skip


def held_values(table: str, column: str) -> set[str]:
    """What the column of a table of the record holds."""
    return {v for v in embedded.load().tables[table].column(column).to_pylist() if v}


def quantities() -> set[str]:
    """Every quantity that a claim may have."""
    events = next(c for c in EVENTS.columns if c.name == "kind").allowed or ()
    metrics = held_values("observations", "metric") | held_values("shares", "metric")
    return metrics | NAMED | {f"event.{kind}" for kind in events} | {f"effect.{kind}" for kind in KINDS}


def broken(pairs, rule) -> list[str]:
    """Ids and spans of the claims or unread spans that do not keep the rule."""
    return [f"{row['id']}: {item['span']}" for row, item in pairs if not rule(row, item)]


def kind(row) -> str:
    if row["unread"]:
        return "unread"
    return "claims" if row["claims"] else "none"


def test_it_is_large_enough_in_three_languages():
    by_language = Counter(row["language"] for row in ROWS)
    assert set(by_language) == set(LANGUAGES)
    assert all(by_language[language] >= least for language, least in LANGUAGES.items())
    assert len(ROWS) >= 150


def test_ids_and_sentences_are_unique():
    for key in ("id", "sentence"):
        assert [v for v, n in Counter(row[key] for row in ROWS).items() if n > 1] == []


def test_rows_have_the_documented_fields():
    documented = set(re.findall(r"^\| ([a-z_, ]+) \|", (GOLD / "README.md").read_text("utf-8"), re.MULTILINE))
    documented = {field for cell in documented for field in cell.split(", ")}
    assert {tuple(row) for row in ROWS} == {tuple(ROW_KEYS)}
    assert len({tuple(claim) for _, claim in CLAIMS}) == 1
    assert {*ROW_KEYS, *CLAIMS[0][1]} - documented == set()


def test_the_readme_counts_the_rows():
    counts = Counter(row["language"] for row in ROWS)
    words = f"{len(ROWS)} sentences in English ({counts['en']}), Chinese ({counts['zh']}) and Russian ({counts['ru']})"
    assert words in (GOLD / "README.md").read_text("utf-8")


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_what_the_hash_says_and_has_its_file(part):
    for line in (GOLD / f"{part}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        even = int(sha256(f"gold-282:{row['id']}".encode()).hexdigest()[:8], 16) % 2 == 0
        assert row["part"] == part == ("develop" if even else "held"), row["id"]


def test_the_parts_are_alike():
    counts = Counter((row["language"], kind(row), row["part"]) for row in ROWS)
    assert all(abs(counts[a, b, "develop"] - counts[a, b, "held"]) <= 2 for a, b, _ in counts)


def test_about_one_row_in_five_has_nothing_to_read():
    share = sum(kind(row) == "none" for row in ROWS) / len(ROWS)
    assert 0.15 <= share <= 0.25


def test_spans_are_substrings_at_their_offsets():
    def rule(row, item):
        return item["span"] and row["sentence"][item["span_start"] : item["span_end"]] == item["span"]

    assert broken(CLAIMS + UNREAD, rule) == []


def test_spans_of_a_row_do_not_overlap():
    for row in ROWS:
        spans = sorted((s["span_start"], s["span_end"]) for s in [*row["claims"], *row["unread_spans"]])
        assert all(a[1] <= b[0] for a, b in pairwise(spans)), row["id"]


@pytest.mark.parametrize("field", ALLOWED)
def test_closed_lists(field):
    assert broken(CLAIMS, lambda _, c: c[field] in ALLOWED[field]) == []


def test_quantities_and_units_are_in_the_vocabulary():
    known = quantities()
    assert broken(CLAIMS, lambda _, c: {c["quantity"], *c["quantity_also"]} <= known) == []
    assert broken(CLAIMS, lambda _, c: c["unit"] in UNITS) == []


def test_subjects_exist():
    ids = {
        "place": held_values("places", "place_id"),
        "measure": held_values("measures", "measure_id"),
        "party": held_values("listings", "entity_id"),
    }

    def rule(row, claim):
        if claim["subject_kind"] == "outside":
            return claim["subject"] in row["sentence"]
        return claim["subject"] in ids[claim["subject_kind"]]

    assert broken(CLAIMS, rule) == []


def test_partners_and_products_are_those_of_the_record():
    partners = held_values("observations", "partner") | held_values("flows", "partner")
    products = held_values("shares", "product") | held_values("flows", "product")
    assert broken(CLAIMS, lambda _, c: c["partner"] is None or c["partner"] in partners) == []
    assert broken(CLAIMS, lambda _, c: c["product"] is None or c["product"] in products) == []


def test_words_taken_from_the_sentence_stand_in_it():
    assert broken(CLAIMS, lambda r, c: (c["where"] or "") in r["sentence"]) == []
    assert broken(CLAIMS, lambda r, c: (c["attributed_to"] or "") in r["sentence"]) == []


def test_values_units_and_bounds_go_together():
    assert broken(CLAIMS, lambda _, c: (c["value"] is None) <= (c["bound"] == "exact")) == []
    assert broken(CLAIMS, lambda _, c: (c["value_high"] is not None) == (c["bound"] == "between")) == []
    assert broken(CLAIMS, lambda _, c: c["value_high"] is None or c["value_high"] > c["value"]) == []
    assert broken(CLAIMS, lambda _, c: c["value"] is None or c["unit"] is not None) == []
    changes = {"yoy", "mom", "change"}
    points = {"percent", "percentage_points"}
    assert broken(CLAIMS, lambda _, c: c["comparison"] not in changes or c["unit"] in points) == []


def test_periods_are_dates_in_order():
    def rule(_, claim):
        for a, b in (("period_start", "period_end"), ("base_start", "base_end")):
            days = [date.fromisoformat(claim[k]) for k in (a, b) if claim[k]]
            if days != sorted(days):
                return False
        return (claim["period_basis"] == "none") == (not claim["period_start"] and not claim["period_end"])

    assert broken(CLAIMS, rule) == []


def test_what_is_relative_has_a_day_to_be_relative_to():
    assert all(date.fromisoformat(row["published"]) for row in ROWS if row["published"])
    assert broken(CLAIMS, lambda r, c: c["period_basis"] != "relative" or r["published"]) == []
    future = {"forecast", "scheduled", "planned"}

    def ended(row, claim):
        end = claim["period_end"] or ""
        return not row["published"] or claim["status"] in future or end <= row["published"]

    assert broken(CLAIMS, ended) == []


def test_unread_says_why():
    assert [row["id"] for row in ROWS if row["unread"] != bool(row["unread_spans"])] == []
    assert {span["reason"] for _, span in UNREAD} == REASONS


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


@pytest.mark.shared
def test_no_sentence_is_taken_from_the_article(shared):
    length = 8  # a run of eight words is a quotation; shorter ones are the phrases of the trade
    article = words((shared / "seed" / "article.txt").read_text("utf-8"))
    runs = {tuple(article[i : i + length]) for i in range(len(article) - length + 1)}
    for row in ROWS:
        mine = words(row["sentence"])
        assert not runs & {tuple(mine[i : i + length]) for i in range(len(mine) - length + 1)}, row["id"]
