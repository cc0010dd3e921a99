"""The figures in README and docs/index.md are those of the product: each is computed here and looked for there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import pictures
from entrepot.lists import registry
from entrepot.measures.measure import measures

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
INDEX = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")  # fmt: skip


def pythons() -> str:
    """The versions that pyproject.toml allows, as prose."""
    allowed = re.search(r'requires-python = ">=3\.(\d+),<3\.(\d+)"', (ROOT / "pyproject.toml").read_text())
    *first, last = (f"3.{minor}" for minor in range(int(allowed[1]), int(allowed[2])))
    return f"{', '.join(first)} or {last}"


def test_the_versions_of_python_are_those_that_the_package_allows():
    for page in (README, INDEX):
        assert re.findall(r"3\.\d+(?:, 3\.\d+)* or 3\.\d+", page) == [pythons()]


@pytest.mark.parametrize(
    ("count", "what"),
    [
        (lambda: len(measures()), "acts of the US"),
        (lambda: sum(not f.proven for f in registry.formats().values()), "formats whose readers have not met"),
    ],
)
def test_a_count_in_the_readme_is_that_of_the_product(count, what):
    wanted = WORDS[count()] if count() < len(WORDS) else str(count())
    assert re.findall(rf"(\w+) {what}", README) == [wanted], f"README.md has to say: {wanted} {what}"


@pytest.fixture(scope="module")
def report(record):
    from entrepot.brief.compose import brief

    return brief("uflpa", as_of=pictures.DAY, record=record)


def test_both_pages_open_with_the_picture_and_the_answer_of_the_brief(report):
    from entrepot.brief.report import plain_text

    assert pictures.pages(report) == {p: p.read_text(encoding="utf-8") for p in pictures.PAGES}, "run make pictures"
    verdict = plain_text(report.answer.verdict)
    for page in (README, INDEX):
        top = " ".join(page.partition("\n## ")[0].split())
        assert top.index("/brief-1440.png)") < top.index(verdict)
        assert all(test.name in top for test in report.answer.tests)


def test_captions_of_the_readme_say_what_the_pictures_show(report):
    small = sum(not c.wide for chapter in report.chapters if chapter.key == "hubs" for c in chapter.charts)
    assert re.findall(r"(\w+) small charts? of reported against expected", README) == [WORDS[small]]
    assert ("the answer test by test" in README) == (report.answer is not None)


def test_what_the_product_lacks_is_not_promised():
    """The row of the README on scenarios, the sentence that says what Entrepot does, and whether the verb is there."""
    is_lacking = re.search(r"^\| scenarios \| \| not yet \|$", README, re.MULTILINE) is not None
    assert is_lacking != (ROOT / "src" / "entrepot" / "desk" / "simulate.py").exists()
    assert is_lacking != ("next\nmeasure" in INDEX or "next measure" in INDEX)
