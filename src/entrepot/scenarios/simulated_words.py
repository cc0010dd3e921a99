"""What must be said of an answer: the answer in a sentence, that it is simulated, what is assumed."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import tr
from entrepot.scenarios.answered_scenario import JOINERS_DRAWN, answers_of
from entrepot.scenarios.figures.burdens import BOTH, MEMBER, ONLY_SENDER, ONLY_TARGET, REVENUE, sides
from entrepot.scenarios.figures.gone_round import (
    MORE_ROUND,
    OF_REACHED,
    ROUND,
    ROUND_THROUGH,
    USE_BEFORE,
    WAIT,
    WAITED,
)
from entrepot.scenarios.figures.potential import ADDS, LOSS_CLOSED, OF_FULL, OF_GLOBAL
from entrepot.scenarios.figures.reroutes import OFFSET, REPLACED, REPLACED_THROUGH, THROUGH
from entrepot.scenarios.uncertainty.drawn_intervals import IS_FULL, MOST_BY_JOINING
from entrepot.vocabulary.countries import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.scenarios.answered_scenario import Answered
    from entrepot.scenarios.asked.unsure_world import UnsureWorld

_NAMED = 3  # economies in a sentence; one of more is not read
_DECIMALS = 6  # as the rows have them
_WHOLE = 100 * (1 + 1e-6)  # per cent: what passes is reckoned, and full to the last digit is not over
_LITTLE = 0.05  # per cent of lost sales: what rounds to nothing is not named


def said_of(found: Sequence[Answered]) -> list[str]:
    """The notes of answers: each answer in sentences, that it is simulated, and all that is assumed, each once.

    Args:
        found: the answers.
    """
    notes: list[str] = []
    for one in found:
        notes += [headline(one), *further(one), *one.missing, cleared(one)]
    notes.append(tr("Simulated: nothing here was observed, and no figure of the record stands among these."))
    of_all = [text for text in found[0].assumed if all(text in one.assumed for one in found)]
    for one in found:
        own = [text for text in one.assumed if text not in of_all]
        notes += [tr("Assumed in {id}: {text}", id=one.scenario.id, text=text) for text in own]
    return [*notes, *(tr("Assumed: {text}", text=text) for text in of_all)]


def headline(one: Answered) -> str:
    """The answer in a sentence.

    Args:
        one: the answer.
    """
    unsure = one.unsure
    if one.scenario.on_both_sides:
        return _of_three(unsure, one)
    who, whom = (_several(unsure, codes) for codes in (one.scenario.coalition, one.scenario.target))
    lost, paid = (_lost(one, name) for name in ("loss of the target", "cost of the coalition"))
    return tr(
        "{title}: by the model {whom} would {lost}, and {who} {paid}.",
        title=one.scenario.title,
        whom=whom,
        lost=lost,
        who=who,
        paid=paid,
    )


def _lost(one: Answered, name: str) -> str:
    """What some lose or gain, as a share and as money."""
    share, value = answers_of(one.rows, name)[0], answers_of(one.rows, f"{name}, value")[0]
    # A share of a large income may be rounded to nothing, and its sign with it: the money says which way it goes.
    return tr("{moves} of real income, {amount}", moves=_moves(share, gains=value["value"] < 0), amount=_amount(value))


def _of_three(unsure: UnsureWorld, one: Answered) -> str:
    """The answer where some both act and are acted on: they are told apart from who only acts, or is only acted on."""
    how = {
        BOTH: tr("{who}, acting and acted on, would {lost}{each}"),
        ONLY_TARGET: tr("{who}, only acted on, would {lost}{each}"),
        ONLY_SENDER: tr("{who}, only acting, would {lost}{each}"),
    }
    members = {r["economy"]: r for r in answers_of(one.rows, MEMBER)}
    told = []
    for name, codes in sides(one.scenario).items():
        named = [(unsure.named(c), _moves(members[c])) for c in codes[:_NAMED] if c in members]
        alone = "; ".join(tr("{who} would {moves}", who=with_article(n), moves=moves) for n, moves in named)
        each = f" ({alone})" if len(codes) > 1 and named else ""
        told.append(how[name].format(who=_several(unsure, codes), lost=_lost(one, name), each=each))
    return tr("{title}: by the model {sides}.", title=one.scenario.title, sides="; ".join(told))


def cleared(one: Answered) -> str:
    """How well the answer was found, for who judges the model.

    Args:
        one: the answer.
    """
    return tr("Markets miss by {residual:.0e} of value added.", residual=one.residual)


def further(one: Answered) -> Iterator[str]:
    """Potential, who adds most, what is offset and through whom, what goes round and what is full, a sentence each.

    Args:
        one: the answer.
    """
    unsure, rows = one.unsure, one.rows
    if both := one.scenario.on_both_sides:
        yield tr(
            "On both sides stand {both}: what they lose is in the loss of the target and in the cost of the coalition, "
            "which are not to be added. What a cost is for each dollar of loss, transfers that share the burden and "
            "who would add by joining are not asked: it is not told on which side.",
            both=_several(unsure, both),
        )
    yield from _of_revenue(one)
    closed = "".join(
        tr(" (with deficits closed in both: the measure then costs the target {percent})", percent=percent(r))
        for r in answers_of(rows, LOSS_CLOSED)
    )
    parts = [
        tr("{percent} of {removeprefix}", percent=percent(r), removeprefix=name.removeprefix("share of ")) + after
        for name, after in ((OF_FULL, ""), (OF_GLOBAL, closed))
        for r in answers_of(rows, name)
    ]
    if parts:
        yield tr("Potential: it attains {parts}.", parts=" and ".join(parts))
    asked = answers_of(rows, ADDS)
    adds = [r for r in asked if r["value"] > 0][:_NAMED]
    if adds:
        told = "; ".join(
            tr("{named} {percent} of the target's real income", named=unsure.named(r["economy"]), percent=percent(r))
            for r in adds
        )
        best = answers_of(rows, MOST_BY_JOINING)
        first = (
            tr(
                " {named} adds most in {value:.0f} % of the draws{few}.",
                named=unsure.named(best[0]["economy"]),
                value=best[0]["value"],
                few=tr(", most of which ask the first {count} alone", count=JOINERS_DRAWN)
                if len(asked) > JOINERS_DRAWN
                else "",
            )
            if best
            else ""
        )
        yield tr("Who would add most by joining: {told}.{first}", told=told, first=first)
    for name, places, told in (
        (OFFSET, THROUGH, tr("Of the sales lost to the coalition {percent} are sold elsewhere")),
        (
            REPLACED,
            REPLACED_THROUGH,
            tr("Of what the target no longer buys of the coalition {percent} are bought elsewhere"),
        ),
    ):
        through = sorted(answers_of(rows, places), key=lambda r: -r["value"])
        named = [f"{unsure.named(r['partner'])} {percent(r)}" for r in through[:_NAMED] if r["value"] > _LITTLE]
        where = tr(", through {named}", named=", ".join(named)) if named else ""
        for r in answers_of(rows, name):
            yield f"{told.format(percent=percent(r))}{where}."
    yield from _of_ways(unsure, one)


def _of_revenue(one: Answered) -> Iterator[str]:
    """What tariffs yield to whom: an official's first question, and a part of the gain or loss that is told already."""
    yielded = sorted(answers_of(one.rows, REVENUE), key=lambda r: -r["value"])
    named = [
        tr("{who} {amount}", who=with_article(one.unsure.named(r["economy"])), amount=_more_or_less(r))
        for r in yielded[:_NAMED]
    ]
    if named:
        yield tr("Tariffs yield {named}: it is in the gain or loss told of them.", named="; ".join(named))


