"""What an event study says in words: the path before, the three answers, and whether they agree."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = dict[str, Any]
_NAMES = {"ppml": "PPML", "did": "difference in differences", "synthetic": "synthetic control"}
# p below which a path before the date is called not flat. On 100 simulated worlds with a flat path the test by
# untouched pairs called 0 so (docs/design/22-diversion.md, "Event study").
_LEVEL = 0.05
# p below which a movement stands out from those of untouched pairs: with 39 of them the least p is 1 in 40, and fewer
# may be left that can be compared. A convention.
_CLEAR = 0.1


def words(rows: Sequence[Row], pair: tuple[str, str], placebos: int) -> dict[str, str]:
    """The sentences, by what they are about: before, answers, agreement, limits."""
    before = next((r for r in rows if r["term"] == "before"), None)
    after = {r["method"]: r for r in rows if r["term"] == "after"}
    said = {"before": _before(before), "answers": _answers(after, pair)}
    said["agreement"] = _agreement(after)
    said["limits"] = (
        "A flow that took over trade stands among those compared, so that a fall looks larger than it is; "
        "--hubs leaves such flows out."
    )
    by_dose = next((r for r in rows if r["method"] == "dose"), None)
    if by_dose is not None:
        said["dose"] = (
            f"With each unit of dose the flow from {pair[0]} to {pair[1]} moved, estimated: {_figure(by_dose)}. "
            "Products and periods of more dose are compared with those of less; what else sets them apart is in it."
        )
    if not placebos:
        said["clusters"] = (
            "No untouched pair could be compared: with one touched pair the clustered errors are too small to rely on."
        )
    return said


def with_readings(rows: Sequence[Row], said: dict[str, str]) -> list[Row]:
    """The rows, the joint test and the overall answers with their sentence."""
    reading = {"before": said["before"], "after": said["agreement"]}
    return [r | {"reading": reading[r["term"]]} if r["term"] in reading else r for r in rows]


def _before(row: Row | None) -> str:
    if row is None:
        return "The path before the date was not tested: there is no more than the year that is compared with."
    placebo = row.get("p_placebo")
    by = f", untouched pairs moved as much in {placebo:.0%} of cases" if placebo is not None else ""
    test = f"joint F {row['statistic']:.2f}, p {row['p']:.3f} by clustered errors{by}"
    decides = row["p"] if placebo is None else placebo
    if decides < _LEVEL:
        warning = "what follows may continue it and is not to be read as an effect"
        return f"The path before the date is not flat ({test}): {warning}."
    return f"Before the date the flow ran beside the others as far as can be told ({test})."


def _answers(after: dict[str, Row], pair: tuple[str, str]) -> str:
    parts = [f"{_NAMES[m]} {_figure(r)}" for m, r in after.items()]
    return f"Flow from {pair[0]} to {pair[1]} after the date, estimated: {'; '.join(parts)}."


def _figure(row: Row) -> str:
    if row.get("change_pct") is None:
        return "not defined"
    change = f"{row['change_pct']:+.0f} %"
    if row.get("low_pct") is not None:
        change += f" (95 % from {row['low_pct']:+.0f} to {row['high_pct']:+.0f})"
    if row.get("p_placebo") is not None:
        change += f", placebo p {row['p_placebo']:.2f}"
    return change


def _agreement(after: dict[str, Row]) -> str:
    known = {m: r for m, r in after.items() if r.get("change_pct") is not None}
    if len(known) < 2:  # noqa: PLR2004 - one opinion agrees with none
        return "Only one method could be used: there is no second opinion."
    unsure = [_NAMES[m] for m, r in known.items() if r.get("p_placebo") is not None and r["p_placebo"] >= _CLEAR]
    # Without untouched pairs there is only a clustered error, which one touched pair makes far too small.
    untold = [m for m, r in known.items() if r.get("p_placebo") is None]
    falls = [_NAMES[m] for m, r in known.items() if r["change_pct"] < 0]
    rises = [_NAMES[m] for m, r in known.items() if r["change_pct"] >= 0]
    if len(unsure) + len(untold) == len(known):
        return "By no method can the movement be told from chance: nothing is found."
    if falls and rises:
        return f"The methods disagree: {_listed(falls)} {_say(falls)} a fall, {_listed(rises)} {_say(rises)} a rise."
    outside = _outside(known)
    way = "fall" if falls else "rise"
    if outside:
        return f"The methods agree on a {way} but not on its size: {outside}."
    if unsure:
        chance = "untouched pairs moved as much too often to tell it from chance"
        return f"The methods agree on a {way}; by {_listed(unsure)} {chance}."
    return f"The methods agree on a {way} and, as far as their intervals tell, on its size."


def _outside(known: dict[str, Row]) -> str:
    """Which answers have intervals that do not meet, in words; one without an interval is a point."""
    ends = {m: _ends(r) for m, r in known.items()}
    apart = [
        f"{_NAMES[a]} and {_NAMES[b]} do not meet"
        for a, b in combinations(ends, 2)
        if ends[a][1] < ends[b][0] or ends[b][1] < ends[a][0]
    ]
    return "; ".join(apart)


def _ends(row: Row) -> tuple[float, float]:
    low, high = row.get("low_pct"), row.get("high_pct")
    point = float(row["change_pct"])
    return (point if low is None else float(low), point if high is None else float(high))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _say(names: Sequence[str]) -> str:
    return "says" if len(names) == 1 else "say"
