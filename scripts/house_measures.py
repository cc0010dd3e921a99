"""Measure how easy the house is to find one's way in: rooms, imports, functions, and the way of one file through it.

    python scripts/house_measures.py CHECKOUT                  the tables
    python scripts/house_measures.py CHECKOUT --format json    the same, to lay before and after side by side
    python scripts/house_measures.py CHECKOUT --no-trace       without running anything

CHECKOUT is a folder that holds src/entrepot. What each number counts is said in scripts/README.md.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LONG_FILE = 400
# Names that two rooms may share: a room's tables, and what makes a folder a package.
SHARED_NAMES = {"__init__", "__main__", "contract"}
CSV_CALLS = {"DictReader", "reader", "read_csv", "scan_csv"}
CSV_MODULES = {"csv", "pl", "polars", "pandas", "pd"}
# Names that are found, none of which stands in a list or in the record word for word: there it would be no user's.
SUPPLIERS = """supplier,country,address
Hetian Taida Aparel Co Limited,China,"Beijing Industrial Park, Hotan"
新疆中泰化学股份公司厂,中国,新疆乌鲁木齐市示例路一号
Kashgar Example Trading,China,"Kashi Prefecture, Plot 7"
Example Components GmbH,Germany,"1 Beispielstrasse, Hamburg"
"""
FLOWS = ROOT / "docs" / "examples" / "simulated_flows.csv"
# Name -> the command whose way through the house is followed; its user's file is the second word.
FOLLOWED = {
    "screen": "screen suppliers.csv --workers 1 --as-of 2024-11-25",
    "divert": "divert simulated_flows.csv --from CHN --to USA --since 2020-06-01",
}
PASSED_OVER = ("core/", "__init__.py", "__main__.py")
LOOK_UPS = ("names/", "vocabulary/")


@cache
def tree_of(file: Path) -> ast.Module:
    """The syntax of a file, parsed once."""
    return ast.parse(file.read_text(encoding="utf-8"))


def modules(package: Path) -> dict[str, Path]:
    """Dotted name below the package -> file; a folder is named by its `__init__`."""
    found = {}
    for file in sorted(package.rglob("*.py")):
        parts = file.relative_to(package).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


def imports(file: Path, module: str, known: Mapping[str, Path], package: str) -> set[str]:
    """The modules of the package that a file imports, inside functions and for types too."""
    inside = module.split(".") if module else []
    here = [package, *(inside if file.name == "__init__.py" else inside[:-1])]
    found = set()
    for node in ast.walk(tree_of(file)):
        for name in _imported(node, here):
            head, _, rest = name.partition(".")
            while rest and rest not in known:
                rest = rest.rpartition(".")[0]
            if head == package and rest:
                found.add(rest)
    return found - {module}


def _imported(node: ast.AST, here: Sequence[str]) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (a.name for a in names)
        case ast.ImportFrom(module=module, names=names, level=level):
            base = ".".join([*(here[: len(here) - level + 1] if level else ()), *([module] if module else [])])
            yield from (f"{base}.{a.name}" for a in names)
        case _:
            pass


def floors(graph: Mapping[str, set[str]]) -> int:
    """How many modules stand on one another in the longest chain of imports; 0 where imports go in a circle."""
    height: dict[str, int] = {}
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError:
        return 0
    for module in order:
        height[module] = 1 + max((height[m] for m in graph.get(module, ())), default=0)
    return max(height.values(), default=0)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, those inside others too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the last, the docstring with them, the decorators without."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def csv_loaders(tree: ast.Module) -> list[str]:
    """The functions that open a packaged file by `importlib.resources` and read CSV from it by themselves."""
    if any(isinstance(n, ast.ClassDef) and n.name == "RecordTable" for n in tree.body):
        return []  # the one reader of record tables
    files = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "importlib.resources"
        for alias in node.names
    }
    return [f.name for f in functions(tree) if _calls(f, files) and _reads_csv(f)] if files else []


def _calls(function: ast.AST, names: set[str]) -> bool:
    return any(
        isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id in names for n in ast.walk(function)
    )


def _reads_csv(function: ast.AST) -> bool:
    for node in ast.walk(function):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=module), attr=name)):
                if module in CSV_MODULES and name in CSV_CALLS:
                    return True
            case ast.Call(func=ast.Name(id="DictReader")):
                return True
            case _:
                pass
    return False


def rooms(package: Path) -> list[dict[str, Any]]:
    """One row a room."""
    known = modules(package)
    graph = {m: imports(f, m, known, package.name) for m, f in known.items()}
    by_room: dict[str, list[str]] = defaultdict(list)
    for module in known:
        if "." in module or (package / module).is_dir():
            by_room[module.partition(".")[0]].append(module)
    return [
        _room(room, package / room, {m: known[m] for m in by_room[room]}, graph) for room in sorted(by_room) if room
    ]


def _room(room: str, folder: Path, files: Mapping[str, Path], graph: Mapping[str, set[str]]) -> dict[str, Any]:
    inside = {m: {t for t in graph[m] if t in files} for m in files}
    per_folder: dict[Path, int] = defaultdict(int)
    for file in files.values():
        per_folder[file.parent] += file.name != "__init__.py"
    largest = max(per_folder, key=lambda f: (per_folder[f], str(f)))
    trees = {m: tree_of(f) for m, f in files.items()}
    lengths = [length(f) for tree in trees.values() for f in functions(tree)]
    return {
        "room": room,
        "files": sum(per_folder.values()),
        "folders": len(per_folder),
        "largest folder": per_folder[largest],
        "which": largest.relative_to(folder.parent).as_posix(),
        "floors": floors(inside),
        "arrows inside": sum(map(len, inside.values())),
        "arrows out": sum(len(graph[m] - set(files)) for m in files),
        "lines": sum(_lines(f) for f in files.values()),
        "functions": len(lengths),
        "p90 lines": p90(lengths),
        "files over 400": sum(_lines(f) > LONG_FILE for f in files.values()),
        "csv loaders": sum(len(csv_loaders(t)) for t in trees.values()),
    }


def _lines(file: Path) -> int:
    return len(file.read_text(encoding="utf-8").splitlines())


def p90(lengths: Sequence[int]) -> int:
    """The length that nine in ten do not pass."""
    return sorted(lengths)[max(0, -(-len(lengths) * 9 // 10) - 1)] if lengths else 0


def names_in_two_rooms(package: Path) -> dict[str, list[str]]:
    """File name -> the rooms in which it stands, where those are two or more."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in package.rglob("*.py"):
        inside = file.relative_to(package).parts
        if len(inside) > 1 and file.stem not in SHARED_NAMES:
            found[file.stem].add(inside[0])
    return {name: sorted(where) for name, where in sorted(found.items()) if len(where) > 1}


