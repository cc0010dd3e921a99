"""What lies in the repository, and what must not."""

from __future__ import annotations

import ast
import hashlib
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "entrepot"
LONGEST_FILE = 400

# File -> why it is longer than 400 lines.
LONG_FILES: dict[str, str] = {}
NAMES_THAT_SAY_NOTHING = {"utils", "util", "common", "helpers", "helper", "misc"}

# A path of somebody's machine; one that follows a word or a dot is part of a web address.
MACHINE_PATH = re.compile(r"(?<![\w.:/~)}*-])/(?:home|Users|root|tmp|work|workspace|opt|mnt)/\w")
REGISTRY = re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|crates\.io|anaconda\.org|proxy\.golang\.org")


def tracked() -> list[Path]:
    """The files that git follows or would, if added."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [file for name in listing.split("\0") if name and (file := ROOT / name).is_file()]


def texts() -> dict[str, str]:
    """Path -> content of every tracked text file."""
    found = {}
    for file in tracked():
        raw = file.read_bytes()
        if b"\0" not in raw[:8192]:
            found[str(file.relative_to(ROOT))] = raw.decode(errors="replace")
    return found


def lines_matching(pattern: re.Pattern[str], files: dict[str, str]) -> list[str]:
    """`file:line: what matched` for each match."""
    return [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match.group()}"
        for name, text in files.items()
        for match in pattern.finditer(text)
    ]


def test_no_name_says_nothing():
    named = [f for f in tracked() if {p.split(".")[0] for p in f.relative_to(ROOT).parts} & NAMES_THAT_SAY_NOTHING]
    assert named == []


@pytest.mark.parametrize("pattern", [MACHINE_PATH, REGISTRY], ids=["machine paths", "registry hosts"])
def test_the_repository_knows_no_machine(pattern):
    assert lines_matching(pattern, texts()) == []


def test_the_patterns_find_what_they_should():
    machine = [f"{quote}/{place}/x" for quote in ("", '"', " ", "=") for place in ("home", "root", "work")]
    assert len(lines_matching(MACHINE_PATH, {"a": "\n".join(machine)})) == len(machine)
    fine = "https://example.org/work/x https://example.org/a-b/home/x src/work/y $HOME/work/z ~/work/z ../root/q"
    assert lines_matching(MACHINE_PATH, {"a": fine}) == []
    assert lines_matching(REGISTRY, {"a": "x\nhttps://" + "pypi." + "org/simple"}) == ["a:2: pypi." + "org"]


@pytest.mark.shared
def test_no_file_of_the_data_shelf_is_committed(shared):
    ours = {f.stat().st_size: [] for f in tracked() if f.stat().st_size}
    for file in tracked():
        ours.setdefault(file.stat().st_size, []).append(file)
    same = [
        f"{mine.relative_to(ROOT)} is {theirs.relative_to(shared)}"
        for theirs in (shared / "data").rglob("*")
        if theirs.is_file() and theirs.stat().st_size
        for mine in ours.get(theirs.stat().st_size, [])
        if digest(mine) == digest(theirs)
    ]
    assert same == []


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_files_are_short():
    lengths = {str(f.relative_to(ROOT)): len(f.read_text().splitlines()) for f in SOURCE.rglob("*.py")}
    assert {f: n for f, n in lengths.items() if n > LONGEST_FILE and f not in LONG_FILES} == {}
    assert [f for f in LONG_FILES if lengths.get(f, 0) <= LONGEST_FILE] == [], "no longer long: take it off the list"


def test_only_the_command_line_prints():
    printing = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in SOURCE.rglob("*.py")
        if "cli" not in file.relative_to(SOURCE).parts
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printing == []


# In capitals anywhere, in small letters at the start: "Select a row from a table" is English.
SQL = re.compile(
    r"\b(?:SELECT\b.*\bFROM|INSERT INTO|UPDATE\b.*\bSET|DELETE FROM|CREATE (?:TABLE|VIEW))\b"
    r"|^\s*(?:select\b.*\bfrom|insert into|update\b.*\bset|delete from|create (?:table|view))",
    re.DOTALL,
)
# File -> why it may compute all the same.
MAY_COMPUTE = {
    "cli/case_lines.py": "divides the width of the terminal among columns",
    "cli/terminal.py": "divides the width of the terminal among columns",
    "cli/progress.py": "counts steps and seconds for the bar",
    "server/gatekeeper.py": "takes the time of an answer",
    "server/tally.py": "adds up answers for /metrics",
    "server/serve_settings.py": "a limit in bytes",
    "server/sessions.py": "hours in seconds",
    "server/pages/scenarios/scenario_controls.py": "shares of a scenario file as the percents of its fields",
}
AGGREGATES = {"sum", "mean", "median", "fsum"}
ARITHMETIC = (ast.Sub, ast.Mult, ast.Pow, ast.FloorDiv, ast.Mod, ast.Div)


def computing(tree: ast.AST) -> list[str]:
    """What a room that parses, calls one verb and renders has no business doing."""
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and ast.get_docstring(node, clean=False) is not None
        and isinstance(node.body[0], ast.Expr)
    }
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in documentation and SQL.search(text):
                found.append(f"{node.lineno}: SQL")
            case ast.Import(names=names) if any(a.name.split(".")[0] == "duckdb" for a in names):
                found.append(f"{node.lineno}: duckdb")
            case ast.BinOp() if isinstance(node.op, ARITHMETIC) and not _of_text(node):
                found.append(f"{node.lineno}: arithmetic")
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in AGGREGATES:
                found.append(f"{node.lineno}: {name}")
    return found


def _of_text(node: ast.BinOp) -> bool:
    """Whether one side is text: `folder / "findings.json"` joins a path, `"-" * 3` draws a line."""
    return any(
        isinstance(side, ast.JoinedStr) or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in (node.left, node.right)
    )


@pytest.mark.parametrize("room", ["cli", "server"])
def test_the_outer_rooms_do_not_compute(room):
    files = [f for f in (SOURCE / room).rglob("*.py") if str(f.relative_to(SOURCE)) not in MAY_COMPUTE]
    found = [f"{f.relative_to(ROOT)}:{w}" for f in files for w in computing(ast.parse(f.read_text()))]
    assert found == []
    assert list((SOURCE / room).rglob("*.sql")) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("run('select a from b')", 1),
        ("run(f'-- rows\\nSELECT a FROM {b}')", 1),
        ("share = a / b", 1),
        ("total = sum(x)", 1),
        ("total = table['a'].sum()", 1),
        ("import duckdb", 1),
        ("path = folder / 'select.html'\nline = '-' * 3\ntext = a + b", 0),
        ("def f():\n    '''SELECT a FROM b, in words.'''\n\nhelp = 'Select a row from a table.'", 0),
    ],
)
def test_computing_is_caught(code, found):
    assert len(computing(ast.parse(code))) == found


def test_a_changelog_entry_is_one_sentence():
    entries = [f for f in (ROOT / "changelog.d").glob("*.md") if f.name != "README.md"]
    assert entries or (ROOT / "CHANGELOG.md").exists()
    for entry in entries:
        text = entry.read_text()
        assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", entry.name), entry.name
        assert re.fullmatch(r"[A-Z`][^\n]{10,300}\.\n", text), entry.name
