"""What is said to have been done on a day: a law signed, published, in force; a crossing opened or closed.

Acts of one sort shut one another out: a day on which a law was signed is not said by "entered into force", though law
and day are right. The words are those of `signals.csv`, kind `act`; of one word a row may name several acts of a sort
that it leaves open ("took effect": in force, and applying).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from entrepot.claims.text.attribution import patterns
from entrepot.claims.text.unread_words import says, spans
from entrepot.claims.wordlists import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from entrepot.claims.mentions.sentence import Sentence
    from entrepot.claims.text.lexicon import Hits
    from entrepot.claims.text.shared_keys import Key

Acts = frozenset[str]  # each `sort:act`, or `undone`, or `elsewhere`
_UNDONE = "undone"  # of whatever was done: rejected, repealed, called off
# acts of which each takes back the other: who tells of the one on a day tells not of the other
_OPPOSITES = (("list:added", "list:removed"), ("gate:opened", "gate:closed"), ("sanction:imposed", "sanction:lifted"))
_LAW, _SIDES = "law:", ("land:", "side:")
_BY = 8  # characters of "by the" between what was done and who did it
_OPENING = " \"'“«("  # before the first word of a sentence
_WHOSE = re.compile(r"['’]s?\b|-")  # behind a country whose something it is: China's officials
ELSEWHERE = "elsewhere"  # what no office does by a law, a list or a sanction: a visit, a hearing, a war


def acts(hits: Hits, start: int, end: int) -> list[tuple[int, int, Acts]]:
    """The acts that words between two offsets name, in order, with where the words stand."""
    found = (h for h in hits.of("signals.act") if start <= h.start < end)
    return [(h.start, h.end, frozenset(str(h.row["value"]).split(" "))) for h in found]


def numbers(text: str) -> frozenset[str]:
    """The numbers of acts that a text prints, each with the sort of act, as `patterns.csv` has them.

    >>> sorted(n.partition(":")[2] for n in numbers("Regulation (EU) 2024/3015, unlike Public Law 117-78"))
    ['117-78', '2024/3015']
    """
    found = ((i, m) for i, p in enumerate(patterns("act_number", "en")) for m in p.finditer(text))
    return frozenset(f"{i}:{m[1]}" for i, m in found)


def offices(text: str) -> frozenset[str]:
    """The offices that a text names, of those in `judged_words.csv`: whose act it is.

    >>> sorted(offices("The Commerce Department and MEPs"))
    ['office_eu_parliament', 'office_us_commerce']
    """
    return frozenset(name for _, _, name in offices_in(text))


def offices_of(jurisdiction: str) -> frozenset[str]:
    """The offices of a jurisdiction, by its code of two letters: whose the acts on a law of it are."""
    return frozenset(name for name in _offices() if name.startswith(f"office_{jurisdiction.lower()}_"))


def offices_in(text: str) -> tuple[tuple[int, int, str], ...]:
    """Where each office stands that a text names."""
    return tuple((*at, name) for name in sorted(_offices()) for at in spans(text, name))


def by_office(text: str, found: Iterable[Key]) -> frozenset[str]:
    """The keys of laws to which only the name of an office leads: the Commerce Department has more than one law."""
    laws = [k for k in found if k.name.startswith(_LAW)]
    named = offices_in(text) if laws else ()
    apart = {k.name for k in laws if not any(start < k.end and k.start < end for start, end, _ in named)}
    return frozenset(k.name for k in laws) - apart


def agent_of(sentence: Sentence, found: Iterable[Key], end: int) -> str:
    """The key of the country or group that a sentence begins with and that acts in it; empty: none, or it is acted on.

    Args:
        sentence: its text, with the words found in it.
        found: its keys.
        end: where a figure or a day ends, of which an act behind both is not.
    """
    text = sentence.text
    sides = [k for k in found if k.name.startswith(_SIDES)]
    if not sides:
        return ""
    first = sides[0]
    acting = _binds_others(sentence, sides, end)
    if acting is None and sentence.hits.of("signals.act"):
        acting = _acts_behind(sentence, sides, end)
    if acting is not None:
        return acting.name
    if text[: first.start].strip(_OPENING).lower() not in {"", "the"} or _WHOSE.match(text, first.end):
        return ""
    does = [(start, a) for start, _, a in acts(sentence.hits, first.end, len(text)) if any(map(is_binding, a))]
    last = next((k.start for k in sides[1:]), len(text))
    if not does or does[0][0] > max(last, end) or says(text[first.end : does[0][0] + 1], "passive"):
        return ""
    return first.name


def _binds_others(sentence: Sentence, sides: list[Key], end: int) -> Key | None:
    """The country or group right behind which stands that it sanctions others, wherever in the sentence; None: none.

    In answer to the bloc's sanctions China decided to sanction four bodies: the act is China's.
    """
    text, language = sentence.text, sentence.language
    behind, before = patterns("binds_others", language), patterns("acted_on", language)
    acted_on = {k.start for k in sides if any(p.search(text[: k.start]) for p in before)}
    for key in (k for k in sides if k.start < end and k.start not in acted_on):
        upto = max((m.end() for p in behind if (m := p.match(text, key.end))), default=0)
        # Who condemns that another sanctions does not sanction.
        if upto and all(k.start in acted_on for k in sides if key.end <= k.start < upto):
            return key
    return None


def _acts_behind(sentence: Sentence, sides: list[Key], end: int) -> Key | None:
    """The country or group by which something was done: the sanctions were imposed by Beijing; None: none is said."""
    text, by = sentence.text, patterns("acted_by", sentence.language)
    led = [k for k in sides if k.start < end and any(p.search(text[max(0, k.start - _BY) : k.start]) for p in by)]
    done = [stop for _, stop, a in acts(sentence.hits, 0, len(text)) if any(map(is_binding, a))] if led else []
    return next((k for k in led if any(0 <= k.start - stop <= _BY for stop in done)), None)


def is_binding(act: str) -> bool:
    """Whether an act binds others by being announced: a sanction, an entry in a list."""
    return act.startswith(("sanction:", "list:"))


def not_of(laws: frozenset[str], keys: frozenset[str]) -> frozenset[str]:
    """Of laws named by their office alone those that shut out no row with these keys: one of no law of an office's."""
    return laws if laws and not keys & _kept_by_offices() else frozenset()


