"""Statements without a figure that the record can speak of: what a law does, when a crossing is open, what a firm did.

A statement is a word of `events.csv` or `judged_words.csv` beside a law, a crossing or a firm. It is held against the
kinds of measures, the seasons of rules, and the dated rows that the firm's name stands in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from entrepot.claims.dates.days import day
from entrepot.claims.evidence.told import places_of
from entrepot.claims.text.acts import offices
from entrepot.claims.text.attribution import patterns
from entrepot.claims.text.shared_keys import stem
from entrepot.claims.text.unread_words import says, spans
from entrepot.core.periods import first_day
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from typing import Any

    from entrepot.claims.evidence.told import Line
    from entrepot.claims.indexed.record_entry import Entry
    from entrepot.claims.indexed.record_index import RecordIndex
    from entrepot.claims.mentions.seen import Seen

    Row = Mapping[str, Any]

_YEAR = frozenset(range(1, 13))  # open in every month is no season
_BEHIND = 4  # characters behind "all year" in which a figure begins that is of the whole year
_SOON = timedelta(days=92)  # within a season what is announced begins; later it is another rule
_MONTH, _MOST = 31, 330  # days: of a season, longer than a month and shorter than a year
_MIDDLE = 15  # day of a month
_DAY, _ENDS = timedelta(days=1), ("opens", "closes")  # columns of `seasons.csv`
_PRINTED_YEAR = re.compile(r"\d{4}")  # with a year it is no season: opened in August 1982
_NEAR = 72  # characters after "closed" in which its months stand
_BEFORE = 24  # characters between months and "closed" behind them: from November through April it had been closed
_IMPORT_BAN = "import_ban"
# kinds of measures that bar something else than imports: a text calls them bans as well
_BARRING = frozenset({"export_control", "blocking", "countermeasure"})
_EFFECT, _FIRM = "effect.", "firm"
WORDS_OF_ONE = {"sale": "shutdown", "shutdown": "sale"}  # two words that cannot both be true of one event
_NAME = re.compile(r"\b[A-ZА-ЯЁ][\w’'&-]{3,}")
_ASIDE = re.compile(r"\([^()]*\)|[,—–]\s[^,;:.—–]{1,80}(?:,|\s?[—–])(?=\s)")  # between brackets, commas or dashes
_OF = re.compile(r"[’']s?$")


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement of a sentence; offsets are within it, or within the report once it is placed there.

    Attributes:
        start, end: its words.
        kind, subject, quantity: as in `CLAIMS`.
        verdict, against, note: as in `CLAIMS`.
        word: of what a firm did, `sale` or `shutdown`; empty else.
        text, sentence: as printed, once it is placed in its report.
    """

    start: int
    end: int
    kind: str
    subject: str
    quantity: str
    verdict: str
    against: tuple[str, ...] = ()
    note: str = ""
    word: str = ""
    text: str = ""
    sentence: str = ""


def statements(line: Line, index: RecordIndex) -> Iterator[Stated]:
    """The statements of a sentence, each once for each law, crossing or firm."""
    taken = [(s.start, s.end) for s in line.seen]
    for hit in line.sentence.hits.of("events"):
        if any(a < hit.end and hit.start < b for a, b in taken):
            continue
        if hit.row["quantity"].startswith(_EFFECT):
            yield from _effects(line, index, (hit.start, hit.end), hit.row["quantity"].removeprefix(_EFFECT))
        elif hit.row["needs"] == _FIRM:
            yield from _acts(line, index, (hit.start, hit.end), hit.row["quantity"])
    yield from _seasons(line, index)


