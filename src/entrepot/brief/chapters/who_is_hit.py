"""Who is hit: the parties of the list by name, in a table that can be searched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from entrepot.brief.report import Cell, Chapter, Figure, Grid, Sentence, Source
from entrepot.core import findings
from entrepot.core.findings import Finding, Ground
from entrepot.core.words.translate import Name, WordsBy, apart, in_english, marked, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.brief.context import Context

Row = dict[str, Any]

KINDS = WordsBy(
    {
        "person": ("person", "persons"),
        "company": ("company", "companies"),
        "organisation": ("organisation", "organisations"),
        "facility": ("facility", "facilities"),
        "goods": ("kind of goods", "kinds of goods"),
        "region": ("region", "regions"),
        "vessel": ("vessel", "vessels"),
    }
)
# What the columns of a list are called; those that are empty for all its parties are left out.
COLUMNS = {
    "kind": "kind",
    "section": "section",
    "sector": "sector",
    "programme": "programme",
    "product": "goods",
    "province": "province",
}
OF_LIST = frozenset({"programme", "product", "province"})  # as the list writes them
NOTES = WordsBy(
    {"one_copy": " (name on one copy only)"}
)  # a doubt that stands beside the name, as on the list's own count
ZH_NOTES = WordsBy({"probable": " (probable)", "not_recorded": " (source not recorded)"})
_SYLLABLE = re.compile("[AEIOUÜY]+")
_SMALL = frozenset({"AND", "FOR", "IN", "OF", "THE"})  # which a title in English does not begin with a capital
_STOP = re.compile(r"(?<=\w{5})\.$")  # behind a word; Ltd. and Corp. keep theirs
_IN_WORDS = 3  # words from which capitals are the list's way of printing; fewer may be initials
NAMED = 20  # persons; more make no sentence, and stand in the table


def chapter(ctx: Context) -> Chapter | None:
    """The parties held; None where the measure has no list, or none of its parties is in force on the day."""
    rows = ctx.rows("lists", "held", list_id=ctx.list_id) if ctx.list_id else []
    if not rows:
        return None
    body = [_by_kind(ctx, rows), *_persons(ctx, rows), _latest(ctx, rows)]
    return Chapter("parties", tr("Who is hit"), body=tuple(body), grids=(_table(ctx, rows),))


def who(ctx: Context) -> Sentence | None:
    """One sentence on who is hit, by kind of party; None where the record names none on the day."""
    rows = ctx.rows("lists", "held", list_id=ctx.list_id) if ctx.list_id else []
    return _by_kind(ctx, rows) if rows else None


def _by_kind(ctx: Context, rows: Sequence[Row]) -> Sentence:
    kinds: dict[str, list[Row]] = {}
    for row in rows:
        kinds.setdefault(str(row["kind"]), []).append(row)
    groups = sorted(kinds.items(), key=lambda k: (-len(k[1]), k[0]))
    figures = {
        f"k{i}": _count(ctx, marked("held parties in force, kind: {kind}").format(kind=k), g)
        for i, (k, g) in enumerate(groups)
    }
    words = [tr("{{k{i}:bare}} {word}", i=i, word=_word(kind, len(group))) for i, (kind, group) in enumerate(groups)]
    return Sentence(
        tr("The record names {listed} under {short}.", listed=_listed(words), short=ctx.measure.short), figures
    )


def _persons(ctx: Context, rows: Sequence[Row]) -> list[Sentence]:
    """The persons by name and day of listing; persons are blocked themselves, and few enough to be named."""
    days: dict[str, list[Row]] = {}
    for row in rows:
        if row["kind"] == "person":
            days.setdefault(str(row["valid_from"]), []).append(row)
    if not days or sum(map(len, days.values())) > NAMED:
        return []
    figures = {f"p{i}": _count(ctx, tr("persons listed on the day"), group) for i, group in enumerate(days.values())}
    clauses = [
        tr("{{p{i}:day}}: {group}", i=i, group="; ".join(_plain(in_a_sentence(str(r["name"]))) for r in group))
        for i, group in enumerate(days.values())
    ]
    return [Sentence(tr("The persons, by the day of listing. ") + ". ".join(clauses) + ".", figures)]


def _latest(ctx: Context, rows: Sequence[Row]) -> Sentence:
    day = max(str(r["valid_from"]) for r in rows)
    latest = _count(ctx, marked("held parties listed on the day"), [r for r in rows if str(r["valid_from"]) == day])
    text = tr("The last to be listed, on {latest:day}, were {latest:bare}.")
    return Sentence(text, {"latest": latest})


@in_english
def _count(ctx: Context, quantity: str, group: Sequence[Row]) -> Finding:
    last = max(str(r["valid_from"]) for r in group)
    return findings.make(
        kind="number",
        subject=f"{ctx.measure.short} list",
        quantity=quantity,
        value=float(len(group)),
        unit="parties",
        period=(last, last),
        as_of=last,
        basis="count of the held listings in force",
        low=float(len(group)),
        grounds=[Ground("listings", str(r["entity_id"]), r["source_id"]) for r in group],
    )


def _table(ctx: Context, rows: Sequence[Row]) -> Grid:
    """Every party, the latest first; a column that is the same for all says nothing, a kind only beside persons."""
    persons = any(r["kind"] == "person" for r in rows)
    shown = [c for c in COLUMNS if len({_text(r[c]) for r in rows}) > 1 and (c != "kind" or persons)]
    chinese_names = [r for r in rows if r["name_zh"]]
    named_in_chinese = bool(chinese_names)
    # A doubt that all names share is said once, below the table.
    unsourced = named_in_chinese and {r["name_zh_basis"] for r in chinese_names} == {"not_recorded"}
    heads = (tr("name"), *((tr("Chinese name"),) if named_in_chinese else ()), *(COLUMNS[c] for c in shown))
    lines: list[tuple[Cell, ...]] = []
    for row in sorted(rows, key=lambda r: str(r["valid_from"]), reverse=True):
        chinese: tuple[Cell, ...] = (_chinese(row, noted=not unsourced),) if named_in_chinese else ()
        note = NOTES.get(row["name_basis"] or "", "")
        name = f"{apart(str(row['name']))}{note}" if note else Name(row["name"])
        facts = (Name(_text(row[c])) if _text(row[c]) and c in OF_LIST else _text(row[c]) or "–" for c in shown)
        lines.append((name, *chinese, *facts, Figure(_listed_on(ctx, row)), Source(row["source_id"])))
    note = tr("Every party in force on the day as the list names it; other names: entrepot record membership. ") + (
        tr("Chinese names are not printed on the list, and from which source each was taken is not recorded. ")
        if unsourced
        else tr(
            "Chinese names are not printed on the list: how each was tied to its party stands beside it, if in doubt. "
        )
        if named_in_chinese
        else ""
    )
    return Grid(
        tr("Parties under {short}", short=ctx.measure.short),
        (*heads, tr("listed on"), tr("notice")),
        tuple(lines),
        note + tr("A name that is not found here is not thereby “not listed”."),
        shown=True,
        anchor="party-table",
        search=tr("Find a party by any word of its row"),
    )


@in_english
def _listed_on(ctx: Context, row: Row) -> Finding:
    under = _text(row["section"])
    return findings.make(
        kind="date",
        subject=str(row["name"]),
        quantity=f"listed under {ctx.measure.short}" + (f", section {under}" if under else ""),
        value=str(row["valid_from"]),
        period=(str(row["valid_from"]), str(row["valid_from"])),
        as_of=str(row["valid_from"]),
        basis="first day of the listing, as the notice gives it",
        grounds=[Ground("listings", str(row["entity_id"]), row["source_id"])],
    )


def _chinese(row: Row, *, noted: bool) -> str:
    if not row["name_zh"]:
        return "–"
    return str(row["name_zh"]) + (ZH_NOTES.get(row["name_zh_basis"] or "", "") if noted else "")


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _word(kind: str, count: int) -> str:
    one, many = KINDS.get(kind, (kind, kind))
    return str(one if count == 1 else many)


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else tr("{words} and {words_2}", words=", ".join(words[:-1]), words_2=words[-1])


def _plain(text: str) -> str:
    """Text that stands in a template as it is."""
    return text.replace("{", "{{").replace("}", "}}")


def in_a_sentence(name: str) -> str:
    """A name as a sentence has it: Chen Quanguo, where the list prints CHEN, Quanguo; other names without capitals."""
    family, comma, given = name.partition(", ")
    if comma and family.isupper() and not given.isupper():
        # One syllable: a Chinese family name, which stands first; Zakir and Tuniyaz stand behind.
        is_first = len(_SYLLABLE.findall(family)) == 1
        return f"{family.title()} {given}" if is_first else f"{given} {family.title()}"
    # Names are joined by semicolons: one inside a name would make two of it, a full stop would end the sentence.
    name = _STOP.sub("", name.replace("; ", ", "))
    words = name.split()
    if not name.isupper() or len(words) < _IN_WORDS:
        return name
    return " ".join(w.lower() if i and w in _SMALL else w.capitalize() for i, w in enumerate(words))
