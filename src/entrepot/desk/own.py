"""The verbs on ownership: files of it, and whether parties fall under the listings of their owners."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core import store as stores
from entrepot.core.contract import table
from entrepot.core.document.hinted import hinted
from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.periods import as_of as day_of
from entrepot.core.words.translate import ntr, tr
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import check_store, folder, keep, of_held
from entrepot.desk.owners_met import owners_met
from entrepot.intake.reading_options import ReadingOptions
from entrepot.lists import shelf
from entrepot.lists.in_force import list_ids
from entrepot.ownership import kept_links
from entrepot.ownership.contract import OWNERSHIP_FILES, OWNERSHIP_VERDICTS, VERDICT_LINKS
from entrepot.ownership.formats.links_draft import folded
from entrepot.ownership.listed_owners import listed_owners, unheld_entries
from entrepot.ownership.near_owners import FALSE, behind, near_owners
from entrepot.ownership.owned_parties import owned_parties
from entrepot.ownership.ownership_rules import lists_of, rule_on
from entrepot.ownership.read_links import read_links
from entrepot.ownership.verdicts.owned_names import is_controlled_alone
from entrepot.ownership.verdicts.verdicts import Asked, verdicts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from entrepot.core.store import Connection
    from entrepot.desk.answer import Progress
    from entrepot.desk.keeping import Store
    from entrepot.ownership.owned_parties import OwnedParties
    from entrepot.ownership.verdicts.verdicts import Verdicts

_KEPT = 5  # answers are worded in the time in which one is put into the table and kept, measured on 32,608
_MOST_SHOWN = 5  # rows that were refused are named up to here
_MOST_COMPARED = 2_000  # names that a mistyped one is compared with: beyond it a person waits for a message


def load_ownership(
    file: str | Path,
    *,
    form: str | None = None,
    columns: Mapping[str, str] | None = None,
    encoding: str = "",
    sheet: str = "",
    store: Store = None,
) -> Answer:
    """Load a file of ownership data; of one's own table a row that cannot be is refused by number, the rest is taken.

    Args:
        file: a table of one's own (owner, owned, share), BODS 0.4, the UK's PSC snapshot, GLEIF's relationship records
            (CSV, XML) or OFAC's sdn.csv, for its Linked To.
        form: its format; None to find it.
        columns: our column -> the heading under which a table of one's own has it, where they differ; = and a value
            where the file has no such column and all its rows are of that value.
        encoding: of a text file that is not UTF-8.
        sheet: sheet of a workbook; empty for the first that holds the columns.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        One row under `ownership_files`.

    Raises:
        UnreadableFileError: the file is none of these, no row of it can be, or rows cannot be together (two shares of
            one stake on a day, more than the whole), with rows and remedy; nothing is kept then.
        BadInputError: columns are named of a publisher's format, which has its own.
        UnknownNameError: no such format, or a column is missing.
        StoreError: the store cannot be used.
    """
    check_store(store)
    read = read_links(Path(file), form or "", ReadingOptions(encoding, sheet), today=day_of(None), columns=columns)
    put = kept_links.put(folder(store), read)
    held = () if put == "new" else (of_held(put),)
    return Answer(table(OWNERSHIP_FILES, [read.row]), (*_refused(read.row), *read.row["notes"], *held))


def _refused(row: dict[str, Any]) -> list[str]:
    """The first rows that were refused, and where all stand."""
    rows = row["refused_rows"] or []
    told = [tr("Refused: {said}", said=said) for said in rows[:_MOST_SHOWN]]
    if len(rows) > _MOST_SHOWN:
        told.append(tr("All {count}: entrepot own files --format json, under refused_rows.", count=len(rows)))
    return told


def ownership_files(*, store: Store = None) -> Answer:
    """The files of ownership data that are held.

    Args:
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Under `ownership_files`, oldest first.
    """
    return Answer(table(OWNERSHIP_FILES, kept_links.KEPT.files(folder(store))))


def remove_ownership(file_id: str, *, store: Store = None) -> Answer:
    """Remove a file of ownership data, and all that was read of it.

    Args:
        file_id: the file, as `ownership_files` names it.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        The file that was removed, one row under `ownership_files`.

    Raises:
        UnknownNameError: no such file is held.
    """
    row = kept_links.KEPT.remove(folder(store), file_id)
    return Answer(
        table(OWNERSHIP_FILES, [row]), (tr("{file} ({file_id}) is removed.", file=row["file"], file_id=file_id),)
    )


def own(
    party: str | None = None,
    *,
    everyone: bool = False,
    rule: str = "ofac-50",
    as_of: str | date | None = None,
    lists: Sequence[str] = (),
    store: Store = None,
    progress: Progress | None = None,
) -> Answer:
    """Tell whether a party falls under a listing of its owners, by the owners on record.

    Args:
        party: its id or its name in the ownership data.
        everyone: every party of which listed or blocked owners hold, or can hold, some part, or that they control.
        rule: ofac-50, bis-affiliates, eu-50 or uk-50; ofac, bis, eu or uk is enough.
        as_of: the day; today when None.
        lists: lists whose parties count as listed, instead of those of the rule.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
        progress: told (steps done, steps in all): an answer worded is one, and keeping all of them is a fifth of that.

    Returns:
        Under `ownership_verdicts`, blocked first; they are kept in the store for `explain`.

    Raises:
        BadInputError: neither a party nor `everyone`, or both; no list of the rule is held.
        UnknownNameError: no such rule, list or party.
    """
    if (party is None) == (not everyone):
        remedy = tr("Give the party's name or id, or --all.")
        raise BadInputError(tr("which party is not said") if party is None else tr("a party and --all"), remedy=remedy)
    check_store(store)
    asked, said = asked_of(folder(store), rule, day_of(as_of), lists, party)
    places = None if party is None else _named(asked.held, party)
    made = verdicts(asked, places, None if progress is None else partial(_worded, progress))
    kept = keep(store, partial(put_verdicts, made)) if made.rows.num_rows else ()
    if progress is not None and (count := made.rows.num_rows):
        progress(count + count // _KEPT, count + count // _KEPT)
    is_any_held = bool(kept_links.KEPT.files(folder(store)))
    return Answer(made.rows, (*kept, *said, *_said(made, asked, is_any_held=is_any_held)))


def _worded(progress: Progress, done: int, total: int) -> None:
    """Tell how many answers are worded, of what they take with keeping them."""
    progress(done, total + total // _KEPT)


def no_file_loaded() -> BadInputError:
    """The refusal of a question about owners in a store that holds no file of ownership data."""
    return BadInputError(
        tr("no file of ownership data is loaded: who owns whom is not known"),
        remedy=tr("Load one: entrepot own load FILE."),
    )


def asked_of(
    place: Path, rule: str, day: date, lists: Sequence[str] = (), party: str | None = None, *, instead: str = ""
) -> tuple[Asked, tuple[str, ...]]:
    """Parties, links and listings of a store under a rule on a day, and what a reader must know of them.

    Args:
        place: the store.
        rule: the rule.
        day: the day.
        lists: lists whose parties count as listed, instead of those of the rule.
        party: the party that is asked for: only those that stand behind it are held against the lists by their names;
            None for all.
        instead: how another list's parties are counted, as `lists_of` takes it.

    Raises:
        UnknownNameError: no such rule, list or party.
        BadInputError: no list of the rule is held.
    """
    state = rule_on(rule, day)
    data = shelf.listings(place, tuple(lists), day)
    used = shelf.plain(lists) if lists else lists_of(state, list_ids(data), instead)
    files = kept_links.KEPT.files(place)
    held = owned_parties(*kept_links.held_links(place), {f["file_id"] for f in files if f["format"] == "table"})
    listed = listed_owners(held, data, used, day)
    owners = behind(held, None if party is None else _named(held, party))
    asked_by_name = [p for p in owners if not any(t.is_sure for t in listed.get(p, ()))]
    met, said_of_ledger = owners_met(place, held, asked_by_name, lists or used, day)
    listed, near = near_owners(held, listed, met, data, day)
    instead = tr(", instead of {lists}", lists=", ".join(state.row["lists"])) if lists else ""
    absent = [n for n in state.row["lists"] if n not in used] if not lists else []
    notes = [
        tr(
            "Listed are the parties of {used}{instead}: {count} of them are in the ownership data.",
            used=", ".join(used),
            instead=instead,
            count=len(listed),
        )
    ]
    notes += [
        hinted(
            tr("{n} is not held: its parties do not count.", n=n),
            tr("Load it: entrepot lists load FILE --as {n}.", n=n),
        )
        for n in absent
    ]
    notes += [*_near_said(len(near), sum(m.state == FALSE for m in met)), *said_of_ledger]
    notes += _names_said(held)
    notes += _unheld_said(unheld_entries(held, data, shelf.plain(lists)))
    if not files:
        said = tr("No file of ownership data is loaded: only the links that the record knows itself are judged.")
        notes.append(hinted(said, tr("Load one: entrepot own load FILE.")))
    refused = sum(f["refused"] or 0 for f in files)
    if refused:
        said = ntr(
            refused,
            "{count} row of the ownership files was refused when it was loaded and is in no verdict: who is not "
            "blocked may be by it.",
            "{count} rows of the ownership files were refused when they were loaded and are in no verdict: who is not "
            "blocked may be by one of them.",
        )
        notes.append(hinted(said, tr("entrepot own files tells them; correct and load again.")))
    return Asked(held, listed, state, day, near), (*notes, *data.notes)


def _names_said(held: OwnedParties) -> list[str]:
    """How many names without an id are taken for the party of that name that has one, and which are several's."""
    said: list[str] = []
    if held.joined:
        names = [held.names[held.by_id[party]] for party in held.joined.values()]
        said.append(
            ntr(
                len(names),
                "{count} name without an id is taken for the only party of that name that has one: {shown}.",
                "{count} names without an id are each taken for the only party of that name that has one: {shown}.",
                shown=_shown(names),
            )
        )
    if held.apart:
        told = ntr(
            len(held.apart),
            "{count} name without an id is that of several parties with one, so it is followed as another: {shown}.",
            "{count} names without an id are each that of several parties with one, so they are followed as others: "
            "{shown}.",
            shown=_shown(held.apart),
        )
        said.append(hinted(told, tr("Give their ids in owner_id and owned_id, and load the file again.")))
    return said


