"""Scans of the reader's own flows, as `divert` kept them: beside the tests that they bear on, and no part of them.

What the direct flow lost stands beside the test of direct trade, what rose beside that of third countries.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from entrepot.brief.report import Chapter, Figure, Grid, Sentence
from entrepot.core import findings, periods
from entrepot.core.findings import Finding, Ground
from entrepot.core.words import amounts
from entrepot.core.words.translate import in_english, marked, ntr, tr, trs
from entrepot.diversion.contract import ALL_HUBS, HUB, RISES, SOLD_MORE
from entrepot.diversion.kept_scans import partial_groups, standing
from entrepot.measures.own.cited_measure import is_on_record
from entrepot.vocabulary import countries, goods

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from entrepot.brief.context import Context
    from entrepot.brief.report import Answer, AnswerTest, Cell
    from entrepot.diversion.kept_scans import Standing
    from entrepot.measures.act import Measure

RISEN, LOST = "third", "direct"  # the tests that a scan bears on
_PARTIAL = "partial"  # beside the columns of SIGNALS: groups of which the flows of the scan lack members
MEMBERS = 6  # of such a group that a sentence names
NAMED = 3  # rises or losses that a test names; all stand in the table
# A direct flow is said to have lost where chance gives as large a fall in one case of twenty, the usual bound.
_PLAIN = 0.05
_Z = 1.96  # standard errors on either side that hold 95 % of a normal error
_NO_SUM = marked("Places of one good are each held against the same loss: what they took at most is not to be added.")
_MARKED = marked("your own scan")
_HOW = marked(
    "What `entrepot divert` found in flows of your own after this measure. None of it is of Entrepot's record, nobody "
    "has reviewed it, and it gives no test a direction."
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a store keeps of scans.

    Attributes:
        signals: under SIGNALS.
        scans: under KEPT_SCANS.
    """

    signals: Sequence[Mapping[str, Any]] = ()
    scans: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class OwnScans:
    """What scans of one's own flows found after the measure.

    Attributes:
        rises: rows under SIGNALS, the surest first.
        losses: one row for each direct flow that fell, the largest loss first.
        left_out: of what was kept under this measure's name and does not stand here, a sentence a reason.
    """

    rises: tuple[Mapping[str, Any], ...] = ()
    losses: tuple[Mapping[str, Any], ...] = ()
    left_out: tuple[str, ...] = ()


def own_scans(ctx: Context, kept: Kept, act: Measure, registered: Collection[str]) -> OwnScans:
    """The rises and the losses that scans of one's own flows found after the measure.

    Args:
        ctx: of the brief.
        kept: what the store holds of scans.
        act: the measure of the brief, whole.
        registered: ids of the register of sources: what rests on nothing else is a scan of packaged flows.
    """
    known = set(registered)
    told = [r for r in kept.signals if _is_told(r, ctx.day) and not set(r["source_ids"] or [""]) <= known]
    found = standing(told, kept.scans, act)
    groups = {name: partial_groups(s) for s in kept.scans for name in s["signals"]}
    rows = [{**r, _PARTIAL: groups.get(r["signal_id"], {})} for r in found.rows]
    rises = [r for r in rows if _rose(r)]
    # Of rises that are alike in surety the largest first: a sentence names the first few alone.
    rises.sort(key=lambda r: (r["q"] is None, r["q"] or 0.0, -r["high"], r["signal_id"]))
    # All rows of a direct flow say what it lost: the one whose id comes first stands for them.
    flows: dict[tuple[object, ...], Mapping[str, Any]] = {}
    for r in sorted((r for r in rows if _fell(r)), key=lambda r: str(r["signal_id"])):
        flows.setdefault(tuple(r[k] for k in _A_FLOW), r)
    losses = sorted(flows.values(), key=lambda r: -r["loss"])
    return OwnScans(tuple(rises), tuple(losses), tuple(_left_out(found)))


def _is_told(row: Mapping[str, Any], day: date) -> bool:
    """Whether a brief of a day tells a row: it found a rise or a loss by then."""
    return periods.last_day(row["until"]) <= day and (_rose(row) or _fell(row))


def _rose(row: Mapping[str, Any]) -> bool:
    return row["word"] in RISES and row["hub"] != ALL_HUBS and row["high"] is not None


