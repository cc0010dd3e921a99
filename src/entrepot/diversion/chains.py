"""Processing chains: stages as codes, and what a tonne of each holds of the chain's common unit; data, with sources."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from entrepot.core.errors import UnknownNameError
from entrepot.core.words.translate import tr


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a chain.

    Attributes:
        name: what it is called.
        codes: HS codes it is traded under; a longer code of the flows belongs to the stage that begins it.
        least, most: units a tonne of net weight.
        basis: seen, computed or assumed.
        how: where the range comes from, in words.
        sources: addresses.
    """

    name: str
    codes: tuple[str, ...]
    least: float
    most: float
    basis: str
    how: str
    sources: tuple[str, ...]

    @property
    def code(self) -> str:
        """Its codes as a row of a scan prints them."""
        return "/".join(self.codes)


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain: its stages in order of processing, counted in one physical unit."""

    id: str
    name: str
    unit: str
    stages: tuple[Stage, ...]


@cache
def chains() -> tuple[Chain, ...]:
    """The chains in `data/chains.toml`."""
    text = files("entrepot.diversion").joinpath("data", "chains.toml").read_text(encoding="utf-8")
    return tuple(
        Chain(c["id"], c["name"], c["unit"], tuple(_stage(s) for s in c["stage"])) for c in tomllib.loads(text)["chain"]
    )


def _stage(row: dict[str, object]) -> Stage:
    listed = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
    return Stage(**listed)  # type: ignore[arg-type]  # a key more or less stops here


def chain(name: str) -> Chain:
    """The chain of that id.

    Raises:
        UnknownNameError: no such chain.
    """
    known = {c.id: c for c in chains()}
    found = known.get(name.strip().casefold())
    if found is None:
        raise UnknownNameError(tr("chain"), name, known)
    return found
