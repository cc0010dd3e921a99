"""A scan as a document: the answer in a sentence, its plots, what is missing, what was wrong, its rows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from entrepot.brief.scan_page.excess_map import excess_map
from entrepot.brief.scan_page.interval_plot import interval_plot
from entrepot.brief.scan_page.leg_paths import leg_paths
from entrepot.brief.scan_page.power_plot import power_plot
from entrepot.brief.scan_page.scanned import capital, moved, place, sold
from entrepot.core.document.blocks import Column, Document, Grid, Heading, Items, Paragraph, Picture, Pictures, Strong
from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import marked, ntr, tr
from entrepot.diversion.contract import ALL_HUBS, MOVED_TOO, RISES
from entrepot.diversion.signals.signal_words import amount, answer, periods_compared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.brief.scan_page.scanned import Row, Scanned
    from entrepot.core.document.blocks import Block, Cell

_MEANT = marked(
    "An estimate of what can have happened, not of what did: nobody is said to have evaded anything. An interval holds "
    "under the declared codes and values; other measures of the same months stand beside each row as rivals."
)
_COLUMNS = (
    *(Column("place, goods"), Column("word"), Column("q", 0.5, is_number=True)),
    *(Column("rise", 0.8, is_number=True), Column("interval, 95 %", 1.2, is_number=True), Column("rivals", 0.6)),
)
_LEAST_RATE = 0.005  # what two decimals would print as none


def scan_document(scan: Scanned) -> Document:
    """The document of a scan.

    Args:
        scan: what was found, and of what.

    Raises:
        BadInputError: no row can be shown.
    """
    if not scan.signals.num_rows:
        raise BadInputError(
            tr("the scan has no rows to make a page of"), remedy=tr("Leave out --html, or ask for other hubs.")
        )
    blocks: list[Block] = [Paragraph(_answer(scan), stands_out=True)]
    blocks += [Paragraph(text) for text in (scan.says, tr(_MEANT)) if text]
    blocks += _plots(scan)
    blocks += _second(scan)
    blocks += _missing(scan)
    blocks += _table(scan)
    q = scan.asked
    route = (
        tr("{place} to {place_2}", place=place(q.origin), place_2=place(q.destination))
        if q.destination
        else tr("partners of {place}", place=place(q.origin))
    )
    return Document(
        scan.title,
        tr("{route}, from {since}", route=route, since=q.since)
        if q.measure == "none"
        else tr("{route}, measure {measure} from {since}", route=route, measure=q.measure, since=q.since),
        "Entrepot",
        tuple(blocks),
    )


def _answer(scan: Scanned) -> str:
    """What the scan says: the loss of the direct flow, what rose beyond chance or came nearest to it, the counts."""
    each = zip(*(scan.signals.column(c).to_pylist() for c in ("word", "hub")), strict=True)
    words = Counter(w for w, hub in each if hub != ALL_HUBS or w not in RISES)  # all hubs together are no hub more
    counted = ", ".join(f"{n} {w}" for w, n in words.most_common())
    beyond = [r for r in scan.risen if _more(r) > 0]
    rose = beyond or [r for r in scan.measured if _more(r) > 0]
    told = [_rose(scan, r) for r in rose[:_TOLD]]
    first = tr("Beyond chance: ") if beyond else tr("{none} Nearest to it: ", none=_none(scan))
    found = f"{first}{'; '.join([*told, *_others(beyond[_TOLD:])])}." if told else tr("Nothing rose.")
    return " ".join([*_lost(scan), found, tr("Rows: {counted}.", counted=counted)])


_TOLD = 3  # rows of the answer; a sentence of more is not read


def _more(row: Row) -> float:
    """What the place took more, else what it sold more; 0 where neither is known."""
    return (moved(row) or (0.0, 0.0))[0]


def _others(rows: Sequence[Row]) -> list[str]:
    """How many more rose, with what they took or sold more, a clause a unit; none where all are named."""
    return [
        ntr(
            len(of),
            "and {count} other row with {amount} more",
            "and {count} other rows with {amount} more together",
            amount=amount(sum(map(_more, of)), unit),
        )
        for unit in dict.fromkeys(str(r["unit"]) for r in rows)
        if (of := [r for r in rows if str(r["unit"]) == unit])
    ]


def _none(scan: Scanned) -> str:
    """That nothing rose beyond chance, of how many rows that can be said."""
    judged = sum(scan.signals.column("judged").to_pylist())
    if not judged:
        return tr("Nothing can be judged.")
    return tr(
        "Of {judged} rows that can be judged none rose beyond chance at a rate of {level:g}.",
        judged=judged,
        level=scan.asked.level,
    )


def _rose(scan: Scanned, row: Row) -> str:
    took = row["excess_in"] is not None
    more = amount((moved(row) or (0.0, 0.0))[0], str(row["unit"]))
    rate = row["q"]
    q = "" if rate is None else ", q < 0.01" if rate < _LEAST_RATE else f", q {rate:.2f}"
    return tr(
        "{place} {verb} {more} more of {goods} than expected ({word}{q})",
        place=place(row["hub"]),
        verb="took" if took else "sold",
        more=more,
        goods=scan.goods(row["product"] if took else sold(row)),
        word=row["word"],
        q=q,
    )


def _lost(scan: Scanned) -> list[str]:
    """What each product's direct flow lost, a sentence each, where it is in the flows."""
    q, rows = scan.asked, scan.direct
    if not q.destination:
        return []
    out = []
    for r in rows[:_TOLD]:
        flow = tr(
            "{capital} from {place} to {place_2}",
            capital=capital(scan.goods(sold(r))),
            place=place(q.origin),
            place_2=place(q.destination),
        )
        way = "less" if r["loss"] > 0 else "more"
        out.append(
            tr(
                "{flow}: {amount} {way} than expected{error}.",
                flow=flow,
                amount=amount(abs(r["loss"]), str(r["unit"])),
                way=way,
                error=_give_or_take(r),
            )
        )
        out += _as_counted(r)
    return [*out, *_other_flows(rows[_TOLD:])]