def _effects(line: Line, index: RecordIndex, at: tuple[int, int], kind: str) -> Iterator[Stated]:
    """What each law named before is said to do, against the kind of its measure."""
    published, text = line.sentence.published, line.sentence.text
    # An office that acts (OFAC banned gold) is not its one law on record.
    laws = (
        k for k in line.found if k.name.startswith("law:") and k.end <= at[0] and not offices(text[k.start : k.end])
    )
    for law in dict.fromkeys(k.name[4:] for k in laws):
        parts = [m for m in index.measures if m["measure_id"] == law]
        inward = any(k.name == "dir:in" for k in line.found)
        if not parts or (kind == _IMPORT_BAN and parts[0]["kind"] in _BARRING and not inward):
            continue  # a ban may be one on exports, on dealings
        begun = [m for m in parts if not published or str(m["valid_from"]) <= published.isoformat()]
        own = (begun or parts)[0]
        if parts[0]["kind"] == kind:
            bearing = [m for m in parts if m["goods"] != "none"]
            working = [m for m in bearing if m["part_kind"] == "provision"] or bearing or parts
            first = min(working, key=lambda m: str(m["valid_from"]))
            said = tr(
                "{short}: {name}, from {valid_from}.",
                short=first["short"],
                name=first["name"],
                valid_from=first["valid_from"],
            )
            early = published is not None and str(first["valid_from"]) > published.isoformat()
            verdict = "imprecise" if early else "agrees"
            yield Stated(*at, "measure", law, f"{_EFFECT}{kind}", verdict, (_key(first),), said)
            continue
        if not _is_of_the_law(line, law, at):
            continue
        # What is confined to a territory that this measure does not name is about something else.
        named = set(parts[0]["territory"] or ())
        alike = [m for m in index.measures if m["jurisdiction"] == parts[0]["jurisdiction"] and m["kind"] == kind]
        others = [m for m in alike if not m["territory"] or named & set(m["territory"])]
        bearing = [m for m in others if m["goods"] != "none"] or others
        doing = list({m["measure_id"]: m for m in reversed(bearing)}.values())
        notes = [
            tr(
                "On record {short} is a measure of {plain}: {text}",
                short=parts[0]["short"],
                plain=_plain(parts[0]["kind"]),
                text=own["text"],
            )
        ]
        notes += [
            tr(
                "What does it is {title}: {name}, from {valid_from}.",
                title=m["title"],
                name=m["name"],
                valid_from=m["valid_from"],
            )
            for m in doing
        ]
        verdict = "contradicts" if doing else "differs"
        rows_of = (_key(own), *(_key(m) for m in doing))
        yield Stated(*at, "measure", law, f"{_EFFECT}{kind}", verdict, rows_of, " ".join(notes))


def _is_of_the_law(line: Line, law: str, at: tuple[int, int]) -> bool:
    """Whether the words of an effect are what the law named before does: nothing stands between but an aside.

    What stands there may do it in its place: rules beside it, a bill, the minister of another country. What a law has
    done may be followed by what it does by that: it has raised the risks, banning goods.
    """
    text, language = line.sentence.text, line.sentence.language
    end = max(k.end for k in line.found if k.name == f"law:{law}" and k.end <= at[0])
    between = _ASIDE.sub(" ", text[end : at[0]])
    if any(p.fullmatch(between) for p in patterns("law_does", language)):
        return True
    return any(p.fullmatch(between + text[slice(*at)]) for p in patterns("law_does_beside", language))


def _key(part: Row) -> str:
    return f"{part['measure_id']}/{part['part_id']}"


def _plain(kind: str) -> str:
    return kind.replace("_", " ")


def _acts(line: Line, index: RecordIndex, at: tuple[int, int], quantity: str) -> Iterator[Stated]:
    """What a firm is said to have done, against the dated rows in whose words its name stands."""
    text = line.sentence.text
    names = {n: f"w:{s}" for m in _NAME.finditer(text) if (s := stem((n := _OF.sub("", m[0])).lower()))}
    published = line.sentence.published
    kind = quantity.partition(".")[2]
    word = next((w for w in WORDS_OF_ONE if says(text[slice(*at)], w)), "")
    for name, key in names.items():
        found = [e for e in index.acts.get(key, ()) if f"kind:{kind}" in e.quantities and not e.unclear]
        known = [e for e in found if published is None or (e.first and e.first <= published)]
        if not known:
            continue
        last = max(known, key=lambda e: (e.first, e.row_id))
        held = tr("On record: {said}.", said=last.said)
        yield Stated(*at, "party", name, quantity, "agrees", (last.row_id,), held, word)
        return


def _seasons(line: Line, index: RecordIndex) -> Iterator[Stated]:
    """When a crossing is said to be open or closed, against the seasons of its rules."""
    text = line.sentence.text
    place = next((n[3:] for n in places_of(line) if n in index.seasonal), "")
    if not place or says(text, "for_a_time"):
        return
    for start, end in spans(text, "all_year"):
        if not says(text, "is_open") or any(0 <= f.start - end <= _BEHIND for f in line.seen if f.kind == "figure"):
            continue  # busy all year; in all the year 8,730 passed
        yield _season(line, index, (start, end), place, _YEAR)
        return
    dates = [d for d in line.dates if d.first and d.last and _MONTH < (d.last - d.first).days < _MOST]
    said = [(at, meaning) for meaning in ("closed", "open") for at in spans(text, meaning)]
    for (start, end), meaning in sorted(said):
        near = [d for d in dates if 0 <= d.start - end <= _NEAR or 0 < start - d.end <= _BEFORE]
        near.sort(key=lambda d: d.start < start)
        if near and not (meaning == "open" and _PRINTED_YEAR.search(text, near[0].start, near[0].end)):
            months = _mostly(near[0].first, near[0].last)  # type: ignore[arg-type]
            held = months if meaning == "open" else _YEAR - months
            yield _season(
                line, index, (min(start, near[0].start), max(end, near[0].end)), place, held, _ends(near[0], meaning)
            )
            return


