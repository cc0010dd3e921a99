"""The evidence of a match: all that is needed to redo its score, and the redoing itself.

A row of MATCHES carries the query as given, the met name, the list with its version and hash, the rule and this. See
docs/design/19-evidence.md.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from entrepot import __version__
from entrepot.core.words.translate import tr
from entrepot.lists.listed_name import kind_of
from entrepot.names.similarity import similarity
from entrepot.screening.matching.scoring_rule import earlier_name, rule
from entrepot.screening.matching.weights import at_most, points, weighed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from entrepot.names.comparing.score import Similarity
    from entrepot.screening.matching.entities import Met
    from entrepot.screening.matching.particulars import Particular

    Row = Mapping[str, Any]

_JSON = json.JSONEncoder(ensure_ascii=False)  # made once: json.dumps makes one for each match
_ROUNDED = 1e-5  # points are kept to four digits


def evidence(query: str | None, met: Met) -> str:
    """The evidence of a match as one line of JSON.

    Args:
        query: the party's name as given.
        met: the entity that it met.

    Returns:
        An object: entrepot (its version), kind (as what the names were compared), part (of the party's cell that was
        compared; absent where the whole was), at_most (the highest score that a probable name allows; absent where
        there is no bound), start (log-odds before any feature), features: each with feature, value,
        points in log-odds, words that it speaks of, and where they stand in the query and in the met name; what is
        known beside the name has an outcome (data/points.csv) too.
    """
    features = list(_features(query or "", met.listed.text, met.names)) if met.names else []
    if met.floor:
        features.append({"feature": "name", "value": 0.0, "points": round(met.floor, 4), "outcome": "floor"})
    features += [_particular(p) for p in met.particulars]
    said: dict[str, Any] = {"entrepot": __version__, "kind": kind_of(met.listed)}
    if met.part:
        said["part"] = met.part
    if met.ceiling < 1:
        said["at_most"] = met.ceiling
    said |= {"start": met.start, "features": features}
    return _JSON.encode(said)


def _particular(found: Particular) -> dict[str, Any]:
    row = {"feature": found.feature, "value": found.value, "points": found.points, "outcome": found.outcome}
    return row | ({"words": list(found.words)} if found.words else {})


def _features(query: str, met: str, found: Similarity) -> Iterable[dict[str, Any]]:
    for c in found.contributions:
        if not c.counts:
            continue
        row: dict[str, Any] = {"feature": c.feature, "value": c.value, "points": c.points}
        if c.words:
            row["words"] = list(c.words)
        for name, text in (("query", query), ("met", met)):
            if spans := _spans(c.words, text):
                row[name] = spans
        yield row


def _spans(words: Iterable[str], text: str) -> list[list[int]]:
    """Where words stand in a text, [from, to) in characters; those that stand there in other letters are left out."""
    folded = text.lower()
    if len(folded) != len(text):  # a letter that is two when small moves all that follows
        folded = text
    places = {(at, at + len(w)) for w in words if w and (at := folded.find(w.lower())) >= 0}
    return [list(p) for p in sorted(places)]


def redone(match: Row) -> str:
    """In a sentence or two: whether the two names of a match, compared now, give the score that it carries.

    Args:
        match: a row of MATCHES.

    Returns:
        "Redone: same score.", or what differs, and whether the rule is named in an earlier way; empty where the row
        carries no evidence.
    """
    if not match.get("evidence"):
        return ""
    then = json.loads(match["evidence"])
    different = list(_differences(match, then))
    old = earlier_name(match["rule"])
    if different and not old and match["rule"] != rule():
        different.insert(0, tr("the rule was {rule}, is {rule_2}", rule=match["rule"], rule_2=rule()))
    told = tr("not the same; {different}.", different="; ".join(different)) if different else tr("same score.")
    return tr("Redone: {told} {old}", told=told, old=old).rstrip()


def _differences(match: Row, then: Row) -> Iterable[str]:
    beside = [f for f in then["features"] if f.get("outcome") and f["feature"] != "name"]
    worth = {(f["feature"], f["outcome"]): points().get((f["feature"], f["outcome"])) for f in beside}
    if match["name_score"] is not None:
        yield from _names_differ(match, then, similarity(_compared(match, then), match["met_name"], then["kind"]))
    for f in beside:
        if (now := worth[f["feature"], f["outcome"]]) != f["points"]:
            yield tr(
                "{feature} ({outcome}) was worth {points:+g}, is worth {now}",
                feature=f["feature"],
                outcome=f["outcome"],
                points=f["points"],
                now=now,
            )
    total = then["start"] + sum(f["points"] for f in then["features"])
    added = sum(f["points"] for f in then["features"] if f.get("outcome"))
    bound = then.get("at_most", 1.0)
    if bound < 1 and bound != at_most(match["name_kind"]):
        yield tr(
            "a probable name was bounded by {bound}, is by {at_most}", bound=bound, at_most=at_most(match["name_kind"])
        )
    score = min(weighed(match["name_score"] or 0.0, total - added, added), bound)
    if abs(score - match["score"]) > _ROUNDED:
        yield tr("the score was {score}, is {score_2}", score=match["score"], score_2=score)


def _compared(match: Row, then: Row) -> str:
    """What was compared of the party's cell; a part that the cell does not hold any more compares as nothing.

    A name that stood in several columns may have been put together without the space between two of them.
    """
    part, party = str(then.get("part", "")), str(match["party"])
    held = part in party or part.replace(" ", "") in party.replace(" ", "")
    return part if part and held else "" if part else party


def _names_differ(match: Row, then: Row, now: Similarity) -> Iterable[str]:
    if now.score != match["name_score"]:
        yield tr("the score of the names was {name_score}, is {score}", name_score=match["name_score"], score=now.score)
    if now.start != then["start"]:
        yield tr("the start was {start}, is {start_2}", start=then["start"], start_2=now.start)
    was = {f["feature"]: (f["value"], f["points"]) for f in then["features"] if not f.get("outcome")}
    got = {c.feature: (c.value, c.points) for c in now.contributions if c.counts}
    for name in sorted({*was, *got}):
        if was.get(name) != got.get(name):
            yield tr(
                "{name} was {valued}, is {valued_2}",
                name=name,
                valued=_valued(was.get(name)),
                valued_2=_valued(got.get(name)),
            )


def _valued(found: tuple[float, float] | None) -> str:
    return f"{found[0]:g} ({found[1]:+g})" if found else tr("not measured")
