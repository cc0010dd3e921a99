"""The verb: agreements, meetings, drills, visitors and Chinese-financed projects, by date and place."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core import store as stores
from entrepot.core.contract import table
from entrepot.core.errors import UnknownNameError
from entrepot.core.periods import as_of as day_of
from entrepot.core.words.amounts import counted
from entrepot.core.words.translate import WordsBy, tr
from entrepot.corridors.cooperation.contract import CORRIDOR_COOPERATION
from entrepot.corridors.cooperation.cooperation_rows import VISITED, by_date, event_rows, project_rows, visitor_rows
from entrepot.corridors.cooperation.financed_projects import projects
from entrepot.corridors.series.asked_series import Asked, asked_for, place_of
from entrepot.corridors.series.quantities import quantities
from entrepot.corridors.series.series import is_placeable, series_of
from entrepot.corridors.series.series import rows as series_rows
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import check_store, keep, record_held
from entrepot.record import embedded
from entrepot.vocabulary.countries import code_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    import pyarrow as pa

    from entrepot.corridors.cooperation.financed_projects import Project
    from entrepot.desk.keeping import Store

    Rows = Sequence[dict[str, Any]]


_NAMED = WordsBy({"memorandum": ("memorandum", "memoranda"), "visitors": ("year of visitors", "years of visitors")})


def corridor_cooperation(
    place: str = "", *, projects: str | Path | None = None, as_of: str | date | None = None, store: Store = None
) -> Answer:
    """List agreements, memoranda, meetings and joint drills by date, with visitors and Chinese-financed projects.

    Args:
        place: a place of the record or the network, or a country, by id, code or name; empty: all.
        projects: a copy of AidData's file of Chinese-financed projects, which is not packaged.
        as_of: leave out what was known later; None leaves out nothing.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Under `corridor_cooperation`; they are kept in the store for `explain`.

    Raises:
        UnknownNameError: no such place or country.
        UnreadableFileError: the file of projects is no table, or lacks a column.
        BadRowsError: rows of it cannot be taken.
    """
    check_store(store)
    held, notes = record_held(store)
    if as_of is not None:
        held = embedded.known(held, day_of(as_of)).record
    is_asked = _asked(place, held.tables)
    given = () if projects is None else _given(Path(projects), held.tables)
    years = _visitors(held.tables)
    found = [
        *event_rows(held.tables["cooperation"].to_pylist(), held.tables["events"].to_pylist()),
        *visitor_rows(years),
        *project_rows(given, _countries(held.tables), "" if projects is None else Path(projects).name),
    ]
    chosen = by_date(r for r in found if is_asked(r))
    data = table(CORRIDOR_COOPERATION, chosen)
    kept = keep(store, lambda con: stores.keep_shown(con, CORRIDOR_COOPERATION.name, "cooperation_id", data))
    return Answer(data, (*kept, *notes, *_said(chosen, years), *_of_projects(chosen, given, held.tables)))


def _given(path: Path, tables: Mapping[str, pa.Table]) -> tuple[Project, ...]:
    return projects(path, tables["network_places"].to_pylist())


def _countries(tables: Mapping[str, pa.Table]) -> frozenset[str]:
    """The countries of the network, but for China, which gives the money."""
    return frozenset(tables["network_places"].column("country").to_pylist()) - {"CN"}


def _asked(word: str, tables: Mapping[str, pa.Table]) -> Callable[[Mapping[str, Any]], bool]:
    """Whether a row is of the place or the country that a person names; a place takes in those that lie within it."""
    if not word.strip():
        return lambda _: True
    if country := code_of(word):
        return lambda row: country in row["countries"]
    places = tables["places"].to_pylist()
    parents = {r["place_id"]: r["parent"] for r in places}
    known = {r["place_id"]: r for r in (*tables["network_places"].to_pylist(), *places)}
    try:
        wanted = str(place_of(word, list(known.values()))["place_id"])
    except UnknownNameError as exc:
        raise UnknownNameError(
            tr("place or country"),
            word,
            [*known],
            remedy=tr("See entrepot record places; a country by its name or code."),
        ) from exc

    def lies_within(place_id: str | None) -> bool:
        return place_id is not None and (place_id == wanted or lies_within(parents.get(place_id)))

    return lambda row: any(lies_within(p) for p in row["place_id"] or ())


def _visitors(tables: Mapping[str, pa.Table]) -> Rows:
    """The years of the passengers of the cooperation centre, as `corridor series` estimates them."""
    places = tables["places"].to_pylist()
    held = [q for q in quantities(tables["observations"].to_pylist()) if is_placeable(q)]
    if not any(q.place_id == VISITED and q.rows for q in held):
        return []
    centre = place_of(VISITED, places)
    chosen = asked_for(Asked("passengers"), centre, held, places)[:1]
    return [r for q in chosen for r in series_rows(series_of(q), str(centre["name"]), ("year",))]


def _said(chosen: Rows, years: Rows) -> Iterator[str]:
    told = Counter(r["kind"] for r in chosen)
    named = [counted(n, _NAMED.get(kind, (kind, ""))[0], _NAMED.get(kind, ("", ""))[1]) for kind, n in told.items()]
    yield f"{', '.join(named)}." if told else tr("Nothing on record.")
    if told["visitors"]:
        unknown = [str(r["period_start"]) for r in years if r["value"] is None]
        lost = tr(" Not known: {unknown}.", unknown=", ".join(unknown)) if unknown else ""
        yield (
            tr(
                "Visitors are entries and exits of the cooperation centre at Khorgos, estimated as by "
                "entrepot corridor series {visited} --quantity passengers.{lost}",
                visited=VISITED,
                lost=lost,
            )
        )
    yield tr("Events are what reports tell, no complete list: what is not here may have taken place.")


def _of_projects(chosen: Rows, given: Sequence[Project], tables: Mapping[str, pa.Table]) -> Iterator[str]:
    """What of the file is shown, placed and summed, and what is not."""
    if not given:
        return
    shown = [r for r in chosen if r["kind"] == "project"]
    of_network = sum(p.country in _countries(tables) for p in given)
    unknown = sum(not p.country for p in given)
    placed = sum(r["place_id"] is not None for r in shown)
    yield (
        tr(
            "Of {count} in the file {of_network} are of countries of the network, {count_2} of what is "
            "asked for; {unknown} of the file are no country. Titles of {placed} name a place of the "
            "network, the others stand under their country. Source: AidData (ODC-BY 1.0).",
            count=counted(len(given), "project"),
            of_network=of_network,
            count_2=len(shown),
            unknown=counted(unknown, "recipient"),
            placed=placed,
        )
    )
    told = [r["value"] for r in shown if r["value"] is not None and not _is_apart(r)]
    silent = sum(r["value"] is None for r in shown)
    yield (
        tr(
            "{count} with an amount, {total:,.1f} billion USD of 2017; {silent} without one. Left out of "
            "the sum: {total_2} pledged, cancelled, suspended or umbrellas.",
            count=counted(len(told), "project"),
            total=sum(told) / 1e9,
            silent=silent,
            total_2=sum(_is_apart(r) for r in shown),
        )
    )


def _is_apart(row: Mapping[str, Any]) -> bool:
    """Whether money was never committed, or stands in other rows."""
    begun = row["state"] in {"Completion", "Implementation", "Pipeline: Commitment"}
    return not begun or "umbrella" in row["basis"]
