"""What Entrepot rests on: pinned, with hashes, under licences that ask nothing of its users."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]

# Licences under which a runtime dependency may stand: none asks anything of those who use Entrepot.
PERMISSIVE = {
    "MIT", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "Zlib", "CC0-1.0",
    "Unlicense",
}  # fmt: skip
# How licences are named or begin where no SPDX expression is given.
OTHER_NAMES = {
    "MIT License": "MIT",
    "ISC License (ISCL)": "ISC",
    "BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
OPENINGS = {
    "Permission is hereby granted, free of charge": "MIT",
    "Redistribution and use in source and binary forms": "BSD-3-Clause",
    "Apache License": "Apache-2.0",
}


# Allowed under other terms, by name and for a reason.
EXCEPTIONS = {"certifi": {"MPL-2.0", "Mozilla Public License 2.0 (MPL 2.0)"}}  # Mozilla's certificates, used unchanged


def runtime_distributions() -> list[metadata.Distribution]:
    """Every distribution that a plain install of Entrepot brings."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    waiting, seen = [Requirement(r) for r in project["dependencies"]], {}
    while waiting:
        requirement = waiting.pop()
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        if name in seen or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        seen[name] = metadata.distribution(requirement.name)
        waiting += map(Requirement, seen[name].requires or [])
    return list(seen.values())


def licences(distribution: metadata.Distribution) -> set[str]:
    """SPDX names of a distribution's licence: from metadata, else from its licence file."""
    meta = distribution.metadata
    if expression := meta.get("License-Expression"):
        return set(re.split(r"\s+(?:AND|OR)\s+", expression.strip("()")))
    classified = [c.split(" :: ")[-1] for c in meta.get_all("Classifier", []) if c.startswith("License")]
    if classified:
        return {OTHER_NAMES.get(c, c) for c in classified}
    if (field := (meta.get("License") or "").strip()) in PERMISSIVE:
        return {field}
    files = [f for f in distribution.files or [] if re.search(r"dist-info/.*LICEN[CS]E", str(f), re.IGNORECASE)]
    text = " ".join(" ".join(f.read_text().split()) for f in files)
    return {name for opening, name in OPENINGS.items() if opening in text} or {field[:60] or "not stated"}


def test_runtime_dependencies_are_permissive():
    found = {d.metadata["Name"]: licences(d) for d in runtime_distributions()}
    assert len(found) > 10
    assert {name: terms for name, terms in found.items() if not terms <= PERMISSIVE | EXCEPTIONS.get(name, set())} == {}


def pins(lock: str) -> dict[str, set[str]]:
    """Name -> pinned versions of a lock file."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([\w.!+]+)", (ROOT / lock).read_text(), re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_no_index_and_pins_with_hashes(lock):
    text = (ROOT / lock).read_text()
    assert re.findall(r"(?i)https?:|index|find-links|file:|@ ", text) == []
    entries = re.split(r"\n(?=\w)", text)
    assert [e.splitlines()[0] for e in entries if "--hash=sha256:" not in e] == []


def test_the_locks_agree_with_each_other_and_with_the_project():
    runtime, development = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {n: v for n, v in runtime.items() if development.get(n) != v} == {}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [(runtime, r) for r in project["project"]["dependencies"]]
    wanted += [(development, r) for r in project["dependency-groups"]["dev"]]
    wanted += [(development, r) for extra in project["project"]["optional-dependencies"].values() for r in extra]
    requirements = [(lock, Requirement(text)) for lock, text in wanted]
    unmet = [
        str(wish)
        for lock, wish in requirements
        if not lock.get(wish.name.lower()) or not all(map(wish.specifier.contains, lock[wish.name.lower()]))
    ]
    assert unmet == [], "run make lock"
