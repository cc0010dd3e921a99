"""The known words of a heading, the longest first, and whether they explain all of it.

They stand in data/headings.csv, and language by language in data/headings_by_language.csv.gz.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from entrepot.core.tables.packaged import packaged_rows
from entrepot.intake.groups.row_words import total_words
from entrepot.intake.heading_row import folded
from entrepot.screening.parties.contract import HEADINGS_BY_LANGUAGE, PARTY_HEADINGS

if TYPE_CHECKING:
    from collections.abc import Iterable

_EXACT = "="  # before a word that is one only where nothing stands beside it: a state is ST, a street too
_LONGEST = 6  # words of a phrase: nombre de fantasia, "zip/postal code"
_LEAST, _LEAST_NUMBER = 3, 2  # letters of one word of a compound; of one that says a number: nr, no, id
_LINKS = ("", "n", "s", "en", "es")  # between the words of a German compound: Lieferant-en-name, Ort-s-name
_MOST_LEFT = 2  # characters of an East Asian heading that no word explains
# Scripts that write no spaces between words, and Korean, which writes compounds without.
_CYRILLIC = re.compile(r"[а-яёіїєґ]{6,}")
_ENDING = 2  # letters by which a Russian or Ukrainian word of six or more changes: отправитель, отправителя
# Languages that write two words as one, and those whose words are known by all but their ending.
_COMPOUNDING = frozenset({"de", "nl", "sv", "da", "no", "fi", "et", "hu", "ru", "uk", "be"})
_HEAD = 5  # letters of the last word of a compound that says by itself what it is: Utdelningsadress
# Not a name: Dateiname and Benutzername end in one too.
_HEADS = frozenset({"address", "country", "identifier"})
# Three words and more in one piece, as names of fields stand in capitals: VENDORSEARCHNAME. Shorter are two words at
# most, and a word of another language would fall into pieces too easily.
_RUN, _PIECE = re.compile(r"[a-z]{12,}"), 2
# Kinds of a name that a word beside that for a name tells, in either order: "old name", NAME_FIRST.
_OF_NAMES, _QUALIFIED = "name_field", frozenset({"alias", "person_field"})
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Word:
    """A known word of headings.

    Attributes:
        role: what a column with the word holds.
        stem: whose column it is; empty where it does not say.
        kind: which number a column of numbers holds.
        text: the word.
    """

    role: str
    stem: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a heading.

    Attributes:
        found: the known ones, in their order; one that is known in several ways stands in each.
        is_whole: whether they explain all of it.
    """

    found: tuple[Word, ...]
    is_whole: bool


def words_in(text: str) -> Reading:
    """The known words of a heading.

    Args:
        text: folded.
    """
    if exact := _exact().get(text) or _exact().get(text.rstrip("0123456789 ")):
        return Reading(exact, is_whole=True)
    found: list[Word] = []
    tokens, at, is_whole = _with_initials(text.split()), 0, True
    while at < len(tokens):
        phrase, many = _phrase(tokens[at : at + _LONGEST])
        if not phrase and not tokens[at].isdigit():
            phrase, is_known = _in_one(tokens[at])
            which = () if phrase or len(tokens) > _LONGEST else _which_name(tokens, at)
            phrase, is_known = which or phrase, is_known or bool(which)
            is_whole = is_whole and is_known
        found += phrase
        at += many
    return Reading(tuple(found), is_whole)


def _with_initials(tokens: list[str]) -> list[str]:
    """The words with letters that stand apart put together where they are a known word: N.I.F., P.S.Č."""
    out: list[str] = []
    at = 0
    while at < len(tokens):
        many = next((n for n, t in enumerate(tokens[at:]) if len(t) > 1 or not t.isalpha()), len(tokens) - at)
        joined = "".join(tokens[at : at + many])
        is_known = many > 1 and " ".join(tokens[at : at + many]) not in _spaced()
        if is_known and (joined in _spaced() or joined in _exact()):
            out.append(joined)
        else:
            many = max(many, 1)
            out += tokens[at : at + many]
        at += many
    return out


def _phrase(tokens: list[str]) -> tuple[tuple[Word, ...], int]:
    """The longest known phrase with which words begin, and how many it takes; a number behind it is no part of it."""
    for many in range(len(tokens), 0, -1):
        said = " ".join(tokens[:many])
        if known := _spaced().get(said) or _spaced().get(said.rstrip("0123456789")):
            return known, many
    return (), 1


def _which_name(tokens: list[str], at: int) -> tuple[Word, ...]:
    """Which name a word says that stands beside one for a name: VENDOR_NAME_ALT is another, NAME_LAST a person's last.

    It says so only where all the other words are known: "Vendor name last updated" is no person's.
    """
    which = _qualifiers().get(tokens[at].rstrip("0123456789"), ())
    if not which:
        return ()
    rest = words_in(" ".join((*tokens[:at], *tokens[at + 1 :])))
    return which if rest.is_whole and any(w.role == _OF_NAMES for w in rest.found) else ()


def _in_one(token: str) -> tuple[tuple[Word, ...], bool]:
    """What a word says that is not known as it stands, and whether all of it is known."""
    if _UNSPACED.search(token):
        return _within(token)
    if _CYRILLIC.fullmatch(token) and _inflected(token):
        return _inflected(token), True
    found, is_known = _compound(token)
    run = () if is_known else _run_together(token.rstrip("0123456789"))
    return (run, True) if run else (found, is_known)


