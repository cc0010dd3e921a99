"""What is written is true: commands run, names are documented, the reference is what the code says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import entrepot
import reference
from entrepot.core import errors
from entrepot.lists.registry import sources
from entrepot.vocabulary.regions.region_files import regions
from examples import documents, examples, failures

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SOURCE = ROOT / "src" / "entrepot"
MAKE = "run make reference"


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
    missing = [n for n in NAMES[kind]() if not re.search(rf"(?<![\w-]){re.escape(n)}(?![\w-])", text)]
    assert missing == [], "a row each in the table of docs/measures.md" if kind == "measures" else MAKE


def test_the_page_on_screening_has_a_row_for_each_list_that_can_be_loaded():
    page = (DOCS / "screening.md").read_text(encoding="utf-8")
    missing = [one for one in sources() if f"\n| `{one}` | " not in page]
    assert missing == [], "a row each in docs/screening.md, under Lists that you load"


def test_the_page_on_screening_names_every_region():
    page = (DOCS / "screening.md").read_text(encoding="utf-8")
    assert [r.name for r in regions() if r.name not in page] == [], "docs/screening.md says what is flagged"


# Path -> why a page names it though it is not there.
GONE = {"core/buffers.py": "the page on weight says that it went"}


def test_every_path_that_the_documents_name_is_there():
    rooms = {p.parent.name for p in SOURCE.glob("*/__init__.py")}
    ours = re.compile(rf"`((?:{'|'.join(rooms | {'src', 'docs', 'tests', 'scripts', 'benchmarks'})})/[a-z0-9_./-]*)`")
    lost = [
        f"{page.relative_to(ROOT)}: {path}"
        for page in (*documents(ROOT), ROOT / "scripts" / "README.md")
        for path in ours.findall(page.read_text(encoding="utf-8"))
        if path not in GONE and not any((folder / path).exists() for folder in (ROOT, SOURCE))
    ]
    assert lost == []


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
