"""What an exposure is asked of: links, the parties that are exposed and why, and where origins lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence
    from datetime import date

    import pyarrow as pa

    from entrepot.tracing.balance.unsupplied_inputs import Unsupplied
    from entrepot.tracing.supply_network import Place, Row


class Exposed(NamedTuple):
    """Why a party is exposed: `certain`, or `possible` where a match may be of another; `words` name the ground."""

    strength: Literal["certain", "possible"]
    words: str
    kind: Literal["listing", "owned", "region"] = "listing"


def _none_said(_link: Row) -> str:
    return ""


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What exposures are asked of.

    Attributes:
        links: the links, under SUPPLY_LINKS.
        exposed: the parties that are listed or placed in the region, or may be, by id.
        origins: where each origin that a link names lies.
        day: what is not known by then does not count.
        unplaced: ids of the parties of which no file tells that they are outside of the region: neither an address, nor
            a country that is none of the region's own. What they make may be made in it.
        crossing: a link -> over which crossing it went, as the end of its line; nothing where that is not asked.
        unsupplied: inputs that nobody is on record as supplying.
    """

    links: pa.Table
    exposed: Mapping[str, Exposed]
    origins: Mapping[str, Place]
    day: date
    unplaced: Container[str] = frozenset()
    crossing: Callable[[Row], str] = _none_said
    unsupplied: Sequence[Unsupplied] = ()
