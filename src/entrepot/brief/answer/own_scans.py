"""Scans of the reader's own flows, as `divert` kept them: beside the test of third countries, and no part of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from entrepot.brief.report import Chapter, Figure, Grid, Sentence
from entrepot.core import findings, periods
from entrepot.core.findings import Finding, Ground
from entrepot.core.words import amounts
from entrepot.core.words.translate import in_english, marked, tr, trs
from entrepot.diversion.contract import ALL_HUBS, RISES, SOLD_MORE
from entrepot.vocabulary import countries

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from entrepot.brief.context import Context
    from entrepot.brief.report import Answer, AnswerTest, Cell

TEST = "third"  # that a scan bears on
NAMED = 3  # rises that the test names; all stand in the table
_MARKED = marked("your own scan")
_HOW = marked(
    "What `entrepot divert` found in flows of your own after this measure. None of it is of Entrepot's record, nobody "
    "has reviewed it, and it gives the test of third countries no direction."
)


def own_scans(ctx: Context, kept: Sequence[Mapping[str, Any]], registered: Collection[str]) -> list[Mapping[str, Any]]:
    """The rises that scans of one's own flows found after the measure, the surest first.

    Args:
        ctx: of the brief.
        kept: rows under SIGNALS, as a store holds them.
        registered: ids of the register of sources: what rests on nothing else is a scan of packaged flows.
    """
    mine = [r for r in kept if r["measure"] == ctx.measure.id and not set(r["source_ids"] or [""]) <= set(registered)]
    seen = [r for r in mine if periods.last_day(r["until"]) <= ctx.day]
    rises = [r for r in seen if r["word"] in RISES and r["hub"] != ALL_HUBS and r["high"] is not None]
    return sorted(rises, key=lambda r: (r["q"] is None, r["q"] or 0.0, r["signal_id"]))


def beside(ctx: Context, found: Answer, rises: Sequence[Mapping[str, Any]]) -> Answer:
    """The answer, its test of third countries with what one's own scans found, or how one comes to stand there."""
    said = _said(rises) if rises else _how_to(ctx)
    tests = (replace(t, own=said, has_own=bool(rises)) if t.id == TEST else t for t in found.tests)
    return replace(found, tests=tuple(tests))


def chapter(rises: Sequence[Mapping[str, Any]]) -> Chapter | None:
    """The rises as a chapter; None without any."""
    if not rises:
        return None
    heads = trs("goods (HS)", "place", "what is said", "how much at most", "first period after", "to", "row")
    rows: list[tuple[Cell, ...]] = [
        (r["product"], _place(r), f"{r['word']} ({tr(_MARKED)})", Figure(_most(r), "plain"), _words(r["since"]),
         _words(r["until"]), r["signal_id"])
        for r in rises
    ]  # fmt: skip
    note = tr(
        "`entrepot explain` opens each row with its working. A possible hub is never a finding that anyone evades."
    )
    grid = Grid(tr("Rises in scans of your own flows"), heads, tuple(rows), note, shown=True)
    return Chapter("own-scans", tr("Scans of your own flows"), body=(Sentence(tr(_HOW)),), grids=(grid,))


def own_said(test: AnswerTest) -> str:
    """What one's own scans found of a test, for paper and terminal; empty where they found nothing."""
    return test.own if test.has_own else ""


def _said(rises: Sequence[Mapping[str, Any]]) -> str:
    # Runs of one scan by other counts or to other days are one rise, and are told with what tells them apart.
    apart: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for r in rises:
        apart.setdefault((r["product"], _place(r), r["word"]), []).append(r)
    named = "; ".join(_runs(said, runs) for said, runs in list(apart.items())[:NAMED])
    more = tr(", and others") if len(apart) > NAMED else ""
    return tr(
        "Scans of your own flows, none of Entrepot's record: {named}{more}. They give the test no direction.",
        named=named,
        more=more,
    )


def _runs(said: tuple[str, ...], runs: Sequence[Mapping[str, Any]]) -> str:
    """A rise, with how many scans found it, by what they counted and over which periods."""
    product, place_named, word = said
    one = tr("HS {product}, {place}: {word}", product=product, place=place_named, word=word)
    if len(runs) == 1:
        return one
    counted = ", ".join(dict.fromkeys(str(r["unit"]) for r in runs))
    days = dict.fromkeys(tr("{since} to {until}", since=_words(r["since"]), until=_words(r["until"])) for r in runs)
    return tr(
        "{one} in {count} scans (in {counted}; {days})", one=one, count=len(runs), counted=counted, days=", ".join(days)
    )


def _how_to(ctx: Context) -> str:
    return tr(
        "No scan of your own flows that found a rise is kept in the store; `entrepot divert FLOWS "
        "--measure {id}` adds one, and it stands here, marked as your own.",
        id=ctx.measure.id,
    )


@in_english
def _most(row: Mapping[str, Any]) -> Finding:
    """The upper end as a finding, with the ends of its sampling error where the row has them."""
    through = tr("sold by") if row["word"] == SOLD_MORE else "to"
    return findings.make(
        kind="number",
        subject=f"HS {row['product']} from {_named(row['origin'])} {through} {_place(row)}",
        quantity=f"can have come round at most, {tr(_MARKED)}",
        value=float(row["high"]),
        unit=row["unit"],
        low=row["low_95"],
        high=row["high_95"],
        period=(periods.first_day(row["since"]).isoformat(), periods.last_day(row["until"]).isoformat()),
        status="estimated",
        basis=f"{row['basis']}; {tr(_MARKED)}, of {', '.join(row['source_ids'] or ['flows without a name'])}",
        grounds=[Ground("signals", row["signal_id"], None)],
    )


def _place(row: Mapping[str, Any]) -> str:
    return _named(row["hub"])


def _named(iso3: str) -> str:
    return countries.name_of(iso3, iso3)


def _words(period: str) -> str:
    return amounts.period(periods.parse(period))
