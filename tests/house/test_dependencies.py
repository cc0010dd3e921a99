"""What Entrepot rests on: pinned, with hashes, under licences that ask nothing of its users."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import dependencies

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
        if not (held := lock.get(canonicalize_name(wish.name))) or not all(map(wish.specifier.contains, held))
    ]
    assert unmet == [], "run make lock"


def test_each_dependency_has_a_line_on_who_keeps_it_and_what_replaces_it():
    assert set(dependencies.kept()) == set(dependencies.named()), "a table each in scripts/dependencies.toml"
    for name, told in dependencies.kept().items():
        assert {"for", "kept_by", "replaced_by"} <= set(told) <= {"for", "kept_by", "replaced_by", "licence"}, name
        assert all(t == t.strip() != "" for t in told.values()), name
        assert "@" not in told["kept_by"], "no addresses of people"


def test_what_the_page_says_is_what_is_locked_and_installed():
    page, own = dependencies.page(), {dependencies.normal(d.metadata["Name"]): d for d in runtime_distributions()}
    for name, versions in pins("requirements.lock").items():
        (row,) = re.findall(rf"^\| `{re.escape(name)}` \|.*$", page, re.MULTILINE)
        assert set(row.split(" | ")[1].split(", ")) == versions
    missing = [n for n in own if f"| `{n}` |" not in page]
    assert missing == []
    asked = dependencies.pinned("requirements.lock")
    assert {n for n, one in asked.items() if not one.brought_by} <= set(dependencies.named())


def test_a_licence_kept_by_hand_is_the_one_that_the_package_has():
    for name, told in dependencies.kept().items():
        if said := told.get("licence"):
            assert licences(metadata.distribution(name)) == set(said.split(" AND ")), name


def test_a_package_whose_release_hangs_on_the_python_has_its_licence_by_hand():
    several = {n for n, one in dependencies.pinned("requirements-dev.lock").items() if len(one.releases) > 1}
    assert [n for n, told in dependencies.kept().items() if n in several and "licence" not in told] == []
