"""All that was loaded, as the rules read it: each statement with its document and its place."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from entrepot.tracing.balance.quantity_range import measured
from entrepot.tracing.balance.yields import stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from entrepot.tracing.balance.quantity_range import Measured

Row: TypeAlias = dict[str, Any]
LotAt: TypeAlias = tuple[str, str]  # a lot and the party that has it
Step: TypeAlias = tuple[str, str]  # a party and its step of making


@dataclass(frozen=True, slots=True, eq=False)
class Books:
    """What files of supply say.

    Attributes:
        links: supplies, without those that declarations say.
        declarations: supplies as customs were told, each with its invoice, lot and code.
        lots: acts on lots.
        recipes, payments, facilities: under their contracts.
        files: name of each file by its id.
        papers: that belong to papers of other files; the rules do not read them.
    """

    links: Sequence[Row]
    declarations: Sequence[Row]
    lots: Sequence[Row]
    recipes: Sequence[Row]
    payments: Sequence[Row]
    facilities: Sequence[Row]
    files: Mapping[str, str]
    papers: Sequence[Row] = ()
    _recipes: dict[tuple[str, str], list[Row]] = field(init=False, default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for row in self.recipes:
            self._recipes[folded(row["product"]), folded(row["material"])].append(row)

    def recipes_of(self, product: str | None, material: str | None) -> Sequence[Row]:
        """The rows of bills of material that say how much of a material goes into a product."""
        return self._recipes.get((folded(product), folded(material)), ())

    @property
    def steps(self) -> dict[Step, list[Row]]:
        """The lots that each step used and made."""
        return steps_of(self.lots)


def steps_of(lots: Iterable[Row]) -> dict[Step, list[Row]]:
    """The lots that each step used and made."""
    found: dict[Step, list[Row]] = defaultdict(list)
    for row in lots:
        if row["step"] and row["act"] in {"used", "made"}:
            found[row["party_id"] or "", row["step"]].append(row)
    return found


def by_lot(lots: Iterable[Row]) -> dict[str, list[Row]]:
    """What is said of each lot that has a number, whoever has it; met and ended say no amount that is compared."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in lots:
        if row["lot"] and row["act"] in {"used", "made", "supplied"}:
            found[folded(row["lot"])].append(row)
    return found


def folded(text: str | None) -> str:
    """A number or a name as two rows are held to mean the same by it."""
    return " ".join((text or "").casefold().split())


def place(row: Row) -> tuple[str, int]:
    """Where a row stands."""
    return row["file_id"], row["row"]


def amount(row: Row) -> Measured | None:
    """The quantity of a row."""
    return measured(row["quantity"], row["unit"])


def amounts(rows: Iterable[Row]) -> list[Measured] | None:
    """The quantities of rows; None where one of them has none that can be compared."""
    found = [amount(r) for r in rows]
    return None if None in found else [m for m in found if m is not None]


def stage_of(row: Row) -> str | None:
    """The stage of what a row is about."""
    return stage(row["material"])