def house(package: Path) -> dict[str, Any]:
    """The numbers of the whole package."""
    known = modules(package)
    trees = {m: tree_of(f) for m, f in known.items()}
    lengths = [length(f) for tree in trees.values() for f in functions(tree)]
    twice = names_in_two_rooms(package)
    loaders = {m: found for m, tree in trees.items() if (found := csv_loaders(tree))}
    return {
        "files": len(known),
        "lines": sum(map(_lines, known.values())),
        "lines of cli": sum(_lines(f) for f in (package / "cli").rglob("*.py")),
        "functions": len(lengths),
        "p90 lines of a function": p90(lengths),
        "files over 400 lines": sum(_lines(f) > LONG_FILE for f in known.values()),
        "names in two rooms": len(twice),
        "private csv loaders": sum(map(len, loaders.values())),
        "which names": twice,
        "which loaders": loaders,
    }


def passage(files: Iterable[str], left_out: tuple[str, ...] = ()) -> dict[str, Any]:
    """Stays, files and returns of a sequence of files; what the house passes over is left out."""
    stays: list[str] = []
    for file in files:
        if not file.startswith(PASSED_OVER + left_out) and (not stays or stays[-1] != file):
            stays.append(file)
    return {"stays": len(stays), "files": len(set(stays)), "returns": len(stays) - len(set(stays)), "way": stays}


def followed(checkout: Path, python: str) -> dict[str, dict[str, Any]]:
    """Name of a command -> its passages: of all functions, and along the data path."""
    found = {}
    for name, command in FOLLOWED.items():
        file = command.split()[1]
        with tempfile.TemporaryDirectory(prefix="house-") as folder:
            work = Path(folder)
            (work / "suppliers.csv").write_text(SUPPLIERS, encoding="utf-8")
            (work / FLOWS.name).write_bytes(FLOWS.read_bytes())
            environment = os.environ | {
                "PYTHONPATH": str(checkout / "src"),
                "PYTHONDONTWRITEBYTECODE": "1",
                "PYTHONUTF8": "1",
                "ENTREPOT_STORE": str(work / "store"),
                "HOME": folder,
            }
            tool = ROOT / "scripts" / "house_trace.py"
            words = [python, str(tool), str(checkout / "src" / "entrepot"), file, *command.split()]
            done = subprocess.run(words, cwd=work, env=environment, capture_output=True, text=True, check=False)
            if done.returncode:
                sys.exit(f"house_measures: {command}: {done.stderr.strip()[-600:]}")
            traced = json.loads(done.stdout.splitlines()[-1])
            found[name] = {kind: passage(files) for kind, files in traced.items()}
            found[name]["data path without look-ups"] = passage(traced["data path"], LOOK_UPS)
    return found


def text(measured: Mapping[str, Any]) -> str:
    """The tables as a person reads them."""
    shown = list(measured["rooms"])
    lines = [*_table(shown), ""]
    for name, value in measured["house"].items():
        if not isinstance(value, dict):
            lines.append(f"{name:26} {value:,}")
    lines.append(f"{'':26} {', '.join(measured['house']['which names'])}")
    if measured["ways"]:
        lines += ["", f"{'the way of a file':34} {'stays':>6} {'files':>6} {'returns':>8}"]
    for command, passages in measured["ways"].items():
        for kind, p in passages.items():
            lines.append(f"{command + ', ' + kind:34} {p['stays']:6} {p['files']:6} {p['returns']:8}")
    return "\n".join(lines)


def _table(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    heads = list(rows[0])
    cells = [heads, *([str(row[h]) for h in heads] for row in rows)]
    widths = [max(len(c[i]) for c in cells) for i in range(len(heads))]
    words = {0, heads.index("which")}
    return [
        "  ".join(c.ljust(w) if i in words else c.rjust(w) for i, (c, w) in enumerate(zip(line, widths, strict=True)))
        for line in cells
    ]


def measures(checkout: Path, python: str = "") -> dict[str, Any]:
    """Everything that is measured; the ways only where an interpreter is given."""
    package = checkout / "src" / "entrepot"
    if not package.is_dir():
        sys.exit(f"house_measures: {checkout} holds no src/entrepot")
    ways = followed(checkout, python) if python else {}
    return {"rooms": rooms(package), "house": house(package), "ways": ways}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=Path, metavar="CHECKOUT", help="a folder that holds src/entrepot")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument("--no-trace", action="store_true", help="do not run the commands that are followed")
    parser.add_argument("--python", default=sys.executable, help="interpreter that runs them")
    asked = parser.parse_args()
    measured = measures(asked.checkout.resolve(), "" if asked.no_trace else asked.python)
    print(text(measured) if asked.format == "table" else json.dumps(measured, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