def _fell(row: Mapping[str, Any]) -> bool:
    return (row["loss"] or 0.0) > 0 and row["p_fall"] is not None and row["p_fall"] <= _PLAIN


def _left_out(found: Standing) -> Iterator[str]:
    """How many scans under the measure's name do not stand, and why, a sentence a reason."""
    if other := sum(bool(rows) for rows in found.other_text.values()):
        yield ntr(
            other,
            "{count} scan in the store is left out: it is of another text under this measure's name, of other goods, "
            "places or days.",
            "{count} scans in the store are left out: they are of another text under this measure's name, of other "
            "goods, places or days.",
        )
    if found.replaced:
        yield ntr(
            len(found.replaced),
            "{count} earlier scan of the same file, route, goods and days is left out: a newer one takes its place.",
            "{count} earlier scans of the same file, route, goods and days are left out: newer ones take their place.",
        )
    if found.unknown:
        yield ntr(
            len(found.unknown),
            "{count} row that was kept without the goods, places and days of its measure is left out; a new scan "
            "stands here.",
            "{count} rows that were kept without the goods, places and days of their measure are left out; a new scan "
            "stands here.",
        )


_A_FLOW = ("product", "product_out", "origin", "destination", "unit", "since", "until", "loss")


def beside(ctx: Context, found: Answer, mine: OwnScans) -> Answer:
    """The answer with what one's own scans found beside the tests it bears on, or how one comes to stand there."""
    rises = _said(mine.rises) if mine.rises else ""
    losses = _lost(mine.losses) if mine.losses else ""
    # What is left out is told once, where rises are: a scan is made for them.
    told = {RISEN: " ".join(filter(None, (rises, *mine.left_out))), LOST: losses}
    without = {RISEN: _how_to(ctx)}
    tests = (replace(t, own=told.get(t.id) or without.get(t.id, ""), has_own=bool(told.get(t.id))) for t in found.tests)
    return replace(found, tests=tuple(tests))


def chapter(mine: OwnScans) -> Chapter | None:
    """The losses and the rises as a chapter, and what is left out; None without any."""
    grids = (*_of_losses(mine.losses), *_of_rises(mine.rises))
    if not grids and not mine.left_out:
        return None
    said = (tr(_HOW), *mine.left_out) if grids else mine.left_out
    return Chapter("own-scans", tr("Scans of your own flows"), body=tuple(map(Sentence, said)), grids=grids)


def _of_rises(rises: Sequence[Mapping[str, Any]]) -> tuple[Grid, ...]:
    heads = trs(
        *("goods", "place", "what is said", "how much at most", "with its sampling error", "first period after"),
        *("to", "row"),
    )
    rows: list[tuple[Cell, ...]] = [
        (_coded(r["product"]), _place(r), f"{r['word']} ({tr(_MARKED)})", Figure(_most(r), "plain"), _between(r),
         _words(r["since"]), _words(r["until"]), r["signal_id"])
        for r in rises
    ]  # fmt: skip
    note = tr(
        "`entrepot explain` opens each row with its working. A possible hub is never a finding that anyone evades."
    )
    note = f"{note} {tr(_NO_SUM)}"
    return (Grid(tr("Rises in scans of your own flows"), heads, tuple(rows), note, shown=True),) if rows else ()


def _of_losses(losses: Sequence[Mapping[str, Any]]) -> tuple[Grid, ...]:
    heads = trs("goods", "direct flow", "less than expected", "first period after", "to", "files", "row")
    rows: list[tuple[Cell, ...]] = [
        (_goods(r), _flow(r), Figure(_loss(r), "plain"), _words(r["since"]), _words(r["until"]), _files_of(r),
         r["signal_id"])
        for r in losses
    ]  # fmt: skip
    note = tr(
        "Expected is what the flow would have carried had it gone on as before and moved with the flows beside it. The "
        "difference is not the effect of the measure: whatever else began in these months is in it. Each row opens "
        "with its working."
    )
    named = tr("What direct flows lost in scans of your own flows")
    return (Grid(named, heads, tuple(rows), note, shown=True),) if rows else ()