@cache
def _kept_by_offices() -> frozenset[str]:
    """The keys of all laws to which the name of an office leads."""
    named = (r for r in rows("names") if r["kind"] == "measure")
    return frozenset(f"{_LAW}{r['id']}" for r in named if offices_in("; ".join(r["words"])))


@cache
def _offices() -> frozenset[str]:
    return frozenset(r["means"] for r in rows("judged_words") if r["means"].startswith("office_"))


def near(found: Sequence[tuple[int, int, Acts]], at: tuple[int, int], days: Iterable[tuple[int, int]]) -> Acts:
    """The acts of a day: of several days in a clause those that no other day stands nearer to.

    >>> signed, held = (0, 6, frozenset({"law:signed"})), (30, 40, frozenset({"law:in_force"}))
    >>> sorted(near([signed, held], (10, 20), [(10, 20), (44, 54)]))
    ['law:signed']
    >>> sorted(near([signed, held], (10, 20), [(10, 20)]))
    ['law:in_force', 'law:signed']
    """
    others = [d for d in days if d != at]
    own = (a for start, end, a in found if all(_gap(start, end, at) <= _gap(start, end, d) for d in others))
    return frozenset[str]().union(*own)


def _gap(start: int, end: int, at: tuple[int, int]) -> int:
    return max(at[0] - end, start - at[1], 0)


def shut_out(said: Acts, held: Acts) -> bool:
    """Whether an act that is said shuts out those that a row has: both name acts of a sort, and none in common.

    What is said to be undone shuts out whatever a row has as done.

    >>> shut_out(frozenset({"law:signed"}), frozenset({"law:in_force", "law:applies"}))
    True
    >>> shut_out(frozenset({"law:signed"}), frozenset({"gate:opened"}))
    False
    >>> shut_out(frozenset({"undone"}), frozenset({"law:adopted"})), shut_out(frozenset({"undone"}), frozenset())
    (True, False)
    """
    if _UNDONE in said and held:
        return _UNDONE not in held
    if opposed(said, held):
        return True
    sorts = {a.partition(":")[0] for a in said} & {a.partition(":")[0] for a in held}
    return any(not any(a in held for a in said if a.startswith(f"{sort}:")) for sort in sorts)


def opposed(said: Acts, held: Acts) -> bool:
    """Whether just the opposite is said of what a row has, whatever else is: announced that they were removed.

    >>> announced, added = frozenset({"list:announced", "list:removed"}), frozenset({"list:announced", "list:added"})
    >>> opposed(announced, added), opposed(added, added), opposed(announced | added, added)
    (True, False, False)
    """
    pairs = [pair for a, b in _OPPOSITES for pair in ((a, b), (b, a))]
    return any(a in said and b not in said and b in held and a not in held for a, b in pairs)
