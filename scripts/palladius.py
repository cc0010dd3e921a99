"""Derives names/data/han_palladius.csv, how Russian writes the syllables of Chinese, from the table of pinyin.

Run: python scripts/palladius.py

The system is that of Palladius (Kafarov) and P. S. Popov, Kitaisko-russkii slovar, Peking 1888, as Russian maps and
newspapers use it. It is regular: an initial and a final each have one spelling, but for the syllables listed here. ü is
written u, as names/reading/latin.py reads it. A further spelling stands behind a semicolon.
"""

from __future__ import annotations

import csv
from pathlib import Path

SOURCE = "Palladius and Popov 1888"
DATA = Path(__file__).parent.parent / "src/entrepot/names/data"
_INITIALS = "b:б p:п m:м f:ф d:д t:т n:н l:л g:г k:к h:х j:цз q:ц x:с zh:чж ch:ч sh:ш r:ж z:цз c:ц s:с"
_FINALS = """
    a:а o:о e:э ai:ай ei:эй ao:ао ou:оу an:ань en:энь ang:ан eng:эн ong:ун i:и ia:я ie:е iao:яо iu:ю ian:янь in:инь
    iang:ян ing:ин iong:юн u:у ua:уа uo:о uai:уай ui:уй uan:уань un:унь uang:уан ue:юэ
"""
_AFTER_JQX = "u:юй ue:юэ uan:юань un:юнь"
_WHOLE = """
    a:а o:о e:э ai:ай ei:эй ao:ао ou:оу an:ань en:энь ang:ан er:эр yi:и ya:я ye:е yao:яо you:ю yan:янь yin:инь yang:ян
    ying:ин yong:юн yo:ё;йо yu:юй yue:юэ yuan:юань yun:юнь wu:у wa:ва wo:во wai:вай wei:вэй wan:вань wen:вэнь wang:ван
    weng:вэн zi:цзы ci:цы si:сы hui:хуэй;хой nu:ну;нюй lu:лу;люй
"""
# Other spellings of nu, lu and luo, which names/reading/latin.py writes as these.
_TWICE = frozenset({"nyu", "lyu", "lo"})


def spelt(syllable: str) -> str:
    """How Palladius writes a syllable of pinyin; several spellings joined by semicolons."""
    if known := _pairs(_WHOLE).get(syllable):
        return known
    initials = _pairs(_INITIALS)
    start = next(s for s in (syllable[:2], syllable[:1]) if s in initials)
    rest = syllable[len(start) :]
    final = _pairs(_AFTER_JQX).get(rest) if start in {"j", "q", "x"} else None
    return initials[start] + (final or _pairs(_FINALS)[rest])


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in text.split())


def main() -> None:
    """Write the table."""
    with (DATA / "pinyin_syllables.csv").open(encoding="utf-8", newline="") as file:
        syllables = [row["syllable"] for row in csv.DictReader(file)]
    with (DATA / "han_palladius.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("pinyin", "palladius", "source"))
        writer.writerows((s, spelt(s), SOURCE) for s in syllables if s not in _TWICE)


if __name__ == "__main__":
    main()
