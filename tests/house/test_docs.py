"""What is written is true: commands run, names are documented, the reference is what the code says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import entrepot
import reference
from entrepot.core import errors

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

FENCE = re.compile(
    r"^(?P<indent> *)```(?P<kind>console|bash|python)\b[^\n]*\n(?P<body>.*?)^(?P=indent)```",
    re.MULTILINE | re.DOTALL,
)
EXIT = re.compile(r"\s+# exit (\d+)$")
ENTREPOT = re.compile(r"(?:[A-Z_]+=\S* )*entrepot\b")
# What a reader does before Entrepot is there; `make` has a test of its own.
NOT_RUN = ("make", "git", "cd", "pip", "python", "python3", "apt", "sudo")


@dataclass(frozen=True, slots=True)
class Example:
    """A command or a script in a document."""

    line: int
    kind: str
    text: str
    code: int = 0


def documents(root: Path) -> list[Path]:
    """The README, the rules for contributors and every page, but not the generated reference."""
    pages = sorted((root / "docs").rglob("*.md"))
    written = [p for p in pages if not p.is_relative_to(root / "docs" / "reference")]
    return [p for p in (root / "README.md", root / "CONTRIBUTING.md", *written) if p.exists()]


def examples(text: str) -> Iterator[Example]:
    """The commands in `console` and `bash` blocks and the scripts in `python` blocks, in order."""
    for block in FENCE.finditer(text):
        line = text.count("\n", 0, block.start()) + 2
        body = textwrap.dedent(block["body"])
        if block["kind"] == "python":
            yield Example(line, "python", body)
            continue
        for offset, command in _commands(body, console=block["kind"] == "console"):
            code = EXIT.search(command)
            yield Example(line + offset, "shell", EXIT.sub("", command), int(code[1]) if code else 0)


def _commands(body: str, *, console: bool) -> Iterator[tuple[int, str]]:
    """Line and text of each command; in a console block those after `$ `, the rest being output."""
    joined = ""
    for offset, raw in enumerate(body.splitlines()):
        if not joined and console and not raw.startswith("$ "):
            continue
        line = joined + (raw if joined else raw.removeprefix("$ ")).strip()
        joined = line.removesuffix("\\") if line.endswith("\\") else ""
        if not joined and line and not line.startswith("#"):
            yield offset, line


def run(example: Example, folder: Path, environment: dict[str, str]) -> str:
    """Run an example in `folder`; return what went wrong, or nothing."""
    command = [sys.executable, "-"] if example.kind == "python" else ["sh", "-c", example.text]
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        input=example.text if example.kind == "python" else "",
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode == example.code:
        return ""
    shown = example.text.strip().splitlines()[0]
    ended = f"ended with {done.returncode}, not {example.code}"
    return f"line {example.line}: {shown!r} {ended}: {done.stderr[-600:]}"


def failures(document: Path, inputs: Path, folder: Path, settings: dict[str, str]) -> list[str]:
    """Run a document's examples one after the other in one folder that holds the example files."""
    work, tools = folder / "work", folder / "tools"
    shutil.copytree(inputs, work) if inputs.is_dir() else work.mkdir()
    tools.mkdir()
    (tools / "entrepot").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m entrepot "$@"\n')
    (tools / "entrepot").chmod(0o755)
    environment = settings | {"PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
    found = []
    for example in examples(document.read_text()):
        if example.kind == "python" or ENTREPOT.match(example.text):
            found.append(run(example, work, environment))
        elif example.text.split()[0] not in NOT_RUN:
            found.append(f"line {example.line}: no test runs {example.text!r}")
    return [f for f in found if f]


@pytest.mark.slow
@pytest.mark.parametrize("document", documents(ROOT), ids=lambda p: str(p.relative_to(ROOT)))
def test_every_example_runs(document, tmp_path, isolated):
    assert failures(document, DOCS / "examples", tmp_path, isolated(tmp_path / "home")) == []


def test_every_make_target_named_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for document in documents(ROOT):
        code = re.findall(r"`make ([a-z-]+)[^`]*`|^(?:\$ )?make ([a-z-]+)", document.read_text(), re.MULTILINE)
        assert {a or b for a, b in code} <= targets, document


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_the_site_asks_no_server_for_anything(site):
    pages = list(site.rglob("*.html"))
    assert pages
    loads = re.compile(r"<(?:script|img|iframe|source|link|object)\b[^>]*\b(?:src|href|data)=\"?(?:https?:)?//[^>]*>")
    assert [f"{p.name}: {m}" for p in pages for m in loads.findall(p.read_text())] == []
    # The theme fetches the renderer of diagrams from a server when a page holds one.
    assert [p.name for p in pages if 'class="mermaid"' in p.read_text()] == []
    styles = [s for s in site.rglob("*.css") if re.search(r"url\([\"']?(?:https?:)?//|@import", s.read_text())]
    assert styles == []


def test_the_reference_is_what_the_code_says():
    assert reference.stale(reference.REFERENCE, reference.pages()) == [], "run make reference"


def test_the_tree_of_errors_is_complete():
    drawn = set(re.findall(r"\b\w+Error\b", errors.__doc__))
    assert drawn == {e.__name__ for e in reference.error_classes()}


def measure_ids() -> list[str]:
    """The ids of the measures, from their data files."""
    files = sorted((ROOT / "src" / "entrepot" / "measures").rglob("*.toml"))
    return [tomllib.loads(f.read_text()).get("id", f.stem) for f in files]


# Kind -> every name of it that a reader may meet.
NAMES = {
    "commands": lambda: [c.command_path for c in reference.commands(reference.command_line())],
    "settings": lambda: reference.settings(reference.modules(), reference.command_line()),
    "errors": lambda: [e.__name__ for e in reference.error_classes()],
    "measures": measure_ids,
    "public names": lambda: [n for n in getattr(entrepot, "__all__", ()) if n != "__version__"],
    "tables": lambda: reference.contracts(reference.modules()),
}


@pytest.mark.parametrize("kind", NAMES)
def test_every_name_is_documented(kind):
    text = "\n".join(p.read_text() for p in (ROOT / "README.md", *DOCS.rglob("*.md")) if p.exists())
    names = NAMES[kind]()
    assert [n for n in names if not re.search(rf"(?<![\w-]){re.escape(n)}(?![\w-])", text)] == []


def test_every_change_is_in_the_documentation():
    page = (DOCS / "reference" / "changes.md").read_text()
    entries = [f for f in (ROOT / "changelog.d").glob("*.md") if f.name != "README.md"]
    assert [f.name for f in entries if f.read_text().strip() not in page] == []


# The checks themselves, on a small tree of documents.

PAGE = """# Title

```console
$ entrepot --help
Usage: entrepot this line is output, not a command
$ entrepot record nothing \\
    --format csv  # exit 2
$ echo free
```

- a list:

  ```bash
  # a comment
  FOO=1 entrepot --help
  make test
  ```

```python
import entrepot
assert open("given.csv").read() == "a\\n"
```

```text
entrepot is not run here
```
"""


@pytest.fixture
def small_tree(tmp_path):
    for name, text in {"README.md": PAGE, "docs/a.md": "none", "docs/reference/b.md": PAGE}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "docs" / "examples").mkdir()
    (tmp_path / "docs" / "examples" / "given.csv").write_text("a\n")
    return tmp_path


