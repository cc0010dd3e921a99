"""`make release` on copies of the repository: what it writes, and what it refuses."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import release
from entrepot import __version__

ROOT = Path(__file__).parents[2]
NEXT = "7.0.0"  # above any version that the product may have when this runs
CARRIED = ("scripts", "src", "changelog.d", "docs", "CITATION.cff", "CHANGELOG.md", "pyproject.toml", ".gitignore")
CARRIED += ("requirements.lock", "requirements-dev.lock")


def git(folder, *arguments):
    name = ("-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *name, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def committed(tmp_path_factory):
    """What lies here, committed or not, as a repository of its own with one commit."""
    folder = tmp_path_factory.mktemp("committed")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *CARRIED]
    for name in subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    (folder / "changelog.d" / "0001-invented.md").write_text("An invented change, in one sentence.\n")
    git(folder, "init")
    git(folder, "add", "--all")
    git(folder, "commit", "--message", "all")
    return folder


@pytest.fixture
def clone(committed, tmp_path):
    """A clone of it, to be released or spoiled."""
    git(tmp_path, "clone", "--local", str(committed), "clone")
    return tmp_path / "clone"


def run(clone, version, isolated):
    command = [sys.executable, "scripts/release.py", version]
    kept = {"PYTHONPATH": str(clone / "src"), "PYTHONPYCACHEPREFIX": str(clone.parent / "bytecode")}
    settings = isolated(clone.parent / "home") | kept
    return subprocess.run(command, cwd=clone, env=settings, capture_output=True, text=True, check=False)


def test_the_places_of_the_version_agree():
    assert set(release.standing(ROOT).values()) == {__version__}


def test_the_version_stands_nowhere_else():
    """pyproject.toml takes it from the package; no other file of the repository repeats it as its own."""
    text = (ROOT / "pyproject.toml").read_text()
    assert 'dynamic = ["version"]' in text
    assert not re.search(r"^version = ", text, re.MULTILINE)


@pytest.mark.slow
def test_a_release_moves_every_sentence_and_writes_the_version(clone, isolated):
    sentences = [f.read_text().strip() for f in release.entries(clone)]
    assert len(sentences) > 1
    done = run(clone, NEXT, isolated)
    assert done.returncode == 0, done.stderr
    assert release.entries(clone) == []
    assert (clone / "changelog.d" / "README.md").exists()
    newest, *_ = re.split(r"^## ", (clone / release.CHANGELOG).read_text(), flags=re.MULTILINE)[1:]
    assert re.match(rf"{NEXT}, \d{{4}}-\d\d-\d\d\n", newest)
    assert [line[2:] for line in newest.splitlines() if line.startswith("- ")] == sentences
    assert set(release.standing(clone).values()) == {NEXT}
    page = (clone / "docs" / "reference" / "changes.md").read_text()
    assert "An invented change, in one sentence." in page
    assert f"## {NEXT}" in page


@pytest.mark.slow
def test_the_next_release_stands_above_the_last(clone, isolated):
    assert run(clone, NEXT, isolated).returncode == 0
    git(clone, "add", "--all")
    git(clone, "commit", "--message", "released")
    assert f"{NEXT} does not follow {NEXT}" in run(clone, NEXT, isolated).stderr
    (clone / "changelog.d" / "0002-more.md").write_text("One change more, in one sentence.\n")
    git(clone, "add", "--all")
    git(clone, "commit", "--message", "more")
    assert run(clone, "7.0.1", isolated).returncode == 0
    text = (clone / release.CHANGELOG).read_text()
    assert release.RELEASED.findall(text)[:2] == ["7.0.1", NEXT]
    assert text.count("# Changes\n") == 1
    assert text.count("An invented change, in one sentence.") == 1


def unclean(clone):
    (clone / "new.txt").write_text("x")


def disagreeing(clone):
    file = clone / "CITATION.cff"
    file.write_text(file.read_text().replace(f"version: {__version__}", "version: 0.0.9"))
    git(clone, "commit", "--all", "--message", "wrong")


def nothing_new(clone):
    for file in release.entries(clone):
        file.unlink()
    git(clone, "commit", "--all", "--message", "none")


@pytest.mark.parametrize(
    ("change", "version", "said"),
    [
        (unclean, NEXT, "Not committed: new.txt"),
        (disagreeing, NEXT, "do not agree: src/entrepot/__init__.py"),
        (nothing_new, NEXT, "changelog.d is empty"),
        (lambda _: None, "0.0.1", "0.0.1 does not follow"),
        (lambda _: None, "", "No version"),
        (lambda _: None, "1.2", "'1.2' is not a version"),
        (lambda _: None, "01.2.3", "is not a version"),
    ],
)
def test_what_cannot_be_released_is_refused_and_left(clone, isolated, change, version, said):
    change(clone)
    before = {f: f.read_bytes() for f in (*release.entries(clone), clone / "src/entrepot/__init__.py")}
    done = run(clone, version, isolated)
    assert done.returncode == 2
    assert said in done.stderr
    assert {f: f.read_bytes() for f in before} == before