def _of_ways(unsure: UnsureWorld, one: Answered) -> Iterator[str]:
    """What goes round, through whom, and what is full."""
    rows = one.rows
    by_hub = sorted(answers_of(rows, ROUND_THROUGH), key=lambda r: -r["value"])
    through = ", ".join(f"{unsure.named(r['partner'])} {percent(r)}" for r in by_hub)
    for r in answers_of(rows, ROUND):
        (more,) = answers_of(rows, MORE_ROUND)
        reached = "".join(
            tr(" ({percent} of those that have a way round)", percent=percent(part))
            for part in answers_of(rows, OF_REACHED)
        )
        yield (
            tr(
                "Of the sales that the measure holds back {percent} go round it{reached}: through {through}; that is "
                "{amount} than what is assumed to go round today.",
                percent=percent(r),
                reached=reached,
                through=through,
                amount=_more_or_less(more),
            )
        )
    before = {r["partner"]: r for r in answers_of(rows, USE_BEFORE)}
    lost = {r["partner"]: r for r in answers_of(rows, WAITED)}
    full = {r["partner"]: r["value"] for r in answers_of(rows, IS_FULL)}
    for r in answers_of(rows, WAIT):
        name = r["partner"]
        drawn = tr(" It is full in {full:.0f} % of the draws.", full=full[name]) if name in full else ""
        if r["value"] > 0:
            waited = tr("{digits} million USD a year are lost in waiting", digits=digits(lost[name]["value"]))
            price = tr("a place costs {percent} of the value of what passes", percent=percent(r))
            yield tr(
                "The capacity {name} is full: {price}; {waited}.{drawn}",
                name=name,
                price=price,
                waited=waited,
                drawn=drawn,
            )
        else:
            yield tr("The capacity {name} is not full, so that it changes nothing.{drawn}", name=name, drawn=drawn)
        if before[name]["value"] > _WHOLE:
            yield tr(
                "The capacity {name} holds less than what is assumed to pass there before the measure, which is "
                "{percent} of it: a part of what waits or falls is for want of room, and not the measure's doing.",
                name=name,
                percent=percent(before[name]),
            )


