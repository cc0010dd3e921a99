"""Weighs a plain install: files of Entrepot and of what it needs, by package; pip, uv and bytecode are not counted.

Run: make weight. The exit code is 1 where the whole is over the limit. See docs/design/26-weight.md.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[1]
LIMIT = 600  # MB of a million bytes: what docs/design/26-weight.md promises
_NOT_COUNTED = {"pip", "uv", "setuptools"}
_SHOWN = 1.0  # MB


def plain(requirements: Iterable[str]) -> list[metadata.Distribution]:
    """What requirements such as `project.dependencies` bring, of the packages that this interpreter has."""
    held = {_key(d.metadata["Name"]): d for d in metadata.distributions()}
    waiting, seen = [(Requirement(r), {""}) for r in requirements], dict[tuple[str, str], metadata.Distribution]()
    while waiting:
        wanted, extras = waiting.pop()
        if wanted.marker and not any(wanted.marker.evaluate({"extra": e}) for e in extras):
            continue
        for extra in {"", *wanted.extras}:
            if (key := (_key(wanted.name), extra)) not in seen:
                seen[key] = held[key[0]]
                waiting += [(Requirement(r), {extra}) for r in seen[key].requires or ()]
    return list({name: d for (name, _), d in seen.items()}.values())


def weight(of: metadata.Distribution) -> float:
    """The files of a distribution as its RECORD lists them, in MB."""
    files = [Path(str(f.locate())) for f in of.files or () if "__pycache__" not in f.parts]
    return sum(f.stat().st_size for f in files if f.is_file()) / 1e6


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _installed(folder: Path) -> list[metadata.Distribution]:
    """All that a plain install puts into an empty environment."""
    python = folder / "venv" / "bin" / "python"
    _uv("venv", "--python", sys.executable, str(folder / "venv"))
    _uv(
        "pip", "install", "--python", str(python), "--require-hashes", "--requirements", str(ROOT / "requirements.lock")
    )
    pinned = ("--build-constraints", str(ROOT / "requirements-dev.lock"))
    _uv("pip", "install", "--python", str(python), "--no-deps", *pinned, str(ROOT))
    (packages,) = (folder / "venv" / "lib").glob("python*/site-packages")
    return [d for d in metadata.distributions(path=[str(packages)]) if _key(d.metadata["Name"]) not in _NOT_COUNTED]


def _uv(*arguments: str) -> None:
    subprocess.run([sys.executable, str(ROOT / "scripts" / "run_uv.py"), *arguments, "--quiet"], check=True)


def main() -> int:
    """Print what weighs more than a megabyte and the whole; 1 where it is over the limit."""
    with tempfile.TemporaryDirectory() as folder:
        found = sorted(((weight(d), str(d.metadata["Name"])) for d in _installed(Path(folder))), reverse=True)
    for size, name in found:
        if size >= _SHOWN:
            print(f"{size:7.1f} MB  {name}")
    whole = sum(size for size, _ in found)
    print(f"{whole:7.1f} MB  {len(found)} packages; the limit is {LIMIT} MB")
    return int(whole >= LIMIT)


if __name__ == "__main__":
    sys.exit(main())
