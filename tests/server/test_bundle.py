"""The script that ships is what its source makes, byte for byte; and a page is light."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "src" / "entrepot" / "server" / "static"
LIGHT = 300_000  # bytes of all that a page without a map loads


def test_a_page_without_a_map_is_light():
    assert sum(f.stat().st_size for f in STATIC.iterdir()) < LIGHT


def test_the_lock_names_no_registry_and_has_a_hash_for_each_package():
    locked = json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    held = {name: of for name, of in locked.items() if name}
    assert held
    assert all("resolved" not in of and of["integrity"].startswith("sha512-") for of in held.values())


def test_the_bundle_is_what_its_source_makes(tmp_path):
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("needs Node and npm")
    web = tmp_path / "web"
    shutil.copytree(ROOT / "web", web, ignore=shutil.ignore_patterns("node_modules"))
    for arguments in (
        ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"],
        ["run", "build", "--", "--outdir=made"],
    ):
        done = subprocess.run([npm, *arguments], cwd=web, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
    made = {f.name: f.read_bytes() for f in (web / "made").iterdir()}
    assert made == {f.name: f.read_bytes() for f in STATIC.glob("*.js")}, "run make web, commit the bundle"