def _ends(said: Seen, meaning: str) -> tuple[date, date]:
    """The days on which a season begins and ends, of one that is said to be open or closed from day to day."""
    first, last = said.first, said.last
    assert first is not None
    assert last is not None
    return (first, last) if meaning == "open" else (last + _DAY, first - _DAY)


def _are_its_days(ends: tuple[date, date] | None, season: Row) -> bool:
    """Whether the days that are said are those of a rule's season, which are a day apart where the ends are closed.

    The first and the last day of a month are also those of months that are said without a day.
    """
    if ends is None:
        return True
    rule = (day(end.year, *map(int, season[which].split("-"))) for end, which in zip(ends, _ENDS, strict=True))
    alike = (own is not None and abs(end - own) <= _DAY for end, own in zip(ends, rule, strict=True))
    whole = (ends[0].day == 1, (ends[1] + _DAY).day == 1)
    return all(a or w for a, w in zip(alike, whole, strict=True))


def _mostly(first: date, last: date) -> frozenset[int]:
    """The months that lie in a stretch for the most part: of 30 November to 1 April December to March."""
    begin, end = first.month + (first.day > _MIDDLE), last.month - (last.day < _MIDDLE)
    return _months((begin - 1) % 12 + 1, (end - 1) % 12 + 1)


def _months(first: int, last: int) -> frozenset[int]:
    return frozenset(range(first, last + 1)) if first <= last else frozenset({*range(first, 13), *range(1, last + 1)})


def _season(  # noqa: PLR0913, PLR0917 - where it stands and what is said of when
    line: Line,
    index: RecordIndex,
    at: tuple[int, int],
    place: str,
    said: frozenset[int],
    ends: tuple[date, date] | None = None,
) -> Stated:
    """A season against the rules of the crossing; said without its exceptions on record it is imprecise."""
    published = line.sentence.published
    rules = [(r, _months(int(s["opens"][:2]), int(s["closes"][:2]))) for r, s in index.seasonal[f"at:{place}"]]
    by_then = [r for r, _ in rules if not published or not r["valid_from"] or str(r["valid_from"]) <= str(published)]
    days_of = {s["rule_id"]: s for _, s in index.seasonal[f"at:{place}"]}
    of_months = [r for r, months in rules if months == said]
    agreeing = [r for r in of_months if _are_its_days(ends, days_of[r["id"]])]
    near = [r for r, months in rules if len(months ^ said) == 1]
    quantity = "rules.season"
    if not agreeing:
        rest = of_months or near or by_then
        verdict = "differs" if of_months else "imprecise" if near else "differs" if rest else "no_record"
        note = " ".join(tr("On record: {rule}", rule=_rule(r)) for r in rest)
        return Stated(*at, "place", place, quantity, verdict, tuple(r["id"] for r in rest), note)
    notes = [tr("On record: {rule}", rule=_rule(r)) for r in agreeing]
    if len({r["valid_from"] for r in agreeing if r["valid_from"]}) > 1:
        notes.insert(0, tr("Reports disagree on since when."))
    days = index.dated.get(f"at:{place}", ()) if said != _YEAR else ()
    # Of a row with two days the first.
    opened = list({e.row_id: e for e in reversed(days) if _all_the_same(e, said, published)}.values())[::-1]
    notes += [tr("Opened all the same: {said}.", said=e.said) for e in opened]
    if early := all(_is_ahead(line, r) for r in agreeing):
        notes.insert(0, tr("On record only since a day after the report."))
    verdict = "imprecise" if opened or early else "agrees"
    ids = tuple(dict.fromkeys((*(r["id"] for r in agreeing), *(e.row_id for e in opened))))
    return Stated(*at, "place", place, quantity, verdict, ids, " ".join(notes))


def _is_ahead(line: Line, rule: Row) -> bool:
    """Whether a rule begins after the report: what is told as to come may begin in the months after it."""
    published, begins = line.sentence.published, first_day(rule["valid_from"]) if rule["valid_from"] else None
    if published is None or begins is None or begins <= published:
        return False
    return not says(line.sentence.text, "to_come") or begins - published > _SOON


def _all_the_same(entry: Entry, said: frozenset[int], published: date | None) -> bool:
    """Whether a crossing opened for a time in a month in which it is said to be closed."""
    when = entry.first
    known = when is not None and (published is None or when <= published)
    temporary = f"w:{stem('temporary')}" in entry.keys and "kind:opening" in entry.quantities
    return bool(known and temporary and when and when.month not in said and entry.first == entry.last)


def _rule(row: Row) -> str:
    if row["valid_from"]:
        return tr("{rule}, from {day} ({row_id}).", rule=row["rule"], day=row["valid_from"], row_id=row["id"])
    return f"{row['rule']} ({row['id']})."
