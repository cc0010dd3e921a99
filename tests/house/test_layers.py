"""Data flows down the list of rooms, imports only up it; see CONTRIBUTING.md.

Imports are read from the source, so those inside functions and under TYPE_CHECKING count too.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import house_map
from house_map import PLAN

PACKAGE = Path(__file__).parents[2] / "src" / "entrepot"

LINE = {room: line for line, rooms in enumerate(PLAN) for room in rooms}
# The public face: it may reach every room, and no room may reach it.
FACE = ("__init__", "__main__")


def modules(package: Path) -> dict[str, Path]:
    """Dotted name (below the package; "" for the package itself) -> file."""
    found = {}
    for file in sorted(package.rglob("*.py")):
        parts = file.relative_to(package).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


def imports(file: Path, module: str, known: dict[str, Path], package: str) -> Iterator[tuple[str, int]]:
    """The modules of the package that `file` imports, with the line."""
    for name, line in written(file, module, package):
        head, _, rest = name.partition(".")
        if head != package or rest == "__version__":  # a constant, which imports nothing
            continue
        while rest and rest not in known:  # `from entrepot.core.errors import BadInputError` names no module
            rest = rest.rpartition(".")[0]
        yield rest, line


@cache
def written(file: Path, module: str, package: str) -> tuple[tuple[str, int], ...]:
    """The dotted names that `file` imports, with the line; three tests ask for those of the whole package."""
    inside = module.split(".") if module else []
    if file.name != "__init__.py":
        inside = inside[:-1]
    return tuple(
        (name, node.lineno)  # type: ignore[attr-defined]
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in _named(node, [package, *inside])
    )


def _named(node: ast.AST, here: list[str]) -> Iterator[str]:
    """The dotted names that one statement imports."""
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names)
        case ast.ImportFrom(module=module, names=names, level=level):
            base = here[: len(here) - level + 1] if level else []
            start = ".".join([*base, *([module] if module else [])])
            yield from (f"{start}.{alias.name}" for alias in names)
        case ast.Call(func=ast.Attribute(attr="import_module") | ast.Name(id="import_module" | "__import__")):
            match node.args:
                case [ast.Constant(value=str(name)), *_]:
                    yield name
        case _:
            pass


def wrong_arrows(package: Path) -> list[str]:
    """One sentence for each import that goes down the plan, sideways, or out of it."""
    known, wrong = modules(package), []
    for module, file in known.items():
        room = module.partition(".")[0]
        where = file.relative_to(package)
        if module in ("", "__main__"):
            continue
        if room not in LINE:
            wrong.append(f"{where}: room {room!r} is not in the plan")
            continue
        for target, line in imports(file, module, known, package.name):
            other = target.partition(".")[0]
            if target in ("", "__main__"):
                wrong.append(f"{where}:{line}: {room} imports the public face")
            elif other != room and LINE.get(other, len(PLAN)) >= LINE[room]:
                wrong.append(f"{where}:{line}: {room} imports {target}, which stands below or beside it")
    return wrong


def circle(package: Path, *, rooms: bool = False) -> list[str]:
    """The modules (or rooms) of one circle of imports; empty when there is none."""
    known = modules(package)
    graph: dict[str, set[str]] = {}
    for module, file in known.items():
        for target, _ in imports(file, module, known, package.name):
            a, b = (m.partition(".")[0] if rooms else m for m in (module, target))
            if a != b:
                graph.setdefault(a, set()).add(b)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [str(m) for m in error.args[1]]
    return []


def test_imports_go_up_the_plan():
    assert wrong_arrows(PACKAGE) == []


@pytest.mark.parametrize("rooms", [False, True])
def test_there_are_no_circles(rooms):
    assert circle(PACKAGE, rooms=rooms) == []


def tree(folder: Path, files: dict[str, str]) -> Path:
    """A package called entrepot with these files."""
    package = folder / "entrepot"
    for name, text in ({"__init__.py": ""} | files).items():
        file = package / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        (file.parent / "__init__.py").touch()
    return package


@pytest.mark.parametrize(
    ("importer", "statement"),
    [
        ("core/a.py", "from entrepot.sources import b"),
        ("core/a.py", "def f():\n    import entrepot.sources.b"),
        (
            "core/a.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from entrepot.sources.b import X",
        ),
        ("core/a.py", "from ..sources import b"),
        ("core/a.py", "from importlib import import_module\nimport_module('entrepot.sources.b')"),
        ("screening/a.py", "from entrepot.tracing import b"),
        ("core/a.py", "from entrepot import screen"),
        ("core/a.py", "import entrepot"),
        ("cellar.py", "import os"),
        ("record.py", "from .screening.b import X"),
    ],
)
def test_a_wrong_arrow_is_caught(tmp_path, importer, statement):
    package = tree(tmp_path, {"sources/b.py": "", "tracing/b.py": "", "screening/b.py": "", importer: statement})
    assert len(wrong_arrows(package)) == 1


@pytest.mark.parametrize(
    ("importer", "statement"),
    [
        ("sources/a.py", "from entrepot.core import b"),
        ("core/a.py", "from . import b\nfrom .b import X\nimport json\nfrom pathlib import Path"),
        ("screening/a.py", "import entrepot.core.b as c"),
        ("screening/a.py", "from entrepot import __version__"),
        ("__init__.py", "def screen():\n    from entrepot.screening import a"),
        ("cli/a.py", "from entrepot.server import a"),
    ],
)
def test_a_right_arrow_is_let_through(tmp_path, importer, statement):
    package = tree(tmp_path, {"core/b.py": "", "screening/a.py": "", "server/a.py": "", importer: statement})
    assert wrong_arrows(package) == []


def test_a_circle_is_caught(tmp_path):
    package = tree(
        tmp_path,
        {
            "core/a.py": "from entrepot.core.b import x",
            "core/b.py": "def f():\n    from .c import y",
            "core/c.py": "from entrepot.core import a",
        },
    )
    assert set(circle(package)) == {"core.a", "core.b", "core.c"}
    assert circle(package, rooms=True) == []


def test_a_circle_of_rooms_is_caught(tmp_path):
    package = tree(
        tmp_path,
        {
            "core/a.py": "import entrepot.names.d",
            "names/c.py": "import entrepot.core.b",
            "core/b.py": "",
            "names/d.py": "",
        },
    )
    assert circle(package) == []
    assert set(circle(package, rooms=True)) == {"core", "names"}


def test_the_map_of_contributing_is_what_the_imports_say():
    assert house_map.main(["--check"]) == 0


# Folders that hold one kind of thing, a file each: a command, a verb, a format, a chapter.
ONE_KIND = {"cli", "desk", "lists/formats", "brief/chapters"}
MOST_MODULES, MOST_LINES = 12, 400
MOST_LINES_OF_MOST = 25  # of nine functions in ten


def files(folder=PACKAGE):
    return [f for f in folder.rglob("*.py") if f.stem not in {"__init__", "__main__"}]


def test_no_folder_holds_so_much_that_a_stranger_is_lost():
    crowded = {}
    for folder in {f.parent for f in files()}:
        name = folder.relative_to(PACKAGE).as_posix()
        count = len([f for f in folder.glob("*.py") if f.stem != "__init__"])
        if count > MOST_MODULES and name not in ONE_KIND:
            crowded[name] = count
    assert crowded == {}


def test_no_name_stands_in_two_rooms():
    """But for contract.py, and a command with the verb of the desk that it calls. `claims` is to be rebuilt."""
    seen = {}
    for file in files():
        room = file.relative_to(PACKAGE).parts[0]
        if room != "claims" and file.stem != "contract":
            seen.setdefault(file.stem, set()).add(room)
    twins = {name: rooms for name, rooms in seen.items() if len(rooms) > 1 and rooms != {"cli", "desk"}}
    assert twins == {}
    assert not {"utils", "common", "helpers", "misc"} & set(seen)


def test_no_file_is_long_and_nine_functions_in_ten_are_short():
    lengths = []
    for file in PACKAGE.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert text.count("\n") <= MOST_LINES, file
        functions = (n for n in ast.walk(ast.parse(text)) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef)))
        lengths += [(n.end_lineno or n.lineno) - n.lineno + 1 for n in functions]
    assert sorted(lengths)[int(len(lengths) * 0.9)] <= MOST_LINES_OF_MOST
