"""Exposures and ties of a firm as lines of text: the answer first, each with what it rests on and what is not known."""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import TYPE_CHECKING, Any

from entrepot.cli.terminal import prose_width
from entrepot.core.errors import plain
from entrepot.core.words.translate import WordsBy, apart, ntr, retold, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NARROWEST = 40  # characters below which a folded sentence cannot be read
_PARTS = WordsBy(
    {
        "reached": "Documents lead from",
        "path": "The nearest, link by link",
        "ends": "Not known above",
        "least_shares": "Shares that give the least",
        "most_shares": "Shares that give the most",
    }
)
_WORDS = WordsBy(
    {"yes": "touched", "cannot_be_excluded": "cannot be excluded", "no": "not touched, by what was loaded"}
)
_SHARE_OF = WordsBy(
    {
        "percent": "by the percentages of the rows",
        "value": "by value",
        "quantity": "by quantity",
        "one_supply": "the only supply is the whole",
        "not_known": "shares not known, for rows do not agree in a unit",
    }
)


def page(rows: Sequence[Mapping[str, Any]]) -> str:
    """One exposure after the other."""
    return "\n".join(_exposure(row) for row in rows)


def _share_of(kinds: Sequence[str]) -> str:
    """Of what the share is a part, the product's own inputs first; empty where no input is known."""
    if not kinds:
        return ""
    said = [_SHARE_OF[kind] for kind in kinds]
    above = tr("; above it {how}", how=", ".join(said[1:])) if said[1:] else ""
    return tr(" ({how}{above})", how=said[0], above=above)


def _exposure(row: Mapping[str, Any]) -> str:
    likely = tr("not known") if row["likely_percent"] is None else f"{row['likely_percent']:.4g} %"
    lines = [
        tr(
            "{product} of {party}: {words} ({as_of})",
            product=row["product"] or tr("All supplies"),
            party=row["party"],
            words=_WORDS[row["touches"]],
            as_of=row["as_of"],
        ),
        f"  {retold(row['reason'])}",
        tr(
            "  Share of its input: {low_percent:.4g} to {high_percent:.4g} %, likely {likely}",
            low_percent=row["low_percent"],
            high_percent=row["high_percent"],
            likely=likely,
        )
        + _share_of(row["share_of"] or ()),
        tr("  Not traced: up to {untraced_percent:.4g} %", untraced_percent=row["untraced_percent"]),
    ]
    for name, title in _PARTS.items():
        if told := row[name]:
            lines += [f"  {title}:", *(f"    {apart(t)}" for t in told)]
    lines.append(f"  {row['exposure_id']}  {apart(row['party_id'])}")
    return plain("\n".join(lines) + "\n")


_TIES = WordsBy(
    {
        "listed": "Listings",
        "stake": "Stakes and joint ventures",
        "plant": "Plants and sites",
        "supplier": "Supplied by, or goods held",
        "customer": "Supplies",
        "left": "Left",
        "other": "Other reports, of the firm or about it",
        "not_known": "Not known",
    }
)


def firm_page(rows: Sequence[Mapping[str, Any]]) -> str:
    """What ties a firm to a region, kind by kind: each statement with its day, its status and its source.

    Args:
        rows: under FIRM_TIES, in their order.
    """
    lines: list[str] = []
    for tie, some in groupby(rows, lambda r: r["tie"]):
        told = list(some)
        if lines:
            lines.append("")
        lines.append(_TIES[tie])
        for day, reports in groupby(told, lambda r: r["date"]):
            same = list(reports)
            if day and len(same) > 1:
                lines.append(
                    ntr(len(same), "  {count} row of {day}; it may tell one event", "  {count} rows of {day}; several "
                        "may tell one event", day=day)
                )  # fmt: skip
            for row in same:
                lines += _tie(row)
    return plain("\n".join(lines) + "\n")


def _tie(row: Mapping[str, Any]) -> list[str]:
    if row["tie"] == "not_known":
        return _folded(retold(row["said"]), 2)
    day = row["date"] or tr("no date on record")
    day += tr(" to {day}", day=row["date_to"]) if row["date_to"] else ""
    status = retold(row["status"].replace("_", " ")) if row["status"] else ""
    head = [day, status, apart(row["place"] or ""), apart(row["firm"] or ""),
            tr("with {other}", other=apart(row["other"])) if row["other"] else ""]  # fmt: skip
    source = [apart(row["document"] or ""), row["url"] or "", row["row_id"]]
    return [
        *_folded(" · ".join(h for h in head if h), 2),
        *_folded(retold(row["said"]), 6),
        *_folded(tr("Source: {source}", source="; ".join(s for s in source if s)), 6),
    ]


def _folded(text: str, indent: int) -> list[str]:
    """A text within the width of the terminal; addresses and ids stay whole."""
    margin = " " * indent
    return textwrap.wrap(text, max(prose_width(), _NARROWEST), initial_indent=margin, subsequent_indent=margin,
                         break_long_words=False, break_on_hyphens=False)  # fmt: skip
