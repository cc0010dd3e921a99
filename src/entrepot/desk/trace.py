"""The verbs on supply links: files of them, and what part of a product comes from listed parties or a region."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core import store as stores
from entrepot.core.contract import table
from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.periods import as_of as day_of
from entrepot.core.periods import first_day
from entrepot.core.words.amounts import counted
from entrepot.core.words.translate import tr
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import check_store, folder, keep
from entrepot.desk.screen import screen
from entrepot.intake.reading_options import ReadingOptions
from entrepot.screening.contract import QUIET
from entrepot.screening.reports.run_said import columns_said
from entrepot.tracing.asked_exposure import Asked, Exposed
from entrepot.tracing.contract import EXPOSURE_LINKS, EXPOSURES, SUPPLY_FILES, SUPPLY_REFUSED
from entrepot.tracing.exposures import exposures
from entrepot.tracing.supply import kept_supply
from entrepot.tracing.supply.contract import SUPPLY_FACILITIES
from entrepot.tracing.supply.placed_parties import placed
from entrepot.tracing.supply.read_supply import read_supply
from entrepot.tracing.supply_network import folded, parties
from entrepot.vocabulary.regions.country_cell import where
from entrepot.vocabulary.regions.find_place import find_place
from entrepot.vocabulary.regions.region_files import region, regions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from entrepot.core.store import Connection
    from entrepot.desk.answer import Progress
    from entrepot.desk.keeping import Store
    from entrepot.desk.screen import Screening
    from entrepot.tracing.supply_network import Network, Place
    from entrepot.vocabulary.regions.region import Region

_MOST_SHOWN = 5  # rows that were refused are named up to here; `supply refused` lists all
_NUMBERS = ("credit_code", "identifier")  # a match by a register's number is of that party and no other


def load_supply(
    file: str | Path,
    *,
    form: str = "links",
    columns: Mapping[str, str] | None = None,
    encoding: str = "",
    sheet: str = "",
    store: Store = None,
) -> Answer:
    """Load a file of supply; rows, or events, that cannot be are refused by name, the rest is taken.

    Args:
        file: a table, or events of EPCIS.
        form: what it is read as: links (supplier, buyer), shipments (customs declarations: exporter, importer),
            production (what a maker used and made), bom (bills of material), payments, facilities, epcis.
        columns: our column -> the heading under which the file has it, where they differ.
        encoding: of a text file that is not UTF-8.
        sheet: sheet of a workbook; empty for the first that holds the columns.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        One row under `supply_files`.

    Raises:
        UnreadableFileError: the file cannot be read, or no row of it can be taken.
        UnknownNameError: no such form, or a column is missing.
        StoreError: the store cannot be used.
    """
    check_store(store)
    read = read_supply(Path(file), columns, ReadingOptions(encoding, sheet), kind=form, today=day_of(None))
    is_new = kept_supply.put(folder(store), read)
    held = () if is_new else (tr("The same file is held already: nothing changed."),)
    row_word = "Event" if form == "epcis" else "Row"
    wrong = [
        tr(
            "{row_word} {row} is refused: {problem}. {remedy}",
            row_word=row_word,
            row=r["row"],
            problem=r["problem"],
            remedy=r["remedy"],
        )
        for r in read.refused[:_MOST_SHOWN]
    ]
    if len(read.refused) > _MOST_SHOWN:
        wrong.append(
            tr("All {count}: entrepot supply refused {file_id}.", count=len(read.refused), file_id=read.row["file_id"])
        )
    return Answer(table(SUPPLY_FILES, [read.row]), (*wrong, *read.row["notes"], *held))


def supply_files(*, store: Store = None) -> Answer:
    """The files of supply that are held.

    Args:
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Under `supply_files`, oldest first.
    """
    return Answer(table(SUPPLY_FILES, kept_supply.KEPT.files(folder(store))))


def refused_supply(file_id: str, *, store: Store = None) -> Answer:
    """The rows of a file of supply that were refused.

    Args:
        file_id: the file, as `supply_files` names it.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Under `supply_refused`, in the order of the file.

    Raises:
        UnknownNameError: no such file is held.
    """
    return Answer(table(SUPPLY_REFUSED, kept_supply.refused(folder(store), file_id)))


def remove_supply(file_id: str, *, store: Store = None) -> Answer:
    """Remove a file of supply, and all that was read of it.

    Args:
        file_id: the file, as `supply_files` names it.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        The file that was removed, one row under `supply_files`.

    Raises:
        UnknownNameError: no such file is held.
    """
    row = kept_supply.KEPT.remove(folder(store), file_id)
    return Answer(
        table(SUPPLY_FILES, [row]), (tr("{file} ({file_id}) is removed.", file=row["file"], file_id=file_id),)
    )


def trace(
    product: str | None = None,
    *,
    everything: bool = False,
    within: Sequence[str] = (),
    lists: Sequence[str] = (),
    as_of: str | date | None = None,
    store: Store = None,
    progress: Progress | None = None,
) -> Answer:
    """Trace products through the supply links that were loaded, to listed parties and to a region.

    Args:
        product: what is made, as the files call it; of every party that makes it.
        everything: every product that is supplied to nobody further.
        within: regions that count; empty for every region under a measure on record.
        lists: lists to screen the parties against, each LIST or LIST@VERSION; empty for all that are held.
        as_of: the day: later links and listings are not known; today when None.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
        progress: told (parties screened, parties in all).

    Returns:
        Under `exposures`, the surest and largest first; they are kept in the store for `explain`.

    Raises:
        BadInputError: neither a product nor `everything`, or both; no supply links are held.
        UnknownNameError: no such product, list or region.
        UnsolvedError: the equations of the shares were not solved: no number is given then.
    """
    if (product is None) == (not everything):
        problem = tr("which product is not said") if product is None else tr("a product and --all")
        raise BadInputError(problem, remedy=tr("Give the product's name, or --all."))
    check_store(store)
    day, places = day_of(as_of), tuple(map(region, within)) or regions()
    held = kept_supply.links(folder(store))
    known = [r for r in held if not r["date"] or first_day(r["date"]) <= day]
    if not known:
        problem = tr("no supply links are held") if not held else tr("no supply link is known by {day}", day=day)
        raise BadInputError(problem, remedy=tr("Load some: entrepot supply load FILE."))
    who = placed(parties(known), kept_supply.held(folder(store), SUPPLY_FACILITIES))
    screened = screen(_as_table(who), lists=lists, regions=tuple(within), as_of=day, store=store, progress=progress)
    origins = {text: _origin(text, places) for text in {str(r["origin"]) for r in known if r["origin"]}}
    asked = Asked(known, _exposed(screened, list(who)), origins, day)
    made = exposures(asked, partial(_chosen, product))
    rows = table(EXPOSURES, made.rows)
    kept = keep(store, partial(_put, rows, table(EXPOSURE_LINKS, made.links)))
    out = sum(f["refused"] for f in kept_supply.KEPT.files(folder(store)))
    said = _said(made.rows, asked, later=len(held) - len(known), refused=out)
    return Answer(rows, (*said, *made.notes, *_of_screening(screened), *kept))


def _of_screening(screened: Screening) -> Iterable[str]:
    """What is said of the screening, but for how its table was read, which was ours."""
    ours = set() if screened.run is None else {screened.run.parties.rows_said, columns_said(screened.run)}
    return (n for n in screened.notes if n not in ours)


def _chosen(product: str | None, made: Network) -> Sequence[int]:
    if product is None:
        return made.final
    wanted = folded(product)
    found = [i for i, g in enumerate(made.goods) if g.good == wanted and made.inputs[i]]
    if not found:
        named = sorted({str(r["product"]) for r in made.rows if r["product"]})
        raise UnknownNameError(
            tr("product of the supply links"), product, named, remedy=tr("See them: entrepot trace --all.")
        )
    return found


def _as_table(who: Mapping[str, Mapping[str, Any]]) -> Any:
    import pyarrow as pa

    rows = list(who.values())
    return pa.table({c: pa.array([r[c] for r in rows], pa.string()) for c in ("name", "address", "country")})


def _exposed(screened: Screening, ids: Sequence[str]) -> dict[str, Exposed]:
    """Which parties are exposed, and why: by a certain sign or a person's decision, else possible."""
    states = {}
    if screened.decided is not None:
        states = {m: r["state"] for r in screened.decided.rows for m in r["match_ids"]}
    found: dict[str, Exposed] = {}
    for match in screened.to_pylist():
        state = states.get(match["match_id"], "open")
        if state in QUIET:
            continue
        is_sure = state == "true" or _is_certain(match)
        party = ids[match["row"] - 1]
        if is_sure or party not in found:
            found.setdefault(party, Exposed("possible", _ground(match)))
            if is_sure and found[party].strength != "certain":
                found[party] = Exposed("certain", _ground(match))
    return found


