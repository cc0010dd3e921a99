"""What is known of words in names: legal forms, generic words with their translations, places with their spellings.

All of it is data: data/legal_forms.csv, words.csv, places.csv, pinyin_syllables.csv, and the places of those regions of
the vocabulary whose files say `in_names`. All spellings in Latin letters are worked out beforehand (`carried`). The
`weight` of a generic word is the share of a distinctive word's evidence that it carries. A word in Cyrillic may carry a
mark of its declension (`inflection`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import permutations, product
from math import log, prod
from typing import TYPE_CHECKING, Literal

from entrepot.core.tables.packaged import packaged_rows
from entrepot.names import contract
from entrepot.names.reading.carried import carried
from entrepot.names.reading.clean import is_han
from entrepot.names.reading.han import pinyin, simplified
from entrepot.names.reading.inflection import all_endings, romanised, stems
from entrepot.names.reading.latin import ascii_words
from entrepot.vocabulary.regions.in_names import regions_in_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entrepot.core.tables.packaged import Row
    from entrepot.vocabulary.regions.in_names import InNames

Role = Literal["form", "word", "place", "core"]

PLACE_WEIGHT = 0.45  # a place is shared by many firms, yet says more than a trade
_COMMONEST = 0.5  # evidence that the commonest word of names keeps
# Evidence of a generic word by what it says, where its row gives none: a trade narrows more than a rank.
_WEIGHTS = {"trade": 0.35, "activity": 0.25, "body": 0.3, "rank": 0.2, "brand": 1.0, "place": 0.45, "grammar": 0.03}
_SHORTEST_FOREIGN = 4  # letters
_PAIR = 2  # characters of most Chinese words
_SHORTENED = 0.6  # of its letters an abbreviation has at most: constrn is one of construction, weave none of weaving
_MOST_SHORTENED = 400  # ways of one phrase; those of words.csv have some thirty at most
_SPELT_IN_PINYIN = frozenset({"trade", "activity", "body"})  # ranks in pinyin are also brands: xinxing, guoji
# Words between names: the only generic words that a person's name has, and before which a firm's legal form may end.
PARTICLES = frozenset({"the", "and", "of", "for", "de", "la", "le", "al", "bin"})
_TITLES = """
mr mrs ms miss dr prof professor sir eng engr ing haji hajji hajj hadji mullah mulla molla mawlawi maulavi mawlavi
maulana sheikh shaykh shaikh sheik sayyid sayid sayed syed ustad qari ayatollah general gen colonel col captain
capt major maj lieutenant lt commander cmdr brigadier brig admiral sergeant sgt president minister jr sr junior senior
esq phd md dipl hon rev fr comrade
"""
HONORIFICS = frozenset(_TITLES.split())  # forms of address, military and religious ranks of the listed
NUMBERS = {
    **dict(
        zip(
            ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
            map(str, range(1, 11)),
            strict=True,
        )
    ),
    **dict(
        zip(
            ["ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii"],
            ["2", "3", "4", "6", "7", "8", "9", "11", "12"],
            strict=True,
        )
    ),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a spelling stands for.

    Attributes:
        role: form, word (generic), place, or core (a word that firms are called by: Great Wall, Phoenix).
        meaning: the family of a legal form, the English word, or the place; of a core word its letters together.
        weight: evidence it carries, in words of 1.
        also: further meanings of the same spelling (实业 is industry and enterprise); of a core word its English.
        sort: of a word, what it says: trade (line of business), activity, body, rank or grammar; else empty.
    """

    role: Role
    meaning: str
    weight: float
    also: tuple[str, ...] = ()
    sort: str = ""


@cache
def latin() -> dict[str, Entry]:
    """Latin words, a space between -> entry. Other scripts by their transliteration."""
    held = carried()
    if held is None:
        return worked_out()
    out: dict[str, Entry] = {}
    for role, meaning, weight, also, sort, spellings in held["entries"]:
        out |= dict.fromkeys(spellings.split("|"), Entry(role, meaning, weight, tuple(also), sort))
    return out


def worked_out() -> dict[str, Entry]:
    """As `latin`, from the tables; places before words before forms. Takes a fifth of a second."""
    out: dict[str, Entry] = {}
    for spelling, place in _spellings():
        if not is_han(spelling[0]):
            out.setdefault(" ".join(ascii_words(spelling)), place)
    for row in packaged_rows(contract.NAME_PLACES):
        entry = Entry("place", row["latin"][0], PLACE_WEIGHT)
        out |= {k: entry for s in row["latin"] if (k := " ".join(ascii_words(s))) not in out}
    _add(out, [(key, entry) for entry, row in _words() for key in _keys(row)])
    _add(out, [(s, e) for e, form in _forms() if not is_han(form[-1]) for s in romanised(form, _read)])
    out.pop("", None)  # of a spelling in which nothing is read
    return _shortened(out) | out


