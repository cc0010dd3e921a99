"""Accuracy of screening, file to match: flags of regions, headings, listed names as they arrive, firms of no list."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from entrepot.lists.in_force import embedded
from entrepot.measures.by_region import chosen_regions
from entrepot.screening.parties.file_options import Given
from entrepot.screening.parties.party_columns import has_party, party_columns
from entrepot.screening.runs.run import screen
from entrepot.vocabulary.regions.region_files import region
from screening import data, perturb

if TYPE_CHECKING:
    from pathlib import Path

    from accuracy.floors import Figures

TESTS = data.ROOT / "tests" / "screening"
DAY = "2026-11-26"
SEED, EACH = 20_261_126, 2  # changed forms of each listed name
EVERY = 4  # of 7,828 Chinese firms each fourth: all take half a minute
ROLES = ("address", "country", "identifier", "birth", "document")


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _rates(said: list[str], truth: list[str], kinds: tuple[str, ...]) -> Figures:
    """Precision and recall of each kind of answer."""
    counts = Counter(zip(said, truth, strict=True))
    found = {}
    for kind in kinds:
        right, of = counts[kind, kind], truth.count(kind)
        found[f"{kind}, precision"] = (right / max(1, said.count(kind)), of)
        found[f"{kind}, recall"] = (right / of, of)
    return found


def headings() -> Figures:
    """What the reader of headings takes a column for, beside what a person does who knows the system it comes from."""
    rows = _rows(TESTS / "headings.csv")
    said = [_role(r["heading"], r["beside"] or "supplier") for r in rows]
    return _rates(said, [r["means"] for r in rows], ("party", *ROLES, "none"))


def _role(heading: str, beside: str) -> str:
    if has_party([heading]):
        return "party"
    column = party_columns([beside, heading], Given(name_columns=(beside,)))[0]
    return next((role for role in ROLES if getattr(column, role)), "none")


def suppliers() -> Figures:
    """Invented suppliers in and around two regions: the strongest flag of each, beside what the file says."""
    file = TESTS / "region_suppliers.csv"
    rows = _rows(file)
    region_of = {place: u.region for u in chosen_regions(()) for place in region(u.region).places}
    flags: dict[int, dict[str, str]] = defaultdict(dict)
    for met in screen(file, as_of=DAY).to_pylist():
        if met["kind"] == "region":
            known, there = flags[met["row"]], region_of[met["place_id"]]
            known[there] = "certain" if "certain" in (known.get(there), met["strength"]) else "possible"
    said = [" ".join(f"{r} {s}" for r, s in sorted(flags[i].items())) for i in range(2, len(rows) + 2)]
    truth = [f"{r['truth']} {r['how sure']}".strip() for r in rows]
    return _rates(said, truth, tuple(sorted(set(truth) - {""})))


def _listings(*names: str) -> list[dict[str, Any]]:
    table = screen(pa.table({"name": list(names)}), as_of=DAY)
    return [met for met in table.to_pylist() if met["kind"] == "listing"]


def listed() -> Figures:
    """Names of the embedded lists, changed as on their way to a desk: whether their own entity is met."""
    entities = embedded().listings.select(["entity_id", "name"]).to_pylist()
    cases = [(perturb.perturbed(r["name"], i, SEED), r["entity_id"]) for r in entities for i in range(EACH)]
    met: dict[int, set[str]] = defaultdict(set)
    for row in _listings(*(c.text for c, _ in cases)):
        met[row["row"]].add(row["entity_id"])
    found = [entity in met[i] for i, (_, entity) in enumerate(cases, 1)]
    once = [hit for hit, (c, _) in zip(found, cases, strict=True) if len(c.classes) == 1]
    return {"found": (sum(found) / len(found), len(found)), "found, one change": (sum(once) / len(once), len(once))}


def firms() -> Figures:
    """Chinese firms whose Chinese name no list gives, among them a few that are listed in English only."""
    own = set(embedded().listings["name_zh"].to_pylist())
    names = [n for n in data.chinese_companies()[::EVERY] if n not in own]
    alerts = len({row["row"] for row in _listings(*names)})
    return {"firms that raise an alert": (alerts / len(names), len(names))}


SETS = {
    "screening/headings": headings,
    "screening/suppliers of two regions": suppliers,
    "screening/listed names, changed": listed,
    "screening/Chinese firms": firms,
}