def _shown(names: Sequence[str], between: str = "; ") -> str:
    return between.join(names[:_MOST_SHOWN]) + (f"{between}…" if len(names) > _MOST_SHOWN else "")


def _unheld_said(unheld: Sequence[str]) -> list[str]:
    """How many ids are written as a list's entries are and name none that is held; the first of them."""
    if not unheld:
        return []
    shown = _shown(unheld, ", ")
    said = ntr(
        len(unheld),
        "{count} id of the ownership data looks like an entry of a list and names none that is held, so it ties "
        "nobody: {shown}.",
        "{count} ids of the ownership data look like entries of a list and name none that is held, so they tie "
        "nobody: {shown}.",
        shown=shown,
    )
    return [hinted(said, tr("Correct them, or load the list: entrepot lists load FILE --as LIST."))]


def _near_said(near: int, refuted: int) -> list[str]:
    """How many owners have a name near a listed one, how they are confirmed, and how many names were decided false."""
    said: list[str] = []
    if near:
        told = ntr(
            near,
            "{count} of the parties held against the lists is tied to none and has a name near a listed one: verdicts "
            "that turn on it are to confirm.",
            "{count} of the parties held against the lists are tied to none and have a name near a listed one: "
            "verdicts that turn on them are to confirm.",
        )
        way = tr(
            "To confirm or refute: entrepot screen FILE --out RESULTS with the owners' names, then entrepot review "
            "RESULTS --decide CASE=true or CASE=false --why TEXT; own reads the ledger. A table of your own may name "
            "the entry in the column owner_id."
        )
        said.append(hinted(told, way))
    if refuted:
        said.append(
            ntr(
                refuted,
                "{count} name near a listed one was decided false and is left out.",
                "{count} names near a listed one were decided false and are left out.",
            )
        )
    return said


