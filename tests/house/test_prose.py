"""Prose is output: no code takes apart the sentences that Entrepot wrote.

Looked for are methods of texts, and regular expressions, on what carries our sentences by name: reasons, notes, basis
and their like, or a name that runs over them. What reads a user's text is called otherwise (text, words, cell).
"""

from __future__ import annotations

import ast
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "entrepot"
PROSE = frozenset(
    {"reasons", "reason", "told", "notes", "note", "basis", "subject", "rivals", "details", "why_not", "working"}
)
APART = frozenset(
    {"split", "rsplit", "partition", "rpartition", "removeprefix", "removesuffix", "startswith", "endswith"}
)
EXPRESSIONS = frozenset({"match", "search", "fullmatch", "findall", "finditer", "sub"})  # and split, as above
# The subject of a claim is the id of a place or a list; words of its own are in `where`. That of a finding is the name
# of a place, with that of its partner behind it: names and no sentence.
IDS = {
    "brief/cards/card_sentence.py": {"subject"},
    "brief/finding_names.py": {"subject"},
}


def carries(node: ast.expr, names: frozenset[str]) -> str:
    """The name by which an expression carries prose; empty where it does not."""
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name) | ast.Subscript(slice=ast.Constant(value=str(name))):
            return name if name in names else ""
        case ast.BoolOp(values=parts):
            return next(filter(None, (carries(p, names) for p in parts)), "")
        case ast.Subscript(value=inner):
            return carries(inner, names)
        case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value=str(name)), *_]):
            return name if name in names else ""
        case ast.Call(func=ast.Name(id="str"), args=[inner]):
            return carries(inner, names)
    return ""


def running(tree: ast.AST) -> frozenset[str]:
    """Names of loops that run over prose."""
    loops = [n for n in ast.walk(tree) if isinstance(n, ast.For | ast.comprehension)]
    return frozenset(n.target.id for n in loops if isinstance(n.target, ast.Name) and carries(n.iter, PROSE))


def taken_apart(text: str) -> list[tuple[int, str]]:
    """Line and name of each piece of prose that a module takes apart."""
    tree = ast.parse(text)
    found = []
    for function in [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)]:
        names = PROSE | running(function)
        for call in ast.walk(function):
            match call:
                case ast.Call(func=ast.Attribute(attr=method, value=value), args=given):
                    on = [value] if method in APART else []
                    on += given if method in EXPRESSIONS | {"split"} else []
                    found += [(call.lineno, name) for one in on if (name := carries(one, names))]
    return sorted(found)


def test_no_code_reads_its_own_sentences():
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE).as_posix()
        mine = [f for f in taken_apart(path.read_text("utf-8")) if f[1] not in IDS.get(place, ())]
        if mine:
            found[place] = mine
    assert found == {}


def test_what_is_found():
    seen = """
def f(x, row):
    a = x.subject.partition(" with ")
    b = [n for n in x.notes if n.startswith("Nothing")]
    for reason in row["reasons"]:
        c = PATTERN.fullmatch(reason)
    d = (row.get("basis") or "").split("; ")
    e = re.findall("1", str(x.why_not))
"""
    assert taken_apart(seen) == [(3, "subject"), (4, "n"), (6, "reason"), (7, "basis"), (8, "why_not")]
    left_alone = """
def f(x, text):
    a = text.split(" ")
    b = x.notes + (f"{text}.",)
    c = "; ".join(x.reasons)
    d = x.subject == text
"""
    assert taken_apart(left_alone) == []