def own_said(test: AnswerTest) -> str:
    """What one's own scans found of a test, for paper and terminal; empty where they found nothing."""
    return test.own if test.has_own else ""


def _said(rises: Sequence[Mapping[str, Any]]) -> str:
    # Runs of one scan by other counts or to other days are one rise, and are told with what tells them apart.
    apart: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for r in rises:
        apart.setdefault((r["product"], _place(r), r["word"]), []).append(r)
    named = "; ".join(_runs(said, runs) for said, runs in list(apart.items())[:NAMED])
    said = tr(
        "Scans of your own flows, none of Entrepot's record: {named}{more}. They give the test no direction.",
        named=named,
        more=_more(len(apart)),
    )
    goods = {product for product, *_ in apart}
    return f"{said} {tr(_NO_SUM)}" if len({a[:2] for a in apart}) > len(goods) else said


def _more(count: int) -> str:
    """How many more there are than are named; empty where all are."""
    more = count - NAMED
    return ntr(more, "; and {count} other in the table", "; and {count} others in the table") if more > 0 else ""


def _runs(said: tuple[str, ...], runs: Sequence[Mapping[str, Any]]) -> str:
    """A rise, with how many scans found it, by what they counted and over which periods."""
    product, place_named, word = said
    one = tr("{product}, {place}: {word}", product=_coded(product), place=place_named, word=word)
    one = f"{one}, {'; '.join(dict.fromkeys(_between(r) for r in runs))}"
    if len(runs) == 1:
        return one
    counted = ", ".join(dict.fromkeys(str(r["unit"]) for r in runs))
    days = dict.fromkeys(tr("{since} to {until}", since=_words(r["since"]), until=_words(r["until"])) for r in runs)
    return tr(
        "{one} in {count} scans (in {counted}; {days})", one=one, count=len(runs), counted=counted, days=", ".join(days)
    )


def _lost(losses: Sequence[Mapping[str, Any]]) -> str:
    """What direct flows lost by one's own scans, in a sentence.

    Scans of several files find the same goods on the same route over the same days: told once, with each figure beside
    the files that it is from.
    """
    flows: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for r in losses:
        flows.setdefault((_goods(r), _flow(r), r["since"], r["until"]), []).append(r)
    one_origin = len({tuple(r["source_ids"] or ()) for r in losses}) == 1
    named = "; ".join(
        tr(
            "{product}, {flow}: {amounts} less than expected{errors}, {since} to {until}",
            product=product,
            flow=flow,
            amounts=tr(" or ").join(_one_loss(r, of, with_files=not one_origin) for r in of),
            errors=_behind(of[0], with_files=not one_origin) if len(of) == 1 else "",
            since=_words(since),
            until=_words(until),
        )
        for (product, flow, since, until), of in list(flows.items())[:NAMED]
    )
    files = f" ({_files_of(losses[0])})" if one_origin else ""
    return tr(
        "Scans of your own flows, none of Entrepot's record{files}: {named}{more}. They give the test no direction.",
        files=files,
        named=named,
        more=_more(len(flows)),
    )


def _one_loss(row: Mapping[str, Any], of: Sequence[Mapping[str, Any]], *, with_files: bool) -> str:
    """An amount, with what stands behind it where others of the same flow stand beside it."""
    return _amount(row["loss"], row) + (_behind(row, with_files=with_files) if len(of) > 1 else "")


def _behind(row: Mapping[str, Any], *, with_files: bool) -> str:
    """The error of a loss in brackets, and where flows of several files are told, those that it is from."""
    error = tr("standard error {error}", error=_amount(row["loss_se"] or 0.0, row))
    return f" ({error}; {_files_of(row)})" if with_files else f" ({error})"


def _files_of(row: Mapping[str, Any]) -> str:
    return _files(row["source_ids"] or ()) or tr("without a name")


def _files(names: Iterable[str]) -> str:
    """The files of scans; of many the first by name, and how many more: a file a month is a sentence of its own."""
    files = list(dict.fromkeys(names))
    more = len(files) - NAMED
    if more <= 0:
        return ", ".join(files)
    named = ", ".join(files[:NAMED])
    return ntr(more, "{named} and {count} other file", "{named} and {count} other files", named=named)


