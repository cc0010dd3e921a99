"""The identity of the scoring rule: a declared version, and the hash of what the data says that scores.

No source text is hashed, and of the data no comment, no layout and not where a row comes from: none of it scores. See
docs/design/19-evidence.md.
"""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from entrepot.core.ids import id_of
from entrepot.core.tables.packaged import packaged_cells, packaged_content
from entrepot.core.words.translate import tr
from entrepot.vocabulary.regions import in_names

if TYPE_CHECKING:
    from collections.abc import Iterator

# Raised by one with every change of code that changes what is found or scored; tests/screening/test_scoring_rule.py
# fails where that is forgotten. Its history:
# 1, 2026-11-26: the first that is declared. Scores as 0.1.0 did, which named its rule by a hash of source text, but for
#    Chinese names that are only probable: they have the ceiling of points.csv.
# 2, 2026-11-27: names whose words were joined, split or moved apart are found by their letters run together, and read
#    with the spaces of the other name; broken words of trade and legal form are put right before they are looked up;
#    words joined are held against the letters that a name has, not against a translation of them; a Chinese word
#    with a meaning meets its sound; a first letter stands for a word only beside one that is written out, or where a
#    field cut it off; a ship is not met by translation alone.
# 3, 2026-11-27: a first letter stands for a word too where all else of the two names is the same, word for word, and a
#    middle initial for no surname; a ship, and one word that a person is called beside a longer name, are met in full;
#    firms whose names meet across Chinese characters and Latin letters count for less.
# 4, 2026-11-27: an ending of a word of trade (grands, circuito) is no letter that slipped over to the next word.
# 5, 2026-11-27: short legal forms that are words or names elsewhere (a.s., k.s., v.o.s., d.d., S.A.L.) are read as
#    forms where a firm's name ends; a.s. was the Arabic article.
# 6, 2026-11-28: what stands before a post box, and before a comma behind which a department or an address begins, is
#    compared by itself, with and without a legal form; a listed name with a post box behind it was not found at all.
# 7, 2026-11-28: a name that a field cut within a word of trade or legal form is read with that word whole where the
#    other name has it (INFORMATION TECHNOL was met as INFORMATION); three consonants that are a name are short for
#    three words and no word without its vowels; of the Russian for blue the forms that it has, so that Sina is a name.
# 8, 2026-11-30: names behind a system's number (V1201 Esquel Group), behind a label of any word, in levels and in lists
#    with commas between are compared by themselves; they were compared with what stands beside them alone.
# 9, 2026-11-30: what stands behind a legal form that ends a name wherever it stands (X LTD/Y CO LTD, X LTD TEL 86-571)
#    is compared apart, and so are names behind more words for an agent or a maker (O/B, made by, im Auftrag von); no
#    two names score otherwise.
# 10, 2026-11-30: a ship's name is compared without what says that she is one (MV, M/T, теплоход, (tanker), 轮, a
#    voyage), with ships alone; of a bracket that ends a name what stands before it and within it, and of a name beside
#    its short letters the name (IRISL Islamic Republic of Iran Shipping Lines); spellings of one given name (Andrei,
#    Andrey) are one where one of two persons is named without a patronymic.
# 11, 2026-11-30: pinyin by the syllable or run together is read as words too; state corporations and state companies
#    are legal forms that tell nothing of another form; a тех that ends a word is tech too; a slip in a legal form where
#    a name begins or ends hides no name that is the same but for it; a party that is not known to be a ship meets a
#    ship of one word of five letters or fewer by that word alone.
# 12, 2026-12-01: a Chinese name that a field cut within its legal form is read with that form whole, and one cut
#    within a word of trade with that of the other name; Chinese characters set apart by blanks are one name; what
#    stands before a mark of a clerk (*BLOCKED*, INACTIVE, gesperrt, the number of a second entry), before a branch
#    in brackets and behind 原 is compared by itself; a phrase of the word tables is known with its words shortened too;
#    science and technology is technology as well, as 科技 says both; PTC is a form where a firm's name ends.
# 13, 2026-12-01: a firm is compared without the branch, office or works of it that a cell names beside it, and without
#    the town of that (Camel Group Hong Kong Office, 驻北京办事处), and before a bracket that says old or former of its
#    entry; a trade of two words is known in the plural (wool textiles), with a slip in the second (hair prodcts), and
#    in pinyin written as two words (Shengwu Jishu).
# 14, 2026-12-01: a phrase of the word tables is known with a slip in any word of it, and with digits read for letters
#    (impotr and export, 1nner m0ng0l1a); digits in a word that leave whole pinyin are its letters; LLC is a translation
#    of a limited company, and translations of one another cost less; a form behind a place and a trade is seen; Russian
#    as German, French or Polish spell it is read as English does.
# 15, 2026-12-03: a phrase of the word tables leaves a legal form its first word (Aksu Holding Company Limited is Aksu
#    Holding Co., Ltd.; it was read as a holding company and a form of its own); a cotton and linen company is called
#    by its trade and its form.
VERSION = 15
# The first says what was scored, and scores nothing; the second says again what the word tables do.
_LEFT_OUT = frozenset({"features.toml", "lexicon.json.gz"})
# Beside the model and the word tables of names: what countries are called,
# what is known beside a name is worth, and what divides the names in a cell.
_BESIDE = (
    ("entrepot.vocabulary", "countries.csv"),
    ("entrepot.vocabulary", "country_names.csv"),
    ("entrepot.vocabulary", "country_names_more.csv.gz"),
    ("entrepot.screening", "points.csv"),
    ("entrepot.screening", "labels.csv"),
)
_ORIGINS = frozenset({"source", "source_id"})  # columns and keys that say where something comes from
_EARLIER = re.compile(r"rule-[0-9a-f]{12}")  # as 0.1.0 named it


