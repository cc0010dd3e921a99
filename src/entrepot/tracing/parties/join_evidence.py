"""What speaks for two names as one beside the names: words cut short, an address written otherwise, a former name.

Each answers one question of two names or two addresses, and joins nothing: `joins` weighs them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from entrepot.core.tables.packaged import packaged_rows
from entrepot.intake.heading_row import unaccented
from entrepot.tracing.supply.contract import SUPPLY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from entrepot.names.reading.name import Name
    from entrepot.tracing.parties.named_parties import Mention

# Words that a translation adds or leaves out and that tell no trade: 科技 is in one name's English, not in the other's.
_WEAK = frozenset({"technology", "material", "product", "industry", "manufacturing", "development"})
_SHORTEST_WORD = 3  # letters of a word of an address that tells a place
_SHORTEST_SPELT = 5  # letters of a word in which one letter more or less is a way of writing it
_POSTAL = 5  # digits from which a number of an address is a postal code, which the other may leave out
_HALF = 2  # more than one part in so many of the words of the shorter address stand in the other
_STREET = re.compile(r"(?<=[a-z]{3})(strasse|straße|str)$")
_WORD, _DIGITS = re.compile(r"[^\W_]+"), re.compile(r"\d")
_ADDRESS = re.compile(r"(?:urn:|https?://)\S*?[:/]([^\s:/.]+)(?:\.[^\s:/]*)?(?:/254/\S*)?")  # its last part
_BRACKET = re.compile(r"^(.*?)\s*[(（]([^()（）]*)[)）]\s*$")
_MOST_AT_ONE = 50  # addresses of the same numbers: more are a business park


def are_two_numbers(one: str, other: str) -> bool:
    """Whether two names are addresses of numbers, as events have them, that differ: their likeness says nothing.

    Those of one firm share its prefix, before the stop of a URN, or all digits of a link.

    >>> are_two_numbers("https://id.gs1.org/417/9506000100001", "https://id.gs1.org/417/9506000100002")
    True
    >>> are_two_numbers("urn:epc:id:pgln:6901234.00000", "urn:epc:id:sgln:6901234.00777.0")
    False
    """
    found = [_ADDRESS.fullmatch(name) for name in (one, other)]
    return all(found) and len({m[1] for m in found if m}) > 1


def formerly(name: str) -> tuple[str, ...]:
    """The names that a name holds: its own, and a former one that it gives in brackets."""
    found = _BRACKET.match(name)
    if not found:
        return (name,)
    said = found[2].strip()
    words = sorted(_said("formerly"), key=len, reverse=True)
    before = next((w for w in words if unaccented(said).startswith(w)), None)
    return (found[1], said[len(before) :].strip(" :：.")) if before and found[1] else (name,)


def without_keeper(name: str) -> str:
    """A name without who takes mail for it: what is sent to a firm care of another is the firm's.

    >>> without_keeper("Example Textile Ltd c/o Sample Forwarding Co"), without_keeper("C/O Example Ltd")
    ('Example Textile Ltd', 'C/O Example Ltd')
    """
    found = _care_of().search(name)
    return name[: found.start()].rstrip(" ,;-") or name if found else name


@cache
def _care_of() -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in sorted(_said("care_of"), key=len, reverse=True))
    return re.compile(rf"(?<=\S)[\s,;(（]+(?:{words})(?=[\s.:])", re.IGNORECASE)


def spelt_apart(one: Iterable[str], other: Iterable[str]) -> frozenset[str]:
    """Words of either that are no way of writing one of the other: Intl is international, zipper is no button."""
    left, right = set(one) - set(other), set(other) - set(one)
    met = {w for a in left for b in right if _is_written(a, b) for w in (a, b)}
    return frozenset((left | right) - met)


def _is_written(one: str, other: str) -> bool:
    short, long_ = sorted((unaccented(one), unaccented(other)), key=len)
    if not short or short[0] != long_[0]:
        return False
    if len(short) >= _SHORTEST_SPELT and len(long_) - len(short) <= 1:
        return any(long_[:i] + long_[i + 1 :] == short for i in range(len(long_))) or short == long_
    letters = iter(long_)
    # An abbreviation has letters of the word in their order, and is half of it at most.
    return _HALF * len(short) <= len(long_) + 1 and all(c in letters for c in short)


def is_one_in_translation(one: Name, other: Name) -> bool:
    """Whether names in two scripts have the same distinctive words and places, and no other trade."""
    if one.script == other.script:
        return False
    told = [
        (sorted(w.text for w in n.words if w.kind != "word"), {w.text for w in n.words if w.kind == "word"})
        for n in (one, other)
    ]
    (own, trade), (other_own, other_trade) = told
    return own == other_own and bool(trade & other_trade) and trade ^ other_trade <= _WEAK


def more_of_place(one: Name, other: Name, said: str) -> tuple[frozenset[str], bool]:
    """The words by which one name is longer than the other, where they may tell a town, a unit or a plant.

    Args:
        one: a name.
        other: the other, of the same words else.
        said: the addresses of both, in small letters: a word that stands there is a town.

    Returns:
        The words, none where they may tell no such thing; and whether they tell it, as a place on record, a word for
        a unit, a number or a word of the address does. A word that only stands last may as well be another firm's.
    """
    longer, shorter = sorted((one, other), key=lambda n: -len(n.words))
    shared = {w.text for w in shorter.words}
    more = [w for w in longer.words if w.text not in shared]
    if not more or not shared <= {w.text for w in longer.words}:
        return frozenset(), False
    told = frozenset(w.text for w in more)
    has_unit = any(unaccented(w.shown) in _said("unit") for w in more)
    # A place before a name is where its firm sits; one within or behind it may name a daughter: X (Vietnam) Co., Ltd.
    is_first = [w.text for w in longer.words[: len(more)]] == [w.text for w in more]
    telling = {"place", "number"} if is_first else {"number"}
    if all(w.kind in telling or unaccented(w.shown) in {*_said("unit"), *said.split()} for w in more):
        return told, True
    is_last = [w.text for w in longer.words[-len(more) :]] == [w.text for w in more]
    may_be = is_last and (has_unit or all(w.kind in {"core", "place", "number"} for w in more))
    return (told if may_be else frozenset()), False


def shares_partner(parties: Mapping[str, Mention], one: str, other: str) -> str | None:
    """The id of somebody with whom both deal, by supply or by payment; None where there is none."""
    both = _partners(parties, one) & _partners(parties, other)
    return min(both, default=None)


def _partners(parties: Mapping[str, Mention], who: str) -> set[str]:
    return set(parties[who].deals) | {i for i, m in parties.items() if who in m.deals}


def one_address(addresses: Iterable[str]) -> dict[str, str]:
    """Address -> the one that stands for it: addresses of the same numbers, whose words are mostly the same.

    Args:
        addresses: folded, as `named_parties` has them.
    """
    stands = {a: a for a in addresses}
    by_numbers: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for address in sorted(stands):
        numbers, words = _read(address)
        if numbers and words:
            by_numbers[numbers].append(address)
    for some in by_numbers.values():
        if len(some) > _MOST_AT_ONE:
            continue
        for a, b in combinations(some, 2):
            if _is_one_place(a, b):
                stands[b] = stands[a]
    return stands


@cache
def _read(address: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The numbers of an address without postal codes, and its words without those that every address has."""
    every = _said("address")
    tokens = [_STREET.sub("", unaccented(t)) for t in _WORD.findall(address)]
    numbers = sorted({t for t in tokens if _DIGITS.search(t) and not (t.isdigit() and len(t) >= _POSTAL)})
    words = {t for t in tokens if not _DIGITS.search(t) and t not in every and len(t) >= _SHORTEST_WORD}
    return tuple(numbers), frozenset(words)


def _is_one_place(one: str, other: str) -> bool:
    (numbers, words), (_, others) = _read(one), _read(other)
    least, shared = min(len(words), len(others)), len(words & others)
    return _HALF * shared > least and shared + len(numbers) > _HALF


@cache
def _said(meaning: str) -> frozenset[str]:
    return frozenset(unaccented(w) for r in packaged_rows(SUPPLY_WORDS) if r["meaning"] == meaning for w in r["words"])
