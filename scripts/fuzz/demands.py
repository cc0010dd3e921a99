"""A person's files on the corridors: demand and capacities of `corridor flow`, projects of `corridor cooperation`."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import EntrepotError
from entrepot.corridors.cooperation.financed_projects import projects
from entrepot.corridors.flows_on.demand_file import cap, demand
from entrepot.corridors.network.network import network
from entrepot.desk.corridor_flow import corridor_flow
from entrepot.record.embedded import load

if TYPE_CHECKING:
    from pathlib import Path

SOME = 8  # every eighth case is sent over the network
_DAY = "2026-11-01"


def read_demand(path: Path, scratch: Path, number: int) -> None:
    """Read, and of some send what is wanted over the network: each row is carried or left, whole."""
    wanted = demand(path, _net())
    for one in wanted:
        if not (0 < one.loads < float("inf")) or one.origin == one.target:
            raise AssertionError(f"row {one.line} wants {one.loads} loads from {one.origin} to {one.target}")
    if not number % SOME:
        rows = corridor_flow(path, as_of=_DAY, store=str(scratch / "store")).table.to_pylist()
        for one in wanted:
            told = sum(r["carried"] for r in rows if r["line"] == one.line)
            if abs(told - one.loads) > 1e-6 * one.loads + 0.001 * len(rows):  # cells are printed to a thousandth
                raise AssertionError(f"row {one.line}: {told} of {one.loads} loads are carried or left")


@cache
def _net() -> Any:
    return network(load().tables, date(2026, 11, 1))


def _capacities(path: Path) -> list[str]:
    """Each line as a person would give it to --cap: what ends at a NUL never reaches a command."""
    lines = path.read_text(encoding="utf-8", errors="replace").replace("\0", "").splitlines()
    return lines or [""]


def read_caps(path: Path, scratch: Path, number: int) -> None:
    """Each capacity is read, or refused with the reason."""
    del scratch, number
    refused = None
    for text in _capacities(path):
        try:
            found = cap(text, _net())
        except EntrepotError as exc:
            refused = exc
            continue
        if not 0 < found.loads < float("inf"):
            raise AssertionError(f"{text!r} is read as {found.loads} loads a day")
    if refused is not None:
        raise refused


def read_projects(path: Path, scratch: Path, number: int) -> None:
    """Read: every project has a year, and an amount that is one."""
    del scratch, number
    for one in projects(path, tuple(_net().places.values())):
        if not (one.id and one.title and 1900 <= int(one.year) < 2100):
            raise AssertionError(f"{one.at} is read as {one}")
        if one.usd is not None and not 0 <= one.usd < float("inf"):
            raise AssertionError(f"{one.at} is read as {one.usd} dollars")


def list_projects(path: Path, scratch: Path) -> list[str]:
    """The command that reads the file as projects."""
    return ["corridor", "cooperation", "--projects", str(path), "--as-of", _DAY, "--store", str(scratch / "store")]


def send(path: Path, scratch: Path) -> list[str]:
    """The command that reads the file as a demand."""
    return ["corridor", "flow", str(path), "--as-of", _DAY, "--store", str(scratch / "store")]


def send_capped(path: Path, scratch: Path) -> list[str]:
    """The command that is given each line as a capacity."""
    wanted = scratch / "wanted.csv"
    wanted.write_text("from,to,amount,unit\nUrumqi,Almaty,9,trucks/day\n")
    return [*send(wanted, scratch), *(f"--cap={text}" for text in _capacities(path))]
