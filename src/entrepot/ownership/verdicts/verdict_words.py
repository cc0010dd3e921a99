"""The sentences of a verdict on ownership; the parts stand in its row, these are said last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.ownership.stake import UNKNOWN, Stake, plain, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from entrepot.ownership.listed_owners import Tie
    from entrepot.ownership.ownership_rules import Rule
    from entrepot.ownership.verdicts.judged import Found


def held(stake: Stake) -> str:
    """A stake as a chain shows it."""
    return "share not known" if stake == UNKNOWN else said(stake)


def chosen(parts: int, ends: Stake) -> str:
    """A stake of a worst case, and what the record allows."""
    return f"{plain(parts)} %" if ends.is_exact else f"{plain(parts)} % (the record allows {_ends(ends)})"


def _ends(stake: Stake) -> str:
    return f"{plain(stake.low)} to {plain(stake.high)} %"


def cut(told: Sequence[str], word: str, count: int, *, is_counted: bool = True) -> list[str] | None:
    """The first of them, and how many more there are, at least where they were not counted; None for none."""
    least = "" if is_counted else "at least "
    more = [f"and {least}{count - len(told)} more {word}s"] if count > len(told) else []
    return [*told, *more] or None


def listings(ties: Iterable[Tie]) -> list[str]:
    """Each listing once, with how the party was tied to it."""
    return list(dict.fromkeys(t.said for t in ties))


def reason(row: Mapping[str, Any], rule: Rule, found: Found) -> str:
    """The verdict in one sentence or two."""
    meaning = rule.row["meaning"]
    if row["basis"] == "listed" and row["verdict"] != "blocked":
        return f"A list may hold it that day: that it is {meaning} cannot be excluded."
    if row["basis"] == "listed":
        return f"It stands on a list itself: {meaning} whoever owns it."
    by_shares = _by_shares(row["by_shares"], rule, found)
    state = rule.row["state"]
    if state == "in_force" or row["basis"] == "none":
        text = by_shares
    elif state == "not_on_record":
        text = (
            f"Whether the rule applies on {row['as_of']} is not on record. If it does: {by_shares} If it does not: "
            "only listed parties fall under it, and this one is not listed."
        )
    else:
        text = f"The rule does not apply on {row['as_of']} ({rule.row['title']}). If it did: {by_shares}"
    return f"{text} Control apart: {rule.row['control']}" if row["controlled_by"] else text


def _by_shares(verdict: str, rule: Rule, found: Found) -> str:
    meaning, threshold = rule.row["meaning"], rule.threshold
    whose = "Listed or blocked owners" if rule.is_aggregated else "One listed party, with what it owns,"
    hold = "hold" if rule.is_aggregated else "holds"
    if verdict == "blocked":
        at_least = "" if found.stake.is_exact else "at least "
        return f"{whose} {hold} {at_least}{plain(found.stake.low)} % of it, which is {threshold}: {meaning}."
    if verdict == "cannot_be_excluded":
        return (
            f"{whose} {hold} {_ends(found.stake)} of it by what is on record, which can be {threshold}: that it is "
            f"{meaning} cannot be excluded."
        )
    rest = f" For up to {plain(found.unnamed)} % of it no owner is on record." if found.unnamed else ""
    if not found.stake.high:
        return f"No listed or blocked owner of it is on record.{rest}"
    most = plain(found.stake.high)
    return f"{whose} {hold} at most {most} % of it by the owners on record, which is not {threshold}.{rest}"
