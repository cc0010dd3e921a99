"""Verdicts as names that a screening meets: parties that nobody lists, and that a listing of their owners falls on."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from entrepot.core.ids import digest
from entrepot.core.words.translate import in_english, tr
from entrepot.lists.listed_name import OWNED, ListedName
from entrepot.ownership.contract import CONTROLLED, STATE_NOT_ON_RECORD, TO_CONFIRM
from entrepot.ownership.stake import parts, plain
from entrepot.vocabulary.identifiers import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from entrepot.ownership.owned_parties import OwnedParties
    from entrepot.ownership.ownership_rules import Rule
    from entrepot.ownership.verdicts.verdicts import Asked

Row = dict[str, Any]
# Verdict -> how sure it is that the party falls under the rule.
_STRENGTHS = {
    "blocked": "certain",
    "cannot_be_excluded": "possible",
    TO_CONFIRM: "possible",
    STATE_NOT_ON_RECORD: "possible",
}
_NO_PARTY = {"name", "person", "record"}  # schemes of ids that are no number of a register


@in_english
def owned_rows(rows: Iterable[Row]) -> list[Row]:
    """The verdicts on parties that stand on no list themselves and fall, or may fall, under their owners'.

    Where control is a criterion of its own, those that a listed or blocked party controls may: it is not judged.

    Args:
        rows: under `ownership_verdicts`.
    """
    return [r for r in rows if r["verdict"] in _STRENGTHS and r["basis"] in {"owned", "near", CONTROLLED}]


def is_controlled_alone(row: Mapping[str, Any]) -> bool:
    """Whether a party is not blocked by what the rule counts, and a listed or blocked one controls it otherwise."""
    return row["by_shares"] == "not_blocked" and row["basis"] in {CONTROLLED, "none"} and bool(row["controlled_by"])


@in_english
def owned_names(rows: Sequence[Row], asked: Asked) -> list[ListedName]:
    """The names of owned parties, in the order of their verdicts' ids.

    Args:
        rows: from `owned_rows`.
        asked: what was asked.
    """
    held = asked.held
    places = {party: held.by_id[party] for party in (r["party_id"] for r in rows)}
    made = [_name(r, asked.rule, held, places[r["party_id"]]) for r in rows]
    return sorted(made, key=lambda n: n.entity_id)


def _name(row: Row, rule: Rule, held: OwnedParties, place: int) -> ListedName:
    strength = _STRENGTHS[row["verdict"]]
    return ListedName(
        row["party"],
        "name",
        "dated",
        f"{_chains(row)} {row['reason']}",
        "person" if held.kinds[place] == "person" else "company",
        row["ownership_id"],
        f"{OWNED}{row['rule']}",
        row["party"],
        _section(row, rule),
        "",
        None,
        "in_force" if strength == "certain" else "may_be_in_force",
        str(rule.row["source"]),
        "",
        tr("It stands on no list itself: this is said by {title}, by the owners on record.", title=rule.row["title"]),
        _numbers(held, place),
        strength,
    )


def _chains(row: Row) -> str:
    """The first chain, which is that of the largest stake, and how many more there are."""
    if row["basis"] == CONTROLLED:
        return tr("Controlled by a listed or blocked party: {who}.", who="; ".join(row["controlled_by"]))
    told = row["chains"] or [tr("the chain is not told")]
    more = tr(" (and {count} more)", count=len(told) - 1) if len(told) > 1 else ""
    word = tr("Owned by a listed party") if row["verdict"] == "blocked" else tr("May be owned by a listed party")
    if row["verdict"] == TO_CONFIRM:
        word = tr("An owner has a name near a listed one ({near})", near="; ".join(row["to_confirm"] or ()))
    return f"{word}: {told[0]}{more}."


def _section(row: Row, rule: Rule) -> str:
    """What is said of the party, without a day: a case that was decided returns when it changes."""
    low, high = (plain(parts(row[c])) for c in ("low_percent", "high_percent"))
    share = f"{low} %" if low == high else tr("{low} to {high} %", low=low, high=high)
    meaning = tr("{meaning} by ownership", meaning=rule.row["meaning"])
    if row["basis"] == CONTROLLED:
        return tr(
            "a listed or blocked party controls it, by which alone it may be {meaning}: not judged",
            meaning=rule.row["meaning"],
        )
    said = {
        "blocked": meaning,
        TO_CONFIRM: tr(
            "{meaning} if an owner is the listed party whose name is near, which is to confirm", meaning=meaning
        ),
        "cannot_be_excluded": tr("that it is {meaning} cannot be excluded", meaning=meaning),
        STATE_NOT_ON_RECORD: tr("{meaning} if the rule applies, which is not on record", meaning=meaning),
    }[row["verdict"]]
    if row["verdict"] == STATE_NOT_ON_RECORD and row["by_shares"] != "blocked":
        said = tr(
            "if the rule applies, which is not on record, that it is {meaning} cannot be excluded", meaning=meaning
        )
    if row["verdict"] == TO_CONFIRM:
        return str(said)
    return tr("{said}, {share} with listed owners", said=said, share=share)


def _numbers(held: OwnedParties, place: int) -> str:
    """The numbers of a company, as particulars of a listed name are held; empty where there is none."""
    found = set()
    for said in (held.ids[place], *held.numbers.get(place, ())):
        scheme, mark, number = said.partition(":")
        if mark and scheme not in _NO_PARTY and held.kinds[place] != "person":
            kind, country = ("lei", "") if scheme == "LEI" else ("registration", scheme[:2])
            if text := normal(kind, number):
                found.add((kind, text, country))
    return json.dumps({"numbers": sorted(found)}) if found else ""


@in_english
def owned_coverage(names: Sequence[ListedName], asked: Asked) -> Row:
    """What a rule adds, as a row of COVERAGE.

    Args:
        names: from `owned_names`.
        asked: what was asked.
    """
    sure = sum(n.owned == "certain" for n in names)
    said = tr(
        "holds {count} parties by their owners on record: {sure} certain, {count_2} possible",
        count=len(names),
        sure=sure,
        count_2=len(names) - sure,
    )
    lines = sorted(json.dumps(asdict(n), ensure_ascii=False, sort_keys=True) for n in names)
    return {
        "list_id": f"{OWNED}{asked.rule.row['rule']}",
        "title": tr("{title}: parties that nobody lists", title=asked.rule.row["title"]),
        "as_of": asked.day.isoformat(),
        "list_as_of": None,
        "version": None,
        "entities_held": len(names),
        "entities_published": None,
        "names_held": len(names),
        "sha256": digest("\n".join(lines)),
        "sentence": said,
    }
