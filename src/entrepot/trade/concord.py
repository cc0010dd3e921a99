"""Flows of one edition of the Harmonized System in the codes of another: applied when asked, never on reading.

To an older edition codes add up: 8541.42 and 8541.43 of 2022 are 8541.40 of 2017 (with 8541.41 and 8541.49). To a
newer one a code that was split has no single successor, and the flows of its successors are added instead, so that both
sides of the change hold the same goods; the code of such a row is its parts joined by `&`. What was joined, and how
much of the value it is, stands beside the table.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import Column, Contract
from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.units import counted
from entrepot.core.words.translate import tr
from entrepot.trade.contract import CONCORDANCES, TRADE_FLOWS, VINTAGES
from entrepot.trade.loading.draft import FIGURES
from entrepot.vocabulary import goods

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl
    import pyarrow as pa

CONCORDED = Contract(
    name="concorded_codes",
    meaning="Codes that a concordance changed, and how much of the value they are.",
    grain=("before", "after"),
    columns=(
        Column("before", "text", "the code as printed"),
        Column("after", "text", "the code in the other edition; parts of a split code are joined by &"),
        Column("relation", "text", "how they relate", allowed=("renamed", "added", "split")),
        Column(
            "left_out", "texts", "successors in other headings, which took a part that cannot be told and is not added"
        ),
        Column("rows", "integer", "rows with the code", low=1),
        Column("value_usd", "number", "their value", unit="USD", low=0, absent=("not_reported",)),
        Column(
            "share", "number", "of the value of all rows without totals", unit="share", low=0, absent=("not_reported",)
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a code: the code wanted, how they relate, and the successors that are not added."""

    after: str
    relation: str
    left_out: tuple[str, ...] = ()


HELD = ("HS2017", "HS2022")  # the change that the vocabulary holds, code by code
UNKNOWN = "unknown"  # the edition of a row of which nobody said it
_NAMED = 5  # codes in a sentence
_HEADING = 4  # digits of a heading of the Harmonized System
_ORDER = ("product", "exporter", "importer", "period", "reporter", "flow")


@dataclass(frozen=True, slots=True)
class Concorded:
    """Flows in the codes of one edition.

    Attributes:
        table: under the contract `trade_flows`.
        codes: under the contract `concorded_codes`.
        split_share: the share of the value under codes that have no single successor.
    """

    table: pa.Table
    codes: pa.Table
    split_share: float


def concord(
    table: pa.Table, to: str, pairs: Mapping[str, tuple[str, ...]] | None = None, since: str = "HS2017"
) -> Concorded:
    """Bring flows to one edition of the HS.

    Args:
        table: under the contract `trade_flows`, of the two editions that the concordance joins.
        to: the edition wanted.
        pairs: code of the older edition to those of the newer; the one that is held (2017 to 2022) when None.
        since: the older edition of `pairs`.

    Raises:
        UnknownNameError: no such edition.
        BadInputError: rows of an edition that the concordance does not reach.
    """
    import polars as pl

    from entrepot.core import contract

    if to not in VINTAGES:
        raise UnknownNameError(tr("edition of the HS"), to, VINTAGES)
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    older = since if to != since else None
    _reach(frame, to, older, held=pairs is None)
    changes = _changes(frame, pairs or held_pairs(), to, older)
    done = _joined(frame, changes, to)
    told = _told(frame, changes)
    split = sum(r["share"] or 0.0 for r in told if r["relation"] == "split")
    checked = contract.check(TRADE_FLOWS, done.select(TRADE_FLOWS.names).to_arrow())
    return Concorded(checked, contract.table(CONCORDED, told), float(split))


