"""Write the packaged world: `python scripts/world_table.py bench_cache.npz us_imports.parquet`.

The file is that of the package sanction-simulator 0.1.4 (MIT licence, Bhattathiripad and Veetil): `pip download
--no-deps sanction-simulator==0.1.4`, then unpack the wheel. It is a copy of the OECD's inter-country table of 2022
(2025 edition, CC BY 4.0) in 80 economies and 50 sectors, without the OECD's rest of the world. It holds, sector by
sector with the economies inside: `A`, the share of each row in what a column uses; `omb`, inputs in output; `go`,
output. Final sales stand in one column there, so where they go is imputed; they are output less intermediate sales.

The second file is the U.S. Census Bureau's imports by NAICS code of three digits, country and month, as Parquet: final
sales of goods to the United States follow it.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from pathlib import Path

import numpy as np

from entrepot.core.tables.packaged import packaged_rows
from entrepot.scenarios.worlds.contract import WORLD_ECONOMIES, WORLD_FLOWS, WORLD_SECTORS
from entrepot.scenarios.worlds.inter_country import InterCountry, completed, joined
from final_as_imported import counted_imports, final_as_imported

FILE = Path(__file__).parents[1] / "src/entrepot/scenarios/worlds/data" / WORLD_FLOWS.file
SOURCE = "s-166a948a"
YEAR = 2022


def main(path: Path, imports: Path | None = None) -> None:
    """Join the table, round it to millions and write it; without imports final sales go where intermediate ones do."""
    table, alone = _read(path, imports)
    print(f"{alone} sectors sell nothing as input: what they sell is taken as sold at home")
    whole = _whole(
        joined(
            table,
            {r["economy"]: r["members"] for r in packaged_rows(WORLD_ECONOMIES) if r["stands"] != "absent"},
            {r["sector"]: r["members"] for r in packaged_rows(WORLD_SECTORS)},
        )
    )
    print(f"output {whole.output.sum():,.0f}, value added {whole.value_added.sum():,.0f} million USD")
    print(f"smallest value added {np.min(whole.value_added):,.0f}, smallest final use {np.min(whole.final):,.0f}")
    _write(whole)


def _read(path: Path, imports: Path | None) -> tuple[InterCountry, int]:
    """The table in its own economies and sectors."""
    with np.load(path) as held:
        economies, sectors = [str(c) for c in held["countries"]], [str(s) for s in held["sectors"]]
        flows = held["A"] * (held["omb"] * held["go"])[None, :]
        output = held["go"].reshape(len(sectors), len(economies))
    n, j = len(economies), len(sectors)
    by_use = flows.reshape(j, n, j, n)  # sector and economy that sells, sector and economy that buys
    intermediate = by_use.sum(axis=2).transpose(0, 2, 1)
    bought, alone = completed(intermediate, output)
    if imports is not None:
        members = (
            {r["economy"]: r["members"] for r in packaged_rows(WORLD_ECONOMIES)},
            {r["sector"]: r["members"] for r in packaged_rows(WORLD_SECTORS)},
        )
        counted = counted_imports(imports, YEAR)
        final = final_as_imported(bought - intermediate, intermediate, counted, (economies, sectors), members)
        bought = intermediate + final
    inputs = by_use.sum(axis=1).transpose(2, 0, 1)
    return InterCountry(tuple(economies), tuple(sectors), bought, inputs.copy()), alone


def _whole(table: InterCountry) -> InterCountry:
    """Rounded to whole millions; what is lost is said."""
    bought, inputs = np.rint(table.bought), np.rint(table.inputs)
    lost = (bought == 0) & (table.bought > 0)
    print(f"{lost.sum():,} of {lost.size:,} flows are under half a million: {table.bought[lost].sum():,.0f} in all")
    return InterCountry(table.economies, table.sectors, bought, inputs)


def _write(table: InterCountry) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(WORLD_FLOWS.contract.names)
    for n, economy in enumerate(table.economies):
        for j, sector in enumerate(table.sectors):
            sales = ";".join(f"{v:.0f}" for v in table.bought[j, :, n])
            inputs = ";".join(f"{v:.0f}" for v in table.inputs[n, :, j])
            writer.writerow([economy, sector, f"{table.output[j, n]:.0f}", sales, inputs, SOURCE])
    FILE.write_bytes(gzip.compress(out.getvalue().encode(), 9, mtime=0))
    print(f"{FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
