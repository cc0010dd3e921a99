"""Seeds cut small out of publishers' real files, where the data shelf is there."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING

from fuzz.damage.packed import gzipped
from fuzz.seeds import Seed, one

if TYPE_CHECKING:
    from pathlib import Path

_ROWS = 6  # rows of a table that are kept: the first, and a few from the middle
_END = b"\x1a"  # with which OFAC ends its files
_ELEMENTS = 3  # of a list in XML


def cut(shelf: Path) -> dict[str, tuple[Seed, ...]]:
    """Reader to its seeds of the shelf; readers of which the shelf holds no file are left out.

    Args:
        shelf: the folder that holds `data`.
    """
    lists, trade = shelf / "data/lists", shelf / "data/trade"
    found = {
        "ofac-sdn-csv": _ofac(lists / "ofac_official_2021-07", "sdn.csv"),
        "ofac-nonsdn-csv": _ofac(lists / "ofac_nonsdn_official_2025-12", "cons_prim.csv"),
        "uk-tables": _by_key(lists / "uk", "subjects.csv", 1),
        "un-xml": _un(lists / "un"),
        "us-csl-table": _packed(lists / "us_csl/us_lists_2022-05-05.csv.gz"),
        "ofac-mirror-csv": _table(lists / "ofac_json_mirror/ofac-sdn.csv"),
        "ofac-mirror-json": _mirror(lists / "ofac_json_mirror/ofac-sdn.json"),
        "flows-ember": _packed(trade / "ember_china_solar_exports_monthly.csv.gz"),
        "flows-own": (
            *_packed(trade / "two_leg_panel.csv.gz"),
            *_packed(trade / "comtrade_hs2_partner_selected_reporters.csv.gz"),
        ),
        "report.txt": _article(shelf / "seed/article.txt"),
    }
    return {name: seeds for name, seeds in found.items() if seeds}


def _few(lines: list[bytes]) -> list[bytes]:
    middle = len(lines) // 2
    return [*lines[:_ROWS], *lines[middle : middle + _ROWS], *(line for line in lines[-1:] if line == _END)]


def _table(path: Path) -> tuple[Seed, ...]:
    if not path.is_file():
        return ()
    lines = path.read_bytes().splitlines(keepends=True)
    return (one(path.name, b"".join(_few(lines))),)


def _packed(path: Path) -> tuple[Seed, ...]:
    if not path.is_file():
        return ()
    with gzip.open(path) as stream:
        lines = [line for _, line in zip(range(1_000), stream, strict=False)]
    text = b"".join(_few(lines))
    return one(path.name.removesuffix(".gz"), text), one(path.name, gzipped(text))


def _ofac(folder: Path, first: str) -> tuple[Seed, ...]:
    """The first entries of OFAC's files, with what the others say of them."""
    return _by_key(folder, first, 0)


def _by_key(folder: Path, first: str, at: int) -> tuple[Seed, ...]:
    """The first rows of a table, and the rows of the tables beside it whose key is theirs; no key holds a comma."""
    if not (folder / first).is_file():
        return ()
    tables = {f.name: f.read_bytes().splitlines(keepends=True) for f in sorted(folder.glob("*.csv"))}
    kept = _few(tables[first])
    keys = {line.split(b",")[0].strip(b'"') for line in kept}
    files = {first: b"".join(kept)}
    for name, lines in tables.items():
        if name != first:
            heading, rest = lines[:at], lines[at:]
            files[name] = b"".join([*heading, *(x for x in rest if x == _END or x.split(b",")[at].strip(b'"') in keys)])
    files = {name: data for name, data in files.items() if data.strip(_END) or "comments" not in name}
    return (Seed(folder.name, files),)


def _un(folder: Path) -> tuple[Seed, ...]:
    path = next(iter(sorted(folder.glob("*.xml"))), None)
    if path is None:
        return ()
    text = path.read_text(encoding="utf-8")
    head = text[: text.index("<INDIVIDUALS>")]
    persons, firms = (re.findall(rf"<{n}>.*?</{n}>", text, re.DOTALL)[:_ELEMENTS] for n in ("INDIVIDUAL", "ENTITY"))
    body = f"<INDIVIDUALS>{''.join(persons)}</INDIVIDUALS><ENTITIES>{''.join(firms)}</ENTITIES></CONSOLIDATED_LIST>"
    return (one("un.xml", head + body),)


def _mirror(path: Path) -> tuple[Seed, ...]:
    if not path.is_file():
        return ()
    whole = json.loads(path.read_text(encoding="utf-8"))
    kept = whole["entries"][:_ROWS]
    names = sum(len(e["alternateNames"]) for e in kept)
    said = {"published": whole["published"], "counts": {"entries": len(kept), "alternateNames": names}}
    return (one("mirror.json", json.dumps(said | {"entries": kept}, ensure_ascii=False)),)


def _article(path: Path) -> tuple[Seed, ...]:
    return (one("report.txt", path.read_bytes()),) if path.is_file() else ()
