"""Draw the map of the house from its imports: the table at the head of CONTRIBUTING.

    python scripts/house_map.py           write it
    python scripts/house_map.py --check   exit 1 when it is not what the code says

What a room is for is the first line of its `__init__.py`; what a module is for, its own.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "entrepot"
BEGIN, END = "<!-- map: written by scripts/house_map.py -->", "<!-- end of the map -->"
# A room imports from the lines above its own. Rooms of one line are siblings and never import one another.
PLAN: tuple[tuple[str, ...], ...] = (
    ("core",),
    ("sources",),
    ("vocabulary",),
    ("intake",),
    ("names",),
    ("lists",),
    ("measures",),
    ("corridors",),
    ("trade",),
    ("record",),
    ("ownership",),
    ("screening", "tracing", "diversion", "claims", "decisions"),
    ("scenarios",),
    ("replications",),
    ("print",),
    ("brief",),
    ("desk",),
    ("server",),  # above cli, which starts it
    ("cli",),
)
PLANNED = {
    "tracing": "Supply links held against listings.",
    "scenarios": "A change to the inputs, and the difference it makes.",
}


def sentence(file: Path) -> str:
    """The first line of a module's docstring."""
    return (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").partition("\n")[0]


def imported(folder: Path) -> set[str]:
    """The other rooms that the modules of a room import, inside functions too."""
    found: set[str] = set()
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names = [f"{node.module}.{a.name}" if node.module == PACKAGE.name else node.module for a in node.names]
            elif isinstance(node, ast.Import):
                names = [a.name for a in node.names]
            else:
                continue
            found |= {n.split(".")[1] for n in names if n.startswith(f"{PACKAGE.name}.")}
    return {room for room in found - {folder.name} if (PACKAGE / room).is_dir()}


def table() -> str:
    """The rooms in the order of the plan: what each is for, and which it imports."""
    lines = ["| room | what belongs there | imports |", "|---|---|---|"]
    order = [room for line in PLAN for room in line]
    for room in order:
        folder = PACKAGE / room
        if not folder.is_dir():
            lines.append(f"| `{room}` | {PLANNED[room]} Not there yet. | |")
            continue
        above = ", ".join(sorted(imported(folder), key=order.index))
        lines.append(f"| `{room}` | {sentence(folder / '__init__.py')} | {above} |")
    siblings = "; ".join(", ".join(f"`{r}`" for r in line) for line in PLAN if len(line) > 1)
    return "\n".join([*lines, "", f"Siblings, which never import one another: {siblings}."])


def page() -> str:
    """Every module with what it is for, folder by folder."""
    text = [
        "# The house",
        "",
        "Every module, in the order in which data flows. CONTRIBUTING says where new code goes.",
        "",
    ]
    for room in (r for line in PLAN for r in line if (PACKAGE / r).is_dir()):
        for folder in _folders(PACKAGE / room):
            inside = folder.relative_to(PACKAGE).as_posix()
            text += [
                f"## {inside}",
                "",
                sentence(folder / "__init__.py"),
                "",
                "| module | what it is for |",
                "|---|---|",
            ]
            text += [
                f"| `{file.stem}` | {sentence(file).replace('|', chr(92) + '|')} |"
                for file in sorted(folder.glob("*.py"))
                if file.stem != "__init__"
            ]
            text.append("")
    return "\n".join(text)


def _folders(room: Path) -> Iterator[Path]:
    yield room
    yield from sorted(f.parent for f in room.rglob("*/__init__.py") if f.parent != room)


def written() -> dict[Path, str]:
    """File -> what it holds, with the map in its place."""
    guide = ROOT / "CONTRIBUTING.md"
    before, _, rest = guide.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    return {guide: f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}"}


def main(arguments: list[str]) -> int:
    """Write or check it."""
    stale = [f for f, text in written().items() if not f.is_file() or f.read_text(encoding="utf-8") != text]
    if arguments == ["--check"]:
        for file in stale:
            print(f"{file.relative_to(ROOT)} is not what the code says; run `make reference`")
        return 1 if stale else 0
    for file, text in written().items():
        file.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
