"""What if: what a model of the world economy says that the measure would do, kept apart from all that was observed."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from entrepot.brief.report import Chapter, Grid, Sentence, escaped, joined
from entrepot.core import findings
from entrepot.core.findings import Finding, Ground
from entrepot.core.words.translate import in_english, marked, tr
from entrepot.scenarios.figures.figure import MONEY
from entrepot.scenarios.preset_answers import (
    ADDS,
    COST,
    JOINER_PAYS,
    LOSS,
    OF_FULL,
    OFFSET,
    THROUGH,
    preset_answers,
)

if TYPE_CHECKING:
    from entrepot.brief.context import Context
    from entrepot.scenarios.preset_answers import PresetAnswer

    Row = dict[str, Any]

_TABLES = Ground("sources", "s-166a948a", "s-166a948a")  # the OECD's tables, which the packaged world is made of
_EDITION = "2025"  # of those tables; on which day of the year they came out is not on record
_KNOWN = date(2025, 12, 31)  # so they count as known from its end
_MILLION = 1_000_000  # dollars: the kept figures are in millions, those of a brief in dollars
_MEMBERS = re.compile(r" of \d+\b")
_BASIS = marked("equilibrium before and after, in exact changes (Caliendo and Parro 2015), on the tables of 2022")
_MODEL = marked(
    "Simulated by a model of the world economy, before and after: nothing of it was observed, it is no forecast, and "
    "it moves no test of the answer. In brackets nineteen in twenty draws of what is not known, within the model; the "
    "model itself may be wrong. “entrepot simulate --preset {preset}” works it out anew, by economy and sector."
)


def chapter(ctx: Context) -> Chapter | None:
    """What the preset of the measure gives; None where no preset stands for it."""
    kept = preset_answers(ctx.measure.id)
    if not kept:
        return None
    title = tr("What if: what a model says it would do")
    if ctx.day < _KNOWN:
        early = tr(
            "The tables that the model rests on are of the edition of {edition}: later than this day.", edition=_EDITION
        )
        return Chapter("what-if", title, missing=(early,))
    return Chapter(
        "what-if",
        title,
        grids=tuple(grid for one in kept for grid in (_told(one), _assumed(one))),
    )


def _told(one: PresetAnswer) -> Grid:
    """The answer, a sentence a row: read on the page and not on paper, which has no room beyond what was observed."""
    return Grid(one.title, (tr("simulated"),), tuple((said,) for said in _said(one)), shown=True, stacked=True)


def _said(one: PresetAnswer) -> list[Sentence]:
    """The answer in sentences, the largest first."""
    said = [Sentence(tr("A hypothesis: {hypothesis}", hypothesis=escaped(one.hypothesis)))] if one.hypothesis else []
    sides = [_side(one, who, quantity) for who, quantity in ((one.target, LOSS), (one.coalition, COST))]
    said.append(_joined(tr("By the model, {lower}: ", lower=escaped(_lower(one.title))), sides))
    if row := one.figure(OFFSET):
        places = [r for r in one.figures if r["quantity"] == THROUGH]
        through = [Sentence(_place(r["economy"]) + " {figure:plain}", {"figure": _finding(r)}) for r in places]
        text = tr(
            "Of the sales lost to {place} {{figure:plain}} ({{figure:ends}}) would be sold elsewhere",
            place=_place(one.coalition),
        )
        said.append(joined([Sentence(text, {"figure": _finding(row)}), joined(through, ", ")], ", through "))
    if row := one.figure(OF_FULL):
        text = tr(
            "{place}’s loss is {{figure:plain}} ({{figure:ends}}) of that under a full embargo",
            place=_place(one.target),
        )
        said.append(Sentence(text, {"figure": _finding(row)}))
    adds, pays = one.figure(ADDS), one.figure(JOINER_PAYS)
    if adds and pays:
        said.append(_joiner(one, adds, pays))
    return [*(_stopped(s) for s in said), Sentence(_MODEL.format(preset=one.preset))]


def _side(one: PresetAnswer, who: str, quantity: str) -> Sentence:
    """Who loses how much, as a share and as money a year."""
    share, money = one.figure(quantity), one.figure(f"{quantity}, value")
    assert share is not None
    assert money is not None
    word = "lose" if share["value"] >= 0 else "gain"
    text = tr(
        "{place} would {word} {{share:plain}} ({{share:ends}}) of real income, {{money:plain}} a year ({{money:ends}})",
        place=_place(who),
        word=word,
    )
    return Sentence(text, {"share": _finding(share), "money": _finding(money)})


def _joiner(one: PresetAnswer, adds: Row, pays: Row) -> Sentence:
    """Who would add most by joining, how much, and what that costs it."""
    text = tr(
        "Who would add most by joining is {place}: {{more:plain}} ({{more:ends}}) of {place_2}’s real "
        "income more, at a cost to itself of {{pays:plain}} a year ({{pays:ends}})",
        place=_place(adds["economy"]),
        place_2=_place(one.target),
    )
    return Sentence(text, {"more": _finding(adds), "pays": _finding(pays)})


def _joined(head: str, parts: list[Sentence]) -> Sentence:
    whole = joined(parts, "; ")
    return Sentence(head + whole.template, whole.figures)


def _stopped(sentence: Sentence) -> Sentence:
    text = sentence.template
    return sentence if text.endswith(".") else Sentence(f"{text}.", sentence.figures)


def _place(name: Any) -> str:
    """The name of an economy in a sentence, where a number is a figure: not of how many states a union is."""
    return escaped(_MEMBERS.sub("", str(name)))


def _lower(title: str) -> str:
    """A title within a sentence: names keep their capitals."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


@in_english
def _finding(row: Row) -> Finding:
    """A kept figure as a finding; a loss below 0 is the gain that the sentence says."""
    sign = -1 if row["value"] < 0 else 1
    factor = sign * (_MILLION if row["unit"] == MONEY else 1)
    low, high = sorted(row[name] * factor for name in ("low", "high"))
    return findings.make(
        kind="number",
        subject=f"{row['economy']}, scenario {row['preset']}",
        quantity=row["quantity"].removesuffix(", value"),
        value=row["value"] * factor,
        unit="USD" if row["unit"] == MONEY else "percent",
        as_of=_EDITION,
        status="simulated",
        low=low,
        high=high,
        basis=f"{tr(_BASIS)}; {row['draws']} draws; all that is assumed stands in the chapter",
        grounds=[_TABLES],
    )


def _assumed(one: PresetAnswer) -> Grid:
    rows = tuple((str(n), text) for n, text in enumerate(one.assumed, 1))
    return Grid(tr("All that is assumed: {title}", title=one.title), ("", tr("assumed")), rows)