def _shortened(table: dict[str, Entry]) -> dict[str, Entry]:
    """The phrases of a table with words of them shortened as the words alone are: constr engg, new matl."""
    short = _abbreviations()
    out: dict[str, Entry] = {}
    for spelling, entry in table.items():
        words = spelling.split()
        ways = [(w, *short.get(w, ())) for w in words]
        if entry.role in {"word", "place"} and len(words) > 1 and 1 < prod(map(len, ways)) <= _MOST_SHORTENED:
            out |= {key: entry for way in product(*ways) if (key := " ".join(way)) not in out}
    return out


def _abbreviations() -> dict[str, tuple[str, ...]]:
    """English words of words.csv -> what their rows shorten them to: letters of theirs in order, few of them."""
    out: dict[str, list[str]] = {}
    for _, row in _words():
        single = [w for w in _english(row) if w.isalpha()]
        for word, short in permutations(single, 2):
            if len(short) <= _SHORTENED * len(word) and short[0] == word[0] and _is_in_order(short, word):
                out.setdefault(word, []).append(short)
    return {word: tuple(dict.fromkeys(short)) for word, short in out.items()}


def _is_in_order(letters: str, word: str) -> bool:
    rest = iter(word)
    return all(letter in rest for letter in letters)


@cache
def han() -> dict[str, Entry]:
    """Chinese words in simplified characters -> entry; forms before words before places."""
    out: dict[str, Entry] = {}
    _add(out, [(simplified(s).removeprefix("(集团)"), entry) for entry, s in _forms() if is_han(s[-1])])
    _add(out, [(h, _chinese(entry, h)) for entry, row in _words() for h in row["han"]])
    for row in packaged_rows(contract.NAME_PLACES):
        for word in row["han"]:
            for suffix in ("省", "市", ""):
                out.setdefault(simplified(word) + suffix, Entry("place", row["latin"][0], PLACE_WEIGHT))
    for spelling, place in _spellings():
        if is_han(spelling[0]):
            out.setdefault(simplified(spelling), place)
    return out


def _add(out: dict[str, Entry], pairs: list[tuple[str, Entry]]) -> None:
    """Add what is new; a word that already stands for another word stands for both."""
    for key, entry in pairs:
        known: Entry = out.setdefault(key, entry) if key else entry
        if known.role == entry.role == "word" and entry.meaning not in (known.meaning, *known.also):
            out[key] = replace(known, also=(*known.also, entry.meaning))


@cache
def _words() -> tuple[tuple[Entry, Row], ...]:
    """words.csv: entry and row. Words that firms are called by are distinctive, all others generic."""
    out = []
    for row in packaged_rows(contract.WORDS):
        weight = _WEIGHTS[row["sort"]] if row["weight"] is None else row["weight"]
        if row["sort"] == "place":
            entry = Entry("place", row["word"], weight)
        elif row["sort"] == "brand":
            entry = Entry("core", row["word"].replace(" ", ""), weight)
        else:
            entry = Entry("word", row["word"], weight, sort=row["sort"])
        out.append((entry, row))
    return tuple(out)


def _chinese(entry: Entry, written: str) -> Entry:
    """A word that firms are called by is more often spelt than translated: its pinyin stands first."""
    if entry.role != "core":
        return entry
    return replace(entry, meaning="".join(pinyin(written)), also=(entry.meaning,))


def _keys(row: Row) -> list[str]:
    """The Latin keys of a row of words.csv: English with plurals, pinyin, and the other scripts transliterated."""
    english = [" ".join(_read(w)) for w in _english(row)]
    if row["sort"] == "trade":
        english += [w + "s" for w in english if w.replace(" ", "").isalpha() and w[-1] not in "sxyz"]
    other = [s for w in row["cyrillic"] for s in romanised(w, _read)]
    if row["sort"] in _SPELT_IN_PINYIN:
        read = [pinyin(h) for h in row["han"] if len(h) > 1]
        other += ["".join(r) for r in read]
        # Four characters are two words in pinyin: 生物技术 is Shengwu Jishu.
        other += [f"{''.join(r[:_PAIR])} {''.join(r[_PAIR:])}" for r in read if len(r) == _PAIR * 2]
    other += [" ".join(_read(w)) for w in row["other"]]
    # A few letters of a foreign word are also a name (dan, ken, lev); abbreviations stand in the table without a mark.
    short = {" ".join(_read(w)) for w in row["cyrillic"] if w.isalpha()}
    other = [w for w in other if len(w) >= _SHORTEST_FOREIGN or w in short]
    return [w for w in dict.fromkeys(english + other) if w]


def _english(row: Row) -> list[str]:
    return [row["word"], *row["english"]]


def _read(text: str) -> list[str]:
    return _all_read().get(text) or ascii_words(text)


@cache
def _all_read() -> dict[str, list[str]]:
    """Every spelling of the tables with its Latin words: read in one go, which is four times as fast as one by one."""
    texts = all_endings() + [s for _, form in _forms() for s in stems(form)]
    for _, row in _words():
        texts += _english(row) + row["other"] + [s for w in row["cyrillic"] for s in stems(w)]
    texts = [t for t in dict.fromkeys(texts) if t and "0" not in t]
    # The separator is a digit that no spelling holds.
    read: list[list[str]] = [[]]
    for word in ascii_words(" 0 ".join(texts)):
        if word == "0":
            read.append([])
        else:
            read[-1].append(word)
    return dict(zip(texts, read, strict=True))


