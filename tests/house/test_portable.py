"""No call that only POSIX has stands without a fallback.

What only POSIX has is read from typeshed, the types of the standard library that come with mypy: names under a
condition on `sys.platform`. That a call needs none for another reason is said in APART.
"""

from __future__ import annotations

import ast
import errno
import os
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import mypy
import pytest

from entrepot.vocabulary import identifiers

SOURCE = Path(__file__).parents[2] / "src" / "entrepot"
LOWEST = (3, 11)
STUBS = Path(mypy.__file__).parent / "typeshed" / "stdlib"

# Calls that Windows has too, but not on every file system or not with this meaning.
TOUCHY = {"os.link", "os.symlink", "os.chown"}
TOUCHY_METHODS = {"symlink_to", "hardlink_to", "link_to", "mkfifo", "lchmod", "owner"}
# "module.py: call" -> why it needs no fallback.
APART: dict[str, str] = {}

PLATFORM = re.compile(r"\bos\.name\b|\bsys\.platform\b|\bhasattr\(|\bplatform\.system\b")
CAUGHT = {"ImportError", "AttributeError", "OSError", "NotImplementedError", "Exception", "ModuleNotFoundError"}


def on_windows(test: ast.expr) -> bool | None:
    """Whether a condition of a stub holds on Windows under the lowest Python; None where it may on all."""
    if isinstance(test, ast.BoolOp):
        parts = [on_windows(v) for v in test.values]
        if isinstance(test.op, ast.And):
            return False if False in parts else None
        return False if all(p is False for p in parts) else None
    if not isinstance(test, ast.Compare):
        return None
    left, right = ast.unparse(test.left), test.comparators[0]
    if left == "sys.version_info" and isinstance(test.ops[0], ast.GtE) and ast.literal_eval(right) > LOWEST:
        return False
    if left == "sys.platform":
        same = isinstance(right, ast.Constant) and right.value == "win32"
        return same if isinstance(test.ops[0], ast.Eq) else not same
    return None