def to_edition(table: pa.Table, to: str) -> tuple[pa.Table, tuple[str, ...]]:
    """Flows brought to one of the editions whose change is held, as far as that reaches, and what was done in words.

    Args:
        table: under the contract `trade_flows`; rows of other editions stay as they are.
        to: HS2017 or HS2022.

    Raises:
        UnknownNameError: another edition.
        BadInputError: no row is of either.
    """
    import polars as pl

    if to not in HELD:
        raise UnknownNameError(tr("edition of the HS that flows can be brought to"), to, HELD)
    frame, named = _by_code(pl.DataFrame(table))
    reached = pl.col("hs_vintage").is_in(HELD)
    if not frame.select(reached.any()).item():
        found = ", ".join(frame["hs_vintage"].unique().sort().to_list())
        raise BadInputError(
            tr("no row is of an edition that the concordance joins"),
            found=found,
            allowed=", ".join(HELD),
            remedy=tr(
                'Say in a map, --map FILE.toml, of which edition the codes are: [fixed], then vintage = "{newer}" or '
                '"{older}".',
                newer=HELD[-1],
                older=HELD[0],
            )
            if found == UNKNOWN
            else "",
        )
    done = concord(frame.filter(reached).to_arrow().cast(table.schema), to)
    others = frame.filter(~reached)
    whole = pl.concat([pl.DataFrame(done.table), others]).sort(*_ORDER)
    share = f"{done.split_share:.1%} of the value has no single successor"
    told = [f"{counted(done.codes.num_rows, 'code')} brought to {to}; {share}.", *named]
    if others.height:
        editions = ", ".join(others["hs_vintage"].unique().sort().to_list())
        stay, them = ("stays as it is", "it") if others.height == 1 else ("stay as they are", "them")
        left = f"{counted(others.height, 'row')} of {editions} {stay}"
        held = editions == UNKNOWN
        why = (
            tr("no code says of which edition") if held else tr("the concordance held does not reach {them}", them=them)
        )
        told.append(f"{left}: {why}.")
    return whole.to_arrow().cast(table.schema), tuple(told)


