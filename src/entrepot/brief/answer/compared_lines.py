"""Lines from observations: the same months of two years, shares and ratios, and a base year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.brief.answer.lines import VERBS
from entrepot.brief.report import Line, Sentence, escaped
from entrepot.core import periods
from entrepot.core.words.translate import WordsBy, apart, marked, tr
from entrepot.corridors import like_for_like, throughput

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from entrepot.brief.answer.answer_rule import Rule
    from entrepot.brief.context import Context
    from entrepot.core.findings import Finding
    from entrepot.measures.act import Look

Row = dict[str, Any]
MODES = WordsBy(
    {
        "rail": ", by rail",
        "road": ", by road",
        "all": ", all modes",
        "unknown": ", mode not given",
    }
)
# Two windows of which one is more than half as long again as the other hold different seasons and open cases.
ALIKE = 1.5
SURFACE = frozenset({"road", "rail"})  # modes that no pipeline is in
WHOLE_YEAR = 365  # days
ENDS = WordsBy({"l": "at least", "m": "at most"})


def _rows(ctx: Context, look: Look, metrics: Iterable[str]) -> list[Row]:
    rows = ctx.rows("corridors", "observations", places=list(look.places), metrics=list(metrics))
    piped = _piped(ctx) if "cargo" in metrics else set()
    return [
        r
        for r in rows
        if (r["place_id"] not in piped or r["mode"] in SURFACE)
        and (not look.partners or r["partner"] in look.partners)
        and (not look.direction or r["direction"] == look.direction)
        and not (r["per"] and r["per"] != "month")
        and (bool(r[look.by]) if look.by else not r["sector"] and not r["origin"])
    ]


def _piped(ctx: Context) -> set[str]:
    """The crossings of which all modes together, or a mode not given, hold what a pipeline carries."""
    return {str(r["place_id"]) for r in ctx.rows("corridors", "crossed_by", mode="pipeline")}


def _label(look: Look, row: Row) -> str:
    mode = MODES.get(str(row["mode"]), "") if row["place_type"] == "crossing" else ""
    if mode and row["direction"] != "both":
        mode += {"in": tr(", inward"), "out": tr(", outward")}[str(row["direction"])]
    if row["per"]:
        mode += f", a {row['per']}"
    group = str(row[look.by]) if look.by else ""
    return apart(look.words.replace("{place}", str(row["place"])).replace("{group}", group)) + mode


def _doubts(rows: Sequence[Row], years: int = 1) -> frozenset[str]:
    found = {"doubtful"} if any(r["quality"] != "good" for r in rows) else set()
    return frozenset(found | ({"far_apart"} if years > 1 else set()))


def _course(figures: Sequence[Finding]) -> tuple[str, dict[str, Finding]]:
    """The freshest figure with its window, then those of the same months before it, each with its year."""
    named = {"abc"[i]: f for i, f in enumerate(reversed(figures))}
    whole = all(periods.span(str(f.period_start), str(f.period_end)).days >= WHOLE_YEAR for f in figures)
    same = "" if whole else tr("those months of ")
    years = [
        tr("{{{k}}} in {same}{period_end}", k=k, same=same, period_end=str(f.period_end)[:4])
        for k, f in named.items()
        if k != "a"
    ]
    return tr("{{a}} in {{a:period}}, from {years}", years=" and ".join(years)), named


def _both(then: Finding, now: Finding) -> tuple[str, dict[str, Finding]]:
    return tr("{a} in {a:period}, from {b} in {b:period}"), {"a": now, "b": then}


def counted(ctx: Context, look: Look, rule: Rule) -> list[Line]:
    """The freshest comparison of each quantity with the same months of another year."""
    found = like_for_like.freshest(
        _rows(ctx, look, look.metrics),
        least_days=int(rule.threshold("shortest")),
        longest_gap=int(rule.threshold("gap")),
    )
    return [_counted(look, rule, c) for c in found]


def _counted(look: Look, rule: Rule, c: like_for_like.Compared) -> Line:
    row, label = c.rows[-1], _label(look, c.rows[-1])
    way = rule.pointed(c.low, c.high)
    says, short = _said(c, f"{escaped(label)} {VERBS[way]} ", escaped(label))
    return Line(
        look, label, way, says, c.figures, c.since, c.until, _doubts(c.rows, c.years),
        "" if way != "not_known" else "overlap", frozenset({str(row["family"])}), c.growth, in_short=short,
    )  # fmt: skip


def _said(c: like_for_like.Compared, moved: str, label: str) -> tuple[Sentence, Sentence | None]:
    """A comparison in words, and in short where that says less."""
    if c.growth is None:
        says, short = (Sentence(moved + text, of) for text, of in (_course(c.figures), _course(c.figures[-2:])))
        return says, short
    figures = {"a": c.figures[-1], "g": c.growth}
    says = Sentence(moved + tr("{a} in {a:period}, {g:signed} on the year"), figures)
    if c.rows[-1]["place_type"] != "crossing":
        return says, None
    # How much passes a crossing stands on the map.
    return says, Sentence(label + tr(": {g:signed} on the year in {g:period}"), {"g": c.growth})


def ratio(ctx: Context, look: Look, rule: Rule) -> list[Line]:
    """One count as a share of another over one window, against the window before it."""
    above, below = _rows(ctx, look, look.metrics), _rows(ctx, look, [look.under])
    out = []
    for group in dict.fromkeys(str(r[look.by]) if look.by else "" for r in above):

        def mine(rows: list[Row], group: str = group) -> list[Row]:
            return [r for r in rows if not look.by or r[look.by] == group]

        shares = _shares(
            mine(above), mine(below), look.words.replace("{group}", group), int(rule.threshold("shortest"))
        )
        if shares:
            out.append(_ratio(look, rule, shares))
    return sorted(out, key=lambda line: (line.until, line.label), reverse=True)


Share = tuple[Row, "Finding"]


def _shares(above: list[Row], below: list[Row], quantity: str, least_days: int) -> list[Share]:
    """The shares of every window that has both counts, by its end; windows may overlap."""
    under = {_window(r): r for r in like_for_like.one_a_window([r for r in below if _whole(r)])}
    out = []
    for row in like_for_like.one_a_window([r for r in above if _whole(r)]):
        whole = under.get(_window(row))
        if whole is None or not whole["value_norm"] or _length(row) < least_days or row["family"] != whole["family"]:
            continue
        out.append((row, like_for_like.share(throughput.reported(row), throughput.reported(whole), quantity)))
    return sorted(out, key=lambda s: _window(s[0])[::-1])


def _whole(row: Row) -> bool:
    return row["value_norm"] is not None and bool(row["period_start"] and row["period_end"])


def _window(row: Row) -> tuple[str, str]:
    return periods.first_day(row["period_start"]).isoformat(), periods.last_day(row["period_end"]).isoformat()


def _length(row: Row) -> int:
    return periods.span(row["period_start"], row["period_end"]).days


def _ratio(look: Look, rule: Rule, shares: Sequence[Share]) -> Line:
    row, now = shares[-1]
    label = _label(look, row)
    earlier = [s for s in shares if _window(s[0])[1] < _window(row)[0]]
    offices = frozenset({str(row["family"])})
    if not earlier:
        says = Sentence(tr("{label}: {{a}} in {{a:period}}", label=escaped(label)), {"a": now})
        return Line(look, label, "not_known", says, (now,), "", _window(row)[1], unknown="nothing", offices=offices)
    then_row, then = earlier[-1]
    lengths = sorted((_length(row), _length(then_row)))
    unequal = lengths[1] > ALIKE * lengths[0] or like_for_like.stretch(row) != like_for_like.stretch(then_row)
    percent = 100 * (now.number / then.number - 1) if then.number else None
    way = rule.pointed(percent, percent)
    text, figures = _both(then, now)
    return Line(
        look, label, way, Sentence(f"{escaped(label)} {VERBS[way]} {text}", figures), (then, now),
        _window(then_row)[0], _window(row)[1], _doubts((row, then_row)) | ({"unequal"} if unequal else set()),
        "" if way != "not_known" else "overlap", offices,
    )  # fmt: skip


def share(ctx: Context, look: Look, rule: Rule) -> list[Line]:
    """A partner's share of the whole: as printed where it was, else of two printed figures of one office."""
    rows = ctx.rows("corridors", "observations", places=list(look.places), metrics=list(look.metrics))
    rows = [r for r in rows if r["direction"] == "both" and r["mode"] == "all" and not r["per"]]
    least = int(rule.threshold("shortest"))
    found: dict[int, dict[tuple[Any, ...], Share]] = {}
    for row, finding in _partner_shares([r for r in rows if like_for_like.usable(r, least)], look):
        year = periods.first_day(row["period_start"]).year
        found.setdefault(year, {}).setdefault(like_for_like.stretch(row), (row, finding))
    near = rule.threshold("near")
    pairs = [
        (later, earlier)
        for year in found
        for later in found[year].values()
        for earlier in found.get(year - 1, {}).values()
        if _near(later[0], earlier[0], near)
    ]
    if not pairs:
        return []
    (row, now), (before, then) = max(pairs, key=lambda p: (_window(p[0][0])[1], _length(p[0][0]), _length(p[1][0])))
    percent = 100 * (now.number / then.number - 1)
    way = rule.pointed(percent, percent)
    text, figures = _both(then, now)
    label = _label(look, row)
    unequal = like_for_like.stretch(row) != like_for_like.stretch(before)
    return [Line(
        look, label, way, Sentence(f"{escaped(label)} {VERBS[way]} {text}", figures), (then, now),
        _window(before)[0], _window(row)[1], _doubts((row, before)) | ({"unequal"} if unequal else set()), "",
        frozenset({str(row["family"])}),
    )]  # fmt: skip


