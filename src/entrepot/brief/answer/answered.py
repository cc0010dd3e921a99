"""The answer: each test with its direction and how sure it is, and one sentence over all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.brief.answer import compared_lines, list_lines, not_on_record, other_lines
from entrepot.brief.answer.answer_rule import Rule, rule
from entrepot.brief.answer.lines import aged
from entrepot.brief.chapters.measure_and_list import last_day
from entrepot.brief.report import Answer, AnswerTest, Line, Sentence, escaped, joined
from entrepot.core import periods
from entrepot.core.words import amounts
from entrepot.core.words.translate import WordsBy, tr
from entrepot.measures.measure import known, measure, state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from entrepot.brief.context import Context
    from entrepot.measures.act import Look, Part

NAMED = 3  # comparisons or measures named in a reason
WAYS = WordsBy({"up": "up", "down": "down", "level": "hardly moved"})
# What a line does not tell for: it ended years ago, or before the measure, or began after it.
_OF_ANOTHER_TIME = {"too_old", "before", "after"}
_BESIDE = "beside"  # the line of the rule on what the measure does not touch
_END = "\0"  # stands for the last day until braces are escaped
UNDATED = {"listed", "tranches"}  # a list says every day whom it holds: its own day stands in its clause
KINDS: dict[str, Callable[[Context, Look, Rule], list[Line]]] = {
    "listed": list_lines.listed,
    "tranches": list_lines.tranches,
    "counted": compared_lines.counted,
    "ratio": compared_lines.ratio,
    "share": compared_lines.share,
    "against": compared_lines.against,
    "hubs": other_lines.hubs,
    "shifts": other_lines.shifts,
    "exits": other_lines.exits,
    "entries": other_lines.entries,
}


def answer(ctx: Context) -> Answer:
    """The answer as of the day of the brief."""
    by = rule()
    tests = []
    for test_id in not_on_record.asked(ctx, by):
        looks = [look for look in ctx.focus.looks if look.test == test_id]
        tests.append(_test(ctx, by, test_id, looks) if looks else not_on_record.empty(ctx, by, test_id))
    not_asked = tuple(tr(str(row["name"])) for i, row in by.tests.items() if i not in {t.id for t in tests})
    direction, verdict, in_short = _verdict(ctx, by, tests)
    return Answer(direction, verdict, in_short, tuple(tests), not_asked)


def opened(ctx: Context, found: Answer, headline: Sentence | None) -> Answer:
    """The answer with what holds before it, where the question is not that of the tests.

    A plan that looks at nothing, or that says which headlines answer, asks what the measure is and whom it touches. Of
    a list the test of pressure says so.
    """
    if headline is None or ctx.list_id or (ctx.focus.looks and not ctx.focus.answers):
        return found
    is_asked = not ctx.focus.looks or "unknown" in ctx.focus.answers
    is_open = is_asked and ctx.day >= periods.last_day(ctx.measure.checked)
    still_open = [Sentence(escaped(note)) for note in ctx.measure.unknown[:1] if is_open]
    return replace(found, holds=joined([headline, *still_open], " "))


def _test(ctx: Context, by: Rule, test_id: str, looks: Sequence[Look]) -> AnswerTest:
    row = by.tests[test_id]
    lines, shown = [], []
    began = min((periods.first_day(p.start) for p in ctx.measure.touching if p.start), default=None)
    ended = _ended(ctx)
    for look in looks:
        found = [_placed(aged(line, by, ctx.day, began, ended)) for line in KINDS[look.kind](ctx, look, by)]
        shown += _first(found, look)
        lines += found
    pointing = [line for line in lines if line.points]
    shown += _unseen(pointing, shown)
    if pointing:
        shown = [_told_apart(line, by) for line in shown]
    direction = _direction(pointing)
    rivals = _rivals(ctx, pointing) if row["rivals"] == "yes" else ()
    doubts = _doubts(pointing, by, has_rivals=bool(rivals))
    freshest = max(pointing or lines, key=lambda line: line.until, default=None)
    missed = not_on_record.without_rows(looks, (line.look for line in lines))
    return AnswerTest(
        id=test_id,
        name=tr(str(row["name"])),
        asks=tr(str(row["asks"])),
        direction=direction,
        doubts=doubts,
        sure=by.word(doubts) if pointing else "",
        why="; ".join(w for w in (_why(by, pointing, lines, doubts, rivals), missed) if w),
        lines=tuple(lines),
        shown=tuple(shown),
        until=freshest.until if freshest else "",
        ages=tuple(_age(ctx, line) for line in shown),
        lacking="" if shown else not_on_record.lacking(ctx, by, test_id, has_old=bool(lines)),
        scans=not_on_record.scans(ctx, test_id),
        in_words=_in_words(shown, _why(by, pointing, lines, doubts, rivals)),
    )


def _ended(ctx: Context) -> date | None:
    """The last day on which the measure can have worked; None unless each part that touches somebody has ended."""
    over = [periods.last_day(p.end) for p in ctx.measure.touching if p.end and state(p, ctx.day) == "ended"]
    return max(over) if over and len(over) == len(ctx.measure.touching) else None


def _placed(line: Line) -> Line:
    """The line as it tells of the measure: nothing where it counts what the measure does not touch."""
    return replace(line, direction="not_known", unknown=_BESIDE) if line.look.is_beside and line.points else line


def _told_apart(line: Line, by: Rule) -> Line:
    """A line that stands beside those that point says why it does not."""
    if line.unknown != _BESIDE:
        return line
    says, short = (
        Sentence(f"{s.template} ({escaped(by.says(_BESIDE))})", s.figures) if s else None
        for s in (line.says, line.in_short)
    )
    return replace(line, says=says or line.says, in_short=short)


def _in_words(shown: Sequence[Line], why: str) -> str:
    """What of the lines shown went which way, by their names; where none points, what they are and why."""
    ways = [w for w in WAYS if any(line.direction == w for line in shown)]
    told = [f"{WAYS[w]}: {'; '.join(x.label for x in shown if x.direction == w)}" for w in ways]
    told = told or [": ".join(filter(None, ("; ".join(x.label for x in shown), why)))]
    return " ".join(f"{t[:1].upper()}{t[1:]}." for t in told)


def _first(found: Sequence[Line], look: Look) -> list[Line]:
    """The lines of a look that stand in the answer: none of another time; whom a list holds stands beside how many."""
    fresh = [line for line in found if line.unknown not in _OF_ANOTHER_TIME]
    if look.kind == "listed":
        return fresh
    order = sorted(fresh, key=lambda line: (not line.points, line.direction == "level", "doubtful" in line.doubts))
    return order[: look.shown]


def _unseen(pointing: Sequence[Line], shown: Sequence[Line]) -> list[Line]:
    """The line in least doubt of each way, where none shown is in as little: a reader sees what a word rests on."""
    found = []
    for way in dict.fromkeys(line.direction for line in pointing if line.direction != "level"):
        mine = [line for line in pointing if line.direction == way]
        best = _surest(mine)
        if all(len(line.doubts) > len(best.doubts) for line in shown if line.direction == way):
            found.append(best)
    return found


def _surest(lines: Sequence[Line]) -> Line:
    """The line in least doubt, the freshest of these."""
    return max(lines, key=lambda line: (-len(line.doubts), line.until))


def _direction(pointing: Sequence[Line]) -> str:
    ways = {line.direction for line in pointing}
    if not ways:
        return "not_known"
    moving = ways - {"level"}
    return "mixed" if len(moving) > 1 else next(iter(moving), "level")


def _doubts(pointing: Sequence[Line], by: Rule, *, has_rivals: bool) -> tuple[str, ...]:
    """A way is as sure as its line in least doubt; a mixed test rests on both ways and has the doubts of both."""
    found = {"rivals"} if has_rivals else set()
    found = found.union(*_by_way(pointing).values())
    return tuple(r["id"] for r in by.of_kind("doubt") if r["id"] in found)


def _by_way(pointing: Sequence[Line]) -> dict[str, set[str]]:
    """The doubts of each way that lines point: those of the line in least doubt, and of too few and one office."""
    ways: dict[str, list[Line]] = {}
    for line in pointing:
        ways.setdefault(line.direction, []).append(line)
    moving = {way: lines for way, lines in ways.items() if way != "level"} or ways
    return {
        way: {
            *_surest(lines).doubts,
            *(("alone",) if len(lines) == 1 else ()),
            *(("one_office",) if len(frozenset.union(*(line.offices for line in lines))) == 1 else ()),
        }
        for way, lines in moving.items()
    }


def _rivals(ctx: Context, pointing: Sequence[Line]) -> tuple[str, ...]:
    """The other measures of which a provision began between the figures, where every line that points has one."""
    dated = [
        (periods.first_day(p.start).isoformat(), act.short)
        for m in ctx.focus.competes_with
        for act in [known(measure(m), ctx.day)]
        for p in act.touching
        if p.start and periods.first_day(p.start) <= ctx.day
    ]
    between = [{s for d, s in dated if line.since and line.since <= d <= line.until} for line in pointing]
    if not between or not all(b or "rivals" in line.doubts for b, line in zip(between, pointing, strict=True)):
        return ()
    return tuple(sorted(set.union(*between)))


def _why(
    by: Rule, pointing: Sequence[Line], lines: Sequence[Line], doubts: Sequence[str], rivals: Sequence[str]
) -> str:
    if not pointing:
        reasons = dict.fromkeys(line.unknown for line in lines if line.unknown and line.unknown != "tells_where")
        return "; ".join(by.says(r) for r in reasons or ("nothing",))
    told = _told(by, doubts, _by_way(pointing), rivals)
    ways = [w for w in WAYS if any(line.direction == w for line in pointing)]
    named = [f"{WAYS[w]}: {_some(dict.fromkeys(x.label for x in pointing if x.direction == w))}" for w in ways]
    sure = tr(str(by.lines["sure"]["reason"]))
    if any(line.doubts for line in pointing):
        sure = tr("{no_doubt}: {line}", no_doubt=sure, line=_surest(pointing).label)
    return ". ".join([*(named if len(pointing) > 1 else ()), "; ".join(told) or sure])


def _told(by: Rule, doubts: Sequence[str], sides: Mapping[str, set[str]], rivals: Sequence[str]) -> list[str]:
    """The doubts in words: those of all ways, then those that only one of two ways has, with its name before them."""
    words = {d: by.says(d) + (f" ({_some(rivals)})" if d == "rivals" and rivals else "") for d in doubts}
    alone = {d: next(way for way in sides if d in sides[way]) for d in doubts if _is_of_one(d, sides)}
    of = {way: [words[d] for d in doubts if alone.get(d) == way] for way in sides}
    told = [tr("of what went {way}: {mine}", way=way, mine=", ".join(mine)) for way, mine in of.items() if mine]
    return [*(words[d] for d in doubts if d not in alone), *told]


def _is_of_one(doubt: str, sides: Mapping[str, set[str]]) -> bool:
    return sum(doubt in held for held in sides.values()) == 1 < len(sides)


def _some(names: Iterable[str]) -> str:
    """A few names, and whether there are more: all stand in the table of comparisons."""
    found = list(names)
    return "; ".join(found[:NAMED]) + (tr(" and others") if len(found) > NAMED else "")


def _age(ctx: Context, line: Line) -> int | None:
    """Days from the last day of a line to that of the brief; None where its clause says its own day."""
    dated = line.figures and line.until and line.look.kind not in UNDATED
    return (ctx.day - periods.last_day(line.until)).days if dated else None


def _verdict(ctx: Context, by: Rule, tests: Sequence[AnswerTest]) -> tuple[str, Sentence, Sentence]:
    """The first line of the verdicts whose needs are met, with the figures of the tests that it may name; in short."""
    found = {t.id: t for t in tests}
    row = next(r for r in by.verdicts if all(_met(found, by, need, r["most_doubts"]) for need in r["needs"] or ()))
    clauses = [line.says for t in tests if by.tests[t.id]["in_answer"] == "yes" for line in _telling(t)]
    question, settled_by = not_on_record.verdict(ctx, by)
    not_yet, over = _not_yet(ctx), _last_over(ctx)
    figures = {"end": last_day(ctx, over[1])} if over and not not_yet else {}
    asked = not_yet or _no_longer(ctx, _END) + tr(str(row["says"])).replace("{asked}", question)
    template = escaped(asked).replace(_END, "{end}")
    settles = Sentence(escaped(tr("what would settle it is {settled_by}", settled_by=settled_by)))
    said = joined([*clauses, settles], "; ")
    in_short = Sentence(f"{template}; {settles.template}.", figures)
    return str(row["id"]), Sentence(f"{template}: {said.template}.", {**said.figures, **figures}), in_short


def _not_yet(ctx: Context) -> str:
    """That no part of the measure had begun by the day, or none but what it rests on; empty where one had."""
    starts = sorted(periods.first_day(p.start) for p in ctx.measure.provisions if p.start and not p.is_basis)
    if any(start <= ctx.day for start in starts):
        return ""
    is_founded = any(p.is_basis and state(p, ctx.day) == "in_force" for p in ctx.measure.provisions)
    day = amounts.period(periods.parse(ctx.day.isoformat()))
    was = (
        tr("On {day} the measure touched nobody yet: only what it rests on was in force", day=day)
        if is_founded
        else tr("On {day} no part of the measure was in force", day=day)
    )
    first = amounts.period(periods.parse(starts[0].isoformat())) if starts else ""
    begins = tr("; its first part begins on {starts}", starts=first) if first else ""
    return tr("{was}{begins}. Whether trade moved is asked all the same", was=was, begins=begins)


def _last_over(ctx: Context) -> tuple[str, Part] | None:
    """The part that ended or was suspended last, with its state; None where one holds, or none has begun."""
    states = [(state(p, ctx.day), p) for p in ctx.measure.provisions]
    over = [(now, p) for now, p in states if now in {"ended", "suspended", "unknown"} and p.end]
    if not over or any(now == "in_force" for now, _ in states):
        return None
    return max(over, key=lambda one: periods.last_day(str(one[1].end)))


def _no_longer(ctx: Context, shown: str = "") -> str:
    """That every part that had begun by the day had ended or was suspended, as a sentence; empty where one held.

    Args:
        ctx: the brief's context.
        shown: what stands for the last day; empty for the day in words.
    """
    found = _last_over(ctx)
    if found is None:
        return ""
    (now, last), states = found, [(state(p, ctx.day), p) for p in ctx.measure.provisions]
    due = min((str(p.start) for now, p in states if now == "scheduled"), key=periods.first_day, default="")
    end = shown or amounts.period(periods.parse(str(last.end)))
    what = {
        "ended": tr("its last part ended {on}", on=_on(str(last.end), end)),
        "suspended": tr("its last part held to {end} and is suspended since", end=end),
        "unknown": tr("its last part held to {end} and was suspended; whether it is back is not known", end=end),
    }[now]
    return tr(
        "On {day} no part of the measure was in force: {what}{next}. ",
        day=amounts.period(periods.parse(ctx.day.isoformat())),
        what=what,
        next=tr("; the next begins {on}", on=_on(due)) if due else "",
    )


def _on(date: str, shown: str = "") -> str:
    """A day with its preposition, or a month or a year with theirs; `shown` stands for it."""
    said = shown or amounts.period(periods.parse(date))
    is_day = periods.first_day(date) == periods.last_day(date)
    return tr("on {day}", day=said) if is_day else tr("in {period}", period=said)


def _telling(test: AnswerTest) -> list[Line]:
    """Of what stands in the answer, the first line each way; level where nothing moves."""
    ways: dict[str, Line] = {}
    for line in test.shown:
        if line.points:
            ways.setdefault(line.direction, line)
    moving = [line for way, line in ways.items() if way != "level"]
    return moving or list(ways.values())


def _met(tests: dict[str, AnswerTest], by: Rule, need: str, most: float | None) -> bool:
    test_id, _, direction = need.partition("=")
    test = tests.get(test_id)
    return test is not None and test.direction == direction and (most is None or by.steps(test.doubts) <= most)