def _other_flows(rows: Sequence[Row]) -> list[str]:
    """How many more direct flows there are, and what they lost or gained together, a sentence a direction."""
    fell, rose = [r for r in rows if r["loss"] > 0], [r for r in rows if r["loss"] <= 0]

    def sum_of(of: Sequence[Row]) -> str:
        return amount(abs(sum(r["loss"] for r in of)), str(of[0]["unit"]))

    return [
        *([ntr(len(fell), "{count} other direct flow: {amount} less than expected.",
               "{count} other direct flows: {amount} less than expected together.", amount=sum_of(fell))]
          if fell else []),
        *([ntr(len(rose), "{count} other direct flow: {amount} more than expected.",
               "{count} other direct flows: {amount} more than expected together.", amount=sum_of(rose))]
          if rose else []),
    ]  # fmt: skip


_NORMAL = 1.96  # standard errors on either side that hold 95 % of what chance gives


def _give_or_take(row: Row) -> str:
    """The standard error of a loss, and whether chance gives as much; empty where it is not known."""
    error = row["loss_se"]
    if error is None:
        return ""
    said = amount(error, str(row["unit"]))
    if abs(row["loss"]) < _NORMAL * error:
        return tr(" (standard error {error}: within chance)", error=said)
    return tr(" (standard error {error})", error=said)


def _as_counted(row: Row) -> list[str]:
    """What the direct flow was before and since, as it was counted, a sentence; none where one is not known."""
    if row.get("direct_before") is None or row.get("direct_since") is None:
        return []
    was, now = (amount(row[c], str(row["unit"])) for c in ("direct_before", "direct_since"))
    compared = periods_compared(row)
    said = (
        tr("As counted it was {was} in the same periods before and {now} since.", was=was, now=now)
        if compared is None
        else tr("As counted it was {was} in {before} and {now} in {since}.", was=was, now=now, **compared)
    )
    if row["reason"] != MOVED_TOO:
        return [said]
    return [said, tr("Its controls fell too: what both lost is not seen.")]


def _plots(scan: Scanned) -> list[Block]:
    first = [p for p in (interval_plot(scan), power_plot(scan)) if p is not None]
    products = list(dict.fromkeys(r["product"] for r in scan.measured))
    maps = [p for p in (excess_map(scan, product) for product in products[:3]) if p is not None]
    paths = leg_paths(scan)
    return [
        *_part(tr("Intervals, and what could have been seen"), first),
        *_part("Where", maps),
        *_part(
            tr("Leg by leg"),
            paths,
            tr("Observed, and its mean as it was to be expected after the day, with a 95 % band."),
        ),
    ]


def _part(title: str, pictures: list[Picture], says: str = "") -> list[Block]:
    if not pictures:
        return []
    shown = Pictures(tuple(pictures), _ABREAST)
    return [Heading(title), *([Paragraph(says)] if says else []), shown]


