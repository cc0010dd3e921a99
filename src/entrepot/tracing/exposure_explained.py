"""What stands behind an exposure: the links of the path it names, and how shares become its two ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import in_english, marked, tr
from entrepot.sources.explanation import Explanation, removed_said
from entrepot.sources.register import unregistered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.core.shown import Look

_RULE = marked(
    "Any amount that documents lead to is said first, by a path of links whose dates allow it. The share of a product "
    "is the sum of its inputs' shares, each times what part of that input comes from listed parties or the region; "
    "where documents leave a share open, the least and the most over all shares that they allow, loops included, each "
    "attained by one choice. What is not traced counts for the most alone. See docs/tracing.md."
)


@in_english
def explain(row: Mapping[str, Any], look: Look) -> Explanation:
    """Explain an exposure.

    Args:
        row: a row of `exposures`.
        look: where its links are found.
    """
    links = look.given()
    files = [unregistered(tr("supply file {f}", f=f)) for f in row["files"]]
    return Explanation(
        str(row["exposure_id"]),
        "exposures",
        dict(row),
        _RULE,
        tuple(("exposure_links", r) for r in links),
        tuple(files),
        checks=removed_said(look, row["files"]),
    )
