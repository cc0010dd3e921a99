"""What is known of a party and of a listed entity beside their names, and what it says where the two meet.

Numbers of persons' documents are compared as keyed hashes and shown as matched or differs, never printed. See
docs/design/19-evidence.md and 12-identifiers.md.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core.words.translate import marked, tr
from entrepot.names.comparing.score import relation
from entrepot.names.reading.prepare import prepare
from entrepot.screening.matching.weights import points
from entrepot.vocabulary import identifiers
from entrepot.vocabulary.countries import code_of, name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from entrepot.names.reading.name import Kind
    from entrepot.screening.parties.parties import Party

    Number = Sequence[str]  # kind, normal form or keyed hash, issuing country

_LEAST_NUMBER = 5  # characters of a normal form; shorter ones run alike by chance
_PERMANENT = {"imo": "", "lei": "", "uscc": "CN", "inn": "RU", "ogrn": "RU", "mmsi": "", "duns": "", "swift": ""}
_ONE_CHINA = frozenset({"CN", "HK", "MO"})  # a firm of Hong Kong is printed under either
_KINDS = {
    "imo": "IMO number",
    "lei": "LEI",
    "uscc": marked("credit code"),
    "inn": "INN",
    "ogrn": "OGRN",
    "registration": marked("registration number"),
    "tax": marked("tax number"),
    "passport": marked("passport number"),
    "national_id": marked("national identity number"),
}


@dataclass(frozen=True, slots=True)
class Particular:
    """What one fact beside the name said.

    Attributes:
        feature: birth_year, country, identifier, document or script.
        outcome: as in data/points.csv.
        value: years apart; else 1 where the two meet and 0 where they differ.
        words: what was compared; empty for documents and scripts.
        said: the sentence, with the points.
    """

    feature: str
    outcome: str
    value: float
    words: tuple[str, ...]
    said: str

    @property
    def points(self) -> float:
        """Log-odds that it adds."""
        return points()[self.feature, self.outcome]

    @property
    def is_number(self) -> bool:
        """Whether a number matched."""
        return self.outcome.startswith("matched")


def hashed(party: Party, secret: bytes) -> list[str]:
    """A party's numbers as kind:hash under the key of the store; none without a key.

    All of them: of an entry whose kind its list does not say, the store may hold any number as a hash.
    """
    if not secret:
        return []
    given = [n.split(":", 1) for n in (*party.documents, *party.numbers)]
    return list(dict.fromkeys(f"{k}:{identifiers.digest(secret, v, k)}" for k, v in given if len(v) >= _LEAST_NUMBER))


def compared(party: Party, listed: str) -> list[Particular]:
    """What all facts beside the names say of a party and a listed entity.

    Args:
        party: its documents as keyed hashes.
        listed: what `lists.version_names.particulars` gave.
    """
    if not listed:
        return []
    entry = json.loads(listed)
    own = code_of(party.country or "") if "country" not in party.shared else ""
    is_sure = "identifier" not in party.shared
    found = [
        _birth(party.birth_year, entry.get("birth_years", ())),
        _country(own, entry.get("countries", ())),
        _numbers("identifier", party.numbers, own, entry.get("numbers", ()), is_sure=is_sure),
        _numbers("document", party.documents, own, entry.get("documents", ()), is_sure=is_sure),
    ]
    return [f for f in found if f is not None]


def across_scripts(name: str | None, listed: str, kind: Kind) -> list[Particular]:
    """What it says of two firms that one is named in Chinese characters and the other in Latin letters.

    Many firms sound alike or mean the same, and most that a search brings up are not the listed one. Of persons it says
    nothing that their score does not.

    Args:
        name: the party's name, or the part of its cell that was compared.
        listed: the name that it met.
        kind: as what the two were compared.
    """
    if not name or kind == "person" or relation(prepare(name, kind), prepare(listed, kind)) != "chinese":
        return []
    said = tr(
        "The names are in Chinese characters and in Latin letters, and meet by sound or meaning as those of others do."
    )
    return [_made("script", "characters_and_latin", 1.0, (), said)]


def _made(feature: str, outcome: str, value: float, words: Iterable[str], said: str) -> Particular:
    return Particular(feature, outcome, value, tuple(words), f"{said} ({points()[feature, outcome]:+.1f})")


def _birth(given: str | None, years: Sequence[str]) -> Particular | None:
    if not given or not years:
        return None
    nearest = min(years, key=lambda y: (abs(int(y) - int(given)), y))
    apart = abs(int(nearest) - int(given))
    if apart == 0:
        return _made("birth_year", "same", 0.0, (given,), tr("The birth years are the same: {given}.", given=given))
    if apart == 1:
        said = tr("The birth years are one year apart: {given} and {nearest}.", given=given, nearest=nearest)
        return _made("birth_year", "within_one", 1.0, (given, nearest), said)
    said = tr("The birth years differ: {given} and {years}.", given=given, years=" or ".join(years))
    return _made("birth_year", "differs", float(apart), (given, *years), said)


def _country(given: str, countries: Sequence[str]) -> Particular | None:
    if not given or not countries:
        return None
    if given in countries:
        return _made("country", "same", 1.0, (given,), tr("The countries are the same: {name}.", name=name(given)))
    if given in _ONE_CHINA and _ONE_CHINA & set(countries):
        return None
    said = tr("The countries differ: {name} and {name_2}.", name=name(given), name_2=", ".join(map(name, countries)))
    return _made("country", "differs", 0.0, (given, *countries), said)


def _numbers(
    feature: str, given: Iterable[str], own: str, listed: Sequence[Number], *, is_sure: bool
) -> Particular | None:
    """The strongest that numbers say: one that matches counts, whatever others differ."""
    pairs = [(k, v, other) for k, v in (g.split(":", 1) for g in given) for other in listed]
    same = [(_outcome(k, own, other), k, v) for k, v, other in pairs if v == other[1] and _may_be_one(k, v, other)]
    same = sorted(s for s in same if s[0])
    if same:
        outcome, kind, value = same[0]  # "matched" before "matched_issuer_unknown"
        return _matched(feature, outcome, kind, value)
    differing = sorted((k, v, other[1]) for k, v, other in pairs if is_sure and _is_one_kind(k, own, other))
    return _differing(feature, differing[0]) if differing else None


def _may_be_one(kind: str, value: str, other: Number) -> bool:
    return len(value) >= _LEAST_NUMBER and (identifiers.comparable(kind, other[0]) or {kind, other[0]} <= _PAPERS)


# What a list calls a number of a person or a firm differs from country to country: equal numbers under two of these
# words may be one.
_PAPERS = frozenset({"passport", "national_id", "other", "tax", "registration", "inn"})


def _issuer(kind: str, country: str) -> str:
    """Who issued a number of a kind; * where the kind is the same the world over."""
    return (_PERMANENT[kind] or "*") if kind in _PERMANENT else country


def _outcome(kind: str, own: str, other: Number) -> str:
    """Of two equal numbers: whether they are of one type and issuer; empty where they are of two issuers."""
    ours, theirs = _issuer(kind, own), _issuer(other[0], other[2])
    if ours and theirs and ours != theirs:
        return ""
    return "matched" if kind == other[0] and ours and theirs else "matched_issuer_unknown"


def _is_one_kind(kind: str, own: str, other: Number) -> bool:
    """Whether two numbers that differ are of one type and issuer, so that it says something."""
    ours = _issuer(kind, own)
    return kind == other[0] and bool(ours) and ours == _issuer(other[0], other[2]) and kind != "other"


def _matched(feature: str, outcome: str, kind: str, value: str) -> Particular:
    word = _KINDS.get(kind, "number")
    doubt = "" if outcome == "matched" else tr(", but not surely of one type and issuer")
    if feature == "document":
        return _made(feature, outcome, 1.0, (), tr("The {word} matched{doubt}.", word=word, doubt=doubt))
    return _made(
        feature, outcome, 1.0, (value,), tr("The {word} matched{doubt}: {value}.", word=word, doubt=doubt, value=value)
    )


def _differing(feature: str, pair: tuple[str, str, str]) -> Particular:
    kind, ours, theirs = pair
    word = _KINDS.get(kind, kind)
    if feature == "document":
        return _made(feature, "differs", 0.0, (), tr("The {word} differs.", word=word))
    outcome = "differs_permanent" if kind in _PERMANENT else "differs"
    return _made(
        feature,
        outcome,
        0.0,
        (ours, theirs),
        tr("The {word} differs: {ours} and {theirs}.", word=word, ours=ours, theirs=theirs),
    )