@cache
def _forms() -> tuple[tuple[Entry, str], ...]:
    """legal_forms.csv: entry and spelling."""
    return tuple(
        (Entry("form", row["family"], 0.0), form)
        for row in packaged_rows(contract.LEGAL_FORMS)
        for form in row["forms"]
    )


@cache
def endings() -> dict[str, str]:
    """Legal forms that count where a firm's name ends -> their family; the letters of each together."""
    return {form: row["family"] for row in packaged_rows(contract.LEGAL_ENDINGS) for form in row["forms"]}


@cache
def given_spellings() -> dict[str, str]:
    """Spellings of given names -> the first of their row: Andrei, Andrej and Andrey are Andrey."""
    rows = (r["spellings"] for r in packaged_rows(contract.GIVEN_SPELLINGS))
    return {spelling: names[0] for names in rows for spelling in names}


@cache
def ship_marks(stands: str) -> tuple[str, ...]:
    """What stands beside a ship's name and is no part of it (MV, (tanker), 轮), the longest first.

    Args:
        stands: where, as ship_marks.csv says it.
    """
    found = (r["marks"] for r in packaged_rows(contract.SHIP_MARKS) if r["stands"] == stands)
    return tuple(sorted((mark for marks in found for mark in marks), key=len, reverse=True))


@cache
def ship_prefixes() -> frozenset[str]:
    """What a ship is, before her name, in letters that say nothing else: mv, ss, lngc."""
    return frozenset("".join(ascii_words(mark)) for mark in ship_marks("letters"))


@cache
def institutions() -> frozenset[str]:
    """Words of words.csv that name a house of its own kind, whatever it is called: bank, hospital, school."""
    return frozenset(r["word"] for r in packaged_rows(contract.INSTITUTIONS))


@cache
def called() -> dict[str, frozenset[str]]:
    """Given name -> what its bearers are called, and back: Bill is William. General knowledge, from no list."""
    out: dict[str, set[str]] = {}
    for row in packaged_rows(contract.GIVEN_NAMES):
        for name in row["name"]:
            for short in row["called"]:
                out.setdefault(name, set()).add(short)
                out.setdefault(short, set()).add(name)
    return {k: frozenset(v) for k, v in out.items()}


@cache
def english() -> frozenset[str]:
    """Single words of the tables as English writes them, with places and legal forms in Latin letters."""
    texts = [w for _, row in _words() for w in _english(row)]
    texts += [w for row in packaged_rows(contract.NAME_PLACES) for w in row["latin"]]
    texts += [form for _, form in _forms() if form.isascii()]
    read = (_read(t) for t in dict.fromkeys(texts))
    return frozenset(w for words in read for w in (*words, *(f"{w}s" for w in words)) if len(words) == 1)


@cache
def typed() -> tuple[str, ...]:
    """English words, places and forms; declined words of Russian are too near one another to be told apart."""
    held = carried()
    return typed_of(latin()) if held is None else tuple(held["typed"].split())


def typed_of(table: dict[str, Entry]) -> tuple[str, ...]:
    """As `typed`, worked out; in order.

    Args:
        table: all spellings.
    """
    return tuple(w for w in sorted(english()) if w.isalpha() and w in table and table[w].role != "core")


@cache
def longest_han() -> int:
    """The longest Chinese entry in characters."""
    return max(map(len, han()))


@cache
def frequent() -> dict[str, int]:
    """Common words of names -> in the names of how many parties they stand, of `parties()`."""
    return {word: count for word, count in _counted().items() if word != "*"}


def parties() -> int:
    """How many parties the words of `frequent` were counted over."""
    return _counted()["*"]


@cache
def _counted() -> dict[str, int]:
    """frequent.csv: word and parties, `*` being all of them."""
    return {r["word"]: r["parties"] for r in packaged_rows(contract.FREQUENT)}


@cache
def rarity() -> dict[str, float]:
    """Common words of names -> the share of a distinctive word's evidence that they keep.

    Counted over the names of the OFAC, UN, UK and US consolidated lists by scripts/train_names.
    """
    counts = frequent()
    least, most = min(counts.values()), max(counts.values())
    return {w: 1 - (1 - _COMMONEST) * log(c / least) / log(most / least) for w, c in counts.items()}


def _spellings() -> Iterator[tuple[str, Entry]]:
    """Every spelling of a place of a region, doubtful ones included, with what it stands for in names."""
    for region in regions_in_names():
        heads = _heads(region)
        for spelling, place in region.spellings.items():
            weight = 1.0 if place.place_id in region.parties else PLACE_WEIGHT
            yield spelling, Entry("place", heads[place.place_id], weight)


def _heads(region: InNames) -> dict[str, str]:
    """place_id -> a readable word for the first place of the same short name; places of one name are one.

    A place that is a party itself is its own.
    """
    out: dict[str, str] = {}
    first: dict[str, str] = {}
    for place in region.places.values():
        word = region.english_end.sub("", place.name)
        out[place.place_id] = first.setdefault(region.local_end.sub("", place.name_local), word)
    return out | {p: p for p in region.parties}
