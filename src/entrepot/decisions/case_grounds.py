"""What a case was decided on: the party, the entries and the evidence; and what of it is another now."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from entrepot.core.units import two_decimals
from entrepot.core.words.compared import in_any_order, one_form, own_number
from entrepot.core.words.translate import in_english, marked, tr
from entrepot.decisions.ledger.entry import canonical, print_of
from entrepot.lists.listed_name import OWNED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from entrepot.decisions.ledger.entry import Entry

    Row = Mapping[str, Any]
    # The lists of then, as `lists_of` has them, and a match of now -> what its entry says otherwise since, where the
    # list came in another format; None where it did not, or is not held as it was.
    AcrossFormats = Callable[[Sequence[Sequence[str | None]], Row], Sequence[str] | None]
    # The ids of two verdicts on a party's owners -> what is another, a sentence each; none where it is not known.
    OfOwners = Callable[[str, str], Sequence[str]]

PARTY = ("party_key", "party", "country", "address", "identifier", "birth_year")
_OF_PARTS = frozenset(("address", "identifier"))  # of which the file may have several columns
_OF_ENTRY = ("listed_name", "section", "valid_from", "valid_to", "status")
_OF_EVIDENCE = ("met_name", "name_kind", "basis", "span", "strength", "score", "features")
_WORDS = {
    "party_key": marked("the party's key"),
    "party": marked("the party's name"),
    "listed_name": marked("the listed name"),
}
_ENTRY = "entry-"  # begins the digest of an entry
_OLD_HALF = marked("The entry on {list_id} changed: names, years, countries or numbers.")
_NEW_HALF = marked("The entry on {list_id} changed: addresses, remarks, days of birth, or which name is weak.")
_GONE = marked("what it was has been taken out of the ledger")


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a case rests on.

    Attributes:
        parties: the party as each of its rows has it.
        matches: per match what the list says and what the matcher found.
    """

    parties: tuple[dict[str, Any], ...]
    matches: tuple[dict[str, Any], ...]

    def prints(self, key: bytes) -> dict[str, Any]:
        """What stands in the body of an entry: comparable under the ledger's key, and readable by nobody."""
        listings: dict[str, dict[str, Any]] = {}
        for m in self.matches:
            one = listings.setdefault(m["listed"], {"entry": m["entry"], "evidence": []})
            one["evidence"] = sorted({*one["evidence"], print_of(_evidence(m), key)})
        return {
            "parties": sorted({print_of(p, key) for one in self.parties for p in (one, alike(one))}),
            "listings": listings,
            "pairs": self.pairs(key),
            "lists": lists_of(self.matches),
        }

    def pairs(self, key: bytes) -> list[str]:
        """By party and entry, to find a decision whose case has another id now."""
        known = {form(p["party_key"] or "") or called_as(p) for p in self.parties for form in (_own, one_form)}
        return self._paired(known, key)  # as the number is compared, and as it stood in entries of earlier releases

    def pairs_by_name(self, key: bytes) -> list[str]:
        """As `pairs`, by what the parties are called: so one was decided whose own number was not read then."""
        return self._paired({called_as(p) for p in self.parties}, key)

    def names_and_places(self) -> list[tuple[str, ...]]:
        """As `pairs`, by what the parties are called and where they are, whatever their numbers."""
        return names_and_places(self.parties, {m["listed"] for m in self.matches})

    def _paired(self, known: set[str], key: bytes) -> list[str]:
        return sorted({print_of(["pair", k, m["listed"]], key) for k in known for m in self.matches})

    def personal(self) -> dict[str, Any]:
        """What stands in the personal fields of an entry."""
        return {"party": list(self.parties), "matches": list(self.matches)}


def _own(text: str) -> str:
    return own_number(text) if text else ""


def called_as(party: Row) -> str:
    """A party's name as it is compared.

    Args:
        party: as rows of matches have it.
    """
    return " ".join(one_form(party["party"] or "").split()).casefold()


def alike(party: Row) -> dict[str, Any]:
    """A party as it is compared: cells in one normal form, parts of an address in any order, a number without zeros.

    Args:
        party: as rows of matches have it.
    """
    forms = dict.fromkeys(_OF_PARTS, in_any_order) | {"party_key": own_number}
    return {c: forms.get(c, one_form)(v) if isinstance(v := party.get(c), str) else v for c in PARTY}


