"""What tracing is asked of: the links known on a day, and which of their parties are listed, owned or in a region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.periods import as_of as day_of
from entrepot.core.periods import first_day
from entrepot.core.units import counted
from entrepot.core.words.translate import ntr, tr
from entrepot.desk.crossings_used import crossing_of
from entrepot.desk.keeping import check_store, folder
from entrepot.desk.screen import screen
from entrepot.desk.supply_told_again import told_again
from entrepot.names.similarity import is_same_text
from entrepot.screening.contract import QUIET
from entrepot.screening.matching.scoring_rule import rule
from entrepot.screening.reports.run_said import columns_said
from entrepot.tracing.asked_exposure import Asked, Exposed
from entrepot.tracing.balance.books import Books
from entrepot.tracing.balance.dealt_rows import chosen_by, that
from entrepot.tracing.balance.unsupplied_inputs import unsupplied_inputs
from entrepot.tracing.link_columns import parties
from entrepot.tracing.parties.kept_joins import ones
from entrepot.tracing.supply import kept_supply
from entrepot.tracing.supply.contract import SUPPLY_FACILITIES, SUPPLY_LOTS, SUPPLY_RECIPES
from entrepot.tracing.supply.placed_parties import with_facilities
from entrepot.tracing.supply_network import folded
from entrepot.vocabulary.regions.country_cell import where
from entrepot.vocabulary.regions.find_place import find_place
from entrepot.vocabulary.regions.region_files import region, regions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import pyarrow as pa

    from entrepot.desk.answer import Progress
    from entrepot.desk.keeping import Store
    from entrepot.desk.screen import Screening
    from entrepot.tracing.supply_network import Network, Place
    from entrepot.vocabulary.regions.region import Region

_NUMBERS = ("credit_code", "identifier")  # a match by a register's number is of that party and no other


class Given(NamedTuple):
    """What a person gave of the screening: regions, lists, rules of ownership, day, store; as `trace` has them."""

    within: Sequence[str] = ()
    lists: Sequence[str] = ()
    with_ownership: bool = False
    ownership_rules: Sequence[str] = ()
    as_of: str | date | None = None
    store: Store = None
    progress: Progress | None = None


@dataclass(frozen=True, slots=True, eq=False)
class SupplyAsked:
    """What exposures are asked of.

    Attributes:
        asked: links, parties that are exposed, day.
        counts: how many there are of each, in a sentence.
        notes: what the screening says.
        lists: what each list held that day, rows of COVERAGE.
        rule: the rule that scored.
    """

    asked: Asked
    counts: str
    notes: tuple[str, ...]
    lists: tuple[dict[str, Any], ...] = ()
    rule: str = ""


def supply_asked(product: str | None, *, everything: bool, given: Given) -> SupplyAsked:
    """The links known on the day, with what the screening of their parties says.

    Args:
        product: what is made.
        everything: every product that is supplied to nobody further.
        given: what a person gave.

    Raises:
        BadInputError: neither a product nor `everything`, or both; no supply links are held.
        UnknownNameError: no such list or region.
    """
    if (product is None) == (not everything):
        problem = tr("which product is not said") if product is None else tr("a product and --all")
        raise BadInputError(problem, remedy=tr("Give the product's name, or --all."))
    check_store(given.store)
    day, places = day_of(given.as_of), tuple(map(region, given.within)) or regions()
    held = kept_supply.link_table(folder(given.store))
    known = held.filter(_known(held.column("date"), day))
    if not known.num_rows:
        problem = (
            tr("no supply links are held") if not held.num_rows else tr("no supply link is known by {day}", day=day)
        )
        raise BadInputError(problem, remedy=tr("Load some: entrepot supply load FILE."))
    made_at = kept_supply.held(folder(given.store), SUPPLY_FACILITIES)
    who = with_facilities(parties(known), made_at, ones(folder(given.store)))
    screened = screen(
        who.drop_columns("id"),
        lists=given.lists,
        regions=tuple(given.within),
        with_ownership=given.with_ownership,
        ownership_rules=given.ownership_rules,
        as_of=day,
        store=given.store,
        progress=given.progress,
    )
    unsupplied = unsupplied_inputs(_books(folder(given.store), day))
    named = {*known.column("origin").unique().drop_null().to_pylist(), *(u.row.get("origin") for u in unsupplied)}
    origins = {text: _origin(text, places) for text in sorted(named - {None})}
    over = crossing_of(folder(given.store), who.select(["id", "country"]).to_pylist())
    exposed = _exposed(screened, who.column("id").to_pylist())
    asked = Asked(known, exposed, origins, day, _unplaced(who, places), over, unsupplied)
    refused = sum(f["refused"] for f in kept_supply.KEPT.files(folder(given.store)))
    counts = _counts(asked, later=held.num_rows - known.num_rows, refused=refused)
    counts = " ".join([counts, *told_again(folder(given.store))])
    lists = () if screened.run is None else tuple(screened.run.coverage.to_pylist())
    return SupplyAsked(asked, counts, tuple(_of_screening(screened)), lists, rule())


def _books(place: Path, day: date) -> Books:
    """What was supplied, used and asked for, as known on a day; nothing where no file tells of use.

    A store of links alone is not gone through once more.
    """
    lots, recipes = (kept_supply.held_columns(place, c) for c in (SUPPLY_LOTS, SUPPLY_RECIPES))

    def by_day(rows: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
        return that(rows, chosen_by(rows, "date", lambda said: not said or first_day(said) <= day))

    uses = bool(len(recipes) or chosen_by(lots, "act", "used".__eq__).any())
    links, declarations = kept_supply.declared_apart(place) if uses else ((), ())
    files = {f["file_id"]: f["file"] for f in kept_supply.KEPT.files(place)} if uses else {}
    return Books(by_day(links), by_day(declarations), by_day(lots) if uses else (), recipes, (), (), files)


def _unplaced(who: pa.Table, places: Sequence[Region]) -> frozenset[str]:
    """Parties of which nothing tells that they are abroad to every region: no address, and no country or a home one."""
    rows = zip(*(who.column(c).to_pylist() for c in ("id", "address", "country")), strict=True)
    told = {i for i, at, of in rows if at or (of and all(where(of, p) == "abroad" for p in places))}
    return frozenset(who.column("id").to_pylist()) - told


def _counts(asked: Asked, *, later: int, refused: int) -> str:
    sure = sum(e.strength == "certain" for e in asked.exposed.values())
    owned = sum(e.kind == "owned" for e in asked.exposed.values())
    told = [
        tr(
            "{num_rows}. Listed or in the region: {sure}; that may be so: {count}.",
            num_rows=counted(asked.links.num_rows, "link"),
            sure=counted(sure, "party", "parties"),
            count=len(asked.exposed) - sure,
        )
    ]
    if owned:
        told.append(tr("Of these {owned} by their owners alone: nobody lists them.", owned=owned))
    if later:
        told.append(ntr(later, "{count} link is of a later day.", "{count} links are of later days."))
    if refused:
        told.append(
            ntr(
                refused,
                "{count} row of the files was refused and is in no answer.",
                "{count} rows of the files were refused and are in no answer.",
            )
        )
    return " ".join(told)


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


def chosen(product: str | None, made: Network) -> Sequence[int]:
    """The nodes that make a product; without one, all that are supplied to nobody further.

    Raises:
        UnknownNameError: no such product.
    """
    if product is None:
        return made.final
    found = made.making(folded(product))
    if not found:
        named = sorted({str(p) for p in made.links.column("product").unique().to_pylist() if p})
        raise UnknownNameError(
            tr("product of the supply links"), product, named, remedy=tr("See them: entrepot trace --all.")
        )
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
            found.setdefault(party, Exposed("possible", _ground(match), match["kind"]))
            if is_sure and found[party].strength != "certain":
                found[party] = Exposed("certain", _ground(match), match["kind"])
    return found


def _is_certain(match: Mapping[str, Any]) -> bool:
    if match["kind"] in {"region", "owned"}:
        return bool(match["strength"] == "certain")
    if match["kind"] != "listing":
        return False
    is_number = match["basis"] in _NUMBERS
    return is_number or match["name_score"] == 1 or is_same_text(match["party"], match["met_name"])


def _ground(match: Mapping[str, Any]) -> str:
    """Why a party is exposed; it is kept with the answer, so it is English in every language."""
    if match["kind"] == "region":
        return f"placed in {match['place']} by its {match['basis']}, {match['match_id']}"
    if match["kind"] == "owned":
        return f"listed by nobody; {match['section']}, {match['list_id']}, {match['match_id']}"
    score = "" if match["score"] is None else f", score {match['score']:.2f}"
    return f"{match['listed_name']} on {match['list_id']}{score}, {match['match_id']}"


def _origin(text: str, places: Sequence[Region]) -> Place:
    """Where an origin lies: in a region for sure; elsewhere where it is abroad to each; else not known."""
    seen = [find_place(place, text) for place in places]
    if any(s is not None and s.strength == "certain" for s in seen):
        return "region"
    return "elsewhere" if not any(seen) and all(where(text, p) == "abroad" for p in places) else "open"