# Pictures in a row: then each is as wide as it is drawn.
_ABREAST = 3


def _second(scan: Scanned) -> list[Block]:
    """The other leg of one year, a row a place: what it bought and what it sold."""
    if scan.second is None:
        return []
    rows = scan.second.to_pylist()
    kinds = list(dict.fromkeys((r["leg"], r["goods"]) for r in sorted(rows, key=lambda r: (r["leg"], r["goods"]))))
    cells = {(r["place"], r["leg"], r["goods"]): r["value_usd"] for r in rows}
    sold = Counter[str]()
    for r in rows:
        sold[r["place"]] += r["value_usd"] if r["leg"] == "out" else 0
    words = {"in": "bought", "out": tr("sold on")}
    heads = (Column("place"), *(Column(f"{words[leg]}: {goods}, m USD", is_number=True) for leg, goods in kinds))
    body = tuple(
        (place(p), *(_millions(cells.get((p, leg, goods))) for leg, goods in kinds))
        for p, _ in sold.most_common(_SECOND)
    )
    year = rows[0]["period"]
    note = tr(
        "Who sold to the destination in {year} beside who bought of the origin in {year}. One year "
        "shows no rise, so nobody is called a possible hub by it; a dash is no row in either file, and "
        "no zero.",
        year=year,
    )
    return [Heading(tr("Both legs in {year}, a cross-section", year=year)), Paragraph(note), Grid(heads, body)]


_SECOND = 15  # places of the cross-section, those that sold most


def _millions(value: float | None) -> str:
    return "–" if value is None else f"{value / 1e6:,.1f}"


def _missing(scan: Scanned) -> list[Block]:
    out: list[Block] = []
    if scan.missing:
        out += [Heading(tr("Which leg is missing, and where it is")), Paragraph(scan.missing.replace("`", ""))]
    if scan.facts:
        out += [Heading(tr("Printed figures beside it")), *(Paragraph(f) for f in scan.facts)]
    notes = [n for n in scan.notes if n not in {*scan.facts, scan.missing, scan.says}]
    if notes:
        out += [Heading(tr("What was wrong, and what to know of the scan")), *(Paragraph(n) for n in notes)]
    return out


def _table(scan: Scanned) -> list[Block]:
    """Every row that is shown, with the numbers of its rivals, which are told once below."""
    rows = scan.rows
    rivals = list(dict.fromkeys(text for r in rows for text in r["rivals"] or ()))
    numbers = {text: f"R{i}" for i, text in enumerate(rivals, 1)}
    grid = Grid(_COLUMNS, tuple(_cells(scan, r, numbers) for r in rows), tuple(str(r["signal_id"]) for r in rows))
    told: list[Block] = [
        Heading(tr("Rivals: other dated measures on these goods and places")),
        Items(tuple(zip(numbers.values(), rivals, strict=True))),
    ]
    every = sum(hub != ALL_HUBS for hub in scan.signals.column("hub").to_pylist())
    title = (
        tr("All rows")
        if every == len(rows)
        else tr("The first {shown:,} of {every:,} rows", shown=len(rows), every=every)
    )
    out: list[Block] = [Heading(title), Paragraph(tr(_WHY)), grid]
    return [*out, *(told if rivals else [])]


def _between(row: Row, unit: str) -> str:
    """The interval with its sampling error; the upper end alone where there is no lower one, which is no zero."""
    if row["high_95"] is None:
        return "–"
    most = amount(row["high_95"], unit)
    if row["low_95"] is None:
        return tr("at most {most}", most=most)
    return tr("{amount} to {amount_2}", amount=amount(row["low_95"], unit), amount_2=most)


_WHY = marked(
    "q: the share of false signals to be expected among all rows up to that one. Why a row cannot be judged, and every "
    "other column: entrepot explain with the id of the row, or --format csv."
)


def _cells(scan: Scanned, row: Row, numbers: dict[str, str]) -> tuple[Cell, ...]:
    unit, found = str(row["unit"]), moved(row)
    return (
        [Strong(place(row["hub"])), scan.both_goods(row)],
        answer(row),
        "–" if row["q"] is None else f"{row['q']:.3f}",
        "–" if found is None else amount(found[0], unit),
        _between(row, unit),
        " ".join(numbers[text] for text in row["rivals"] or ()) or "–",
    )
