"""Each module is named on a page of docs/design, by its path below src/entrepot, and each module named there exists."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "entrepot"
QUOTED = re.compile(r"`([\w/-]+\.py)`")


def pages(folder: Path) -> dict[str, str]:
    return {p.name: p.read_text(encoding="utf-8") for p in sorted(folder.glob("*.md"))}


def unnamed(package: Path, texts: dict[str, str]) -> list[str]:
    """The modules that stand on no page; a package is told by its modules."""
    named = {path for text in texts.values() for path in QUOTED.findall(text)}
    held = (f.relative_to(package).as_posix() for f in package.rglob("*.py") if not f.name.startswith("__"))
    return sorted(set(held) - named)


def gone(package: Path, root: Path, texts: dict[str, str]) -> list[str]:
    """`page: path` of what no longer lies there. A page of a room may call a module by its bare name."""
    names = {f.name for f in package.rglob("*.py")}

    def lies(path: str) -> bool:
        return (package / path).exists() or (root / path).exists() if "/" in path else path in names

    return [f"{page}: {path}" for page, text in texts.items() for path in QUOTED.findall(text) if not lies(path)]


def test_every_module_is_named_on_a_design_page():
    assert unnamed(PACKAGE, pages(ROOT / "docs" / "design")) == [], "add a row to the table of its folder"


def test_every_module_named_on_a_design_page_exists():
    assert gone(PACKAGE, ROOT, pages(ROOT / "docs" / "design")) == []


def test_what_is_missing_on_either_side_is_seen(tmp_path):
    package = tmp_path / "src" / "entrepot"
    for path in ("core/__init__.py", "core/ids.py", "names/search/index.py"):
        (package / path).parent.mkdir(parents=True, exist_ok=True)
        (package / path).touch()
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "map.py").touch()
    text = {"01.md": "`core/ids.py` and `ids.py`, drawn by `scripts/map.py`; `core/old.py`, `older.py`"}
    assert unnamed(package, text) == ["names/search/index.py"]
    assert gone(package, tmp_path, text) == ["01.md: core/old.py", "01.md: older.py"]
