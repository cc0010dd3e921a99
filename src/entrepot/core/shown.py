"""The register of what can be shown: each kind of row with its contract, its key, and what stands behind it.

A room adds its kinds as `SHOWN` in its contract.py; core names none. What is kept in the store, and what `explain`
opens, goes by this register alone, so that a new kind touches neither store nor desk nor command line. See
docs/design/19-evidence.md.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Protocol

from entrepot.core.findings import plain
from entrepot.core.ids import id_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from entrepot.core.contract import Contract
    from entrepot.core.findings import Finding

_FITTED = 6  # significant digits, as a scan writes its estimates
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

    def given(self) -> Sequence[Row]:
        """The rows of the person's own files under the row that is explained, as the store kept them."""

    def removed(self, file_ids: Sequence[str]) -> list[str]:
        """Those of the person's own files that the store holds no more."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A kind of row that is shown; it is explained by a function of its own, or by the finding that it becomes.

    Attributes:
        contract: of the rows; its name is the name of the kind.
        key: the column that identifies a row.
        id_words: what an id of the kind looks like, for a message: "a match (match-…)".
        explain: `module:function` that takes the row and a `Look` and gives what stands behind it, read when asked for;
            empty: the finding explains it.
        table: the table of the store in which the rows lie under their columns; empty: as JSON, in `shown`.
        finding: `module:function` that takes the row and a `Look` and gives it as a finding, `Stated`; empty: the kind
            is findings, or a row of it is not one statement.
        rests: of rows of the person's own files that a row rests on, kept in the store beside its key; None: it rests
            on what is packaged.
        listed_in: tables of the store, each of which has a row a file of the person's own that it holds: the files that
            a row of the kind may rest on.
    """

    contract: Contract
    key: str
    id_words: str
    explain: str = ""
    table: str = ""
    finding: str = ""
    rests: Contract | None = None
    listed_in: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The name of the kind."""
        return self.contract.name

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables of the store that are of this kind alone."""
        return tuple(filter(None, (self.table, self.rests.name if self.rests else "")))


@dataclass(frozen=True, slots=True)
class Stated:
    """A row that is shown as a finding, with what its grounds name and the record does not hold.

    Attributes:
        finding: what the row says, and what it rests on.
        rows: by table and key, rows of the person's own files and of packaged data beside the record.
        sources: by id, sources that are not in the register, in its shape.
    """

    finding: Finding
    rows: Mapping[tuple[str, str], Row] = field(default_factory=dict)
    sources: Mapping[str, Row] = field(default_factory=dict)


@cache
def kinds() -> Mapping[str, Shown]:
    """Every kind by its name, in the order of the rooms' names."""
    rooms = sorted(r.name for r in files(_PACKAGE).iterdir() if r.is_dir() and (r / "contract.py").is_file())
    held = (getattr(import_module(f"{_PACKAGE}.{room}.contract"), "SHOWN", ()) for room in rooms)
    return {one.kind: one for some in held for one in some}


def explained(kind: Shown, row: Row, look: Look) -> Any:
    """What stands behind a row of a kind that has a function for it.

    Args:
        kind: its entry.
        row: the row.
        look: where the rows that it rests on are found.
    """
    return _named(kind.explain)(row, look)


def stated(kind: Shown, row: Row, look: Look) -> Stated:
    """A row of a kind as a finding.

    Args:
        kind: its entry, which names how.
        row: the row.
        look: where the rows that it rests on are found.
    """
    found: Stated = _named(kind.finding)(row, look)
    return found


def _named(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)


def row_id(word: str, row: Mapping[str, Any], rests: Sequence[Any] = (), estimates: Collection[str] = ()) -> str:
    """The id of a row that is shown: of what it says, and of the keys of what it rests on; no date of running enters.

    Numbers enter with twelve digits, as those of findings do; estimates with six, for the last digits of a fit change
    with the order in which a machine adds.

    Args:
        word: what ids of the kind begin with.
        row: its cells without the id.
        rests: the keys.
        estimates: columns whose numbers come out of a fit.
    """
    said = dict(row)
    for name, value in row.items():
        if isinstance(value, float):
            said[name] = plain(float(f"{value:.{_FITTED}g}") if name in estimates else value)
    return id_of(word, json.dumps([said, rests], sort_keys=True, ensure_ascii=False))
