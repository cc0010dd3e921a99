"""The heavy step: parties in, matches out, both Arrow; it reads nothing else, so it can run on any machine."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import batch, batch_of_columns
from entrepot.core.ids import id_of
from entrepot.core.words.translate import in_english, marked, tr
from entrepot.lists.listed_name import kind_of
from entrepot.measures.by_region import under_measures
from entrepot.names.similarity import one_given_name
from entrepot.screening.cases.case_identity import with_cases
from entrepot.screening.cases.entries import entries
from entrepot.screening.contract import MATCHES, PARTIES
from entrepot.screening.matching.entities import Met, best_of, entities, least, meetings
from entrepot.screening.matching.filled_field import cut_said
from entrepot.screening.matching.part_of_listed import PartOf, parts_of_listed
from entrepot.screening.matching.particulars import hashed
from entrepot.screening.matching.presumed_region import Placed, may_hold_number, placed, wrong_code
from entrepot.screening.matching.score_evidence import evidence
from entrepot.screening.matching.scoring_rule import rule
from entrepot.screening.parties.cells.names_in_cell import pieces, ships, within
from entrepot.screening.parties.cells.ships_in_cell import called_as_ship
from entrepot.screening.parties.parties import Party

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pyarrow as pa

    from entrepot.lists.listed_name import ListedName
    from entrepot.lists.search_set import Searched
    from entrepot.measures.by_region import UnderMeasure
    from entrepot.names.search.index import Hit

Row = dict[str, Any]

# What a party of a kind is not, whatever its name: the parties on a list with which it is not compared.
_NEVER = {
    "person": frozenset({"company", "vessel"}),
    "company": frozenset({"person"}),
    "vessel": frozenset({"person", "company"}),
    "any": frozenset[str](),
}
_APART = ("match_id", "case_id", "entry", "joined")
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True)  # made once: json.dumps makes one for each row
_BY_NUMBER = marked("The names do not meet: the match rests on the number.")
_NO_NAME = marked("The party has no name: the match rests on the number.")
_AT_MOST = marked("A match that rests on a probable name alone scores {ceiling:.2f} at most.")
_SPELT = marked("Two spellings of one given name, which count as one: “{one}” and “{other}”.")
_PUT = marked("The name stands in several columns; compared was “{part}”.")
_OTHER = marked("Another name of the party stands in the column {column}; compared was “{part}”.")
_PART = marked("The cell holds more than one name, or more than a name; compared was “{part}”.")


@dataclass(frozen=True, slots=True)
class Terms:
    """How parties are met.

    Attributes:
        min_score: lowest score of a match, in [0, 1].
        as_of: the day, ISO.
        regions: the regions that are looked for, with what the measures say of them.
    """

    min_score: float
    as_of: str
    regions: tuple[UnderMeasure, ...] = field(default_factory=under_measures)


@in_english
def as_batch(parties: Sequence[Party], secret: bytes = b"") -> pa.RecordBatch:
    """Parties under PARTIES; numbers of documents leave the memory here, as keyed hashes only.

    Args:
        parties: as read.
        secret: the key of the store; without one no documents are compared.
    """
    columns = {n: list(map(attrgetter(n), parties)) for n in PARTIES.names}
    columns["shared"] = list(map(sorted, columns["shared"]))
    columns["documents"] = [hashed(p, secret) for p in parties]
    return batch_of_columns(PARTIES, columns)


@in_english
def match(parties: pa.RecordBatch, against: Searched, terms: Terms) -> pa.RecordBatch:
    """Meet parties with listed names, and flag those placed in a region under a measure.

    What a party gives depends on the party, the names and the terms alone, not on the batch that it stands in.

    Args:
        parties: under PARTIES.
        against: the names.
        terms: how.

    Returns:
        Under MATCHES, in the order of the parties, then score.
    """
    read = _parties(parties)
    met = _met_by_names(read, against, terms)
    look = entries(against).of
    rows: list[Row] = []
    for party, by_name in zip(read, met, strict=True):
        if found := list(_rows(party, by_name, against, terms)):
            rows += with_cases(found, look)
    return batch(MATCHES, rows)


# The texts by which a party is compared that met anything, each with the entities that it met.
ByText = dict[str, "Sequence[tuple[ListedName, Hit]]"]


def _met_by_names(parties: Sequence[Party], against: Searched, terms: Terms) -> list[ByText]:
    """Of each party what its texts meet; each text is searched once for a lowest score. Most parties meet nothing."""
    texts = [compared_by(p) for p in parties]
    asked = [(least(p, terms.min_score), p.kind == "vessel") if p.name else None for p in parties]
    wanted: dict[tuple[float, bool], dict[str, None]] = {}
    for sought, of_party in zip(asked, texts, strict=True):
        if sought is not None:
            wanted.setdefault(sought, {}).update(dict.fromkeys(of_party))
    met: dict[tuple[float, bool] | None, ByText] = {}
    for sought, names in wanted.items():
        lowest, is_ship = sought
        found = zip(names, against.index.search_many(list(names), least=lowest), strict=True)
        met[sought] = {n: entities(n, hits, against, is_ship=is_ship) for n, hits in found if hits}
    none: ByText = {}
    every = ((met.get(sought, none), of_party) for sought, of_party in zip(asked, texts, strict=True))
    return [{t: known[t] for t in of_party if t in known} for known, of_party in every]


@in_english
def compared_by(party: Party) -> tuple[str, ...]:
    """All texts by which a party is compared: its name, the ways to join it, names within it, other names of it."""
    if not party.name:
        return ()
    other = (text for said in party.other_names for text in (said, *within(said)))
    as_ship = called_as_ship(party.name) if party.kind == "vessel" else ()
    return tuple(dict.fromkeys((party.name, *party.readings, *within(party.name), *as_ship, *other)))


@in_english
def wrong_codes(parties: pa.RecordBatch) -> list[str]:
    """One sentence on each credit code with a wrong check character, which is why it flags nothing."""
    columns = (parties.column(n).to_pylist() for n in ("identifier", "address"))
    told = [at for at, cells in enumerate(zip(*columns, strict=True)) if any(map(may_hold_number, cells))]
    return [said for p in _parties(parties.take(told)) if (said := wrong_code(p))] if told else []


def _parties(parties: pa.RecordBatch) -> list[Party]:
    columns = (parties.column(n).to_pylist() for n in PARTIES.names)
    return [_party(*row) for row in zip(*columns, strict=True)]


def _party(row: int, column: str, *rest: Any) -> Party:
    name, country, address, identifier, year, numbers, documents, shared, kind, readings, key, beside, *other = rest
    told = (
        frozenset(shared),
        year,
        tuple(numbers),
        tuple(documents),
        kind,
        tuple(readings),
        key,
        tuple(beside),
        *map(tuple, other),
    )
    return Party(row, column, name, country, address, identifier, *told)


def _rows(party: Party, by_text: ByText, against: Searched, terms: Terms) -> Iterator[Row]:
    by_name = _by_name(party, by_text) if by_text else []
    met = meetings(party, by_name, against, terms.min_score) if by_name or party.numbers or party.documents else []
    flags = placed(party, terms.regions)
    itself = {(m.listed.list_id, m.listed.entity_id) for m in met}
    found_parts = parts_of_listed(party, against, terms.regions)
    parts = [p for p in found_parts if (p.listed.list_id, p.listed.entity_id) not in itself]
    if not met and not flags and not parts:
        return
    base = {
        "row": party.row,
        "party_column": party.column,
        "party": party.name,
        "party_key": party.key,
        "beside": list(party.beside),
        "country": party.country,
        "address": party.address,
        "identifier": party.identifier,
        "birth_year": party.birth_year,
        "as_of": terms.as_of,
    }
    for m in met:
        proof = {
            "list_sha256": against.sha256_of(m.listed.list_id),
            "rule": rule(),
            "evidence": evidence(party.name, m),
        }
        yield _identified(base | _listing(m, party) | proof)
    for part in parts:
        yield _identified(base | _part_of(part) | {"list_sha256": against.sha256_of(part.listed.list_id)})
    for found in flags:
        yield _identified(base | _region(found))


def _by_name(party: Party, by_text: ByText) -> list[tuple[ListedName, Hit, str]]:
    """What the party's cell meets, whole or in part, among what it can be; each entity once."""
    of_one = pieces(party.name or "")
    of_ships = frozenset(part for text in (party.name or "", *party.other_names) for part in ships(text))
    never = _NEVER[party.kind]
    found = (("" if text == party.name else text, met) for text, met in by_text.items())
    possible = (
        (part, [h for h in met if h[0].party not in never and (part not in of_ships or _may_be_ship(h[0], part))])
        for part, met in found
    )
    return best_of((p, [h for h in met if kind_of(h[0]) != "person"] if p in of_one else met) for p, met in possible)