def _near(row: Row, other: Row, least: float) -> bool:
    """Whether two windows begin on one day of the year, and the shorter is at least so much of the longer."""
    short, long = sorted((_length(row), _length(other)))
    return _window(row)[0][4:] == _window(other)[0][4:] and short >= least * long


def _partner_shares(rows: list[Row], look: Look) -> list[Share]:
    """Printed shares first, then those of a partner's figure in the whole over the same window in the same unit."""
    printed = [r for r in rows if r["unit_norm"] == "percent" and r["partner"] in look.partners]
    money = [r for r in rows if r["unit_norm"] != "percent" and r["bound"] != "at_least"]
    out = [(r, throughput.reported(r)) for r in like_for_like.one_a_window(printed)]
    kinds = {(r["unit_norm"], r["family"]) for r in money}
    for unit, family in sorted(kinds):
        mine = [r for r in money if (r["unit_norm"], r["family"]) == (unit, family)]
        parts = [r for r in mine if r["partner"] in look.partners]
        wholes = {_window(r): r for r in like_for_like.one_a_window([r for r in mine if not r["partner"]])}
        for row in like_for_like.one_a_window(parts):
            if whole := wholes.get(_window(row)):
                said = throughput.reported(row), throughput.reported(whole)
                out.append((row, like_for_like.share(*said, marked("share of the total trade of the place"))))
    return out


