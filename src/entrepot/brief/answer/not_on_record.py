"""What a test says where nothing on record answers it: what is missing, which figure would settle it, which scan helps.

Which tests are asked of a measure of a kind is data, beside what a plan looks at. See docs/design/05-the-brief.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.brief.report import AnswerTest
from entrepot.core.words.translate import apart, tr
from entrepot.diversion.demo_scans import scans_of
from entrepot.vocabulary import goods

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from entrepot.brief.answer.answer_rule import Rule
    from entrepot.brief.context import Context
    from entrepot.core.tables.packaged import Row
    from entrepot.measures.act import Look, Measure

VERDICT = "verdict"
_CODES = 4  # HS prefixes named in a sentence; all stand in the chapter on the measure
_SCANNED = "third"  # a scan looks for partners that took more


def asked(ctx: Context, by: Rule) -> list[str]:
    """The tests of a brief, in the order of the rule: those that the plan looks at and those asked of its kind."""
    planned = {look.test for look in ctx.focus.looks}
    return [t for t in by.tests if t in planned or (ctx.measure.kind, t) in by.gaps]


def verdict(ctx: Context, by: Rule) -> tuple[str, str]:
    """What the tests decide together, and what would settle it: as the plan says, else as asked of its kind."""
    says, settles = gap(by.gaps[ctx.measure.kind, VERDICT], ctx.measure)
    return ctx.focus.asked or says, ctx.focus.settled_by or settles


def empty(ctx: Context, by: Rule, test_id: str) -> AnswerTest:
    """A test for which the plan looks at nothing."""
    row = by.tests[test_id]
    return AnswerTest(
        id=test_id,
        name=tr(str(row["name"])),
        asks=tr(str(row["asks"])),
        direction="not_known",
        doubts=(),
        sure="",
        why=by.says("nothing"),
        lines=(),
        shown=(),
        until="",
        ages=(),
        lacking=lacking(ctx, by, test_id),
        scans=scans(ctx, test_id),
    )


def lacking(ctx: Context, by: Rule, test_id: str, *, has_old: bool = False) -> str:
    """What no figure on record says of a test, and which would: one sentence; empty where its kind is not asked it.

    Args:
        ctx: of the brief.
        by: the rule.
        test_id: the test.
        has_old: whether there is a figure, which is too old.
    """
    row = by.gaps.get((ctx.measure.kind, test_id))
    if row is None:
        return ""
    says, settles = gap(row, ctx.measure)
    fresh = "fresh " if has_old else ""
    return tr(
        "No {fresh}figure on record says {says}; what would settle it is {settles}.",
        fresh=fresh,
        says=says,
        settles=settles,
    )


def gap(row: Row, act: Measure) -> tuple[str, str]:
    """What no figure says and what would settle it, of a measure that names places or of one on all the world."""
    is_on_all = not any(p.territory or p.countries for p in act.provisions)
    says, settles = (row[f"{k}_of_all"] if is_on_all and row[f"{k}_of_all"] else row[k] for k in ("says", "settles"))
    return _filled(says, act), _filled(settles, act)


def without_rows(looks: Sequence[Look], seen: Iterable[Look]) -> str:
    """The quantities that the plan looks at and of which nothing on record can be held against another year."""
    found = list(seen)
    names = dict.fromkeys(look.words for look in looks if look not in found and "{" not in look.words)
    return tr("nothing on record to hold against another year: {names}", names="; ".join(names)) if names else ""


def scans(ctx: Context, test_id: str) -> tuple[tuple[str, str], ...]:
    """The packaged scans that bear on a test and look at no later day, each with the command that runs it."""
    if test_id != _SCANNED:
        return ()
    mine = scans_of(ctx.measure.id, ctx.focus.scans, by=ctx.day)
    return tuple((d.title, f"entrepot divert --demo {d.id}") for d in mine)


def scans_said(test: AnswerTest) -> str:
    """The scans of a test as a sentence; empty without any."""
    named = "; ".join(f"{apart(title)}: {apart(command)}" for title, command in test.scans)
    opening = (
        tr("A scan in the package bears on it.") if len(test.scans) == 1 else tr("Scans in the package bear on it.")
    )
    return f"{opening} {named}." if named else ""


def _filled(text: object, act: Measure) -> str:
    return tr(str(text)).format_map({"codes": _codes(act)})


def _codes(act: Measure) -> str:
    """The first HS prefixes of a measure, behind the goods; empty where it lists none."""
    found = list(dict.fromkeys(g.prefix for p in act.provisions for g in p.hs))
    if not found:
        return ""
    more = tr(" and {count} more", count=len(found) - _CODES) if len(found) > _CODES else ""
    return tr(" (HS {dotted}{more})", dotted=", ".join(map(goods.dotted, found[:_CODES])), more=more)