def _several(unsure: UnsureWorld, codes: tuple[str, ...]) -> str:
    names = [with_article(unsure.named(code)) for code in codes[:_NAMED]]
    more = tr(" and {count} more", count=len(codes) - _NAMED) if len(codes) > _NAMED else ""
    return f"{', '.join(names)}{more}"


def _moves(row: dict[str, Any], *, gains: bool | None = None) -> str:
    """A loss in words; a negative one is a gain, unless it is told which it is."""
    gains = row["value"] < 0 if gains is None else gains
    return f"{'gain' if gains else 'lose'} {percent(_turned(row, gains=gains))}"


def _amount(row: dict[str, Any]) -> str:
    """The same as money a year, without its sign, which the word has."""
    turned = _turned(row, gains=row["value"] < 0)
    between = (
        ""
        if turned["low"] is None
        else tr(" ({digits} to {digits_2})", digits=digits(turned["low"]), digits_2=digits(turned["high"]))
    )
    return tr("{digits} million dollars a year{between}", digits=digits(turned["value"]), between=between)


def _more_or_less(row: dict[str, Any]) -> str:
    """A difference as money a year, more or less; where the draws do not agree on which, each end has its word."""
    low, high = row["low"], row["high"]
    if low is None or low * high >= 0:
        said = _amount(row)
    else:
        ends = tr(" ({low} less to {high} more)", low=digits(-low), high=digits(high))
        said = tr("{digits} million dollars a year{between}", digits=digits(abs(row["value"])), between=ends)
    return tr("{amount} more", amount=said) if row["value"] >= 0 else tr("{amount} less", amount=said)


def _turned(row: dict[str, Any], *, gains: bool) -> dict[str, Any]:
    """A loss below 0 as the gain that it is."""
    if not gains:
        return row
    ends = {"low": row["high"], "high": row["low"]}
    return {"value": -row["value"], **{name: None if end is None else -end for name, end in ends.items()}}


def percent(row: dict[str, Any]) -> str:
    """A figure in per cent, with its interval where it has one."""
    between = (
        ""
        if row["low"] is None
        else tr(" ({digits} to {digits_2})", digits=digits(row["low"]), digits_2=digits(row["high"]))
    )
    return f"{digits(row['value'])} %{between}"


def digits(value: float) -> str:
    """A number with three significant digits, and no more than six decimals."""
    if value == 0:
        return "0"
    size = abs(value)
    places = 0 if size >= 100 else min(2 - floor(log10(size)), _DECIMALS)  # noqa: PLR2004 - three digits stand before it
    text = f"{value:,.{places}f}"
    return text.removeprefix("-") if float(text.replace(",", "")) == 0 else text
