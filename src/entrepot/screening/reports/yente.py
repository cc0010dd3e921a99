"""The matches as yente answers `POST /match`, for programs that read that.

Shape: EntityMatchResponse of yente (opensanctions/yente, yente/data/common.py) with FtResult and FeatureDoc of
nomenklatura (nomenklatura/matching/types.py). Flags for a region have no place in it: they stand in a field of ours,
`regions`, beside the results.
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any, TextIO

from entrepot.core.files import replacing
from entrepot.core.words.translate import in_english, marked, tr
from entrepot.names.comparing.feature import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from entrepot.screening.parties.parties import Party
    from entrepot.screening.runs.run import Run

_SCHEMA = "LegalEntity"  # of FollowTheMoney: persons and firms alike, for a row of the input does not say
_FEATURE = "name"
# What a flag says of a region; the other cells of a match are of listings, or of the party, which the query repeats.
_OF_PLACE = ("place_id", "place", "basis", "span", "strength", "reasons", "source_id")
_ABOUT = marked("How alike the name of the query and the met name of the listed entity are, in [0, 1].")

Row = dict[str, Any]


def answer(run: Run, out: TextIO) -> int:
    """Write the answer to an open text; parties one after the other, so that memory stays flat.

    Args:
        run: the screening.
        out: takes JSON, one response a line.

    Returns:
        How many results were written.
    """
    several = run.parties.several
    most = count = 0
    out.write('{"responses": {')
    for at, (party, met) in enumerate(_responses(run)):
        matches = [m for m in met if m["kind"] != "region"]
        flags = [m for m in met if m["kind"] == "region"]
        key = f"{party.row}:{party.column}" if several else str(party.row)
        said = {
            "status": 200,
            "results": [result_of(m) for m in matches],
            "total": {"value": len(matches), "relation": "eq"},
            "query": {"id": key, "schema": _SCHEMA, "properties": _properties(party)},
            "regions": [placed_of(m) for m in flags],
        }
        out.write(f"{',' if at else ''}\n{_json(key)}: {_json(said)}")
        most, count = max(most, len(matches)), count + len(matches)
    described = {_FEATURE: tr(_ABOUT), **sentences()}
    matcher = {n: {"description": d, "coefficient": 1.0, "url": ""} for n, d in described.items()}
    out.write(tr('\n}}, "matcher": {json}, "limit": {most}}}\n', json=_json(matcher), most=most))
    return count


def write_answer(run: Run, path: Path) -> int:
    """As `answer`, to a file, whole or not at all."""
    with replacing(path) as part, part.open("w", encoding="utf-8", newline="\n") as out:
        return answer(run, out)


def _responses(run: Run) -> Iterator[tuple[Party, list[Row]]]:
    """Every party with its matches; both stand in the order of the input."""
    found = groupby(_met(run), key=lambda m: (m["row"], m["party_column"]))
    met = next(found, None)
    for party in run.parties.each():
        matches: list[Row] = []
        if met is not None and met[0] == (party.row, party.column):
            matches = list(met[1])
            met = next(found, None)
        yield party, matches


def _met(run: Run) -> Iterator[Row]:
    for data in run.parts.tables():
        yield from (m for m in data.to_pylist() if m["kind"] in {"listing", "owned", "region"})


@in_english
def result_of(match: Row) -> Row:
    """A match as a result of yente's: ScoredEntityResponse."""
    names = list(dict.fromkeys((match["listed_name"], match["met_name"])))
    properties = {"name": names, "program": [match["section"]] if match["section"] else []}
    explained = _explained(match)
    return {
        "id": match["entity_id"],
        "caption": match["listed_name"],
        "schema": _SCHEMA,
        "properties": {k: v for k, v in properties.items() if v},
        "datasets": [match["list_id"]],
        "referents": [],
        "target": True,
        "first_seen": None,
        "last_seen": None,
        "last_change": None,
        "score": match["score"],
        "features": {n: e["score"] for n, e in explained.items()},
        "explanations": explained,
        "match": True,
    }


def placed_of(match: Row) -> Row:
    """A flag for a region as a field of ours has it: where, by what of the party, and how sure."""
    return {name: match[name] for name in _OF_PLACE}


def _explained(match: Row) -> dict[str, Row]:
    """The name as a whole, then every feature with its value and what it added, as FtResult."""
    whole = {
        "detail": " ".join(match["reasons"]),
        "score": match["score"],
        "query": match["party"],
        "candidate": match["met_name"],
    }
    out = {_FEATURE: whole}
    for f in json.loads(match["evidence"])["features"]:
        detail = tr("{words} ({points:+.2f} log-odds)", words=", ".join(f.get("words", ())), points=f["points"]).strip()
        given = {"query": match["party"], "candidate": match["met_name"]}
        spans = {k: _cut(given[k], f[s]) for k, s in (("query", "query"), ("candidate", "met")) if s in f}
        out[f["feature"]] = {"detail": detail, "score": float(f["value"]), **spans}
    return out


def _cut(text: str, spans: list[list[int]]) -> str:
    return ", ".join(text[a:b] for a, b in spans)


def _properties(party: Party) -> dict[str, list[str]]:
    given = {
        "name": party.name,
        "country": party.country,
        "address": party.address,
        "registrationNumber": party.identifier,
    }
    return {k: [v] for k, v in given.items() if v}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
