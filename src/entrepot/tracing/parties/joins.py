"""Which parties of files of supply are one firm: by name read in one script, by name and address, by a decision."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

from entrepot.core.ids import id_of
from entrepot.core.units import counted
from entrepot.core.words.translate import in_english, marked, tr
from entrepot.intake.heading_row import unaccented
from entrepot.names.reading.han import simplified
from entrepot.names.reading.prepare import prepare
from entrepot.names.similarity import similarity
from entrepot.tracing.parties.contract import JOINED, PROPOSED, SPLIT
from entrepot.tracing.parties.join_evidence import (
    are_two_numbers,
    formerly,
    is_one_in_translation,
    more_of_place,
    one_address,
    shares_partner,
    spelt_apart,
    without_keeper,
)
from entrepot.vocabulary.regions.country_cell import codes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from entrepot.names.reading.name import Name
    from entrepot.tracing.parties.named_parties import Mention

    Pair = tuple[str, str]
    Forms = tuple[str, frozenset[str], frozenset[str], str]

LEAST_AT_ONE_ADDRESS = 0.9  # see docs/design/64-one-firm.md: what joined wrongly and what was missed at each
LEAST_ALIKE = 0.9  # of names alone, which are proposed and never joined
MOST_NAMES = 200_000  # above these none are read: 0.1 ms a name
_MOST_SEARCHED = 20_000  # above these names alone are not searched: some ms a name
_PARTNERSHIP = "kg"  # GmbH & Co. KG is another firm than its GmbH; the families of forms know the GmbH alone
_COMPANY = "co"  # the family of a bare Co.
# Before a name, and behind it: what a bill puts to any name, and a number of a register.
_AROUND = re.compile(r"^\s*(?:m/s\.?|messrs\.?)\s+|\s*\((?=[^()]*\d)[\d\s./-]+(?:-[a-z])?\)\s*$", re.IGNORECASE)
_AND = "and"  # how the reading of names writes &, und, et
_EITHER = marked("another of these words is told apart from one of them")
_EITHER_HERE = marked("another of this address, alike, is told apart from one of them")
_KEPT_APART = marked("one of them is joined with a firm that a decision, or what files say, holds apart from the other")
_LEAST_CORE = 5  # letters of a distinctive word by which names are put side by side: a shorter one is common
_MOST_AT_ONE = 50  # parties of one address, or of one name: more are a business park, or a word that is no name


@dataclass(frozen=True, slots=True)
class Join:
    """Two parties that may be one.

    Attributes:
        pair: their ids, sorted.
        way, state: as in the contract.
        score: of their names.
        reasons: for and against.
    """

    pair: Pair
    way: str
    state: str
    score: float
    reasons: tuple[str, ...]

    @property
    def join_id(self) -> str:
        """Of both ids."""
        return join_id(*self.pair)


def join_id(one: str, other: str) -> str:
    """The id of a join: of both parties, whichever stands first."""
    return id_of("join", "\n".join(sorted((one, other))))


@in_english
def joins(parties: Mapping[str, Mention], decided: Mapping[str, bool], *, search: bool) -> list[Join]:
    """Pairs of parties that may be one firm.

    Args:
        parties: by id.
        decided: join_id -> whether a person said that they are one.
        search: look for names that are alike too, which are proposed.

    Returns:
        Joined ones first, each kind by the ids.
    """
    found: dict[Pair, Join] = {}
    if len(parties) <= MOST_NAMES:
        read = cache(_read)  # of each name once: it takes most of the time, and several ways of joining ask for it
        for join in (*_by_name(parties, read), *_by_address(parties)):
            if join.pair not in found or found[join.pair].state != JOINED == join.state:
                found[join.pair] = join
        for join in _by_meaning(parties, found, read):
            found[join.pair] = join
        if search and len(parties) <= _MOST_SEARCHED:
            for join in _by_search(parties):
                found.setdefault(join.pair, join)
    return sorted((_decided(j, decided) for j in found.values()), key=lambda j: (j.state, j.pair))


@in_english
def decided_join(one: Mention, other: Mention, *, is_one: bool) -> Join:
    """A join that a person asks for, or refuses, whatever the names say."""
    first, second = sorted((one, other), key=lambda m: m.id)
    score, reasons = _alike(first, second)
    return Join((first.id, second.id), "decision", JOINED if is_one else SPLIT, score, reasons)


def _decided(join: Join, decided: Mapping[str, bool]) -> Join:
    said = decided.get(join.join_id)
    if said is None:
        return join
    return Join(join.pair, "decision", JOINED if said else SPLIT, join.score, join.reasons)


def ones(found: Iterable[Join], parties: Mapping[str, Mention]) -> dict[str, str]:
    """Every party that is joined -> the id that stands for all of its firm: that of most rows.

    A pair that a person split never comes together, by whatever joins lead from the one to the other; nor does one that
    countries, numbers or deals tell apart, unless a person joined it.
    """
    groups: dict[str, set[str]] = {}
    apart = {j.pair for j in found if j.state == SPLIT}
    asked = {j.pair for j in found if j.state == JOINED and j.way == "decision"}
    # Decisions first, then the surest: what comes later cannot join what a person split.
    order = sorted((j for j in found if j.state == JOINED), key=lambda j: (j.way != "decision", -j.score, j.pair))
    for join in order:
        left, right = (groups.get(i, {i}) for i in join.pair)
        both = left | right
        if any(a in both and b in both for a, b in apart):
            continue
        if join.way != "decision" and any(
            (min(a, b), max(a, b)) not in asked and [*_against(parties[a], parties[b])]
            for a, b in product(left, right)
            if a != b
        ):
            continue
        for one in both:
            groups[one] = both
    return {
        i: max(sorted(group), key=lambda one: (parties[one].rows, not parties[one].is_numbered))
        for i, group in groups.items()
    }


def _read(name: str) -> Name:
    """A name without what bills and registers put around it, and without who takes mail for it."""
    return prepare(_AROUND.sub("", without_keeper(name)), "company")


def _by_name(parties: Mapping[str, Mention], read_name: Callable[[str], Name]) -> Iterator[Join]:
    """Parties whose names have the same words, whatever the script, the case and the legal form."""
    groups: dict[tuple[str, ...], dict[str, Forms]] = defaultdict(dict)
    for party in parties.values():
        for name in (n for told in party.names for n in formerly(told)):
            read = read_name(name)
            words = tuple(sorted(w.text for w in read.words))
            if words and any(w.kind == "core" for w in read.words):
                groups[words].setdefault(party.id, _forms(read))
    for group in groups.values():
        if len(group) > _MOST_AT_ONE:
            continue
        against = {pair: _told_apart(pair, group, parties) for pair in combinations(sorted(group), 2)}
        apart = {i: {j for pair, said in against.items() if said and i in pair for j in pair if j != i} for i in group}
        for (a, b), said in against.items():
            # A name without a legal form may be either of two firms that their forms tell apart.
            open_ = () if said or apart[a] == apart[b] else (tr(_EITHER),)
            state = PROPOSED if said or open_ else JOINED
            yield Join((a, b), "same_name", state, 1.0, (tr("the same words"), *said, *open_))


def _forms(read: Name) -> Forms:
    """The script of a name, the families of its legal forms, its generic words as they are written, its characters.

    A partnership behind a company is a form of its own; "Co." alone says nothing. Characters are those of its
    distinctive words, simplified; a name in letters has none.
    """
    behind = {_PARTNERSHIP} & set(read.written.split())
    generic = [w for w in read.words if w.kind == "word" and w.text != _AND]
    words = frozenset(simplified(w.shown).casefold().rstrip("s") for w in generic)
    characters = "".join(simplified(w.shown) for w in read.words if w.kind == "core") if read.script == "han" else ""
    return read.script, (read.forms | behind) - {_COMPANY}, words, characters


def _told_apart(pair: Pair, forms: Mapping[str, Forms], parties: Mapping[str, Mention]) -> list[str]:
    """What tells two parties of one name apart. Two scripts translate forms, and words, in more ways than one."""
    a, b = pair
    said = [*_against(parties[a], parties[b])]
    (script, one, words, read), (other_script, other, other_words, other_read) = forms[a], forms[b]
    if script != other_script:
        return said
    if read != other_read:  # 华星 and 华兴 are both Huaxing
        said.append(tr("characters of one sound differ: {told}", told=_told((read, other_read))))
    said += _forms_apart(one, other)
    if apart := spelt_apart(words, other_words):  # the matcher takes buttons and zippers for one trade
        said.append(tr("words of one meaning differ: {told}", told=_told(apart)))
    return said


def _forms_apart(one: frozenset[str], other: frozenset[str]) -> Iterator[str]:
    """That two sets of legal forms are of two firms: one form more is another way of writing it (PT … Ltd.)."""
    if one and other and one != other and (_PARTNERSHIP in one ^ other or not (one <= other or other <= one)):
        yield tr("legal forms differ: {told} and {told_2}", told=_told(one), told_2=_told(other))


def _against(a: Mention, b: Mention) -> Iterator[str]:
    """What tells two parties apart whatever their names are."""
    if a.countries and b.countries and not _codes(a.countries) & _codes(b.countries):
        yield tr("countries differ: {told} and {told_2}", told=_told(a.countries), told_2=_told(b.countries))
    if a.is_numbered and b.is_numbered and a.files & b.files:
        yield tr("one file gives them two numbers")
    for who, whom in ((a, b), (b, a)):
        if whom.id in who.deals:
            deal = who.deals[whom.id]
            yield tr(
                "{who} supplies or pays {whom}, which one firm does not do to itself: {rows}{paper}",
                who=who.name,
                whom=whom.name,
                rows=counted(deal.rows, "row"),
                paper=tr(", such as {paper}", paper=deal.paper) if deal.paper else "",
            )


def in_several(party: Mention) -> bool:
    """Whether rows place a party in several countries."""
    return len(_codes(party.countries)) > 1


def _codes(countries: Iterable[str]) -> set[str]:
    """Countries as codes; a cell that is not understood as it stands."""
    return {code for text in countries for code in codes_of(text) or {text}}


def _told(some: Iterable[str]) -> str:
    return ", ".join(sorted(some))


def _by_address(parties: Mapping[str, Mention]) -> Iterator[Join]:
    """Parties at one address whose names are alike."""
    at: dict[str, list[str]] = defaultdict(list)
    stands = one_address({a for party in parties.values() for a in party.addresses})
    for party in parties.values():
        for address in sorted({stands[a] for a in party.addresses}):
            at[address].append(party.id)
    for address, some in at.items():
        if not 1 < len(some) <= _MOST_AT_ONE:
            continue
        alike = {pair: _alike(*(parties[i] for i in pair)) for pair in combinations(sorted(some), 2)}
        alike = {p: s for p, s in alike.items() if s[0] >= LEAST_AT_ONE_ADDRESS or _place_more(parties, p)[1]}
        apart: dict[str, set[str]] = defaultdict(set)
        against = {pair: _apart_here(*(parties[i] for i in pair)) for pair in alike}
        for (a, b), said in against.items():
            if said:
                apart[a].add(b)
                apart[b].add(a)
        for (a, b), (score, reasons) in alike.items():
            if said := against[a, b]:
                told = (tr("one address: {address}", address=address), *reasons, *said)
                yield Join((a, b), "same_address", PROPOSED, score, told)
                continue
            # What could be either of two firms that are told apart is neither.
            is_open = any(tuple(sorted((i, c))) in alike for i, j in ((a, b), (b, a)) for c in apart[j] - apart[i])
            state, open_ = (PROPOSED, (tr(_EITHER_HERE),)) if is_open else (JOINED, ())
            yield Join(
                (a, b), "same_address", state, score, (tr("one address: {address}", address=address), *reasons, *open_)
            )


def _by_meaning(
    parties: Mapping[str, Mention], found: Mapping[Pair, Join], read_name: Callable[[str], Name]
) -> Iterator[Join]:
    """Names of one distinctive word: in two scripts joined where nothing else differs, with a town more proposed."""
    own: dict[tuple[str, ...], dict[str, Name]] = defaultdict(dict)
    for party in parties.values():
        for name in party.names:
            read = read_name(name)
            cores = [w.text for w in read.words if w.kind == "core"]
            for key in {tuple(sorted(cores)), *((c,) for c in cores if len(c) >= _LEAST_CORE)}:
                own[key].setdefault(party.id, read)
    for key, group in own.items():
        if not key or not 1 < len(group) <= _MOST_AT_ONE:
            continue
        pairs = [p for p in combinations(sorted(group), 2) if p not in found or found[p].state != JOINED]
        one = {p for p in pairs if is_one_in_translation(group[p[0]], group[p[1]])}
        for pair in pairs:
            if pair in one and not [*_against(*(parties[i] for i in pair))]:
                # A name in letters that could be either of two in characters is neither.
                is_open = any(p != pair and set(p) & set(pair) for p in one)
                reasons = (tr("the same words in two scripts"), *((tr(_EITHER),) if is_open else ()))
                yield Join(pair, "same_name", PROPOSED if is_open else JOINED, 1.0, reasons)
            elif (more := _place_more(parties, pair))[0]:
                yield _by_place(parties, pair, more, group)


def _place_more(parties: Mapping[str, Mention], pair: Pair) -> tuple[frozenset[str], bool]:
    """The words by which one name is longer, where these may tell a town or a unit, and whether they do."""
    a, b = (parties[i] for i in pair)
    said = " ".join(map(unaccented, (*a.addresses, *b.addresses)))
    reads = [[*map(_read, p.names)] for p in (a, b)]
    for x, y in product(*reads):
        more = more_of_place(x, y, said)
        if more[0] and not [*_forms_apart(_forms(x)[1], _forms(y)[1])]:
            return more
    return frozenset(), False


def _by_place(
    parties: Mapping[str, Mention], pair: Pair, told: tuple[frozenset[str], bool], group: Mapping[str, Name]
) -> Join:
    """A name with a town or a unit more: joined where both deal with somebody, else proposed."""
    more, is_place = told
    against = [*_against(*(parties[i] for i in pair))]
    partner = shares_partner(parties, *pair)
    score, _ = _alike(*(parties[i] for i in pair))
    reasons = [tr("one name says more, which may be a town or a unit: {more}", more=_told(more))]
    if partner:
        reasons.append(tr("both deal with {name}", name=parties[partner].name))
    is_alone = len(group) == len(pair)  # a third of that name could be the one that is meant
    state = JOINED if is_place and partner and is_alone and not against else PROPOSED
    return Join(pair, "same_name" if state == JOINED else "alike", state, score, (*reasons, *against))


def _apart_here(a: Mention, b: Mention) -> list[str]:
    """What tells two parties of one address apart whose names are alike: the legal forms of all their names too."""
    one, other = ([f for n in p.names if (f := _forms(_read(n)))[1]] for p in (a, b))
    pairs = [[*_forms_apart(x[1], y[1])] for x in one for y in other if x[0] == y[0]]
    return [*_against(a, b), *(pairs[0] if pairs and all(pairs) else ())]


def _alike(a: Mention, b: Mention) -> tuple[float, tuple[str, ...]]:
    best = max((similarity(x, y, "company") for x in a.names for y in b.names), key=lambda s: s.score)
    return best.score, tuple(best.reasons)


def _by_search(parties: Mapping[str, Mention]) -> Iterator[Join]:
    """Parties whose names alone are alike: proposed, for two firms of one trade are often called alike."""
    from entrepot.names.search.index import Index

    named = [(name, p.id) for p in parties.values() for name in p.names]
    index = Index([name for name, _ in named], ["company"] * len(named))
    for (name, who), hits in zip(
        named, index.search_many([name for name, _ in named], least=LEAST_ALIKE, kinds=["company"] * len(named)),
        strict=True,
    ):  # fmt: skip
        for hit in hits:
            found, other = named[hit.position]
            if other > who and not are_two_numbers(name, found):
                reasons = (*hit.similarity.reasons, *_against(parties[who], parties[other]))
                yield Join((who, other), "alike", PROPOSED, hit.similarity.score, reasons)


@in_english
def rows(found: Iterable[Join], parties: Mapping[str, Mention]) -> list[dict[str, Any]]:
    """Joins under SUPPLY_JOINS."""
    made = list(found)
    stands = ones(made, parties)
    made = [j if j.state != JOINED or _together(stands, j.pair) else _kept_apart(j) for j in made]
    return [
        {
            "state": j.state,
            "way": j.way,
            "party": parties[j.pair[0]].name,
            "other": parties[j.pair[1]].name,
            "score": round(j.score, 6),
            "reasons": list(j.reasons),
            "party_id": j.pair[0],
            "other_id": j.pair[1],
            "one_id": stands[j.pair[0]] if j.state == JOINED else None,
            "join_id": j.join_id,
        }
        for j in made
    ]


def _together(stands: Mapping[str, str], pair: Pair) -> bool:
    return stands.get(pair[0]) == stands.get(pair[1]) and pair[0] in stands


def _kept_apart(join: Join) -> Join:
    """A pair that would be joined, if what one of both is joined with were not told apart from the other."""
    return replace(join, state=PROPOSED, reasons=(*join.reasons, tr(_KEPT_APART)))
