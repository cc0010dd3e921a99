"""The rule of a result is named by a declared version and the data that scores, and by nothing else."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import rule_scores
from entrepot.names.comparing import score
from entrepot.screening.matching.scoring_rule import VERSION, made_of, rule

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "entrepot"
NAMES = (
    *(
        "frequent.csv.gz",
        "given_names.csv",
        "given_spellings.csv",
        "han_cantonese.csv",
        "han_glosses.csv",
        "han_palladius.csv",
    ),
    *("han_phrases.csv.gz", "han_readings.csv.gz", "han_simplified.csv.gz", "han_surnames.csv", "institutions.csv"),
    *(
        "legal_endings.csv",
        "legal_forms.csv",
        "model.json",
        "pinyin_syllables.csv",
        "places.csv",
        "romanised_elsewhere.csv",
        "ship_marks.csv",
    ),
    *("words.csv",),
)
VOCABULARY = ("countries.csv", "country_names.csv", "country_names_more.csv.gz")
REGIONS = ("xinjiang-in-names.toml", "xinjiang-places.csv", "xinjiang-units.csv")
SCREENING = ("labels.csv", "points.csv")
ROOMS = {"names": NAMES, "vocabulary": VOCABULARY, "vocabulary.regions": REGIONS, "screening": SCREENING}
MADE_OF = {(f"entrepot.{room}", name) for room, names in ROOMS.items() for name in names}

# Data files that an interpreter opens while the fixed pairs are scored.
WATCHED = """
import json, sys
seen = set()
sys.addaudithook(lambda event, given: seen.add(str(given[0])) if event == "open" else None)
import rule_scores
rule_scores.scores()
print(json.dumps(sorted(p for p in seen if "entrepot" in p and "/data/" in p)))
"""


def run(code: str, *paths: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {[*map(str, paths)]}\n{code}"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    return done.stdout.strip()


def test_these_files_make_the_rule():
    assert set(made_of()) == MADE_OF
    assert len(made_of()) == len(MADE_OF)


def test_they_are_the_files_that_scoring_opens():
    opened = json.loads(run(WATCHED, ROOT / "src", ROOT / "scripts"))
    inside = [Path(p).parts for p in opened]
    rooms = {(".".join(p[p.index("entrepot") : p.index("data")]), p[-1]) for p in inside}
    read = rooms - {("entrepot.names", "features.toml"), ("entrepot.names", "lexicon.json.gz")}
    assert read == MADE_OF


@pytest.fixture
def copied(tmp_path):
    """The rooms of the rule, to be changed."""
    left_out = shutil.ignore_patterns("__pycache__", "natural_earth")
    for room in ("core", "sources", "names", "vocabulary", "screening"):
        shutil.copytree(SOURCE / room, tmp_path / "entrepot" / room, ignore=left_out)
    shutil.copy(SOURCE / "__init__.py", tmp_path / "entrepot")
    return tmp_path


def named(folder: Path) -> str:
    return run("from entrepot.screening.matching.scoring_rule import rule; print(rule())", folder)


def test_a_comment_and_a_moved_module_change_nothing(copied):
    letters = copied / "entrepot" / "names" / "reading" / "letters.py"
    letters.write_text(f"# a comment\n{letters.read_text('utf-8')}", "utf-8")
    letters.rename(copied / "entrepot" / "names" / "letters_of_names.py")
    weights = copied / "entrepot" / "screening" / "matching" / "weights.py"
    weights.write_text(f"{weights.read_text('utf-8')}# another\n", "utf-8")
    sentences = copied / "entrepot" / "names" / "data" / "features.toml"
    sentences.write_text(sentences.read_text("utf-8") + "# wording\n", "utf-8")
    assert named(copied) == rule()


def changed(copied: Path, file: str, old: str, new: str) -> str:
    """The rule's name once a file of it says something else."""
    path = copied / "entrepot" / file
    opened = gzip.open if path.suffix == ".gz" else Path.open
    with opened(path, "rt", encoding="utf-8", newline="") as read:
        text = read.read()
    assert old in text
    with opened(path, "wt", encoding="utf-8", newline="") as write:
        write.write(text.replace(old, new))
    return named(copied)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("names/data/model.json", '"start": -1.496', '"start": -1.497'),
        ("names/data/words.csv", "agro;", "agra;"),
        ("names/data/han_phrases.csv.gz", "一似,", "一以,"),
        ("screening/data/points.csv", "same,3.3,", "same,3.4,"),
        ("vocabulary/regions/data/xinjiang-units.csv", "xpcc-1,1,16", "xpcc-1,1,17"),
        ("vocabulary/regions/data/xinjiang-in-names.toml", '["xpcc"]', "[]"),
    ],
)
def test_another_word_of_the_data_names_another_rule(copied, file, old, new):
    found = changed(copied, file, old, new)
    assert found != rule()
    assert found.startswith(f"rule-{VERSION}-")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("names/data/model.json", '"scripts/train_names"', '"another script"'),
        ("names/data/words.csv", ",Entrepot", ",another source"),
        ("vocabulary/regions/data/xinjiang-units.csv", ",s-5b4472b2", ",s-another"),
        ("vocabulary/regions/data/xinjiang-in-names.toml", "# How", "# This is how"),
        ("vocabulary/regions/data/xinjiang-in-names.toml", '"Entrepot"', '"another source"'),
    ],
)
def test_where_the_data_come_from_names_no_rule(copied, file, old, new):
    assert changed(copied, file, old, new) == rule()


def test_the_declared_version_was_raised_where_the_fixed_pairs_score_otherwise():
    assert rule_scores.fault() == ""


def test_a_change_of_code_that_changes_a_score_is_seen(monkeypatch):
    kept = rule_scores.known()[1]
    monkeypatch.setattr(rule_scores, "known", lambda: (rule(), kept))
    monkeypatch.setattr(score, "_HIGHEST", 0.99)
    assert rule_scores.fault().endswith(
        "Raise VERSION in screening/matching/scoring_rule.py, with its reason; then run scripts/rule_scores.py."
    )
    monkeypatch.setattr(rule_scores, "rule", lambda: "rule-8-000000000000")
    assert "run scripts/rule_scores.py" in rule_scores.fault()