def bound(node: ast.stmt) -> list[str]:
    """The names that a statement of a stub defines."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.AnnAssign | ast.Assign):
        return [ast.unparse(t) for t in ([node.target] if isinstance(node, ast.AnnAssign) else node.targets)]
    if isinstance(node, ast.ImportFrom | ast.Import):
        return [alias.asname or alias.name for alias in node.names]
    return []


def defined(body: list[ast.stmt], *, windows: bool = True) -> dict[str, bool]:
    """Name -> whether Windows has it."""
    found: dict[str, bool] = {}
    for node in body:
        names = dict.fromkeys(bound(node), windows)
        if isinstance(node, ast.If):
            holds = on_windows(node.test)
            for part, there in ((node.body, holds is not False), (node.orelse, holds is not True)):
                for name, has in defined(part, windows=windows and there).items():
                    names[name] = names.get(name, False) or has
        for name, has in names.items():
            found[name] = found.get(name, False) or has
    return found


@cache
def lacking(module: str) -> frozenset[str]:
    """What the module has on POSIX alone."""
    path = STUBS.joinpath(*module.split("."))
    file = path / "__init__.pyi" if path.is_dir() else path.with_suffix(".pyi")
    if not file.exists():
        return frozenset()
    names = defined(ast.parse(file.read_text("utf-8")).body)
    return frozenset(n for n, there in names.items() if not there)


@cache
def is_posix_module(module: str) -> bool:
    """Whether Windows has nothing of the module but what its stub imports for itself."""
    path = STUBS / f"{module}.pyi"
    if not path.exists():
        return False
    own = [n for n in ast.parse(path.read_text("utf-8")).body if not isinstance(n, ast.Import | ast.ImportFrom)]
    names = {n: there for n, there in defined(own).items() if not n.startswith("_")}
    return bool(names) and not any(names.values())


def names_something(test: ast.AST) -> bool:
    return PLATFORM.search(ast.unparse(test)) is not None


def leaves(body: list[ast.stmt]) -> bool:
    return isinstance(body[-1], ast.Return | ast.Raise | ast.Continue)


def guards(parent: ast.AST, child: ast.AST) -> bool:
    """Whether `parent` makes a call inside `child` safe."""
    if isinstance(parent, ast.If | ast.IfExp | ast.BoolOp):
        return child is not getattr(parent, "test", None) and names_something(getattr(parent, "test", parent))
    if isinstance(parent, ast.Try):
        names = {ast.unparse(n) for h in parent.handlers if h.type for n in getattr(h.type, "elts", [h.type])}
        return child in parent.body and bool(names & CAUGHT)
    if isinstance(parent, ast.With):
        words = " ".join(ast.unparse(i.context_expr) for i in parent.items if "suppress(" in ast.unparse(i))
        return any(name in words for name in CAUGHT)
    if isinstance(parent, ast.FunctionDef):  # `if on another system: return` before it
        before = [s for s in parent.body if s.lineno < child.lineno]  # type: ignore[attr-defined]
        return any(isinstance(s, ast.If) and names_something(s.test) and leaves(s.body) for s in before)
    return False


def calls(source: str) -> dict[str, bool]:
    """Each POSIX-only use in a module, with its line -> whether it stands behind a fallback."""
    tree = ast.parse(source)
    hits = [(node, name) for node in ast.walk(tree) for name in uses(node)]
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)} if hits else {}
    found = {}
    for node, name in hits:
        chain = [node]
        while chain[-1] in above:
            chain.append(above[chain[-1]])
        safe = any(guards(parent, child) for child, parent in pairwise(chain))
        found[f"{name} (line {node.lineno})"] = safe  # type: ignore[attr-defined]
    return found


def uses(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [a.name for a in node.names if is_posix_module(a.name)]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        if is_posix_module(node.module):
            return [node.module]
        names = [f"{node.module}.{a.name}" for a in node.names]
        return [n for n, a in zip(names, node.names, strict=True) if a.name in lacking(node.module) or n in TOUCHY]
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        module, attribute = node.value.id, node.attr
        if f"{module}.{attribute}" in TOUCHY or attribute in lacking(module):
            return [f"{module}.{attribute}"]
        if attribute in TOUCHY_METHODS and ("path" in module or module in {"folder", "file", "part"}):
            return [f"{module}.{attribute}"]
    return []


def test_the_reader_of_the_stubs_knows_what_windows_lacks():
    assert {"fork", "getuid", "killpg", "mkfifo", "sched_getaffinity", "fchmod", "setsid"} <= lacking("os")
    assert not {"link", "umask", "fsync", "chmod", "getpid", "dup2", "open"} & lacking("os")
    assert {"SIGKILL", "SIGHUP", "pthread_sigmask", "SIGALRM"} <= lacking("signal")
    assert not {"SIGINT", "SIGTERM", "signal"} & lacking("signal")
    assert "AF_UNIX" in lacking("socket") or "AF_UNIX" in lacking("_socket")
    assert all(map(is_posix_module, ("fcntl", "resource", "pwd", "grp", "termios")))
    assert not any(map(is_posix_module, ("os", "signal", "json", "socket", "shutil")))


@pytest.mark.parametrize(
    ("source", "safe"),
    [
        ("import os\nos.getuid()", False),
        ("import fcntl", False),
        ("from os import fork", False),
        ("import os\nif os.name == 'posix':\n    os.getuid()", True),
        ("import os\nif hasattr(os, 'getuid') and os.getuid() == 0: pass", True),
        ("try:\n    import resource\nexcept ImportError:\n    pass", True),
        ("try:\n    pass\nexcept ImportError:\n    import resource", False),
        ("try:\n    os.link('a', 'b')\nexcept ValueError:\n    pass", False),
        ("with suppress(ImportError):\n    import resource", True),
        ("def f():\n    if os.name != 'posix':\n        return\n    os.getuid()", True),
    ],
)
def test_the_reader_of_the_source_tells_a_fallback(source, safe):
    assert set(calls(source).values()) == {safe}


def modules():
    return sorted(SOURCE.rglob("*.py"))


def test_every_posix_only_call_has_a_fallback():
    found = {f"{p.relative_to(SOURCE)}: {n}": ok for p in modules() for n, ok in calls(p.read_text("utf-8")).items()}
    assert len(found) > 3, "none is found: the reader is blind"
    bare = [n for n, ok in found.items() if not ok and n.rpartition(" (line")[0] not in APART]
    assert bare == [], "put it behind os.name, hasattr or a try; or say in APART why it needs none"


def test_what_is_flushed_to_the_disk_is_open_for_writing():
    # Windows refuses to flush a file that is open for reading: the call, not the file, would be at fault.
    reading = re.compile(r"""open\(["']rb?["']\) as (\w+):[^\n]*\n\s+os\.fsync\(\1\.fileno""")
    assert [p.name for p in modules() if reading.search(p.read_text("utf-8"))] == []


def test_folders_are_flushed_where_a_folder_can_be_opened():
    # A handle from os.open in reading mode is a folder's: only POSIX opens one.
    for path in modules():
        source = path.read_text("utf-8")
        for node in ast.walk(ast.parse(source)) if "os.O_RDONLY" in source else ():
            if isinstance(node, ast.FunctionDef) and "os.O_RDONLY" in (text := ast.unparse(node)) and "fsync" in text:
                assert "os.name == 'posix'" in text, f"{path.name}:{node.lineno}"


@pytest.mark.parametrize("error", [OSError(errno.EPERM, "no hard links here"), NotImplementedError(), AttributeError()])
def test_a_key_is_made_where_there_are_no_hard_links(tmp_path, monkeypatch, error):
    def refuse(*_):
        raise error

    monkeypatch.setattr(os, "link", refuse)
    first = identifiers.key(tmp_path)
    assert identifiers.key(tmp_path) == first
    assert [p.name for p in tmp_path.iterdir()] == [identifiers.KEY_FILE]
    assert (tmp_path / identifiers.KEY_FILE).stat().st_mode & 0o077 == 0
