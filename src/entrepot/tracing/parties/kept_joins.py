"""Joins in the store: made anew whenever a file comes or goes or a person decides, and read with every row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from entrepot.core import store
from entrepot.core.contract import arrow_schema, table
from entrepot.core.store.store_reading import in_one_reading, reading
from entrepot.tracing.parties.contract import PROPOSED, SUPPLY_JOINS
from entrepot.tracing.parties.joins import MOST_NAMES, joins, rows
from entrepot.tracing.parties.named_parties import PLACES, dealt, mentions, told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    from entrepot.core.contract import Contract
    from entrepot.core.store.whole_files import WholeFiles
    from entrepot.tracing.parties.joins import Join
    from entrepot.tracing.parties.named_parties import Mention


class Found(NamedTuple):
    """What was found: the parties by id, and joins under SUPPLY_JOINS."""

    parties: dict[str, Mention]
    rows: list[dict[str, Any]]


class Held(NamedTuple):
    """The parties of the files that are held, by id; where they are too many to be read, those of decisions alone."""

    parties: dict[str, Mention]
    are_all: bool


@in_one_reading
def parties(folder: Path, kept_files: WholeFiles) -> Held:
    """The parties of all files that are held; of too many those that a person joined or split, which stay so."""
    import polars as pl

    held = {c.name: kept_files.held(folder, c) for c in kept_files.tables if c.name in PLACES}
    named = told(held)
    if named.get_column("id").n_unique() <= MOST_NAMES:
        return Held(mentions(named.to_dicts(), dealt(held)), are_all=True)
    asked = {r[who] for r in kept(folder) if r["way"] == "decision" for who in ("party_id", "other_id")}
    few = named.filter(pl.col("id").is_in(sorted(asked)))
    return Held(mentions(few.to_dicts(), dealt(held) if asked else ()), are_all=False)


def found(
    held: Mapping[str, Mention], decided: Mapping[str, bool], asked: Sequence[Join] = (), *, search: bool
) -> Found:
    """Joins of the parties that are held.

    Args:
        held: the parties.
        decided: join_id -> whether a person said that they are one.
        asked: pairs that a person decided whatever their names say.
        search: look for names that are alike too.
    """
    made = {j.join_id: j for j in (*joins(held, decided, search=search), *asked)}
    return Found(dict(held), rows(made.values(), held))


def put(folder: Path, made: Sequence[Mapping[str, Any]]) -> None:
    """Keep joins in place of those that were kept; proposed ones join nothing and are not kept.

    Raises:
        StoreError: the store cannot be used.
    """
    data = table(SUPPLY_JOINS, [dict(r) for r in made if r["state"] != PROPOSED])
    with store.opened(folder) as con:
        con.execute('DELETE FROM "supply_joins"')
        con.register("incoming", data)
        con.execute('INSERT INTO "supply_joins" BY NAME SELECT * FROM incoming')
        con.unregister("incoming")


def kept(folder: Path) -> list[dict[str, Any]]:
    """The joins that are kept: joined ones, and those that a person split."""
    if not store.is_there(folder):
        return []
    with reading(folder) as con:
        found: pa.Table = con.sql('SELECT * FROM "supply_joins" ORDER BY join_id').to_arrow_table()
    made: list[dict[str, Any]] = found.cast(arrow_schema(SUPPLY_JOINS)).to_pylist()
    return made


def ones(folder: Path) -> dict[str, str]:
    """Id of a party -> the id that stands for its firm, of those that are joined."""
    return {r[who]: r["one_id"] for r in kept(folder) if r["one_id"] for who in ("party_id", "other_id")}


def ids_in_place(folder: Path, contract: Contract) -> tuple[list[str], dict[str, str]]:
    """The columns of a table that hold ids of parties, and as `ones` what stands in place of such an id."""
    columns = [who for who, *_ in PLACES.get(contract.name, ()) if who]
    return columns, ones(folder) if columns else {}


def joined(folder: Path, contract: Contract, data: pa.Table) -> pa.Table:
    """Rows of a table with one id a firm; names stay as the files write them.

    Args:
        folder: the store.
        contract: of the table.
        data: its rows.
    """
    columns, one = ids_in_place(folder, contract)
    if not one:
        return data
    import polars as pl

    frame = pl.DataFrame(pl.from_arrow(data)).with_columns(pl.col(c).replace(one) for c in columns)
    return frame.to_arrow().cast(data.schema)