def lists_of(matches: Iterable[Row]) -> list[list[str | None]]:
    """The versions of lists that matches rest on, each its list, day and hash: nobody's personal data.

    Args:
        matches: of the grounds of a case.
    """
    dated = (m for m in matches if m.get("list_sha256"))  # names that are one firm's rest on no list
    known = {(m["listed"].partition(":")[0], m["list_as_of"], m["list_sha256"]) for m in dated}
    return [list(one) for one in sorted(known, key=lambda one: tuple(v or "" for v in one))]


def names_and_places(parties: Iterable[Row], listed: Iterable[str]) -> list[tuple[str, ...]]:
    """What each party is called and where it is, with each entry: name, country, address, entry.

    Args:
        parties: as rows of matches have them.
        listed: the entries.
    """
    entries = sorted(listed)
    own = {
        (called_as(p), one_form(p.get("country") or ""), in_any_order((p.get("address") or "").casefold()))
        for p in parties
    }
    return [(*party, entry) for party in sorted(own) for entry in entries]


@in_english
def grounds(matches: Sequence[Row]) -> Grounds:
    """What a case rests on.

    Args:
        matches: its rows of MATCHES.
    """
    parties = {canonical(p): p for p in ({c: m.get(c) for c in PARTY} for m in matches)}
    found = sorted((_match(m) for m in matches), key=canonical)
    return Grounds(tuple(parties[k] for k in sorted(parties)), tuple(found))


def listed_of(match: Row) -> str:
    """By what the entry of a match is known in the ledger.

    Args:
        match: of MATCHES.
    """
    if match["kind"] == "region":
        return f"region:{match['place_id'] or match['place']}"
    return f"{match['list_id']}:{match['entity_id']}"


def _match(m: Row) -> dict[str, Any]:
    said = {c: m[c] for c in (*_OF_ENTRY, *_OF_EVIDENCE) if c != "features"}
    score = m["score"]
    return {
        **said,
        "listed": listed_of(m),
        "place": m["place"],
        "entry": m["entry"] or "",
        "score": None
        if score is None
        else two_decimals(score),  # what is shown; a hair more or less is no other evidence
        "features": _features(m["evidence"]) if m["evidence"] else [],
        "list_as_of": m["list_as_of"],
        "list_sha256": m["list_sha256"],
        "rule": m["rule"],
        "reasons": m["reasons"],
    }


def _features(evidence: str) -> list[list[Any]]:
    """Which features spoke, with outcome and words: not their points, which a model trained again moves."""
    found = json.loads(evidence)["features"]
    return sorted([f["feature"], f.get("outcome") or "", " ".join(f.get("words", ()))] for f in found)


def _evidence(m: Row) -> list[Any]:
    return [m[c] for c in _OF_EVIDENCE]


@dataclass(frozen=True, slots=True)
class Then:
    """What an entry says it was decided on.

    Attributes:
        said: the body.
        fields: the personal fields that are still there.
    """

    said: Row
    fields: Row = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Since:
    """What tells how an entry changed where the grounds say only that it did.

    Attributes:
        across: tells entries of two formats apart by what both carry; None to take all that their digests say.
        owners: tells two verdicts on owners apart.
    """

    across: AcrossFormats | None = None
    owners: OfOwners | None = None


_NOTHING = Since()


def changed(then: Entry, now: Grounds, key: bytes, since: Since = _NOTHING) -> list[str]:
    """What is another now than when a case was decided, one sentence each; nothing where the decision covers it.

    Args:
        then: the entry of the decision.
        now: what the case rests on now.
        key: of the ledger.
        since: what tells how an entry changed.
    """
    was = Then(then.said, then.fields)
    said = [*_party_changed(was, now, key)]
    listings: Row = then.said["listings"]
    for m in now.matches:
        if m["listed"] not in listings:
            said += _verdict_changed(was, m, now, since) or [tr("New: {named}.", named=_named(m))]
        else:
            said += _match_changed(was, m, listings[m["listed"]], key, since.across)
    return list(dict.fromkeys(said))


def _verdict_changed(was: Then, m: Row, now: Grounds, since: Since) -> list[str]:
    """What is another in the verdict on a party that owners bring in: its id is of all that it says and rests on."""
    rule, _, verdict = m["listed"].partition(":")
    if since.owners is None or not rule.startswith(OWNED):
        return []
    still = {n["listed"] for n in now.matches}
    gone = [k for k in was.said["listings"] if k.partition(":")[0] == rule and k not in still]
    names = {b["listed"]: b["listed_name"] for b in was.fields.get("matches", ())}
    before = [k for k in gone if names.get(k, m["listed_name"]) == m["listed_name"]]
    return list(since.owners(before[0].partition(":")[2], verdict)) if len(before) == 1 else []


