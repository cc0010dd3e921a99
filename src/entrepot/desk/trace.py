"""The verbs on supply links: files of them, and what part of a product comes from listed parties or a region."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core import store as stores
from entrepot.core.contract import table
from entrepot.core.errors import BadInputError
from entrepot.core.periods import as_of as day_of
from entrepot.core.words.amounts import counted
from entrepot.core.words.translate import tr
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import check_store, folder, keep, of_held
from entrepot.desk.supply_asked import Given, chosen, supply_asked
from entrepot.desk.supply_parties import joined_again, proposed_said
from entrepot.desk.supply_told_again import told_again
from entrepot.intake.reading_options import SAID, ReadingOptions
from entrepot.tracing.contract import EXPOSURE_LINKS, EXPOSURES, SUPPLY_FILES, SUPPLY_REFUSED
from entrepot.tracing.exposures import exposures
from entrepot.tracing.supply import kept_supply
from entrepot.tracing.supply.read_supply import read_supply

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    import pyarrow as pa

    from entrepot.core.store import Connection
    from entrepot.desk.answer import Progress
    from entrepot.desk.keeping import Store
    from entrepot.desk.supply_asked import SupplyAsked
    from entrepot.tracing.asked_exposure import Exposed
    from entrepot.tracing.supply.read_supply import SupplyFile


_MOST_SHOWN = 5  # rows that were refused are named up to here; `supply refused` lists all


@dataclass(frozen=True, eq=False)
class Traced(Answer):
    """Exposures, and who is exposed.

    Attributes:
        exposed: parties that are listed, owned so or placed in a region, or may be, by id: why.
    """

    exposed: Mapping[str, Exposed] = field(default_factory=dict)


def load_supply(
    file: str | Path,
    *,
    form: str = "links",
    columns: Mapping[str, str] | None = None,
    encoding: str = "",
    sheet: str = "",
    decimal: str = "",
    date_order: str = "",
    store: Store = None,
) -> Answer:
    """Load a file of supply; rows, or events, that cannot be are refused by name, the rest is taken.

    Args:
        file: a table, or events of EPCIS.
        form: what it is read as: links (supplier, buyer), shipments (customs declarations: exporter, importer),
            production (what a maker used and made), bom (bills of material), payments, papers (that
            belong to papers of other files), facilities, epcis.
        columns: our column -> the heading under which the file has it, where they differ.
        encoding: of a text file that is not UTF-8.
        sheet: sheet of a workbook; empty for the first that holds the columns.
        decimal: what begins a fraction, "." or ",", where the file does not show it; empty to find it.
        date_order: dmy or mdy, of days between strokes, where the file does not show it; empty to find it.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        One row under `supply_files`; a second where the file names who made the goods beside who sent them.

    Raises:
        UnreadableFileError: the file cannot be read, or no row of it can be taken.
        UnknownNameError: no such form, or a column is missing.
        StoreError: the store cannot be used.
    """
    check_store(store)
    options = ReadingOptions(encoding, sheet, decimal, date_order)
    read = read_supply(Path(file), columns, options, kind=form, today=day_of(None))
    put = kept_supply.put(folder(store), read)
    more, made = _of_makers(Path(file), read, options, store)
    held = joined_again(folder(store))  # of a file that is held too: a load that was killed may have kept it alone
    if put != "new" and not (held and not put):
        held = (*held, of_held(put))
    again = told_again(folder(store), read.row["file_id"])
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
    return Answer(table(SUPPLY_FILES, [read.row, *more]), (*wrong, *made, *read.row["notes"], *again, *held))


def _of_makers(path: Path, read: SupplyFile, options: ReadingOptions, store: Store) -> tuple[list[Any], list[str]]:
    """The links from who made the goods to who sent them, as a file of their own; its row, and what there is to say."""
    if not read.makers:
        return [], []
    again = read_supply(path, read.makers, options, kind="makers", today=day_of(None))
    named = again.row["links"]
    maker, address = read.makers["supplier"], read.makers["supplier_address"]
    if not named:
        said = tr("{heading} names who made the goods: who sent them, in each row.", heading=maker)
        ours = "exporter_address" if read.row["kind"] == "shipments" else "supplier_address"
        more = tr("What {address} says is not read: --column {ours}={address}.", address=address, ours=ours)
        return [], [f"{said} {more}" if address != SAID else said]
    kept_supply.put(folder(store), again)
    said = tr(
        "{heading} names who made the goods: {links} from them to who sent them, held as {file_id}; what they cost is "
        "not said. To leave them out: entrepot supply remove {file_id}.",
        heading=read.makers["supplier"],
        links=counted(named, "link"),
        file_id=again.row["file_id"],
    )
    return [again.row], [said]


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
    joined_again(folder(store))
    return Answer(
        table(SUPPLY_FILES, [row]), (tr("{file} ({file_id}) is removed.", file=row["file"], file_id=file_id),)
    )


def trace(
    product: str | None = None,
    *,
    everything: bool = False,
    party: str = "",
    ask: bool = False,
    replace: bool = False,
    what_if: str = "",
    stocks: bool = False,
    within: Sequence[str] = (),
    lists: Sequence[str] = (),
    with_ownership: bool = False,
    ownership_rules: Sequence[str] = (),
    as_of: str | date | None = None,
    store: Store = None,
    progress: Progress | None = None,
) -> Answer:
    """Trace products through the supply links that were loaded, to listed parties and to a region.

    Args:
        product: what is made, as the files call it; of every party that makes it.
        everything: every product that is supplied to nobody further.
        party: a firm instead: what ties it to a region, from the record, the lists and your files, each statement with
            its document.
        ask: instead, which document that is not known narrows the share of the product most.
        replace: instead, which supplies cost least to replace so that no links lead from an exposed party to the
            product.
        what_if: instead, LIST:NAME: what would change if this party of the links stood on the list; nothing is kept.
        stocks: instead, the share by what stocks give out first, side by side: fifo, pro rata, worst case.
        within: regions that count; empty for every region under a measure on record.
        lists: lists to screen the parties against, each LIST or LIST@VERSION; empty for all that are held.
        with_ownership: count the parties too that fall under a listing of their owners, by the ownership data loaded.
        ownership_rules: the rules by which they do, such as ofac-50; naming one asks for it.
        as_of: the day: later links and listings are not known; today when None.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
        progress: told (parties screened, parties in all).

    Returns:
        Under `exposures`, the surest and largest first; they are kept in the store for `explain`. Of a firm under
        `firm_ties`; else under `next_documents`, `replaced_supplies`, `exposure_changes` or `stock_exposures`.

    Raises:
        BadInputError: neither a product nor `everything`, or both; two questions at once; no supply links are held.
        UnknownNameError: no such product, list, region or party.
        UnsolvedError: the equations of the shares were not solved: no number is given then.
    """
    given = Given(within, lists, with_ownership, ownership_rules, as_of, store, progress)
    questions = {"party": party, "ask": ask, "replace": replace, "what_if": what_if, "stocks": stocks}
    named = [name for name, value in questions.items() if value]
    if len(named) > 1:
        raise BadInputError(
            tr("{some} and {last}", some=" and ".join(named[:-1]), last=named[-1]),
            remedy=tr("Each is a question of its own: ask one."),
        )
    if named:
        return _instead(questions, product, given, everything=everything)
    held = supply_asked(product, everything=everything, given=given)
    made = exposures(held.asked, partial(chosen, product))
    rows = table(EXPOSURES, made.rows)
    kept = keep(store, partial(_put, rows, table(EXPOSURE_LINKS, made.links)))
    said = (*_said(made.rows, held), *proposed_said(folder(store), _names(held.asked.links)))
    return Traced(rows, (*said, *made.notes, *held.notes, *kept), held.asked.exposed)


def _names(links: pa.Table) -> dict[str, str]:
    """The parties of links, by id."""
    ends = (("supplier_id", "supplier"), ("buyer_id", "buyer"))
    return {i: str(n) for a, b in ends for i, n in zip(*(links.column(c).to_pylist() for c in (a, b)), strict=True)}


def _instead(questions: Mapping[str, Any], product: str | None, given: Given, *, everything: bool) -> Answer:
    """The answer to the one question that was asked in place of the exposure."""
    from entrepot.desk import trace_next
    from entrepot.desk.trace_party import trace_party

    if questions["party"]:
        if product or everything or given.with_ownership or given.ownership_rules:
            thing = tr("party beside a product, everything or ownership")
            raise BadInputError(thing, remedy=tr("A firm is looked up by itself: leave out one of them."))
        return trace_party(questions["party"], given)
    if questions["what_if"]:
        return trace_next.trace_what_if(questions["what_if"], product, given, everything=everything)
    if questions["stocks"]:
        return trace_next.trace_stocks(product, given, everything=everything)
    if product is None or everything:
        thing = tr("{which} without one product", which=tr("ask") if questions["ask"] else tr("replace"))
        raise BadInputError(thing, remedy=tr("Name the product: entrepot trace --all lists them."))
    return (trace_next.trace_documents if questions["ask"] else trace_next.trace_supplies)(product, given)


def _put(rows: Any, links: Any, con: Connection) -> None:
    stores.keep_shown(con, EXPOSURES.name, "exposure_id", rows)
    stores.keep(con, EXPOSURE_LINKS, links)


def _said(rows: Iterable[Mapping[str, Any]], held: SupplyAsked) -> Iterable[str]:
    told = [r["touches"] for r in rows]
    yes, maybe, no = (told.count(x) for x in ("yes", "cannot_be_excluded", "no"))
    products = counted(len(told), "product")
    yield tr(
        "{products} as of {day}: {yes} touched, {maybe} cannot be excluded, {no} not touched.",
        products=products,
        day=held.asked.day,
        yes=yes,
        maybe=maybe,
        no=no,
    )
    yield held.counts
    yield tr("A share ranks products and clears none: the presumption asks for any amount. Not legal advice.")
