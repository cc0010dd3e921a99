"""Every constant that steers a result carries its reason: a comment on its lines, or on the one above.

Counted are the numbers and sets of modules, by name in capitals: thresholds, weights, limits, words that are treated
apart. Contracts, expressions and texts are not.
"""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "entrepot"
_SETS = frozenset({"frozenset", "set", "timedelta"})  # calls whose outcome is a set, or a number of days


def comments(text: str) -> tuple[set[int], set[int]]:
    """The lines that hold a comment, and those of them that hold nothing else."""
    tokens = [t for t in tokenize.generate_tokens(io.StringIO(text).readline) if t.type == tokenize.COMMENT]
    return {t.start[0] for t in tokens}, {t.start[0] for t in tokens if t.line.lstrip().startswith("#")}


def steers(value: ast.expr) -> bool:
    """Whether a value is a number, holds one, or is a set."""
    match value:
        case ast.Constant(value=held):
            return isinstance(held, int | float) and not isinstance(held, bool)
        case ast.Call(func=ast.Name(id=called)):
            return called in _SETS
        case ast.UnaryOp() | ast.BinOp() | ast.Tuple() | ast.List() | ast.Dict():
            held_in = value.values if isinstance(value, ast.Dict) else ast.iter_child_nodes(value)
            return any(steers(one) for one in held_in if isinstance(one, ast.expr))
    return isinstance(value, ast.Set)


def named(statement: ast.stmt) -> list[str]:
    """The constants that a statement of a module sets."""
    match statement:
        case ast.Assign(targets=[target]) | ast.AnnAssign(target=target):
            held = target.elts if isinstance(target, ast.Tuple) else [target]
            return [t.id for t in held if isinstance(t, ast.Name) and t.id.lstrip("_").isupper()]
    return []


def without_reason(text: str) -> list[tuple[int, str]]:
    """Line and name of each constant that steers a result and says not why."""
    said, alone = comments(text)
    found = []
    for one in ast.parse(text).body:
        value = getattr(one, "value", None)
        names = named(one) if isinstance(value, ast.expr) and steers(value) else []
        lines = range(one.lineno, (one.end_lineno or one.lineno) + 1)
        if one.lineno - 1 not in alone and said.isdisjoint(lines):
            found += [(one.lineno, name) for name in names]
    return found


def of_room(room: str) -> list[str]:
    """The constants without a reason of a room, each with its place."""
    files = sorted((SOURCE / room).rglob("*.py"))
    return [f"{p.relative_to(SOURCE)}:{n} {name}" for p in files for n, name in without_reason(p.read_text("utf-8"))]


ROOMS = sorted(p.name for p in SOURCE.iterdir() if p.is_dir() and (p / "__init__.py").exists())


@pytest.mark.parametrize("room", ROOMS)
def test_a_constant_says_why(room):
    found = of_room(room)
    assert found == [], f"a comment on its line or the one above says why: {found}"


def test_what_counts_and_what_does_not():
    counted = (
        "A = 0.3\n_B = -1\nC, D = 1, 2\nE = {'a': 1.5}\nF = {'x', 'y'}\nG = frozenset({'x'})\nH: int = 3\nI = (1, 2)\n"
    )
    assert [name for _, name in without_reason(counted)] == ["A", "_B", *"CDEFGHI"]
    left_alone = "A = 'text'\nb = 3\nC = ('a',)\nD = re.compile('1')\nE = Contract(version=2)\nF = True\n"
    assert without_reason(left_alone) == []
    reasoned = "A = 3  # of three printed digits\n# 0.35: 99th percentile\nB = 0.35\nC = {\n    'a': 1,  # why\n}\n"
    assert without_reason(reasoned) == []
    assert without_reason("A = '#'\nB = 3\nC = 4  # why\nD = 5\n") == [(2, "B"), (4, "D")]
