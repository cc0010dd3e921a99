"""The sentences of a verdict on ownership; the parts stand in its row, these are said last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import ntr, tr
from entrepot.ownership.contract import CONTROLLED, TO_CONFIRM
from entrepot.ownership.stake import UNKNOWN, Stake, ends_said, is_above, is_below, plain, printed, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from entrepot.ownership.listed_owners import Tie
    from entrepot.ownership.ownership_rules import Rule
    from entrepot.ownership.verdicts.judged import Found


_MOST_OF_LOOP = 8  # parties of a loop that a sentence names


def held(stake: Stake) -> str:
    """A stake as a chain shows it."""
    return tr("share not known") if stake == UNKNOWN else said(stake)


def chosen(parts: int, ends: Stake) -> str:
    """A stake of a worst case, and what the record allows."""
    if ends.is_exact:
        return f"{plain(parts)} %"
    figure = plain(printed(parts))
    figure = tr("just over {parts}", parts=figure) if is_above(parts) else figure
    figure = tr("just under {parts}", parts=figure) if is_below(parts) else figure
    return tr("{parts} % (the record allows {ends})", parts=figure, ends=ends_said(ends))


def cut(told: Sequence[str], word: str, count: int, *, is_counted: bool = True) -> list[str] | None:
    """The first of them, and how many more there are, at least where they were not counted; None for none."""
    least = "" if is_counted else tr("at least ")
    more = (
        [tr("and {least}{count} more {word}s", least=least, count=count - len(told), word=word)]
        if count > len(told)
        else []
    )
    return [*told, *more] or None


def listings(ties: Iterable[Tie]) -> list[str]:
    """Each listing once, with how the party was tied to it."""
    return list(dict.fromkeys(t.said for t in ties))


def loop_said(found: Found, names: Sequence[str]) -> str:
    """What a loop of owners adds to a verdict, behind a blank; empty where none does.

    Args:
        found: what there is to say of the party.
        names: the parties of the loop, the party first and last.
    """
    if names and found.verdict != "blocked":
        shown = names if len(names) <= _MOST_OF_LOOP else (*names[: _MOST_OF_LOOP - 1], "…", names[-1])
        return tr(
            " It lies in a loop of owners: {loop}. What listed or blocked owners put into the loop goes round in it: "
            "counted round, up to {carried} % of it ends with them; without the loop {low} %. No text of the rule that "
            "we have says which counts.",
            loop=" -> ".join(shown),
            carried=plain(found.carried),
            low=plain(found.stake.low),
        )
    if found.knot and found.verdict != "blocked":
        return tr(
            " It lies among {count} parties that own one another: what listed or blocked owners put in goes round among"
            " them, and is not followed. The upper end is without it.",
            count=found.knot,
        )
    if found.above and found.verdict == "cannot_be_excluded":
        return tr(" It is reached by way of a loop of owners above it: the verdict of its owner names the loop.")
    return ""


def reason(row: Mapping[str, Any], rule: Rule, by: tuple[Found, Found], near: int = 0, loop: str = "") -> str:
    """The verdict in a few sentences.

    Args:
        row: of the verdict.
        rule: the rule.
        by: what there is to say by what is tied to a listing, and if the names near a listed one were tied too.
        near: how many parties with such a name stand behind it, itself among them.
        loop: what a loop of owners adds.
    """
    found, if_near = by
    meaning = rule.row["meaning"]
    if row["basis"] == "listed" and row["verdict"] != "blocked":
        return tr("A list may hold it that day: that it is {meaning} cannot be excluded.", meaning=meaning)
    if row["basis"] == "listed":
        return tr("It stands on a list itself: {meaning} whoever owns it.", meaning=meaning)
    by_shares = _by_shares(row["by_shares"], rule, found, is_near=bool(near)) + loop + _near_said(near, rule, if_near)
    state = rule.row["state"]
    if state == "in_force" or row["basis"] == "none":
        text = by_shares
    elif state == "not_on_record":
        text = tr(
            "Whether the rule applies on {as_of} is not on record. If it does: {by_shares} If it does "
            "not: only listed parties fall under it, and this one is not listed.",
            as_of=row["as_of"],
            by_shares=by_shares,
        )
    else:
        text = tr(
            "The rule does not apply on {as_of} ({title}). If it did: {by_shares}",
            as_of=row["as_of"],
            title=rule.row["title"],
            by_shares=by_shares,
        )
    return text


def with_control(text: str, row: Mapping[str, Any], rule: Rule, *, is_direct: bool) -> str:
    """The sentences of a verdict, with what is said of who controls the party.

    Args:
        text: what is said of it by shares.
        row: of the verdict.
        rule: the rule.
        is_direct: whether a listed or blocked party controls it itself, and not by way of others.
    """
    if not row["controlled_by"] or row["basis"] == "listed":
        return text
    if row["basis"] == CONTROLLED:
        direct = tr(
            "{text} A listed or blocked party controls it, which is not judged here: that it is {meaning} cannot be "
            "excluded. {control}",
            text=text,
            meaning=rule.row["meaning"],
            control=rule.row["control"],
        )
        by_others = tr(
            "{text} A listed or blocked party holds it by way of others, over a tie of control, which is not judged "
            "here: that it is {meaning} cannot be excluded. {control}",
            text=text,
            meaning=rule.row["meaning"],
            control=rule.row["control"],
        )
        return direct if is_direct else by_others
    return tr("{text} Control apart: {control}", text=text, control=rule.row["control"])


def _near_said(near: int, rule: Rule, found: Found) -> str:
    """How many names are near a listed one, and what follows if they are the listed parties; empty for none."""
    if not near:
        return ""
    said = ntr(
        near,
        " {count} owner or party has a name near a listed one: confirm or refute that it is the listed party.",
        " {count} owners or parties have a name near a listed one: confirm or refute that they are the listed parties.",
    )
    if not found.stake.high:
        return said
    return said + tr(
        " If so, listed or blocked owners hold {ends} of it; {threshold} is {meaning}.",
        ends=f"{plain(found.stake.low)} %" if found.stake.is_exact else ends_said(found.stake),
        threshold=rule.threshold,
        meaning=rule.row["meaning"],
    )


def _by_shares(verdict: str, rule: Rule, found: Found, *, is_near: bool = False) -> str:
    meaning, threshold = rule.row["meaning"], rule.threshold
    whose = tr("Listed or blocked owners") if rule.is_aggregated else tr("One listed party, with what it owns,")
    hold = "hold" if rule.is_aggregated else "holds"
    if verdict == "blocked":
        least = tr("more than ") if is_above(found.stake.low) else tr("at least ")
        at_least = "" if found.stake.is_exact else least
        return tr(
            "{whose} {hold} {at_least}{low} % of it, which is {threshold}: {meaning}.",
            whose=whose,
            hold=hold,
            at_least=at_least,
            low=plain(printed(found.stake.low)),
            threshold=threshold,
            meaning=meaning,
        )
    if verdict == "cannot_be_excluded":
        return tr(
            "{whose} {hold} {ends} of it by what is on record, which can be {threshold}: that it is "
            "{meaning} cannot be excluded.",
            whose=whose,
            hold=hold,
            ends=ends_said(found.stake),
            threshold=threshold,
            meaning=meaning,
        )
    rest = (
        tr(" For up to {unnamed} % of it no owner is on record.", unnamed=plain(printed(found.unnamed)))
        if found.unnamed
        else ""
    )
    if verdict == TO_CONFIRM and not found.stake.high:
        return tr(
            "Not {meaning} by the owners that are tied to a listing: there is none.{rest}", meaning=meaning, rest=rest
        )
    if not found.stake.high and is_near:
        return tr("No owner of it on record is tied to a listing.{rest}", rest=rest)
    if not found.stake.high:
        return tr("No listed or blocked owner of it is on record.{rest}", rest=rest)
    most = plain(printed(found.stake.high))
    at_most = tr("less than ") if is_below(found.stake.high) else tr("at most ")
    return tr(
        "{whose} {hold} {at_most}{most} % of it by the owners on record, which is not {threshold}.{rest}",
        whose=whose,
        hold=hold,
        at_most=at_most,
        most=most,
        threshold=threshold,
        rest=rest,
    )
