"""Events, visitors and projects as rows of one table, by date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.periods import first_day
from entrepot.core.shown import row_id
from entrepot.core.words.translate import in_english, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from entrepot.corridors.cooperation.financed_projects import Project

    Row = Mapping[str, Any]

VISITED = "khorgos-cooperation-centre"
_FITTED = ("value", "low", "high")
_NUMBERS = dict.fromkeys((*_FITTED, "unit"))


@in_english
def event_rows(told: Iterable[Row], events: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Rows of `cooperation` and the agreements of `events`; a second report of an event is left to the first.

    Args:
        told: rows of `cooperation`.
        events: rows of `events`.
    """
    for row in told:
        where = f", {row['place']}" if row["place"] else ""
        seen = "" if row["quality"] == "good" else tr(" The report is {quality}.", quality=row["quality"])
        note = f" {row['note'][0].upper()}{row['note'][1:]}." if row["note"] else ""
        yield _event(row, row["kind"], row["field"], "occurred", f"{row['id']}{where}.{seen}{note}")
    for row in events:
        if row["kind"] == "agreement" and not row["same_as"] and not row["superseded_by"]:
            sized = tr(" As printed: {magnitude}.", magnitude=row["magnitude"]) if row["magnitude"] else ""
            yield _event(
                {**row, "date_to": None},
                "agreement",
                None,
                row["status"],
                tr("{id} of events.{sized}", id=row["id"], sized=sized),
            )


def _event(row: Row, kind: str, field: str | None, state: str, basis: str) -> dict[str, Any]:
    return {
        "date": row["date"],
        "date_to": row["date_to"],
        "kind": kind,
        "field": field,
        "place_id": row["place_id"] or None,
        "countries": row["countries"],
        "what": row["title"],
        "actors": row["actors"] or None,
        **_NUMBERS,
        "state": state,
        "rests_on": [row["id"]],
        "basis": basis,
    }


@in_english
def visitor_rows(series: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Years of visitors whose number is known, out of rows of `corridor_series`.

    Args:
        series: years of the passengers of the cooperation centre at Khorgos.
    """
    for row in series:
        if row["value"] is None:
            continue
        yield {
            "date": row["period_start"],
            "date_to": None,
            "kind": "visitors",
            "field": "zone",
            "place_id": [VISITED],
            "countries": ["CN", "KZ"],
            "what": tr(
                "Entries and exits at the {place}, counted by {counter}", place=row["place"], counter=row["counter"]
            ),
            "actors": None,
            **{name: row[name] for name in (*_FITTED, "unit")},
            "state": row["state"],
            "rests_on": row["reports"] or [],
            "basis": row["basis"],
        }


@in_english
def project_rows(found: Iterable[Project], countries: frozenset[str], file: str) -> Iterator[dict[str, Any]]:
    """Projects of countries of the network.

    Args:
        found: projects of the file.
        countries: ISO alpha-2 of those that have places in the network, but for China.
        file: its name.
    """
    for one in found:
        if one.country not in countries:
            continue
        whole = tr(" An umbrella: other rows are its parts, so it enters no sum.") if one.is_umbrella else ""
        placed = tr("its title names the places") if one.places else tr("its title names no place of the network")
        yield {
            "date": one.year,
            "date_to": None,
            "kind": "project",
            "field": one.sector or None,
            "place_id": list(one.places) or None,
            "countries": ["CN", one.country],
            "what": one.title,
            "actors": list(one.funders) or None,
            "value": None if one.usd is None else round(one.usd),
            "low": None,
            "high": None,
            "unit": None if one.usd is None else tr("USD of 2017"),
            "state": one.status,
            "rests_on": [tr("AidData {id}, {at} of {file}", id=one.id, at=one.at, file=file)],
            "basis": tr(
                "AidData's row {id} in {file}, {at}; {placed}.{whole}",
                id=one.id,
                file=file,
                at=one.at,
                placed=placed,
                whole=whole,
            ),
        }


def by_date(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with their ids, the earliest first.

    Args:
        rows: of any kind.
    """
    dated = sorted(rows, key=lambda r: (first_day(r["date"]), r["kind"], r["rests_on"]))
    return [r | {"cooperation_id": row_id("coop", r, estimates=_FITTED)} for r in dated]
