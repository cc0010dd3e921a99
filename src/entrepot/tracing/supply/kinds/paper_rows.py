"""A table of papers that belong to papers of other files, and of the languages that papers are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.tracing.dossier.contract import SORTS
from entrepot.tracing.dossier.supply_papers import NOT_TOLD, sorts
from entrepot.tracing.supply.contract import SUPPLY_PAPERS
from entrepot.tracing.supply.supply_row import SupplyKind, WrongRowError

if TYPE_CHECKING:
    from entrepot.tracing.supply.supply_row import Taken, ToldRow

NEEDED = ("document", "belongs_to")
COLUMNS = (*NEEDED, "issuer", "sort", "language", "translation_of", "date")


def _read(told: ToldRow) -> list[Taken]:
    paper = {
        "document": told.needed("document", tr("Give the number of the paper.")),
        "belongs_to": told.needed("belongs_to", tr("Give the number of the paper that it goes with, or its own.")),
        **{c: told.text(c) for c in ("issuer", "language", "translation_of")},
        "sort": _sort(told.text("sort")),
        "date": told.day(),
    }
    return [(SUPPLY_PAPERS, paper)]


def _sort(text: str | None) -> str | None:
    """What a paper is, by our word for it or by words that tell it; a word that tells nothing is refused."""
    if text is None:
        return None
    known = [s for s in SORTS if s != NOT_TOLD]
    said = text.casefold().strip()
    found = [said.replace(" ", "_")] if said.replace(" ", "_") in known else sorts(said)
    if not found:
        raise WrongRowError(
            tr("sort is {text!r}", text=text[:40]), tr("One of {known}, or nothing.", known=", ".join(known))
        )
    return found[0]


PAPERS = SupplyKind("papers", NEEDED, COLUMNS, (), _read)