def _how_to(ctx: Context) -> str:
    return tr(
        "No scan of your own flows that found a rise is kept in the store; `entrepot divert FLOWS "
        "--measure {measure}` adds one, and it stands here, marked as your own.",
        # One of the person's own is known by its file alone.
        measure=ctx.measure.id if is_on_record(ctx.measure) else "FILE.toml",
    )


# A place that only took or sold more is no hub: what it took may have stayed there.
_AT_MOST = {True: marked("can have come round at most"), False: marked("can have been taken over at most")}


@in_english
def _most(row: Mapping[str, Any]) -> Finding:
    """The upper end as a finding, with the ends of its sampling error where the row has them."""
    through = tr("sold by") if row["word"] == SOLD_MORE else "to"
    return findings.make(
        kind="number",
        subject=f"{_coded(row['product'])} from {_named(row['origin'], row)} {through} {_place(row)}",
        quantity=f"{_AT_MOST[row['word'] == HUB]}, {tr(_MARKED)}",
        value=float(row["high"]),
        low=row["low_95"],
        high=row["high_95"],
        **_of_scan(row),
    )


@in_english
def _loss(row: Mapping[str, Any]) -> Finding:
    """The loss of a direct flow as a finding, with two standard errors either way."""
    wide = None if row["loss_se"] is None else _Z * row["loss_se"]
    return findings.make(
        kind="number",
        subject=f"{_goods(row)}, {_flow(row)}",
        quantity=f"less than expected, {tr(_MARKED)}",
        value=float(row["loss"]),
        low=None if wide is None else float(row["loss"] - wide),
        high=None if wide is None else float(row["loss"] + wide),
        **_of_scan(row),
    )


def _of_scan(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a finding of a scan has of its row, whatever it tells."""
    return {
        "unit": row["unit"],
        "period": (periods.first_day(row["since"]).isoformat(), periods.last_day(row["until"]).isoformat()),
        "status": "estimated",
        "basis": "; ".join((str(row["basis"]), tr(_MARKED), _files(row["source_ids"] or ()) or tr("without a name"))),
        "grounds": [Ground("signals", row["signal_id"], None)],
    }


def _between(row: Mapping[str, Any]) -> str:
    """The interval with its sampling error in words; the upper end alone where there is no lower."""
    most = row["high"] if row["high_95"] is None else row["high_95"]
    if row["low_95"] is None:
        return tr("at most {most}", most=_amount(most, row))
    if not row["low_95"]:
        return tr("0 to {most}", most=_amount(most, row))
    return tr("{least} to {most}", least=_amount(row["low_95"], row), most=_amount(most, row))


def _amount(value: float, row: Mapping[str, Any]) -> str:
    from entrepot.diversion.signals.signal_words import amount  # with numpy, which a brief without scans needs not

    return amount(value, str(row["unit"]))


def _goods(row: Mapping[str, Any]) -> str:
    """The goods of the direct flow: of a chain those of the later stage."""
    return _coded(str(row["product_out"] or row["product"]))


def _coded(product: str) -> str:
    """A code, or codes of which one took the place of the other, as its list prints it, with the name of the HS."""
    code = " + ".join(map(goods.dotted, product.split("/")))
    return tr("HS {code}", code=code) if code[:1].isdigit() else code


def _flow(row: Mapping[str, Any]) -> str:
    to = _named(row["destination"], row) if row["destination"] else tr("everywhere")
    return tr("{origin} to {destination}", origin=_named(row["origin"], row), destination=to)


def _place(row: Mapping[str, Any]) -> str:
    return _named(row["hub"], row)


def _named(place: str, row: Mapping[str, Any]) -> str:
    """A place by its name; a group of which the flows lack members with those that are there."""
    name = countries.name_of(place, place)
    if place not in (partial := row.get(_PARTIAL) or {}):
        return name
    inside, of = partial[place]
    named = [countries.name_of(m, m) for m in inside]
    more = len(named) - MEMBERS
    return tr(
        "{group} ({count} of its {of} members: {members}{more})",
        group=name,
        count=len(named),
        of=of,
        members=", ".join(named[:MEMBERS]),
        more=tr(" and {count} more", count=more) if more > 0 else "",
    )


def _words(period: str) -> str:
    return amounts.period(periods.parse(period))