@cache
def _run_together(token: str) -> tuple[Word, ...]:
    """The known phrases of which a heading in one piece is made, the fewest that leave nothing; else none.

    VENDORSEARCHNAME is vendor and search name, ADDRESSCOUNTRYREGIONISOCODE is address, country region, ISO code.
    """
    if not _RUN.fullmatch(token):
        return ()
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(_PIECE, len(token) + 1):
        ways = [(*best[at], token[at:end]) for at in range(end - 1) if at in best and token[at:end] in _in_a_piece()]
        if ways:
            best[end] = min(ways, key=len)
    return tuple(word for piece in best.get(len(token), ()) for word in _in_a_piece()[piece])


@cache
def _in_a_piece() -> dict[str, tuple[Word, ...]]:
    """The words and phrases of no language of their own, without their spaces."""
    known = _by_text(word for language, exact, word in _told() if not exact and not language)
    plain = {t.replace(" ", ""): ws for t, ws in known.items() if t.isascii()}
    return {t: ws for t, ws in plain.items() if len(t) >= _PIECE}


@cache
def _inflected(token: str) -> tuple[Word, ...]:
    """The known word of which a Russian or Ukrainian one is another case."""
    for text, known in _of_compounds().items():
        longest = max(len(text), len(token))
        if _CYRILLIC.fullmatch(text) and text[: longest - _ENDING] == token[: longest - _ENDING]:
            return known
    return ()


def _within(token: str) -> tuple[tuple[Word, ...], bool]:
    """The known words of a heading without spaces, each the longest from its place on."""
    found: list[Word] = []
    at = left = 0
    while at < len(token):
        for many in range(min(_longest_unspaced(), len(token) - at), 0, -1):
            if known := _spaced().get(token[at : at + many]):
                found += known
                break
        else:
            many, left = 1, left + (not token[at].isdigit())
        at += many
    return tuple(found), left <= _MOST_LEFT


@cache
def _compound(token: str) -> tuple[tuple[Word, ...], bool]:
    """The two known words of which a longer one is made: Lieferantenname, vendorcity; the first as long as may be."""
    token = token.rstrip("0123456789")
    for cut in range(len(token) - _LEAST_NUMBER, _LEAST - 1, -1):
        last = _of_compounds().get(token[cut:], ())
        if len(token) - cut < _LEAST and not any(w.role == "number" for w in last):
            continue
        for link in _LINKS:
            first = _of_compounds().get(token[:cut].removesuffix(link), ()) if token[:cut].endswith(link) else ()
            if first and last and len(first[0].text) >= _LEAST:
                return (*first, *last), True
    heads = (_of_compounds().get(token[cut:], ()) for cut in range(_LEAST, len(token) - _HEAD + 1))
    return next((h for h in heads if h and {w.role for w in h} <= _HEADS), ()), False


@cache
def words() -> tuple[Word, ...]:
    """Each word of headings that is known, as headings are folded."""
    return tuple(word for _, _, word in _told())


@cache
def totals() -> tuple[str, ...]:
    """The words that say a total, as headings are folded."""
    return tuple(dict.fromkeys(w.text for w in words() if w.role == "total" and w.text))


@cache
def _told() -> tuple[tuple[str, bool, Word], ...]:
    """Every word once, with its language (empty for those of none) and whether it is known only where it stands alone.

    All tables of words are made of it, so that each word is folded once.
    """
    sums = {"role": "total", "stem": "", "kind": "", "words": total_words()}
    rows = [sums, *packaged_rows(PARTY_HEADINGS), *packaged_rows(HEADINGS_BY_LANGUAGE)]
    return tuple(
        (r.get("language", ""), w.startswith(_EXACT), Word(r["role"], r["stem"] or "", r["kind"] or "", folded(w)))
        for r in rows
        for w in r["words"]
        if w
    )


@cache
def _spaced() -> dict[str, tuple[Word, ...]]:
    """The words and phrases; those of persons' names in one piece too, either word first: LASTNAME, NAMEMIDDLE."""
    told = [word for _, exact, word in _told() if not exact]
    persons = [w for w in told if w.role == "person_field" and w.text.isascii()]
    joined = (replace(w, text="".join(ts)) for w in persons for ts in (w.text.split(), w.text.split()[::-1]))
    return _by_text((*told, *joined))


@cache
def _qualifiers() -> dict[str, tuple[Word, ...]]:
    """The words that say which name is meant: what known phrases of two words have beside the word for a name."""
    told = [word for _, exact, word in _told() if not exact]
    names = {w.text for w in told if w.role == _OF_NAMES}
    pairs = ((w, w.text.split()) for w in told if w.role in _QUALIFIED and w.text.count(" ") == 1)
    found = (replace(w, text=pair[one]) for w, pair in pairs for one in (0, 1) if pair[1 - one] in names)
    return _by_text(w for w in found if w.text not in names)


@cache
def _exact() -> dict[str, tuple[Word, ...]]:
    return _by_text(word for _, exact, word in _told() if exact)


def _by_text(found: Iterable[Word]) -> dict[str, tuple[Word, ...]]:
    out: dict[str, tuple[Word, ...]] = {}
    for word in found:
        if not word.text:
            continue
        out[word.text] = (*(w for w in out.get(word.text, ()) if w != word), word)
    return out


@cache
def _of_compounds() -> dict[str, tuple[Word, ...]]:
    """The words that a compound may be made of: single ones, and none that says nothing."""
    spoken = ("", *_COMPOUNDING)
    known = _by_text(word for language, exact, word in _told() if not exact and language in spoken)
    said = {t: tuple(w for w in ws if w.role not in {"neutral", "total"}) for t, ws in known.items()}
    return {t: ws for t, ws in said.items() if ws and " " not in t and len(t) >= _LEAST_NUMBER}


@cache
def _longest_unspaced() -> int:
    return max(len(t) for t in _spaced() if _UNSPACED.search(t))