def made_of() -> tuple[tuple[str, str], ...]:
    """The data files that make the rule: package, and name in its folder data."""
    held = (entry.name for entry in (files("entrepot.names") / "data").iterdir() if entry.is_file())
    names = sorted(n for n in held if n not in _LEFT_OUT and not n.startswith("."))
    regions = (("entrepot.vocabulary.regions", n) for n in in_names.made_of())
    return (*(("entrepot.names", n) for n in names), *regions, *_BESIDE)


@cache
def rule() -> str:
    """Names what scores: rule-, the declared version, and 12 digits of the hash of its data."""
    return id_of(f"rule-{VERSION}", _contents())


def _contents() -> Iterator[str | bytes]:
    """Each file of the rule: where it lies, how long what it says is, then that."""
    for package, name in made_of():
        said = _said(package, name).encode()
        yield f"{package}/{name.removesuffix('.gz')}\0{len(said)}\0"  # packing a file changes nothing that it says
        yield said


def _said(package: str, name: str) -> str:
    """What a data file says, apart from where it comes from: its columns one after the other, or its keys."""
    if name.endswith((".csv", ".csv.gz")):
        columns = zip(*packaged_cells(package, name), strict=True)
        return "\n\0".join("\0".join(column) for column in columns if column[0] not in _ORIGINS)
    keys: dict[str, Any] = (json.loads if name.endswith(".json") else tomllib.loads)(
        packaged_content(package, name).decode()
    )
    return json.dumps({key: value for key, value in keys.items() if key not in _ORIGINS}, ensure_ascii=False)


def earlier_name(name: str) -> str:
    """One sentence where a rule is named as 0.1.0 did; empty for all others.

    Args:
        name: of the rule of a match.
    """
    if not _EARLIER.fullmatch(name):
        return ""
    return tr(
        "{name} names its rule in an earlier way, by a hash of source text, from which it cannot be "
        "told whether it scores as {rule} does.",
        name=name,
        rule=rule(),
    )
