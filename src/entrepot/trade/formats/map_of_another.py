"""A map for another file: what it fixes stands in the file itself, and says something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr
from entrepot.trade.loading.codes import flow_of
from entrepot.trade.loading.printed.printed_headings import SIDES
from entrepot.vocabulary import partners
from entrepot.vocabulary.printed_names import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.trade.loading.draft import Draft

_SAID_ONCE = (
    "reporter",
    "partner",
    "exporter",
    "importer",
    "flow",
    "product",
    "period",
)  # what [fixed] may not overrule


def refuse_over(found: Draft, fixed: Mapping[str, str], places: Mapping[str, str]) -> None:
    """Stop where a map fixes what a column of the file says row by row: it is a map for another file.

    Args:
        found: the table under our names.
        fixed: what the map says of all rows.
        places: what the file calls places, folded, to codes.

    Raises:
        BadInputError: names the column in our words, what is fixed and what the file has.
    """
    for name in (n for n in _SAID_ONCE if n in fixed and n in found.frame.columns):
        said_of = found.frame[name].drop_nulls().unique().sort().to_list()
        if len(said_of) > 1:
            raise BadInputError(
                tr(
                    "the map fixes {name} = {fixed!r}, and a column of the file says it row by row",
                    name=name,
                    fixed=fixed[name],
                ),
                found=", ".join(map(str, said_of[:3])) + (", …" if len(said_of) > 3 else ""),  # noqa: PLR2004 - a few
                remedy=tr("Leave {name} out of [fixed], or name under [columns] what is to be read.", name=name),
            )
        ours = _meant(name, fixed[name], places)
        theirs = _meant(name, str(said_of[0]), places) if said_of else ""
        if ours and theirs and ours != theirs:
            raise BadInputError(
                tr("the map fixes {name} = {fixed!r}, and the file says another", name=name, fixed=fixed[name]),
                found=said_of[0],
                remedy=tr("It is a map for another file, or {name} has to be left out of its [fixed].", name=name),
            )
    _refuse_other_ends(found, fixed, places)
    _refuse_stranger(found, fixed, places)


def _meant(name: str, text: str, places: Mapping[str, str]) -> str:
    """The code of a place, or the flow, that a text stands for; empty for what is neither."""
    if name == "flow":
        return flow_of(text)
    return places.get(folded(text)) or partners.code_of(text) if name in SIDES else ""


def _refuse_other_ends(found: Draft, fixed: Mapping[str, str], places: Mapping[str, str]) -> None:
    """Stop where a map says who reports, and rows name an exporter and an importer of whom neither does.

    Raises:
        BadInputError: names such a flow; of exports the reporter is the exporter, of imports the importer.
    """
    reporter = _meant("reporter", fixed.get("reporter", ""), places)
    if not reporter or not {"exporter", "importer"} <= set(found.frame.columns):
        return
    flow = flow_of(fixed.get("flow", ""))
    for out, into in found.frame.select("exporter", "importer").drop_nulls().unique(maintain_order=True).rows():
        ends = tuple(_meant("exporter", str(text), places) for text in (out, into))
        allowed = {"export": ends[:1], "import": ends[1:]}.get(flow, ends)
        if all(ends) and reporter not in allowed:
            raise BadInputError(
                tr(
                    "the map says that {reporter} reports{flow}, and rows of the file are of others",
                    reporter=fixed["reporter"],
                    flow=f" {flow}s" if flow else "",
                ),
                found=tr("{out} to {into}", out=out, into=into),
                remedy=tr(
                    "It is a map for another file; or leave reporter and flow out of its [fixed]: exporter "
                    "and importer say who traded."
                ),
            )


def _refuse_stranger(found: Draft, fixed: Mapping[str, str], places: Mapping[str, str]) -> None:
    """Stop where a map says who reports, and goods come from there or go there in no row.

    Goods that are sent on are named by where they were made.

    Raises:
        BadInputError: names the reporter and places of the file.
    """
    reporter = _meant("reporter", fixed.get("reporter", ""), places)
    flows = [fixed.get("flow", "")]
    if "flow" in found.frame.columns:
        flows += found.frame["flow"].cast(str).drop_nulls().unique().to_list()
    if not found.ends or not reporter or any(flow_of(f).startswith("re-") for f in flows):
        return
    if reporter not in {_meant("reporter", text, places) for text in found.ends}:
        raise BadInputError(
            tr(
                "the map says that {reporter} reports, and it is the origin or destination of no row",
                reporter=fixed["reporter"],
            ),
            found=", ".join(sorted(found.ends)[:3]) + (", …" if len(found.ends) > 3 else ""),  # noqa: PLR2004 - a few
            remedy=tr("It is a map for another file."),
        )