def _named(held: OwnedParties, party: str) -> Sequence[int]:
    """The places of a party by its id or its name.

    Raises:
        UnknownNameError: it is not in the ownership data.
    """
    if (place := held.by_id.get(party)) is not None:
        return (place,)
    if places := held.by_name.get(folded(party)):
        return places
    word = folded(party)[:4]
    near = [n for n in held.names if folded(n).startswith(word)][:_MOST_COMPARED]
    remedy = tr("What is in no ownership file is not judged: load one with entrepot own load FILE.")
    raise UnknownNameError(tr("party of the ownership data"), party, near or held.names[:_MOST_COMPARED], remedy=remedy)


def put_verdicts(made: Verdicts, con: Connection) -> None:
    """Keep verdicts, and the links under them, for `explain`."""
    stores.keep_shown(con, OWNERSHIP_VERDICTS.name, "ownership_id", made.rows)
    stores.keep(con, VERDICT_LINKS, made.links)


def _said(made: Verdicts, asked: Asked, *, is_any_held: bool) -> tuple[str, ...]:
    """Counts, the rule, and what the answer does not mean."""
    told = made.rows.column("verdict").to_pylist()
    counts = ", ".join(f"{told.count(v)} {v.replace('_', ' ')}" for v in dict.fromkeys(told))
    row = asked.rule.row
    notes = [
        ntr(
            len(told),
            "{count} party by {title} as of {day}: {counts}.",
            "{count} parties by {title} as of {day}: {counts}.",
            title=row["title"],
            day=asked.day,
            counts=counts or (tr("none has a listed owner on record") if is_any_held else tr("nobody is judged")),
        ),
        tr("The rule: {citation}. Verified: {verified}.", citation=row["citation"], verified=row["verified"]),
    ]
    cells = made.rows.select(["by_shares", "basis", "controlled_by"]).to_pylist()
    if apart := sum(map(is_controlled_alone, cells)):
        said = ntr(
            apart,
            "{count} party that is not blocked by what the rule counts is controlled otherwise by a listed or blocked "
            "one (controlled_by): {control}",
            "{count} parties that are not blocked by what the rule counts are controlled otherwise by a listed or "
            "blocked one (controlled_by): {control}",
            control=row["control"],
        )
        notes.append(said)
    if made.disagree:
        notes.append(
            tr(
                "{disagree} stakes are said otherwise by another file: read as from the one to the other.",
                disagree=made.disagree,
            )
        )
    if made.doubled:
        notes.append(
            ntr(
                made.doubled,
                "{count} party has several owners that are tied to one listing and may be one that is said twice: "
                "their stakes count as from the largest of them to their sum.",
                "{count} parties have several owners that are tied to one listing and may be one that is said twice: "
                "their stakes count as from the largest of them to their sum.",
            )
        )
    notes.append(
        tr("Not blocked is said by the owners on record alone: who owns the rest is not known. Not legal advice.")
    )
    return tuple(notes)
