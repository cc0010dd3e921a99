"""What an event study says in words: the path before, the three answers, and whether they agree."""

from __future__ import annotations

from itertools import combinations
from math import floor, log10
from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import in_english, marked, ntr, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = dict[str, Any]
_NAMES = {"ppml": "PPML", "did": marked("difference in differences"), "synthetic": marked("synthetic control")}
# p below which a path before the date is called not flat. On 100 simulated worlds with a flat path the test by
# untouched pairs called 0 so (docs/design/22-diversion.md, "Event study").
_LEVEL = 0.05
_LEAST_P = 0.001  # the last digit of a p that is printed
# p below which a movement stands out from those of untouched pairs: with 39 of them the least p is 1 in 40, and fewer
# may be left that can be compared. A convention.
_CLEAR = 0.1


# Untouched pairs from which on they decide over the path before: of nineteen none can move as much and p be below
# `_LEVEL`, for one in twenty is the least there is, so that fewer could never call a path anything but flat.
_DECIDE = 20
_FALL, _RISE, _STILL = marked("a fall"), marked("a rise"), marked("no movement")
# Per cents are printed whole from ten on: of a tenth of that a digit more is the difference of 2 and 2.4. A hundredth
# of a per cent of a flow is far below what any of its intervals tells.
_WHOLE, _FINE = 10, 2
_FINEST = 6  # of a unit of dose, which may be a dollar or a line of a list


@in_english
def words(rows: Sequence[Row], pair: tuple[str, str], placebos: int, hubs: Sequence[str] = ()) -> dict[str, str]:
    """The sentences, by what they are about: before, answers, agreement, limits.

    Args:
        rows: the estimates.
        pair: origin and destination.
        placebos: how many untouched pairs were tried.
        hubs: places whose legs were left out of what is compared.
    """
    before = next((r for r in rows if r["term"] == "before"), None)
    after = {r["method"]: r for r in rows if r["term"] == "after" and r["method"] in _NAMES}
    said = {"before": _before(before), "answers": _answers(after, pair)}
    bare = next((r for r in rows if r["method"] == "observed" and r.get("change_pct") is not None), None)
    if bare is not None:
        said["observed"] = tr(
            "As it stands in the flows, beside no other, it moved by {change} % from the year before the date to "
            "{start} to {end}.",
            change=_percents(bare["change_pct"])[0],
            start=bare["period_start"],
            end=bare["period_end"],
        )
    said["agreement"] = _agreement(after)
    said["limits"] = _limits(pair, hubs)
    by_dose = next((r for r in rows if r["method"] == "dose"), None)
    if by_dose is not None:
        said["dose"] = tr(
            "With each unit of dose the flow from {origin} to {destination} moved, estimated: {figure}. "
            "Products and periods of more dose are compared with those of less; what else sets them apart is in it.",
            origin=pair[0],
            destination=pair[1],
            figure=_figure(by_dose, _FINEST),
        )
    if not placebos:
        said["clusters"] = tr(
            "No untouched pair was held beside it: with one touched pair the clustered errors are too small to rely on."
        )
    return said


def _limits(pair: tuple[str, str], hubs: Sequence[str]) -> str:
    """What the flows that are compared with do to the size of a fall."""
    if not hubs:
        return tr(
            "A flow that took over trade, where one stands among those compared, makes a fall look larger than it is; "
            "--hubs leaves such flows out."
        )
    return tr(
        "What {origin} sold {hubs}, and what went from there to {destination}, is not compared with. Another flow that "
        "took over trade, where one stands among those compared, makes a fall look larger than it is.",
        origin=pair[0],
        hubs=_listed(hubs),
        destination=pair[1],
    )


def with_readings(rows: Sequence[Row], said: dict[str, str]) -> list[Row]:
    """The rows, the joint test and the overall answers with their sentence."""
    reading = {"before": said["before"], "after": said["agreement"]}
    return [r | {"reading": _own(r, said) or reading[r["term"]]} if r["term"] in reading else r for r in rows]


def _own(row: Row, said: dict[str, str]) -> str:
    """The sentence of a row that is no estimate."""
    return said.get("observed", "") if row["method"] == "observed" else ""


def _before(row: Row | None) -> str:
    if row is None:
        return tr("The path before the date was not tested: there is no more than the year that is compared with.")
    placebo, count = row.get("p_placebo"), int(row.get("placebos") or 0)
    by = "" if placebo is None else _by_pairs(placebo, count)
    test = tr(
        "joint F {statistic:.2f}, p {p} by clustered errors{by}", statistic=row["statistic"], p=_p(row["p"]), by=by
    )
    few = placebo is not None and count < _DECIDE
    decides = row["p"] if placebo is None else placebo
    if few and row["p"] < _LEVEL:
        return tr(
            "Whether the path before the date was flat cannot be told ({test}): by the joint test it was not, and it "
            "takes {least} untouched pairs to set against that. What follows is not to be read as an effect by itself.",
            test=test,
            least=_DECIDE,
        )
    if decides < _LEVEL:
        return tr(
            "The path before the date is not flat ({test}): what follows may continue it and is not to be read as an "
            "effect.",
            test=test,
        )
    return tr("Before the date the flow ran beside the others as far as can be told ({test}).", test=test)


