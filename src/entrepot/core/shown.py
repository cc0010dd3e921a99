"""The register of what can be shown: each kind of row with its contract, its key, and what explains it.

A room adds its kinds as `SHOWN` in its contract.py; core names none. What is kept in the store, and what `explain`
opens, goes by this register alone, so that a new kind touches neither store nor desk nor command line. See
docs/design/19-evidence.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.core.contract import Contract

_PACKAGE = __name__.partition(".")[0]

Row = dict[str, Any]


class Look(Protocol):
    """Where what explains a row finds what the row rests on."""

    @property
    def sources(self) -> Mapping[str, Mapping[str, Any]]:
        """The register by source id."""

    def row(self, table: str, key: str) -> Row | None:
        """The row of a table of the record by its key; None where it is gone."""

    def rows(self, key: str) -> Sequence[tuple[str, Row]]:
        """The rows of any table of the record with a key."""

    def grounds(self, finding_id: str) -> Sequence[Row]:
        """The rows of `grounds` of a finding."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A kind of row that is shown.

    Attributes:
        contract: of the rows; its name is the name of the kind.
        key: the column that identifies a row.
        explain: `module:function` that takes the row and a `Look` and gives what stands behind it; read when asked for.
        id_words: what an id of the kind looks like, for a message: "a match (match-…)".
        table: the table of the store in which the rows lie under their columns; empty: as JSON, in `shown`.
    """

    contract: Contract
    key: str
    explain: str
    id_words: str
    table: str = ""

    @property
    def kind(self) -> str:
        """The name of the kind."""
        return self.contract.name


@cache
def kinds() -> Mapping[str, Shown]:
    """Every kind by its name, in the order of the rooms' names."""
    rooms = sorted(r.name for r in files(_PACKAGE).iterdir() if r.is_dir() and (r / "contract.py").is_file())
    held = (getattr(import_module(f"{_PACKAGE}.{room}.contract"), "SHOWN", ()) for room in rooms)
    return {one.kind: one for some in held for one in some}


def explained(kind: Shown, row: Row, look: Look) -> Any:
    """What stands behind a row of a kind.

    Args:
        kind: its entry.
        row: the row.
        look: where the rows that it rests on are found.
    """
    module, _, name = kind.explain.partition(":")
    return getattr(import_module(module), name)(row, look)