def _may_be_ship(listed: ListedName, part: str) -> bool:
    """Whether a listed name that a ship's name met may be a ship's; of no known kind one of several words may."""
    return listed.party == "vessel" or (listed.party == "any" and " " in part)


def _listing(met: Met, party: Party) -> dict[str, Any]:
    return _listed(met.listed) | {
        "kind": "owned" if met.listed.owned else "listing",
        "strength": met.listed.owned or None,
        "score": met.score,
        "name_score": met.names.score if met.names else None,
        "basis": "identifier" if met.number_alone else "name",
        "reasons": _reasons(met, party),
    }


def _part_of(found: PartOf) -> dict[str, Any]:
    """A part is not the party that is listed, so it has no score: how sure its words are stands under strength."""
    return _listed(found.listed) | {
        "kind": "part",
        "basis": "name",
        "place_id": found.place_id,
        "place": found.place,
        "span": found.span,
        "strength": found.strength,
        "reasons": [*found.reasons, *_of_the_listing(found.listed)],
    }


def _listed(listed: ListedName) -> dict[str, Any]:
    return {
        "list_id": listed.list_id,
        "entity_id": listed.entity_id,
        "listed_name": listed.listed_name,
        "met_name": listed.text,
        "name_kind": listed.name_kind,
        "section": listed.section,
        "valid_from": listed.valid_from or None,
        "valid_to": listed.valid_to,
        "status": listed.status,
        "certainty": listed.certainty,
        "source_id": listed.source_id or None,
        "list_as_of": listed.list_as_of or None,
    }


