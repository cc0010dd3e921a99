"""Small tables of the world economy that add up, as seeds: the OECD's layout, WIOD's, and a panel of flows."""

from __future__ import annotations

import csv
import io
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ECONOMIES, _SECTORS = ("DEU", "KAZ", "CHN"), ("A01", "C10")
_NODES = tuple(product(_ECONOMIES, _SECTORS))
_SIZE = len(_NODES)
# Sales of n to m: most at home, none alike, all printed to three digits; final use is more than any input.
_INPUT = [[round(9 / (1 + abs(a - b)) + 0.125 * a, 3) for b in range(_SIZE)] for a in range(_SIZE)]
_FINAL = [[round(40 / (1 + abs(a // 2 - n)) + 0.25 * a, 3) for n in range(len(_ECONOMIES))] for a in range(_SIZE)]
_OUTPUT = [round(sum(_INPUT[a]) + sum(_FINAL[a]), 3) for a in range(_SIZE)]
_EARNED = [round(_OUTPUT[b] - sum(row[b] for row in _INPUT), 3) for b in range(_SIZE)]


def icio() -> str:
    """The OECD's layout."""
    names = [f"{c}_{s}" for c, s in _NODES]
    rows: list[list[object]] = [["V1", *names, *(f"{c}_HFCE" for c in _ECONOMIES), "OUT"]]
    rows += [[names[a], *_INPUT[a], *_FINAL[a], _OUTPUT[a]] for a in range(_SIZE)]
    blank = [0] * (len(_ECONOMIES) + 1)
    return _written([*rows, ["VA", *_EARNED, *blank], ["OUT", *_OUTPUT, *blank]])


def wiod() -> str:
    """WIOD's layout of 2016, with two industries and one category of final use."""
    heads = ["IndustryCode", "IndustryDescription", "Country", "RNr", "Year"]
    numbered = [f"{c}{k}" for c in _ECONOMIES for k in (1, 2)]
    rows: list[list[object]] = [[*heads, *numbered, *(f"{c}3" for c in _ECONOMIES), "TOT"]]
    for a, (economy, sector) in enumerate(_NODES):
        rows.append([sector, "invented", economy, 1 + a % 2, 2014, *_INPUT[a], *_FINAL[a], _OUTPUT[a]])
    blank = [0] * (len(_ECONOMIES) + 1)
    rows.append(["VA", "value added", "TOT", 70, 2014, *_EARNED, *blank])
    rows.append(["GO", "output", "TOT", 73, 2014, *_OUTPUT, *blank])
    return _written(rows)


def panel() -> str:
    """Flows of two years, trade at home among them."""
    rows: list[list[object]] = [["exporter", "importer", "year", "flow"]]
    for year, (a, seller), (b, buyer) in product((2005, 2006), enumerate(_ECONOMIES), enumerate(_ECONOMIES)):
        rows.append([seller, buyer, year, round((90 if a == b else 7) + a + 0.5 * b, 1)])
    return _written(rows)


MAPPING = '[economies]\nEU = ["DEU"]\nREST = ["*"]\n\n[sectors]\ngoods = ["A01", "C10"]\n'


def _written(rows: Iterable[Iterable[object]]) -> str:
    held = io.StringIO()
    csv.writer(held, lineterminator="\n").writerows(rows)
    return held.getvalue()
