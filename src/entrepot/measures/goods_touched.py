"""Which measures touch a set of HS codes on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.contract import Column, Contract, table
from entrepot.core.errors import BadInputError
from entrepot.core.periods import as_of as day_of
from entrepot.measures.act import BASES, VERIFIED, Goods, Measure, Part
from entrepot.measures.measure import known, measure, measures, state
from entrepot.vocabulary.goods import HsCode, hs_code

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import pyarrow as pa

TOUCHES = Contract(
    name="touches",
    meaning="Which part of which measure touches which HS code on a day. Not legal advice.",
    grain=("code", "measure_id", "part_id"),
    columns=(
        Column("code", "text", "the HS code asked about, digits only"),
        Column("description", "text", "what the Harmonized System says of it"),
        Column("measure_id", "text", "the measure"),
        Column("part_id", "text", "the provision or sector"),
        Column("part", "text", "its name"),
        Column("state", "text", "in force on the day, or announced for later", allowed=("in_force", "scheduled")),
        Column(
            "touch",
            "text",
            "whole: a prefix covers the code; partly: the code is wider; all_goods: every good of the place",
            allowed=("whole", "partly", "all_goods"),
        ),
        Column("prefixes", "texts", "the prefixes that met the code", absent=("not_applicable",)),
        Column("basis", "text", "where the prefix comes from", absent=("not_applicable",), allowed=tuple(BASES)),
        Column("territory", "texts", "place ids whose goods the part touches", absent=("not_applicable",)),
        Column(
            "countries",
            "texts",
            "countries whose goods the part touches; empty: all",
            absent=("not_applicable",),
        ),
        Column("direction", "text", "import, export, both or none, seen from the jurisdiction"),
        Column("valid_from", "partial_date", "first day", absent=("unknown",)),
        Column("valid_to", "partial_date", "last day", absent=("not_applicable",)),
        Column("citation", "text", "article, section, notice"),
        Column("verified", "text", "how well the part is verified", allowed=tuple(VERIFIED)),
        Column("source_id", "text", "first source"),
    ),
)


def touching(codes: str | Iterable[str], as_of: date | str | None = None) -> pa.Table:
    """The parts of measures that touch HS codes on a day.

    A measure's prefix that begins the code touches it whole; a code that begins the prefix is touched
    partly: some of its goods are meant. A code that HS 2022 dropped is touched partly where a code that
    took its place is touched. Measures on all goods of a territory touch every code. What is announced but
    not yet in force is marked scheduled.

    Args:
        codes: "8541.43,5201", or a list of codes of 2 to 10 digits.
        as_of: the day; None is today.

    Returns:
        A table under `TOUCHES`.

    Raises:
        BadInputError: no code, or a code that does not exist, with the nearest ones.
    """
    day = day_of(as_of)
    listed = codes.split(",") if isinstance(codes, str) else codes
    wanted = {code.code: code for code in (hs_code(text) for text in listed if text.strip())}
    if not wanted:
        raise BadInputError("no HS code given", allowed="codes such as 8541.43,5201")
    acts = [known(act, day) for act in measures()]
    live = [(act, part) for act in acts for part in act.parts if state(part, day) in ("in_force", "scheduled")]
    rows = []
    for code in wanted.values():
        for act, part in live:
            met = meeting(code, part)
            if met is not None:
                rows.append(_row(code, act, part, met) | {"state": state(part, day)})
    return table(TOUCHES, rows)


def of_measure(touches: pa.Table, measure_id: str) -> pa.Table:
    """The rows of TOUCHES of one measure.

    Raises:
        UnknownNameError: no such measure.
    """
    import pyarrow.compute as pc

    return touches.filter(pc.equal(touches.column("measure_id"), measure(measure_id).id))


def meeting(code: HsCode, part: Part) -> tuple[str, tuple[Goods, ...]] | None:
    """How a part meets a code: the touch and the prefixes that met it; None if it does not."""
    if part.goods == "all":
        return "all_goods", ()
    whole = tuple(g for g in part.hs if code.code.startswith(g.prefix))
    if whole:
        return "whole", whole
    partly = tuple(
        g for g in part.hs if g.prefix.startswith(code.code) or any(c.startswith(g.prefix) for c in code.became)
    )
    return ("partly", partly) if partly else None


def _row(code: HsCode, act: Measure, part: Part, met: tuple[str, tuple[Goods, ...]]) -> dict[str, Any]:
    touch, goods = met
    # The weakest basis speaks for the row: a reader must not take a reading for an authority's word.
    weakest = max((g.basis for g in goods), key=list(BASES).index) if goods else None
    return {
        "code": code.code,
        "description": code.description,
        "measure_id": act.id,
        "part_id": part.id,
        "part": part.name,
        "touch": touch,
        "prefixes": [g.prefix for g in goods] or None,
        "basis": weakest,
        "territory": list(part.territory) or None,
        "countries": list(part.countries) or None,
        "direction": act.direction,
        "valid_from": part.start,
        "valid_to": part.end,
        "citation": part.citation,
        "verified": part.verified,
        "source_id": part.sources[0],
    }
