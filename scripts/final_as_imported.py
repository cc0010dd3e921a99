"""Final sales to the United States as its customs counted them, where a table has final sales in one column.

Makers of final goods sell little as input: in proportion to their intermediate sales Viet Nam would sell the United
States a third of what it sold them in 2022, China half. The U.S. Census Bureau counts imports for consumption by NAICS
code of three digits and by country, group or world: a seller's final sales to the United States are its count less
what it sells there as input.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

BUYER = "USA"
_WORLD = "TOTAL FOR ALL COUNTRIES"
# What the Bureau calls an economy of the OECD's table; the Union stands for its members.
_NAMES = {
    "AUSTRALIA": "AUS", "BRAZIL": "BRA", "CANADA": "CAN", "CHILE": "CHL", "CHINA": "CHN", "COLOMBIA": "COL",
    "EUROPEAN UNION": "EU", "INDIA": "IND", "INDONESIA": "IDN", "ISRAEL": "ISR", "JAPAN": "JPN", "KOREA, SOUTH": "KOR",
    "MALAYSIA": "MYS", "MEXICO": "MEX", "RUSSIA": "RUS", "SAUDI ARABIA": "SAU", "SINGAPORE": "SGP",
    "SWITZERLAND": "CHE", "TAIWAN": "TWN", "THAILAND": "THA", "UNITED KINGDOM": "GBR", "VIETNAM": "VNM",
}  # fmt: skip
# Sectors of the packaged world, by the first digits of NAICS; 910 and above (scrap, goods returned) are of none.
_NAICS = {
    "agriculture": ("111", "112", "113", "114"),
    "mining-energy": ("211", "212", "324"),
    "food": ("311", "312"),
    "textiles": ("313", "314", "315", "316"),
    "chemicals": ("325", "326"),
    "metals": ("331", "332"),
    "electronics": ("334", "335"),
    "machinery": ("333", "336"),
    "other-manufacturing": ("321", "322", "323", "327", "337", "339"),
}
_HOME = 0.95  # of final sales at most go to one buyer abroad: nobody exports all that it makes for final use


def counted_imports(path: Path, year: int) -> dict[tuple[str, str], float]:
    """(Economy, sector) -> million USD that the United States imported in a year; EU is the Union, "" the world.

    Args:
        path: the Bureau's monthly imports by NAICS code of three digits, as Parquet.
        year: whose months are added up.
    """
    import pyarrow.parquet as pq

    sector = {code: name for name, codes in _NAICS.items() for code in codes}
    found: dict[tuple[str, str], float] = {}
    for row in pq.read_table(path, columns=["NAICS", "imports", "CTY_NAME", "time"]).to_pylist():
        name = "" if row["CTY_NAME"] == _WORLD else _NAMES.get(row["CTY_NAME"])
        if row["time"].year == year and row["NAICS"] in sector and name is not None:
            key = name, sector[row["NAICS"]]
            found[key] = found.get(key, 0.0) + row["imports"] / 1e6
    return found


def final_as_imported(
    final: Array,
    intermediate: Array,
    imports: Mapping[tuple[str, str], float],
    names: tuple[Sequence[str], Sequence[str]],
    members: tuple[Mapping[str, Sequence[str]], Mapping[str, Sequence[str]]],
) -> Array:
    """Final sales by destination, those to the United States as they are counted.

    Args:
        final: (J, N, N) final sales of seller i to buyer n as they are imputed, `final[j, n, i]`.
        intermediate: (J, N, N) likewise what buyer n buys as input.
        imports: as `counted_imports` gives them.
        names: the N economies and J sectors of the table.
        members: of groups of economies (EU), and of the sectors of the packaged world.

    Returns:
        (J, N, N): each seller's final sales add up to what they were, and what does not go to the United States is
        spread as before. Economies that are not counted share what is left of the world's count.
    """
    economies, sectors = names
    buyer, out, sold = economies.index(BUYER), final.copy(), final.sum(axis=1)
    codes = list(dict.fromkeys(code for code, _ in imports if code))
    groups = {code: list(members[0].get(code, (code,))) for code in codes}
    listed = {one for group in groups.values() for one in group}
    groups[""] = [one for one in economies if one not in listed and one != BUYER]
    for sector in dict.fromkeys(sector for _, sector in imports):
        rows = [sectors.index(one) for one in members[1][sector]]
        others = sum(imports.get((code, sector), 0.0) for code in codes)
        for code, group in groups.items():
            counted = imports.get((code, sector), 0.0) if code else max(imports.get(("", sector), 0.0) - others, 0.0)
            cells = np.ix_(rows, [buyer], [economies.index(one) for one in group if one in economies])
            wanted = max(counted - float(intermediate[cells].sum()), 0.0)
            most = np.broadcast_to(sold[:, None, :], final.shape)[cells]
            base = final[cells] if final[cells].sum() > 0 else most
            whole = float(base.sum())
            out[cells] = np.minimum(base * (wanted / whole), _HOME * most) if whole > 0 else 0.0
    return _rest_as_before(out, final, buyer)


def _rest_as_before(out: Array, final: Array, buyer: int) -> Array:
    """What does not go to the buyer goes where it went, and stays at home where it went nowhere else."""
    others = [n for n in range(final.shape[1]) if n != buyer]
    left = final.sum(axis=1) - out[:, buyer, :]
    whole = final[:, others, :].sum(axis=1)
    shares = np.divide(
        final[:, others, :], whole[:, None, :], out=np.zeros_like(final[:, others, :]), where=whole[:, None, :] > 0
    )
    for sector, seller in np.argwhere(whole <= 0):
        shares[sector, others.index(seller) if seller != buyer else 0, seller] = 1.0
    out[:, others, :] = left[:, None, :] * shares
    return out