def _by_pairs(share: float, count: int) -> str:
    """How often untouched pairs moved as much, and how many they are; the flow itself is counted among them."""
    return ntr(
        count,
        ", {count} untouched pair was held beside it (p {share:.2f})",
        ", {count} untouched pairs were held beside it (p {share:.2f})",
        share=share,
    )


def _p(value: float) -> str:
    """A p-value to three digits; one that these would print as nothing is below their last."""
    return f"{value:.3f}" if value >= _LEAST_P else f"< {_LEAST_P:g}"


def _answers(after: dict[str, Row], pair: tuple[str, str]) -> str:
    parts = [f"{_NAMES[m]} {_figure(r)}" for m, r in after.items()]
    return tr(
        "Flow from {origin} to {destination} after the date, estimated: {answers}.",
        origin=pair[0],
        destination=pair[1],
        answers="; ".join(parts),
    )


def _figure(row: Row, finest: int = _FINE) -> str:
    if row.get("change_pct") is None:
        return tr("not defined")
    if row.get("low_pct") is None:
        change = f"{_percents(row['change_pct'], finest=finest)[0]} %"
    else:
        value, low, high = _percents(row["change_pct"], row["low_pct"], row["high_pct"], finest=finest)
        change = tr("{value} % (95 % from {low} to {high})", value=value, low=low, high=high)
    if row.get("p_placebo") is not None:
        change += tr(", placebo p {p:.2f}", p=row["p_placebo"])
    return change


def _percents(*values: float, finest: int = _FINE) -> list[str]:
    """Per cents that stand together, alike fine: whole from ten on, below that to three digits of the largest."""
    largest = max(abs(v) for v in values)
    digits = 0 if largest >= _WHOLE else min(max(2 - floor(log10(largest)), 1), finest) if largest else 0
    rounded = [round(v, digits) for v in values]
    return [f"{v:+.{digits}f}" if v else f"{0:.{digits}f}" for v in rounded]


def _agreement(after: dict[str, Row]) -> str:
    known = {m: r for m, r in after.items() if r.get("change_pct") is not None}
    if len(known) < 2:  # noqa: PLR2004 - one opinion agrees with none
        return tr("Only one method could be used: there is no second opinion.")
    unsure = [_NAMES[m] for m, r in known.items() if r.get("p_placebo") is not None and r["p_placebo"] >= _CLEAR]
    # Without untouched pairs there is only a clustered error, which one touched pair makes far too small.
    untold = [m for m, r in known.items() if r.get("p_placebo") is None]
    if len(unsure) + len(untold) == len(known):
        return tr("By no method can the movement be told from chance: nothing is found.")
    ways = {m: _way(r["change_pct"]) for m, r in known.items()}
    if len(set(ways.values())) > 1:
        parts = [_say([_NAMES[m] for m in known if ways[m] == way], way) for way in dict.fromkeys(ways.values())]
        return tr("The methods disagree: {parts}.", parts=", ".join(parts))
    return _size(next(iter(ways.values())), _outside(known), unsure)


def _size(way: str, outside: str, unsure: Sequence[str]) -> str:
    """What methods that agree on the direction say of the size."""
    if way == _STILL:
        return tr("The methods agree that nothing moved.")
    way = tr(way)
    if outside:
        return tr("The methods agree on {way} but not on its size: {outside}.", way=way, outside=outside)
    if unsure:
        return tr(
            "The methods agree on {way}; by {methods} untouched pairs moved as much too often to tell it from chance.",
            way=way,
            methods=_listed(unsure),
        )
    return tr("The methods agree on {way} and, as far as their intervals tell, on its size.", way=way)


def _outside(known: dict[str, Row]) -> str:
    """Which answers have intervals that do not meet, in words; one without an interval is a point."""
    ends = {m: _ends(r) for m, r in known.items()}
    apart = [
        tr("{one} and {other} do not meet", one=_NAMES[a], other=_NAMES[b])
        for a, b in combinations(ends, 2)
        if ends[a][1] < ends[b][0] or ends[b][1] < ends[a][0]
    ]
    return "; ".join(apart)


def _ends(row: Row) -> tuple[float, float]:
    low, high = row.get("low_pct"), row.get("high_pct")
    point = float(row["change_pct"])
    return (point if low is None else float(low), point if high is None else float(high))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else tr("{some} and {last}", some=", ".join(names[:-1]), last=names[-1])


def _way(change: float) -> str:
    """What a method says of the direction: what is printed as nothing is neither a rise nor a fall."""
    if not round(change, _FINE):
        return _STILL
    return _FALL if change < 0 else _RISE


def _say(names: Sequence[str], way: str) -> str:
    said = tr("says") if len(names) == 1 else tr("say")
    return tr("{methods} {say} {way}", methods=_listed(names), say=said, way=tr(way))
