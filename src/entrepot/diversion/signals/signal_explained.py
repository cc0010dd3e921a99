"""What stands behind a signal of a scan: what it says in sentences, the flows it rests on, where they were read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import marked, retold, tr
from entrepot.diversion.contract import ALL_HUBS, HUB
from entrepot.diversion.signals.signal_words import amount, answer, periods_compared
from entrepot.sources.explanation import Explanation, explain_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from entrepot.core.shown import Look

_SIGNAL = marked("How much can have come round through a possible hub, as a scan of flows found it; not what happened.")
_OWN = marked("a file of flows that is in no register of sources")


def explain(signal: Mapping[str, Any], look: Look) -> Explanation:
    """Explain a signal: what it answers in words, which flows it rests on, and the row whole.

    Args:
        signal: a row of `signals`.
        look: where its sources are found.
    """
    found = explain_row("signals", str(signal["signal_id"]), signal, _SIGNAL, look.sources)
    own = [name for name in dict.fromkeys(signal.get("source_ids") or ()) if name not in look.sources]
    sources = (*found.sources, *(_own(str(name)) for name in own))
    return replace(found, told=(f"{answer(signal)}.", *_amounts(signal), *_flows(signal, own)), sources=sources)


def _own(name: str) -> dict[str, Any]:
    """A file of the user's in the shape of the register."""
    return {"source_id": name, "publisher": name, "title": tr(_OWN), "url_basis": "none", "source_kind": "original"}


def _amounts(row: Mapping[str, Any]) -> Iterator[str]:
    """What was lost, what the hub took and sold beyond what was to be expected, and what can have come round."""
    unit, hub = str(row["unit"]), _hub(row)
    ends = {"origin": str(row["origin"]), "destination": str(row["destination"] or "")}
    for flow, more in (
        (tr("The direct flow from {origin} to {destination}", **ends), _turned(row.get("loss"))),
        (tr("What {hub} took of {origin}", hub=hub, origin=ends["origin"]), row.get("excess_in")),
        (tr("What {hub} sold {destination}", hub=hub, destination=ends["destination"]), row.get("excess_out")),
    ):
        if more is not None:
            yield _less_or_more(row, flow, more)
    if row.get("direct_before") is not None and row.get("direct_since") is not None:
        was, now, compared = (
            amount(row["direct_before"], unit),
            amount(row["direct_since"], unit),
            periods_compared(row),
        )
        yield (
            tr(
                "As it was counted, the direct flow was {was} in the same periods before, and {now} since.",
                was=was,
                now=now,
            )
            if compared is None
            else tr(
                "As it was counted, the direct flow was {was} in {before}, and {now} in {since}.",
                was=was,
                now=now,
                **compared,
            )
        )
    if row["word"] == HUB and row.get("low_95") is not None and row.get("high_95") is not None:
        yield tr(
            "Between {low} and {high} can have come round, sampling error included.",
            low=amount(row["low_95"], unit),
            high=amount(row["high_95"], unit),
        )
    if row.get("q") is not None:
        yield tr("q {q:.2g}: the share of false ones among all rows that are at least as sure.", q=row["q"])
    if row.get("judged") and row.get("why_not"):
        yield tr("What it lacks: {why}.", why=retold(str(row["why_not"])))


def _hub(row: Mapping[str, Any]) -> str:
    return tr("all possible hubs together") if row["hub"] == ALL_HUBS else str(row["hub"])


def _turned(loss: float | None) -> float | None:
    """A loss as what the flow was more, below 0 less."""
    return None if loss is None else -loss


def _less_or_more(row: Mapping[str, Any], flow: str, more: float) -> str:
    """A flow beside what was to be expected of it."""
    said = {"flow": flow, "amount": amount(abs(more), str(row["unit"])), "since": row["since"], "until": row["until"]}
    if more < 0:
        return tr("{flow} was {amount} less than expected from {since} to {until}.", **said)
    return tr("{flow} was {amount} more than expected from {since} to {until}.", **said)


def _flows(row: Mapping[str, Any], own: list[str]) -> Iterator[str]:
    """Which flows it was made of, who reported each, and that those of a file stay there."""
    goods = str(row["product"]) if not row["product_out"] else f"{row['product']}, {row['product_out']}"
    by = "; ".join(row.get("reported_by") or ()) or tr("by whom is not said")
    yield tr("It rests on flows of {goods}: {by}.", goods=goods, by=by)
    if own:
        yield tr(
            "They stand in {files} and are not kept here: `entrepot divert FLOWS --html page.html` draws them.",
            files=", ".join(own),
        )