def _by_code(frame: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Rows of an edition that nobody said, under that of their code where only one edition has it; and which, in words.

    A code that the change dropped is of the older edition, from its first year on. One of a heading that the change
    made is of the newer. Any other near successor is so where the reporter's own rows show the change: none before it,
    and some of the code dropped.
    """
    import polars as pl

    pairs = held_pairs()
    since = HELD[1].removeprefix("HS")
    headings: dict[str, set[str]] = {}
    for code in goods.known():
        if len(code) == goods.SUBHEADING:
            headings.setdefault(code[:_HEADING], set()).add(code)
    after = {a for successors in pairs.values() for a in successors}
    made = {h for h, codes in headings.items() if codes <= after}
    open_to = pl.col("hs_vintage") == UNKNOWN
    product, year = pl.col("product"), pl.col("period").str.slice(0, 4)
    sides = ["reporter", "flow"]
    links = pl.DataFrame(
        [(b, a) for b, successors in nearest_of(pairs).items() for a in successors],
        schema={"before": pl.String, "after": pl.String},
        orient="row",
    )
    mine = frame.filter(open_to).select(*sides, "product", year.alias("year")).unique()
    old = mine.filter(pl.col("year") < since).join(links, left_on="product", right_on="before")
    shown = old.select(*sides, pl.col("after").alias("product")).unique()
    shown = shown.join(mine.filter(pl.col("year") < since), on=[*sides, "product"], how="anti")
    marked = frame.join(shown.with_columns(shown=True), on=[*sides, "product"], how="left", maintain_order="left")
    newer = product.is_in(sorted(a for a in after if a[:_HEADING] in made)) | pl.col("shown").fill_null(value=False)
    older = product.is_in(sorted(pairs)) & (year >= HELD[0].removeprefix("HS"))
    edition = pl.when(open_to & older).then(pl.lit(HELD[0])).when(open_to & newer & (year >= since))
    marked = marked.with_columns(edition=edition.then(pl.lit(HELD[1])))
    named = marked.filter(pl.col("edition").is_not_null())
    if not named.height:
        return frame, ()
    codes = named["product"].unique().sort().to_list()
    listed = ", ".join(codes[:_NAMED]) + (", …" if len(codes) > _NAMED else "")
    said = tr(
        "{rows} of no edition said, by codes that only one edition has: {listed}.",
        rows=counted(named.height, "row"),
        listed=listed,
    )
    done = marked.with_columns(pl.coalesce("edition", "hs_vintage").alias("hs_vintage")).select(frame.columns)
    return done, (said,)


def held_pairs() -> dict[str, tuple[str, ...]]:
    """Codes of HS 2017 that HS 2022 dropped, with their successors; national lines from data/concordances.csv."""
    return goods.replaced() | {r["before"]: tuple(r["after"]) for r in packaged_rows(CONCORDANCES)}


def _reach(frame: pl.DataFrame, to: str, older: str | None, *, held: bool) -> None:
    there = set(frame["hs_vintage"].unique().to_list())
    reached = {*HELD} if held else {to, *([older] if older else there)}
    if to not in reached or not there <= reached:
        beyond = sorted(there - reached) or [to]
        raise BadInputError(
            tr("the concordance does not reach every row"),
            found=", ".join(beyond),
            allowed=", ".join(sorted(reached)),
            remedy=tr("Give the pairs of codes for that change, or leave those rows out."),
        )


def _changes(
    frame: pl.DataFrame, pairs: Mapping[str, tuple[str, ...]], to: str, older: str | None
) -> dict[tuple[str, str], Change]:
    """(edition, code) of the table to the code wanted, its relation, and the successors left out."""
    found: dict[tuple[str, str], Change] = {}
    here = set(zip(frame["hs_vintage"], frame["product"], strict=True))
    nearest = nearest_of(pairs)
    for before, all_after in pairs.items():
        near = nearest[before]
        left = tuple(a for a in all_after if a not in near)
        if older is None:
            for after in near:
                newer = next((v for v, p in here if p == after and v > to), None)
                if newer:
                    found[newer, after] = Change(before, "renamed" if len(near) == 1 else "added")
        elif (older, before) in here:
            joint = "&".join(near)
            relation = "renamed" if len(near) == 1 and not left else "split"
            found[older, before] = Change(joint, relation, left)
            if len(near) > 1:
                found |= {(to, after): Change(joint, "added") for after in near if (to, after) in here}
    return found


def nearest_of(pairs: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Of each code the successors that hold its goods: those of its heading, else those that fewest codes became.

    A part of many goods (a screen, in 2022, of whatever it is built into) went from all of them to one code, that may
    have stood before; what such a code holds is none of theirs.
    """
    came = Counter(a for successors in pairs.values() for a in successors)
    out = {}
    for before, successors in pairs.items():
        fewest = min((came[a] for a in successors), default=0)
        same = tuple(a for a in successors if a[:_HEADING] == before[:_HEADING])
        out[before] = same or tuple(a for a in successors if came[a] == fewest)
    return out


def _joined(frame: pl.DataFrame, changes: dict[tuple[str, str], Change], to: str) -> pl.DataFrame:
    """The rows under their new codes; those that meet in one are added, a part without a figure leaving none."""
    import polars as pl

    codes = _frame(changes)
    renamed = frame.join(codes, on=["hs_vintage", "product"], how="left", maintain_order="left")
    renamed = renamed.with_columns(
        pl.coalesce("after", "product").alias("product"), pl.lit(to).alias("hs_vintage"), pl.col("after").is_not_null()
    )
    keys, numbers = list(TRADE_FLOWS.grain), list(FIGURES)
    same_unit = pl.col("quantity_unit").n_unique() == 1
    sums = [pl.when(pl.col(n).null_count() == 0).then(pl.col(n).sum()).alias(n) for n in numbers if n != "quantity"]
    quantity = pl.when((pl.col("quantity").null_count() == 0) & same_unit).then(pl.col("quantity").sum())
    rest = [pl.col(c).first() for c in frame.columns if c not in {*keys, *numbers}]
    changed = renamed.filter("after").group_by(keys, maintain_order=True).agg(*sums, quantity.alias("quantity"), *rest)
    whole = pl.concat([renamed.filter(~pl.col("after")).select(frame.columns), changed.select(frame.columns)])
    return whole.sort(*_ORDER)


def _frame(changes: dict[tuple[str, str], Change]) -> pl.DataFrame:
    import polars as pl

    rows = [(vintage, code, change.after) for (vintage, code), change in changes.items()]
    names = {"hs_vintage": pl.String(), "product": pl.String(), "after": pl.String()}
    return pl.DataFrame(rows, schema=names, orient="row")


def _told(frame: pl.DataFrame, changes: dict[tuple[str, str], Change]) -> list[dict[str, Any]]:
    """What was changed, by code."""
    import polars as pl

    plain = ~pl.any_horizontal(pl.col("product", "exporter", "importer").str.starts_with("+"))
    whole = float(frame.filter(plain)["value_usd"].sum())
    told: list[dict[str, Any]] = []
    for (vintage, code), change in sorted(changes.items(), key=lambda item: item[0]):
        mine = frame.filter((pl.col("hs_vintage") == vintage) & (pl.col("product") == code))
        counted = float(mine.filter(plain)["value_usd"].sum())
        row = {"before": code, "after": change.after, "relation": change.relation, "left_out": list(change.left_out)}
        figures = {"rows": mine.height, "value_usd": float(mine["value_usd"].sum())}
        told.append(row | figures | {"share": counted / whole if whole else None})
    return told
