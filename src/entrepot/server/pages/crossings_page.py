"""The crossings, and a page for each: its series with intervals and gaps, contradictions, what events changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.brief.charts.canvas import Head
from entrepot.brief.charts.yearly_intervals import yearly_intervals
from entrepot.core.errors import BadInputError
from entrepot.server.page_parts.drawn import drawn, evidence, with_refusals, words_of
from entrepot.server.page_parts.worked_out import Work, rested, worked_out
from entrepot.server.pages.page import Page
from entrepot.vocabulary.countries import name as country_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from entrepot.desk.answer import Answer
    from entrepot.server.pages.page import Asked

WIDTH = 358  # px of a chart: a phone of 390 less its margins, and a third of a wide page
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")  # of files: what no system and no shell takes otherwise is left
_ROW = re.compile(r"\b(O\d+)\b")  # ids of reports in a sentence, as the record gives them
_DRAWN = 2  # years: a series of one is a number, and stands in the table


@dataclass(frozen=True, slots=True)
class Drawn:
    """A series drawn, with its rows.

    Attributes:
        title: what is counted, by whom.
        svg: the picture; empty where it is a number or two.
        rows: of `corridor_series`.
        source: who published what it rests on.
        by: the same of each row.
        file: name of what is taken from it, without its ending.
    """

    title: str
    svg: str
    rows: list[dict[str, Any]]
    source: str
    by: list[str]
    file: str

    @property
    def under(self) -> str:
        """Its unit where the picture does not say it, and the years from the first to the last."""
        years = dict.fromkeys((str(self.rows[0]["period_start"]), str(self.rows[-1]["period_end"])))
        return ", ".join(filter(None, ("" if self.svg else str(self.rows[0]["unit"]), " – ".join(years))))


@with_refusals("crossings")
def _all(asked: Asked) -> str:
    found = asked.desk.corridor_conflicts(as_of=asked.one("as_of") or None)
    crossings = asked.desk.record("crossings").to_pylist()
    return drawn(
        asked,
        "crossings",
        "crossings.html",
        crossings=crossings,
        conflicts=found.to_pylist(),
        notes=found.notes,
        country=country_name,
        named=_named(asked),
    )


def _conflicts(asked: Asked) -> Answer:
    return asked.desk.corridor_conflicts(as_of=asked.one("as_of") or None)  # type: ignore[no-any-return]


@with_refusals("crossings")
def _one(asked: Asked) -> str:
    place = asked.path["place"]
    fact = next((r for r in asked.desk.record("crossings").to_pylist() if r["place_id"] == place), None)
    name = _name(asked, place)
    t = words_of(asked)
    series, refused = _estimated(asked)
    if isinstance(series, Work):
        said = t("crossings.working", place=name)
        return drawn(asked, "crossings", "working.html", title=name, refresh=series.again, what=said, step=series.step)
    effect = _effect(asked)
    if isinstance(effect, Work):
        wanted = asked.one("event")
        event = next((e["event"] for e in _events(asked, place) if e["id"] == wanted), wanted)
        said = t("crossings.effect_working", event=event)
        return drawn(asked, "crossings", "working.html", title=name, refresh=effect.again, what=said, step="")
    rows = series.to_pylist() if series else []
    return drawn(
        asked, "crossings", "crossing.html", title=rows[0]["place"] if rows else name, place=place, fact=fact,
        country=country_name, named=_named(asked),
        # Of a place without any amount no quantity gives a series either.
        counted=[] if refused and not asked.one("quantity") else _counted(asked, place),
        series=list(_charts(rows, _publishers(asked, rows))), refused=refused, notes=series.notes if series else (),
        conflicts=asked.desk.corridor_conflicts(place=place).to_pylist(), events=_events(asked, place),
        effect=effect.to_pylist() if effect else (), effect_notes=effect.notes if effect else (),
    )  # fmt: skip


def _name(asked: Asked, place: str) -> str:
    """What a place is called: many that are no crossings are places of the record too."""
    held = (r for r in asked.desk.record("places").to_pylist() if r["place_id"] == place)
    return next((str(r["name"]) for r in held), place.replace("-", " "))


def _estimated(asked: Asked) -> tuple[Any, str]:
    """The series, or how far it has come, or why there is none."""
    key = ("series", *rested(asked.desk), asked.path["place"], asked.one("quantity"), asked.one("as_of"))
    try:
        return worked_out(key, lambda work: _series(asked, work)), ""
    except BadInputError as exc:
        return None, str(exc)


def _series(asked: Asked, work: Work | None = None) -> Any:
    return asked.desk.corridor_series(
        asked.path["place"],
        quantity=asked.one("quantity"),
        as_of=asked.one("as_of") or None,
        progress=work.told if work else None,
    )


def _effect(asked: Asked) -> Any:
    event = asked.one("event")
    if not event:
        return None
    return worked_out(("effect", *rested(asked.desk), event), lambda _: asked.desk.corridor_effect(event))


def _counted(asked: Asked, place: str) -> list[str]:
    """What reports count at a place."""
    rows = asked.desk.record("observations").to_pylist()
    return sorted({str(r["metric"]) for r in rows if r["place_id"] == place})


def _events(asked: Asked, place: str) -> list[dict[str, Any]]:
    return [r for r in asked.desk.record("experiments").to_pylist() if place in (r["place_id"] or ())]


def _named(asked: Asked) -> Callable[[str], list[tuple[str, str]]]:
    """What takes a sentence apart where it names reports by their ids: who told what of when says more to a person."""
    reports = {str(r["id"]): r for r in asked.desk.record("observations").to_pylist()}

    def pieces(text: str) -> list[tuple[str, str]]:
        """The words of a sentence, each with the id of the report that they name, or with none."""
        parts = _ROW.split(text)
        return [(_report(reports[p]), p) if p in reports else (p, "") for p in parts if p]

    return pieces


def _report(row: Mapping[str, Any]) -> str:
    """Who told it, and of when."""
    first, last = str(row["period_start"]), str(row["period_end"])
    is_year = (first[4:], last[4:]) == ("-01-01", "-12-31") and first[:4] == last[:4]
    return f"{row['reported_by'] or row['place']}, {first[:4] if is_year else f'{first} – {last}'}"


def _publishers(asked: Asked, rows: list[dict[str, Any]]) -> dict[str, str]:
    """Who published each report that carries a row, by the id of the report."""
    wanted = {report for r in rows for report in r["reports"] or ()}
    names = {s["source_id"]: str(s["publisher"] or s["source_id"]) for s in asked.desk.record("sources").to_pylist()}
    reports = (r for r in asked.desk.record("observations").to_pylist() if r["id"] in wanted)
    return {str(r["id"]): names.get(r["source_id"], str(r["source_id"])) for r in reports}


def _charts(rows: list[dict[str, Any]], publishers: Mapping[str, str]) -> Iterator[Drawn]:
    """One chart for each thing that is counted by one counter."""
    kinds: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        kinds.setdefault((row["quantity"], row["counter"]), []).append(row)
    for (quantity, counter), of in kinds.items():
        title = f"{quantity}: {counter}"
        drawable = len(of) >= _DRAWN and any(r["high"] for r in of)
        drawing = yearly_intervals(_years(of), Head(title, str(of[0]["unit"]), WIDTH)) if drawable else ""
        by = [_told(r["reports"] or (), publishers) for r in of]
        source = _told((report for r in of for report in r["reports"] or ()), publishers)
        yield Drawn(title, drawing, of, source, by, _NOT_IN_NAMES.sub("-", f"{of[0]['place_id']} {title}".casefold()))


def _told(reports: Iterable[str], publishers: Mapping[str, str]) -> str:
    return "; ".join(dict.fromkeys(publishers.get(r, r) for r in reports))


def _years(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A row a year, those without one as gaps."""
    by_year = {int(str(r["period_start"])[:4]): r for r in rows}
    return [_year(year, by_year.get(year)) for year in range(min(by_year), max(by_year) + 1)]


def _year(year: int, row: dict[str, Any] | None) -> dict[str, Any]:
    if row is None:
        return {"year": year, "value": None, "low": None, "high": None, "said": f"{year}", "href": ""}
    said = f"{year}: {row['state']}" + ("" if row["value"] is None else f", {row['value']:,.0f} {row['unit']}")
    return {
        **{c: row[c] for c in ("value", "low", "high")},
        "year": year,
        "said": said,
        "href": evidence(row["series_id"]),
    }


page = Page("/crossings", "crossings.title", _all, table=_conflicts, heard=("as_of",))
one_page = Page("/crossings/{place}", "crossings.title", _one, table=_series, heard=("quantity", "as_of", "event"))
