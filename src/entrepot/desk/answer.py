"""What a verb of the desk gives back: a table under a contract, and what a reader of it must know."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from entrepot.core.runtime.renamed import Renamed, sentence, works

if TYPE_CHECKING:
    import pyarrow as pa

Progress: TypeAlias = Callable[[int, int], None]  # told (done, in all)
Step: TypeAlias = Callable[[str], None]  # told the name of the step now running


def unheard(_step: str) -> None:
    """Nobody listens to the steps."""


@dataclass(frozen=True, eq=False)  # no slots: the table may be made on first use
class Answer:
    """The answer of a verb. Any library that reads Arrow takes it as the table that it holds.

    Attributes:
        made: the rows, or what makes them when they are first asked for.
        notes: what a reader must know, one sentence each: counts, what was set aside, what an answer does not mean.
        beside: names of the attributes that are part of what is answered, for whoever gets it as JSON; the others hold
            what pages and documents are made of.
    """

    beside: ClassVar[tuple[str, ...]] = ()
    made: pa.Table | Callable[[], pa.Table]
    notes: tuple[str, ...] = ()

    @cached_property
    def table(self) -> pa.Table:
        """The rows, under the contract that the verb names."""
        return self.made() if callable(self.made) else self.made

    @property
    def num_rows(self) -> int:
        """How many rows the table has."""
        return int(self.table.num_rows)

    def to_pylist(self) -> list[dict[str, Any]]:
        """The rows as dicts."""
        rows: list[dict[str, Any]] = self.table.to_pylist()
        return rows

    def __getattr__(self, name: str) -> Any:
        """What a table can do, on the answer: verbs gave back the bare table until 0.2."""
        import pyarrow as pa

        change = Renamed(f".{name}", f".table.{name}", "0.2")
        if name.startswith("_") or not hasattr(pa.Table, name) or not works(change):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
        warnings.warn(sentence(change), FutureWarning, stacklevel=2)
        return getattr(self.table, name)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)
