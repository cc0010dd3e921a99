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
from entrepot.core.units import counted
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import check_store, folder, keep
from entrepot.desk.screen import screen
from entrepot.intake.reading_options import ReadingOptions
from entrepot.screening.contract import QUIET
from entrepot.screening.reports.run_said import columns_said
from entrepot.tracing.asked_exposure import Asked, Exposed
from entrepot.tracing.contract import EXPOSURE_LINKS, EXPOSURES, SUPPLY_FILES, SUPPLY_LINKS, SUPPLY_REFUSED
from entrepot.tracing.exposures import exposures
from entrepot.tracing.link_columns import parties
from entrepot.tracing.supply import kept_supply
from entrepot.tracing.supply.read_supply import read_supply
from entrepot.tracing.supply_network import folded
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
    columns: Mapping[str, str] | None = None,
    encoding: str = "",
    sheet: str = "",
    store: Store = None,
) -> Answer:
    """Load a file of supply links; rows that cannot be are refused by name, the rest is taken.

    Args:
        file: a table with the columns supplier and buyer, and what is known of material, product, quantity, unit,
            value, currency, share, date, document, origin, supplier_id, buyer_id, supplier_address, supplier_country.
        columns: our column -> the heading under which the file has it, where they differ.
        encoding: of a text file that is not UTF-8.
        sheet: sheet of a workbook; empty for the first that holds the columns.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        One row under `supply_files`.

    Raises:
        UnreadableFileError: the file cannot be read, or no row of it is a link.
        UnknownNameError: a column is missing.
        StoreError: the store cannot be used.
    """
    check_store(store)
    read = read_supply(Path(file), columns, ReadingOptions(encoding, sheet), today=day_of(None))
    is_new = kept_supply.put(folder(store), read)
    held = () if is_new else ("The same file is held already: nothing changed.",)
    wrong = [f"Row {r['row']} is refused: {r['problem']}. {r['remedy']}" for r in read.refused[:_MOST_SHOWN]]
    if len(read.refused) > _MOST_SHOWN:
        wrong.append(f"All {len(read.refused)}: entrepot supply refused {read.row['file_id']}.")
    return Answer(table(SUPPLY_FILES, [read.row]), (*wrong, *read.row["notes"], *held))


def supply_files(*, store: Store = None) -> Answer:
    """The files of supply links that are held.

    Args:
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Under `supply_files`, oldest first.
    """
    return Answer(table(SUPPLY_FILES, kept_supply.KEPT.files(folder(store))))


def refused_supply(file_id: str, *, store: Store = None) -> Answer:
    """The rows of a file of supply links that were refused.

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
    """Remove a file of supply links, and all that was read of it.

    Args:
        file_id: the file, as `supply_files` names it.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        The file that was removed, one row under `supply_files`.

    Raises:
        UnknownNameError: no such file is held.
    """
    row = kept_supply.KEPT.remove(folder(store), file_id)
    return Answer(table(SUPPLY_FILES, [row]), (f"{row['file']} ({file_id}) is removed.",))


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
        problem = "which product is not said" if product is None else "a product and --all"
        raise BadInputError(problem, remedy="Give the product's name, or --all.")
    check_store(store)
    day, places = day_of(as_of), tuple(map(region, within)) or regions()
    held = kept_supply.KEPT.held(folder(store), SUPPLY_LINKS).sort_by([("file_id", "ascending"), ("row", "ascending")])
    known = held.filter(_known(held.column("date"), day))
    if not known.num_rows:
        problem = "no supply links are held" if not held.num_rows else f"no supply link is known by {day}"
        raise BadInputError(problem, remedy="Load some: entrepot supply load FILE.")
    who = parties(known)
    screened = screen(
        who.drop_columns("id"), lists=lists, regions=tuple(within), as_of=day, store=store, progress=progress
    )
    origins = {text: _origin(text, places) for text in known.column("origin").unique().drop_null().to_pylist()}
    asked = Asked(known, _exposed(screened, who.column("id").to_pylist()), origins, day)
    made = exposures(asked, partial(_chosen, product))
    rows = table(EXPOSURES, made.rows)
    kept = keep(store, partial(_put, rows, table(EXPOSURE_LINKS, made.links)))
    out = sum(f["refused"] for f in kept_supply.KEPT.files(folder(store)))
    said = _said(made.rows, asked, later=held.num_rows - known.num_rows, refused=out)
    return Answer(rows, (*said, *made.notes, *_of_screening(screened), *kept))


def _of_screening(screened: Screening) -> Iterable[str]:
    """What is said of the screening, but for how its table was read, which was ours."""
    ours = set() if screened.run is None else {screened.run.parties.rows_said, columns_said(screened.run)}
    return (n for n in screened.notes if n not in ours)


def _known(dates: Any, day: date) -> Any:
    """Which links are known by a day: those that begin by it, and those without a date."""
    import pyarrow as pa
    import pyarrow.compute as pc

    later = [t for t in dates.unique().drop_null().to_pylist() if first_day(t) > day]
    return pc.invert(pc.is_in(dates, value_set=pa.array(later, pa.string())))


def _chosen(product: str | None, made: Network) -> Sequence[int]:
    if product is None:
        return made.final
    found = made.making(folded(product))
    if not found:
        named = sorted({str(p) for p in made.links.column("product").unique().to_pylist() if p})
        raise UnknownNameError("product of the supply links", product, named, remedy="See them: entrepot trace --all.")
    return found


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
        return f"placed in {match['place']} by its {match['basis']}, {match['match_id']}"
    score = "" if match["score"] is None else f", score {match['score']:.2f}"
    return f"{match['listed_name']} on {match['list_id']}{score}, {match['match_id']}"


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
    yield f"{products} as of {asked.day}: {yes} touched, {maybe} cannot be excluded, {no} not touched."
    yield (
        f"{counted(asked.links.num_rows, 'link')}. Listed or in the region: {counted(sure, 'party', 'parties')}; "
        f"that may be so: {len(asked.exposed) - sure}."
        + (f" {later} links are of later days." if later else "")
        + (f" {refused} rows of the files were refused and are in no answer." if refused else "")
    )
    yield "A share ranks products and clears none: the presumption asks for any amount. Not legal advice."