def test_examples_are_found(small_tree):
    assert [str(d.relative_to(small_tree)) for d in documents(small_tree)] == ["README.md", "docs/a.md"]
    found = list(examples(PAGE))
    assert [e.text for e in found[:5]] == [
        "entrepot --help",
        "entrepot record nothing --format csv",
        "echo free",
        "FOO=1 entrepot --help",
        "make test",
    ]
    assert [e.code for e in found] == [0, 2, 0, 0, 0, 0]
    lines = [PAGE.splitlines()[e.line - 1].strip() for e in found]
    assert [lines[0], lines[2], lines[3]] == ["$ entrepot --help", "$ echo free", "FOO=1 entrepot --help"]
    assert lines[5] == "import entrepot"


FALSE = """```python
assert open("given.csv").read() == "a\\n"
```
```python
raise SystemExit(4)
```
```bash
echo x
```
"""


def test_a_false_example_is_caught(small_tree, tmp_path_factory, isolated):
    page, folder = small_tree / "README.md", tmp_path_factory.mktemp("run")
    page.write_text(FALSE)
    found = failures(page, small_tree / "docs" / "examples", folder, isolated(folder / "home"))
    assert [f.split(":")[0] for f in found] == ["line 5", "line 8"]


def test_a_stale_reference_is_caught(tmp_path):
    wanted = {"a.md": "one", "schemas/b.json": "{}"}
    assert reference.write(tmp_path, wanted) == ["a.md", "schemas/b.json"]
    assert reference.stale(tmp_path, wanted) == []
    (tmp_path / "a.md").write_text("two")
    (tmp_path / "old.md").write_text("gone")
    assert reference.stale(tmp_path, wanted) == ["a.md", "old.md"]
    reference.write(tmp_path, wanted)
    assert reference.stale(tmp_path, wanted) == []