def _is_certain(match: Mapping[str, Any]) -> bool:
    if match["kind"] in {"region", "owned"}:
        return bool(match["strength"] == "certain")
    return match["kind"] == "listing" and (match["basis"] in _NUMBERS or match["name_score"] == 1)


def _ground(match: Mapping[str, Any]) -> str:
    if match["kind"] == "region":
        return tr(
            "placed in {place} by its {basis}, {match_id}",
            place=match["place"],
            basis=match["basis"],
            match_id=match["match_id"],
        )
    score = "" if match["score"] is None else tr(", score {score:.2f}", score=match["score"])
    return tr(
        "{listed_name} on {list_id}{score}, {match_id}",
        listed_name=match["listed_name"],
        list_id=match["list_id"],
        score=score,
        match_id=match["match_id"],
    )


def _origin(text: str, places: Sequence[Region]) -> Place:
    """Where an origin lies: in a region for sure; elsewhere where it is abroad to each; else not known."""
    seen = [find_place(place, text) for place in places]
    if any(s is not None and s.strength == "certain" for s in seen):
        return "region"
    return "elsewhere" if not any(seen) and all(where(text, p) == "abroad" for p in places) else "open"


def _put(rows: Any, links: Any, con: Connection) -> None:
    stores.keep_shown(con, EXPOSURES.name, "exposure_id", rows)
    stores.keep(con, EXPOSURE_LINKS, links)


def _said(rows: Iterable[Mapping[str, Any]], asked: Asked, *, later: int, refused: int) -> Iterable[str]:
    told = [r["touches"] for r in rows]
    yes, maybe, no = (told.count(x) for x in ("yes", "cannot_be_excluded", "no"))
    sure = sum(e.strength == "certain" for e in asked.exposed.values())
    products = counted(len(told), "product")
    yield tr(
        "{products} as of {day}: {yes} touched, {maybe} cannot be excluded, {no} not touched.",
        products=products,
        day=asked.day,
        yes=yes,
        maybe=maybe,
        no=no,
    )
    yield (
        tr(
            "{count}. Listed or in the region: {sure}; that may be so: {count_2}.",
            count=counted(len(asked.rows), "link"),
            sure=counted(sure, "party", "parties"),
            count_2=len(asked.exposed) - sure,
        )
        + (tr(" {later} links are of later days.", later=later) if later else "")
        + (tr(" {refused} rows of the files were refused and are in no answer.", refused=refused) if refused else "")
    )
    yield tr("A share ranks products and clears none: the presumption asks for any amount. Not legal advice.")