def _named(m: Row) -> str:
    list_id, _, entity = m["listed"].partition(":")
    name = m["listed_name"]
    return (
        tr("{name}, {entity} on {list_id}", name=name, entity=entity, list_id=list_id)
        if name
        else tr("{place}, a place of the region", place=m["place"])
    )


def _party_changed(was: Then, now: Grounds, key: bytes) -> Iterator[str]:
    before = was.fields.get("party")
    # Entries of earlier releases have no print of the party as it is compared; while its fields are there they say it.
    then = {*was.said["parties"], *(print_of(alike(p), key) for p in before or ())}
    fresh = [p for p in now.parties if then.isdisjoint((print_of(p, key), print_of(alike(p), key)))]
    for party in fresh:
        if before is None:
            yield tr("The party changed; {gone}.", gone=_GONE)
            continue
        nearest = max(before, key=lambda p: sum(p.get(c) == party[c] for c in PARTY))
        # What says the same in other letters or another order is left out of what changed.
        yield from _told(nearest, party, [c for c in PARTY if alike(nearest)[c] != alike(party)[c]])


def _match_changed(was: Then, m: Row, known: Row, key: bytes, across: AcrossFormats | None) -> Iterator[str]:
    is_entry = _is_other_entry(known["entry"], m["entry"])
    is_evidence = print_of(_evidence(m), key) not in known["evidence"]
    before = [b for b in was.fields.get("matches", ()) if b["listed"] == m["listed"]]
    if is_entry and across is not None and (since := across(was.said.get("lists", ()), m)) is not None:
        yield from since
        is_entry = False
        # Which of an entry's names is its first one is the format's.
        alike = [c for c in _OF_EVIDENCE if c != "name_kind"]
        is_evidence = is_evidence and not any(all(b.get(c) == m[c] for c in alike) for b in before)
    if not (is_entry or is_evidence):
        return
    list_id = m["listed"].partition(":")[0]
    if not before:
        yield tr(
            "{which} on {list_id} changed; {gone}.",
            which=tr("The entry") if is_entry else tr("The evidence"),
            list_id=list_id,
            gone=_GONE,
        )
        return
    nearest = max(before, key=lambda b: sum(b.get(c) == m[c] for c in (*_OF_ENTRY, *_OF_EVIDENCE)))
    if is_entry:
        told = list(_told(nearest, m, _OF_ENTRY))
        is_older_half = _halves(known["entry"])[0] != _halves(m["entry"])[0]
        said = _OLD_HALF if is_older_half else _NEW_HALF
        yield from told or [tr(said, list_id=list_id)]
    if is_evidence:
        yield from _told(nearest, m, [c for c in _OF_EVIDENCE if c != "features"])
        yield from _features_told(nearest["features"], m["features"])


def _is_other_entry(was: str, now: str) -> bool:
    """Whether two digests of an entry say that it changed: halves that both have are compared, older ones have one."""
    return bool(was and now) and any(a != b for a, b in zip(_halves(was), _halves(now), strict=False))


def _halves(digest: str) -> list[str]:
    return digest.removeprefix(_ENTRY).split("-")


def _told(was: Row, now: Row, columns: Sequence[str]) -> Iterator[str]:
    for c in columns:
        if was.get(c) != now[c]:
            name = _WORDS.get(c, c.replace("_", " "))
            yield tr(
                "{upper}{name} was {get}, is {now}.",
                upper=name[:1].upper(),
                name=name[1:],
                get=was.get(c) or "empty",
                now=now[c] or "empty",
            )


def _features_told(was: Sequence[Sequence[str]], now: Sequence[Sequence[str]]) -> Iterator[str]:
    """A sentence on the features that speak now and did not, or the other way round."""
    before, after = {tuple(f) for f in was}, {tuple(f) for f in now}
    for head, found in ((tr("speaks now"), after - before), (tr("spoke then"), before - after)):
        if found:
            names = ", ".join(" ".join(filter(None, f)) for f in sorted(found))
            yield tr("The evidence differs, {head}: {names}.", head=head, names=names)