def _reasons(met: Met, party: Party) -> list[str]:
    listed = met.listed
    owned = [listed.remark] if listed.owned else []  # why the party is held at all comes before how it was met
    # A number says most: it comes before the names, of which the first reason may be what speaks against them.
    numbers = [p.said for p in met.particulars if p.is_number]
    others = [p.said for p in met.particulars if not p.is_number]
    reasons = [*owned, *numbers, *([_compared(met.part, party)] if met.part else [])]
    reasons += [*(met.names.reasons if met.names else ()), *others]
    if met.names and listed.party == "person":
        spelt = one_given_name(met.part or party.name or "", listed.text)
        reasons += [_SPELT.format(one=one, other=other) for one, other in spelt]
    if met.names and not met.part:
        reasons += cut_said(party.name, listed)
    if met.number_alone:
        reasons.append(_BY_NUMBER if met.names else _NO_NAME)
    if listed.remark and not owned:
        reasons.append(listed.remark)
    if met.ceiling < 1:
        reasons.append(_AT_MOST.format(ceiling=met.ceiling))
    return [*reasons, *_of_the_listing(listed)]


def _compared(part: str, party: Party) -> str:
    """What of a party was compared, where it is not its name as a whole."""
    if part in party.readings:
        return _PUT.format(part=part)
    if part in within(party.name or ""):
        return _PART.format(part=part)
    for text, column in zip(party.other_names, party.other_columns, strict=True):
        if part in (text, *within(text)):
            return _OTHER.format(column=column, part=part)
    return _PART.format(part=part)


def _of_the_listing(listed: ListedName) -> list[str]:
    """What a reader must know of a listing's days and origin."""
    reasons = []
    if listed.status == "may_be_in_force" and listed.valid_from:
        reasons.append(tr("The source gives only a month or a year: whether the listing held that day is not certain."))
    elif not listed.valid_from and not listed.origin:
        reasons.append(tr("The listing is not dated: it may be in force on any day."))
    if listed.origin:
        reasons.append(listed.origin)
    elif not listed.source_id:
        reasons.append(tr("The list is one's own and stands in no register of sources."))
    return reasons


def _region(found: Placed) -> dict[str, Any]:
    return {
        "kind": "region",
        "basis": found.basis,
        "place_id": found.place_id,
        "place": found.place,
        "span": found.span,
        "strength": found.strength,
        "reasons": list(found.reasons),
        "source_id": found.source_id,
    }


def _identified(row: dict[str, Any]) -> dict[str, Any]:
    """The row with the hash of all that it says; text that no encoding holds (lone surrogates) is replaced."""
    clean = {k: _encodable(v) for k, v in row.items()}
    return {"match_id": match_id(clean)} | clean


@in_english
def match_id(row: Mapping[str, Any]) -> str:
    """match- and 12 digits of the hash of all that a row of MATCHES says; an absence says nothing.

    The case is left out, for it follows from the row and those beside it, and so is the digest of the entry, which the
    hash of the list stands for: rows that were filed before there were cases keep their ids.
    """
    filled = {k: v for k, v in row.items() if k not in _APART and v is not None}
    return id_of("match", _JSON.encode(filled))


def _encodable(value: Any) -> Any:
    if isinstance(value, list):
        return [_encodable(v) for v in value]
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
