"""What stands behind a link of the network, and behind a check of a sum."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core import findings
from entrepot.core.findings import Ground
from entrepot.core.shown import Stated
from entrepot.core.words.translate import in_english, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from entrepot.core.shown import Look

    Row = Mapping[str, Any]


@in_english
def leg(row: Row, look: Look) -> Stated:
    """A link as a finding: its length, which rests on the rows that tell of it.

    Args:
        row: of `network`.
        look: where the rows of the record are found.
    """
    found = findings.make(
        kind="number",
        subject=f"{row['from']} to {row['to']} by {row['mode']}",
        quantity="length",
        value=row["km"],
        unit="km",
        status="reported" if row["km_basis"] == "reported" else "estimated",
        low=row["km_low"],
        high=row["km_high"],
        basis=f"Length {row['km_basis']}, the newest report first; {row['hours']:g} hours, {row['hours_basis']}, of "
        f"which {row['hours_at_border']:g} at the border; {row['usd']:g} USD for 20 t, {row['usd_basis']}.",
        grounds=grounds(row["rests_on"], look),
    )
    return Stated(found)


@in_english
def sum_(row: Row, look: Look) -> Stated:
    """A check of a sum as a finding: the two lengths that are held against each other.

    Args:
        row: of `network_sums`.
        look: where the rows of the record are found.
    """
    against = (
        tr("no sum")
        if row["sum_km"] is None
        else tr("{sum_km:g} km by {chain}", sum_km=row["sum_km"], chain=", ".join(row["chain"]))
    )
    printed = tr("no length") if row["printed_km"] is None else tr("{printed_km:g} km", printed_km=row["printed_km"])
    found = findings.make(
        kind="conflict" if row["verdict"] not in {"agrees", "no length", "no chain"} else "text",
        subject=f"{row['from']} to {row['to']} by {row['mode']}",
        quantity="length printed, and the sum of the links",
        value=f"{printed} printed, {against}: {row['verdict']}",
        status="estimated",
        basis=f"{row['reason']}.",
        grounds=grounds(row["rests_on"], look),
    )
    return Stated(found)


def grounds(keys: Sequence[str], look: Look) -> Iterator[Ground]:
    """The rows of the record with these keys, each a ground.

    Args:
        keys: ids of rows.
        look: where they are found.
    """
    for key in keys:
        for name, found in look.rows(key):
            yield Ground(name, key, found.get("source_id"))