def against(ctx: Context, look: Look, rule: Rule) -> list[Line]:
    """The freshest long window of each place against the base year, as far as that bounds it."""
    out = []
    for place in look.places:
        rows = [r for r in _rows(ctx, look, look.metrics) if r["place_id"] == place and r["direction"] == "both"]
        for mode in dict.fromkeys(r["mode"] for r in rows):
            mine = [r for r in rows if r["mode"] == mode]
            found = like_for_like.against(mine, look.base, least_days=int(rule.threshold("half")))
            if found:
                out.append(_against(look, rule, found))
    return out


def _against(look: Look, rule: Rule, found: like_for_like.Against) -> Line:
    label = _label(look, found.row)
    least = found.least.number - 100 if found.least else None
    most = found.most.number - 100 if found.most else None
    way = rule.pointed(least, most)
    text, figures = _both(found.then, found.now)
    text = text.replace(", from ", ", against ")
    ends = {key: end for key, end in (("l", found.least), ("m", found.most)) if end}
    of = " and ".join(tr("{ends} {{{key}:plain}}", ends=ENDS[key], key=key) for key in ends)
    figures |= ends
    text = tr("{label}: {text}: {of} of the same months of the earlier year", label=escaped(label), text=text, of=of)
    # The bound holds what the earlier figure says; that figure stands in the drawer.
    year = periods.first_day(str(found.then.period_start)).year
    short = Sentence(
        tr("{label}: {{a}} in {{a:period}}, {of} of those months of {year}", label=escaped(label), of=of, year=year),
        {"a": found.now, **ends},
    )
    return Line(
        look, label, way, Sentence(text, figures), (found.then, found.now),
        periods.first_day(str(found.then.period_start)).isoformat(),
        periods.last_day(str(found.now.period_end)).isoformat(), _doubts((found.row,)) | {"far_apart"},
        "" if way != "not_known" else "overlap", frozenset({str(found.row["family"])}), in_short=short,
    )  # fmt: skip
