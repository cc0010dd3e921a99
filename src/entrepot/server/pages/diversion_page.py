"""Where trade went: the packaged scans as ranked intervals, with their rivals and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.brief.charts.ranked_intervals import ranked_intervals
from entrepot.brief.scan_page.scanned import place
from entrepot.core.words.translate import tr
from entrepot.diversion.contract import RISES
from entrepot.diversion.demo_scans import demo
from entrepot.server.page_parts.drawn import drawn, evidence, with_refusals, words_of
from entrepot.server.page_parts.worked_out import Work, rested, worked_out
from entrepot.server.pages.page import Page

if TYPE_CHECKING:
    from entrepot.desk.answer import Answer
    from entrepot.server.pages.page import Asked

SHOWN = 18  # places of the picture; the table has all that the verb shows
ROWS = 80  # of the table
WIDE, NARROW = 760, 362  # px: a row of the page, and a phone of 390 less its margins


@with_refusals("diversion")
def _render(asked: Asked) -> str:
    demos = asked.desk.demos().to_pylist()
    chosen = asked.one("demo", str(demos[0]["demo"]))
    t = words_of(asked)
    key = ("diversion", *rested(asked.desk), chosen)
    found = worked_out(key, lambda work: asked.desk.divert(demo=chosen, progress=work.told))
    if isinstance(found, Work):
        return drawn(
            asked, "diversion", "working.html", refresh=found.again, what=t("diversion.working"), step=found.step
        )
    goods = demo(chosen).products
    rows = [_named(r, goods) for r in found.table.slice(0, ROWS).to_pylist()]
    measured = [r for r in rows if r["high_95"]][:SHOWN]
    label = t("diversion.picture")
    several = len({r["product"] for r in measured}) > 1
    points = [_point(r, several=several) for r in measured]
    about = next((d for d in demos if d["demo"] == chosen), demos[0])
    above = {about["missing"], tr("Source: {credit}.", credit=about["credit"])}
    return drawn(
        asked, "diversion", "diversion.html", title=about["title"], demos=demos, chosen=chosen, about=about, rows=rows,
        all=found.table.num_rows,
        under=_under(rows),
        wide=ranked_intervals(points, label, WIDE) if points else "",
        narrow=ranked_intervals(points, label, NARROW) if points else "",
        notes=[n for n in found.notes if n not in above],
    )  # fmt: skip


def _under(rows: list[dict[str, Any]]) -> str:
    """In what the rows are counted, and of which periods they are."""
    units = dict.fromkeys(str(r["unit"]) for r in rows)
    ends = (min(r["since"] for r in rows), max(r["until"] for r in rows)) if rows else ()
    return ", ".join((*units, *filter(None, (" – ".join(dict.fromkeys(ends)),))))


def _table(asked: Asked) -> Answer:
    return asked.desk.divert(demo=asked.one("demo") or str(asked.desk.demos().to_pylist()[0]["demo"]))  # type: ignore[no-any-return]


def _named(row: dict[str, Any], goods: dict[str, str]) -> dict[str, Any]:
    """A row with the names of its place and its goods, and its ends in words."""
    from entrepot.diversion.signals.signal_words import amount  # with numpy, which no other page needs at once

    said = {c: amount(row[c], str(row["unit"])) for c in ("low_95", "high_95") if row[c] is not None}
    named = goods.get(row["product"], row["product"])
    return {**row, "place": place(row["hub"]), "goods": named, "strong": row["word"] in RISES, "said": said}


def _point(row: dict[str, Any], *, several: bool) -> dict[str, Any]:
    goods = f", {row['goods']}" if several else ""
    return {
        **{c: row[c] for c in ("low", "high", "low_95", "high_95", "strong")},
        "name": f"{row['place']}{goods}",
        "said": row["said"]["high_95"],
        "href": evidence(row["signal_id"]),
    }


page = Page("/diversion", "diversion.title", _render, table=_table, heard=("demo",))
