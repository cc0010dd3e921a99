"""The evidence of a match: all that is needed to redo its score, and the redoing itself.

A row of MATCHES carries the query as given, the met name, the list with its version and hash, the rule and this. See
docs/design/19-evidence.md.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from entrepot import __version__
from entrepot.core.fingerprint import fingerprint
from entrepot.names.features import FEATURES
from entrepot.names.model import model
from entrepot.names.similarity import similarity
from entrepot.names.stored import READ_BY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from entrepot.names.prepare import Kind
    from entrepot.names.score import Similarity

    Row = Mapping[str, Any]

_QUOTED = re.compile("“([^”]*)”")
_ADDED = r"(?: \([+-]\d+\.\d\))?"  # the log-odds that a reason ends with


@cache
def rule() -> str:
    """Names what scores: rule- and 12 digits of the hash of the code and data that compare.

    The rooms names and vocabulary, with the model; and the points of what is known beside the names.
    """
    found = hashlib.sha256(fingerprint(*READ_BY).encode())
    return f"rule-{found.hexdigest()[:12]}"


def evidence(query: str, met: str, kind: Kind, found: Similarity) -> str:
    """The evidence of a match as one line of JSON.

    Args:
        query: the party's name as given.
        met: the listed name that it met.
        kind: as what the two were compared.
        found: what the comparison gave.

    Returns:
        An object: entrepot (its version), kind, start (log-odds before any feature), features (each with feature,
        value, points in log-odds, words that it speaks of, and where they stand in the query and in the met name).
    """
    said = {
        "entrepot": __version__,
        "kind": kind,
        "start": model(kind).start,
        "features": list(_features(query, met, found)),
    }
    return json.dumps(said, ensure_ascii=False)


def _features(query: str, met: str, found: Similarity) -> Iterable[dict[str, Any]]:
    sentences = _by_feature(found.reasons)
    for c in found.contributions:
        words = _QUOTED.findall(sentences.get(c.feature, ""))
        row: dict[str, Any] = {"feature": c.feature, "value": c.value, "points": c.points}
        if words:
            row["words"] = words
        for name, text in (("query", query), ("met", met)):
            if spans := _spans(words, text):
                row[name] = spans
        yield row


def _spans(words: Iterable[str], text: str) -> list[list[int]]:
    """Where words stand in a text, [from, to) in characters; those that stand there in other letters are left out."""
    folded = text.lower()
    if len(folded) != len(text):  # a letter that is two when small moves all that follows
        folded = text
    places = {(at, at + len(w)) for w in words if w and (at := folded.find(w.lower())) >= 0}
    return [list(p) for p in sorted(places)]


def _by_feature(reasons: Sequence[str]) -> dict[str, str]:
    """Which feature gave which sentence: they stand in the order of the features."""
    out: dict[str, str] = {}
    left = list(_patterns())
    for reason in reasons:
        at = next((i for i, (_, pattern) in enumerate(left) if pattern.fullmatch(reason)), None)
        if at is not None:
            out[left[at][0]] = reason
            left = left[at + 1 :]
    return out


def descriptions() -> dict[str, str]:
    """Feature -> the sentence that it says of two names, with {places} for their words."""
    return {f.__name__: (inspect.getdoc(f) or "").splitlines()[0] for f in FEATURES}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    said = descriptions().items()
    return tuple((n, re.compile(re.sub(r"\\\{\w+\\\}", ".*", re.escape(s)) + _ADDED, re.DOTALL)) for n, s in said)


def redone(match: Row) -> str:
    """One sentence: whether the two names of a match, compared now, give the score that it carries.

    Args:
        match: a row of MATCHES.

    Returns:
        "Redone: same score.", or what differs; empty where the row carries no evidence.
    """
    if not match.get("evidence"):
        return ""
    then = json.loads(match["evidence"])
    now = similarity(match["party"], match["met_name"], then["kind"])
    different = list(_differences(match, then, now))
    if not different:
        return "Redone: same score."
    if match["rule"] != rule():
        different.insert(0, f"the rule was {match['rule']}, is {rule()}")
    return f"Redone: not the same; {'; '.join(different)}."


def _differences(match: Row, then: Row, now: Similarity) -> Iterable[str]:
    if now.score != match["score"]:
        yield f"the score was {match['score']}, is {now.score}"
    if model(then["kind"]).start != then["start"]:
        yield f"the start was {then['start']}, is {model(then['kind']).start}"
    was = {f["feature"]: (f["value"], f["points"]) for f in then["features"]}
    got = {c.feature: (c.value, c.points) for c in now.contributions}
    for name in sorted({*was, *got}):
        if was.get(name) != got.get(name):
            yield f"{name} was {_valued(was.get(name))}, is {_valued(got.get(name))}"


def _valued(found: tuple[float, float] | None) -> str:
    return f"{found[0]:g} ({found[1]:+g})" if found else "not measured"
