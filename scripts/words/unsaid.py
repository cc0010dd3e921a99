"""Sentences that the code says past the catalogue: found by what they look like and where they stand."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

_SQL = re.compile(
    r"\b(SELECT|FROM|WHERE|INSERT|CREATE|DELETE|UPDATE|ALTER|PRAGMA|COPY|ATTACH|DESCRIBE|JOIN|ORDER BY|VALUES|COMMIT)\b"
    r"|\b(select|insert into|create table|delete from|order by|union all)\b"
)
_MARKUP = re.compile(r"<[a-zA-Z/!]|/>|\b(fill|stroke|font|px;|rgba?\()|^\s*[.#][\w-]+\s*\{")
# Lines of formats: media types, a challenge of HTTP, events, Prometheus, TOML, attributes of an element, annotations.
_FORMAT = re.compile(
    r"^[a-z]+/[a-z.+-]+; |^Bearer realm|^event: |^# (HELP|TYPE) |^entrepot_\w+\{|^\w* = |^_between = | data-\w+="
    r"|^(str \| )?(Path \| )?(tuple|Mapping)\["
)
_WORD = re.compile(r"[A-Za-z’']{2,}")
# What is looked up by `tr` of a value that is not written here; what is read by a program; errors of a programmer.
_SAID = {"WordsBy", "counted", "marked", "ntr", "tr", "trs"}
_READ = {
    "Column", "Contract", "Literal", "PackagedTable", "Path", "RecordTable", "Shown", "TypeVar", "cast", "compile",
    "endswith", "execute", "field", "findall", "fullmatch", "getattr", "match", "open", "partition", "removeprefix",
    "removesuffix", "replace", "search", "split", "sql", "startswith", "strftime", "sub",
}  # fmt: skip
_FAULTS = {
    "AssertionError", "AttributeError", "Exception", "FileNotFoundError", "IndexError", "KeyError", "LookupError",
    "NotImplementedError", "OSError", "RuntimeError", "StopIteration", "SystemExit", "TypeError", "ValueError",
}  # fmt: skip
# Words of a finding are part of what it is and stand in its id; they are translated where they are shown.
_KEPT = {
    "anchor", "basis", "epilog", "fmt", "form", "help", "id", "key", "kind", "metavar", "mode", "pattern", "quantity",
    "status", "style", "subject", "unit", "usage", "value",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A sentence that is in no catalogue.

    Attributes:
        path, line: where it stands.
        room: the room of the package.
        text: the sentence; places of values are left out.
    """

    path: Path
    line: int
    room: str
    text: str


def unsaid(path: Path) -> list[Unsaid]:
    """The sentences of a module that are in no catalogue."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    parts = path.parts
    room = parts[len(parts) - 1 - parts[::-1].index("entrepot") + 1]
    return [
        Unsaid(path, node.lineno, room, text)
        for node in ast.walk(tree)
        if isinstance(node, ast.expr) and (text := _prose(node, parents)) and _is_said(node, parents)
    ]


def _prose(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> str:
    """The words of a string that is a sentence or a part of one; empty of any other node."""
    if isinstance(node, ast.JoinedStr):
        text = "".join(str(v.value) for v in node.values if isinstance(v, ast.Constant))
        few = 1
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        if isinstance(parents.get(node), ast.JoinedStr):
            return ""
        text, few = node.value, 2
    else:
        return ""
    words = _WORD.findall(text)
    is_sentence = len(words) >= few and " " in text and (few == 1 or bool(re.search(r"[a-z,;:] [a-z]", text.strip())))
    return text if is_sentence and not any(other.search(text) for other in (_SQL, _MARKUP, _FORMAT)) else ""


def _is_said(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether a string reaches a person: it is no docstring, no comparison, nothing that a program reads."""
    if isinstance(parents[node], ast.Expr):
        return False
    child = node
    while (above := parents.get(child)) is not None:
        if isinstance(above, ast.Call):
            name = above.func.attr if isinstance(above.func, ast.Attribute) else getattr(above.func, "id", "")
            if name in _SAID | _READ | _FAULTS:
                return False
        if isinstance(above, ast.keyword) and above.arg in _KEPT:
            return False
        if isinstance(above, ast.Compare | ast.Assert | ast.Subscript | ast.MatchValue):
            return False
        if isinstance(above, ast.FunctionDef | ast.AsyncFunctionDef) and child in above.decorator_list:
            return False
        child = above
    return True
