"""Which rows of a scan are shown, and the word that their rate gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.document.hinted import Hinted
from entrepot.core.words.translate import marked, ntr, retold, tr
from entrepot.diversion.contract import (
    BLIND,
    HUB,
    NO_SIGNAL,
    OTHERWISE,
    RISES,
    SOLD_MORE,
    TOOK_MORE,
    UNJUDGED,
    UNTESTED,
)
from entrepot.diversion.expected.null import FEW
from entrepot.diversion.signals.signal_rows import cell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from entrepot.diversion.flows.panel import Floats, Ints

    Further = Callable[[int, dict[str, Any]], dict[str, Any]]

# A possible hub needs both its legs.
_FOUND = {"all": HUB, "in_only": TOOK_MORE, "out_only": SOLD_MORE, "none": NO_SIGNAL}
_TRIFLE = "a leg of the hub carries less than a quarter of a percent of the direct leg: not tested"
# What a series of next to nothing would need says no more than that it is beyond all trade.
_MOST = 1e15
_SEEN = "only a rise of {seen} or more would have been seen in four of five cases"
_NEVER = marked("no rise, up to all trade of the goods in the flows, would have been seen in four of five cases")
_LOST, _SOLD = "the direct leg lost {could}", "of the goods {could} was sold in all, and no loss is known"


def chosen(places: tuple[str, ...], hub: Ints, asked: tuple[str, ...] | None) -> list[int]:
    """The rows of the places that are asked for; of all where none is named."""
    names = np.array(places)[hub]
    found: list[int] = np.flatnonzero(np.isin(names, asked) if asked is not None else names != "").tolist()
    return found


def rated(  # noqa: PLR0913 - the pieces of a row
    rows: list[dict[str, Any]], q: Floats, seen: Floats, lost: Floats, level: float, *, further: Further | None = None
) -> list[dict[str, Any]]:
    """The rows with their q and the word that it gives them, and with what would have been seen.

    Args:
        rows: of SIGNALS.
        q: one a row.
        seen: the rise that would have been seen.
        lost: what could have come: what the direct leg lost, or where that is not known all that was sold.
        level: the accepted rate.
        further: gives a row, by its number, another word where its legs ask for one (`signals.one_leg`).
    """
    worded = further or (lambda _, row: row)
    each = zip(rows, q.tolist(), seen.tolist(), lost.tolist(), strict=True)
    return [unseeable(worded(i, _rated(r, x, level)), s, m) for i, (r, x, s, m) in enumerate(each)]


def unseeable(row: dict[str, Any], seen: float, could: float) -> dict[str, Any]:
    """The row with the rise that would have been seen; it cannot be judged where no rise that could come would be.

    A row without a signal says something only as far as a rise would have been one. Where not even all that can have
    come would have been seen, or none was looked for, it does not say `no signal`.

    Args:
        row: of SIGNALS, with its q.
        seen: the least rise that would have been seen; NaN where none was looked for, infinite where it is more than
            all trade of the goods.
        could: the largest rise that can have come; NaN where nothing bounds it.
    """
    if not row["judged"]:
        return row
    row |= {"seen_from": cell(seen)}
    never = np.isposinf(seen)
    if row["word"] != NO_SIGNAL:
        silent = never and row["word"] not in RISES
        return row | {"why_not": _first(_NEVER, row["why_not"])} if silent else row
    if row["q"] is None:
        return row | {"word": UNJUDGED, "judged": False, "reason": UNTESTED}
    if not (never or seen > could):
        return row
    known = row.get("loss") is not None
    figures = {"seen": amount(seen, row["unit"]), "could": amount(could, row["unit"])}
    bounded = f"; {_LOST if known else _SOLD}" if np.isfinite(could) else ""
    why = f"{_NEVER if never else _SEEN}{bounded}".format(**figures)
    return row | {"word": UNJUDGED, "judged": False, "reason": BLIND, "why_not": _first(why, row["why_not"])}


def _first(why: str, rest: str | None) -> str:
    return f"{why}; {rest}" if rest else why


def unjudgeable(reason: str, why: str) -> dict[str, Any]:
    """What a row says that cannot be judged.

    Args:
        reason: the class, one of `REASONS`.
        why: in words, with its figures.
    """
    return {"word": UNJUDGED, "judged": False, "reason": reason, "why_not": why, "basis": "-"}


def measured(row: Mapping[str, Any]) -> bool:
    """Whether what was observed is held against what was to be expected: so it is in a row that could show nothing."""
    return row["excess_in"] is not None or row["excess_out"] is not None


def answer(row: Mapping[str, Any]) -> str:
    """What a row answers, in words: its word; why it cannot be judged; how large a rise it rules out."""
    seen, reason = row["seen_from"], row.get("reason")  # a row that was kept before 2026-11-27 has no class
    word = tr(row["word"])
    if reason == BLIND and seen is None:
        return tr("{word}: no rise, up to all trade of the goods in the flows, would have been seen", word=word)
    if reason == BLIND:
        return tr(
            "{word}: only a rise of {amount} or more would have been seen", word=word, amount=amount(seen, row["unit"])
        )
    if row["word"] in (UNJUDGED, OTHERWISE):
        return f"{word}: {retold(reason or row['why_not'])}"
    if row["word"] == NO_SIGNAL and seen is not None:
        return tr(
            "{word}: a rise of {amount} or more would have been seen", word=word, amount=amount(seen, row["unit"])
        )
    return word


def periods_compared(row: Mapping[str, Any]) -> dict[str, str] | None:
    """Which periods `direct_before` and `direct_since` are of, in words; None of a row that does not say.

    >>> row = {"direct_from": "2018-06", "direct_to": "2019-12", "until": "2021-12"}
    >>> periods_compared(row)
    {'before': '2018-06 to 2019-12', 'since': '2020-06 to 2021-12'}
    """
    first, last, until = row.get("direct_from"), row.get("direct_to"), row["until"]
    if first is None or last is None:
        return None
    year = int(first[:_YEAR]) + int(until[:_YEAR]) - int(last[:_YEAR])  # as many whole years later
    return {"before": _span(first, last), "since": _span(f"{year}{first[_YEAR:]}", until)}


def _span(first: str, last: str) -> str:
    return first if first == last else tr("{first} to {last}", first=first, last=last)


_YEAR = 4  # digits of a year, with which every period begins


def amount(value: float, unit: str) -> str:
    """An amount as a sentence has it.

    >>> amount(3.6093e9, "USD"), amount(4.1e17, "kg")
    ('3.61 bn USD', 'over a thousand trn kg')
    """
    if value >= _MOST:
        return f"over a thousand trn {unit}"
    for size, word in ((1e12, "trn"), (1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:,.3g} {word} {unit}"
    return f"{value:,.0f} {unit}"


def _rated(row: dict[str, Any], q: float, level: float) -> dict[str, Any]:
    if not row["judged"]:
        return row
    said = row["why_not"]
    if np.isnan(q) and row["legs"] != "none":
        said = f"{said}; {_TRIFLE}" if said else _TRIFLE
    found = row["word"] == NO_SIGNAL and q <= level
    return row | {"q": cell(q), "word": _FOUND[row["legs"]] if found else row["word"], "why_not": said}


def looked_at(count: int, placebos: int, trifles: int | None) -> tuple[str, ...]:
    """What to tell of the scan; `trifles`: hubs that are not listed, None where all are."""
    said = ntr(
        count,
        "{count:,} way was looked at, one product by one place between the two ends (a hub).",
        "{count:,} ways were looked at, each one product by one place between the two ends (a hub).",
    )
    rests = rests_on_draws(placebos)
    if not trifles:
        return said, rests
    small = ntr(
        trifles,
        "{count:,} of them carries less than a quarter of a percent of the direct leg",
        "{count:,} of them carry less than a quarter of a percent of the direct leg",
    )
    listed = ntr(trifles, "only --hubs lists it", "only --hubs lists them")
    left = ntr(trifles, "it is not listed", "they are not listed")
    return said, rests, Hinted(f"{small}: {listed}.", f"{small}: {left}.")


def rests_on_draws(placebos: int) -> str:
    """What p and q rest on, for who reads them: draws, or where there are too few of them what is assumed."""
    judge = tr("q allows for how many were tested, so judge by q")
    if not placebos:
        return tr(
            "No p is counted: neither a flow that no measure touched nor an earlier date with enough before it could "
            "be drawn (no placebos). Each p is read off Student's t with three degrees of freedom, by how far its flow "
            "scattered before the day, and a word such as possible hub rests on that assumption; {judge}.",
            judge=judge,
        )
    if placebos < FEW:
        return ntr(
            placebos,
            "{count:,} draw where no measure touched a flow (placebo) is too few to count by: each p is read off "
            "Student's t with three degrees of freedom, of its width, and a word such as possible hub rests on that "
            "assumption; {judge}.",
            "{count:,} draws where no measure touched a flow (placebos) are too few to count by: each p is read off "
            "Student's t with three degrees of freedom, of their width, and a word such as possible hub rests on "
            "that assumption; {judge}.",
            judge=judge,
        )
    return tr(
        "Each p says how often a flow rose as much by itself where no measure touched it, by {count:,} such draws "
        "(placebos) and, for what is rarer than the largest of them, by the tail fitted to those; {judge}: their "
        "number needs nothing of you.",
        count=placebos,
        judge=judge,
    )
