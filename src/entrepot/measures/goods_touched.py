"""Which measures touch a set of HS codes on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.contract import Column, Contract, table
from entrepot.core.errors import BadInputError
from entrepot.core.periods import as_of as day_of
from entrepot.core.words.translate import in_english, tr
from entrepot.measures.act import BASES, STATES, VERIFIED, Goods, Measure, Part
from entrepot.measures.measure import known, measures, state
from entrepot.vocabulary.goods import HsCode, hs_code

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    import pyarrow as pa

# A rule that is suspended comes back without a new act: it is shown, one that has ended is not.
_SHOWN = tuple(s for s in STATES if s != "ended")
TOUCHES = Contract(
    name="touches",
    meaning="Which part of which measure touches which HS code on a day. Not legal advice.",
    grain=("code", "measure_id", "part_id"),
    columns=(
        Column("code", "text", "the HS code asked about, digits only; all of them where the part touches every good"),
        Column("description", "text", "what the Harmonized System says of it, or all goods"),
        Column("measure_id", "text", "the measure"),
        Column("part_id", "text", "the provision or sector"),
        Column("part", "text", "its name"),
        Column("state", "text", "how the part stands on the day", allowed=_SHOWN),
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


@in_english
def touching(
    codes: str | Iterable[str],
    as_of: date | str | None = None,
    jurisdictions: Collection[str] = (),
    acts: Sequence[Measure] | None = None,
) -> pa.Table:
    """The parts of measures that touch HS codes on a day.

    A measure's prefix that begins the code touches it whole; a code that begins the prefix is touched
    partly: some of its goods are meant. A code that HS 2022 dropped is touched partly where a code that
    took its place is touched. A measure on all goods, as of a territory or zone, touches every code, and stands once,
    whatever the number of codes. What is announced but not yet in force is marked scheduled.

    Args:
        codes: "8541.43,5201", or a list of codes of 2 to 10 digits.
        as_of: the day; None is today.
        jurisdictions: whose measures only, ISO alpha-2 or EU; empty for all.
        acts: these measures only, as one of one's own; None for those on record.

    Returns:
        A table under `TOUCHES`.

    Raises:
        BadInputError: no code, or a code that does not exist, with the nearest ones.
    """
    day, wanted = day_of(as_of), _codes(codes)
    every = ", ".join(c.code for c in wanted)
    rows = []
    for code in wanted:
        for act, part in _live(day, jurisdictions, acts):
            met = meeting(code, part)
            if met is not None and part.goods != "all":
                said = {"code": code.code, "description": code.description, "state": state(part, day)}
                rows.append(said | _row(act, part, met))
    for act, part in _live(day, jurisdictions, acts):
        if part.goods == "all":
            said = {"code": every, "description": tr("all goods"), "state": state(part, day)}
            rows.append(said | _row(act, part, ("all_goods", ())))
    return table(TOUCHES, rows)


def not_known(
    codes: str | Iterable[str],
    as_of: date | str | None = None,
    jurisdictions: Collection[str] = (),
    acts: Sequence[Measure] | None = None,
) -> list[str]:
    """What the record does not know of these codes on a day, one sentence each: silence is no answer.

    Args:
        codes: as in `touching`.
        as_of: the day; None is today.
        jurisdictions: as in `touching`.
        acts: as in `touching`.
    """
    day, wanted = day_of(as_of), _codes(codes)
    live = _live(day, jurisdictions, acts)
    out = []
    for act in dict.fromkeys(a for a, _ in live):
        own = [p for a, p in live if a.id == act.id]
        open_codes = [c.code for c in wanted if not any((meeting(c, p) or ("",))[0] == "whole" for p in own if p.hs)]
        if act.goods_unknown and open_codes:
            out.append(
                tr(
                    "Not known of {open_codes}: {id}: {goods_unknown}",
                    open_codes=", ".join(open_codes),
                    id=act.id,
                    goods_unknown=act.goods_unknown,
                )
            )
        if unread := [p.name for p in own if p.goods == "unread"]:
            out.append(
                tr(
                    "Not known: {id}: on goods of which no HS code is on record: {unread}.",
                    id=act.id,
                    unread="; ".join(unread),
                )
            )
    return out


def _codes(codes: str | Iterable[str]) -> list[HsCode]:
    listed = codes.split(",") if isinstance(codes, str) else codes
    wanted = {code.code: code for code in (hs_code(text) for text in listed if text.strip())}
    if not wanted:
        raise BadInputError(tr("no HS code given"), allowed=tr("codes such as 8541.43,5201"))
    return list(wanted.values())


def _live(day: date, jurisdictions: Collection[str], of: Sequence[Measure] | None = None) -> list[tuple[Measure, Part]]:
    """The parts in force, announced or suspended on a day, with their measures."""
    every = measures() if of is None else of
    acts = [known(act, day) for act in every if not jurisdictions or act.jurisdiction in jurisdictions]
    return [(act, part) for act in acts for part in act.parts if state(part, day) in _SHOWN]


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


def _row(act: Measure, part: Part, met: tuple[str, tuple[Goods, ...]]) -> dict[str, Any]:
    touch, goods = met
    # The weakest basis speaks for the row: a reader must not take a reading for an authority's word.
    weakest = max((g.basis for g in goods), key=list(BASES).index) if goods else None
    return {
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
