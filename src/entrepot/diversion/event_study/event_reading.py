"""What an event study says in words: the path before, the three answers, and whether they agree."""

from __future__ import annotations

from itertools import combinations
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


@in_english
def words(rows: Sequence[Row], pair: tuple[str, str], placebos: int) -> dict[str, str]:
    """The sentences, by what they are about: before, answers, agreement, limits."""
    before = next((r for r in rows if r["term"] == "before"), None)
    after = {r["method"]: r for r in rows if r["term"] == "after" and r["method"] in _NAMES}
    said = {"before": _before(before), "answers": _answers(after, pair)}
    bare = next((r for r in rows if r["method"] == "observed" and r.get("change_pct") is not None), None)
    if bare is not None:
        said["observed"] = tr(
            "As it stands in the flows, beside no other, it moved by {change:+.0f} % from the year before the date to "
            "{start} to {end}.",
            change=bare["change_pct"],
            start=bare["period_start"],
            end=bare["period_end"],
        )
    said["agreement"] = _agreement(after)
    said["limits"] = tr(
        "A flow that took over trade stands among those compared, so that a fall looks larger than it is; "
        "--hubs leaves such flows out."
    )
    by_dose = next((r for r in rows if r["method"] == "dose"), None)
    if by_dose is not None:
        said["dose"] = tr(
            "With each unit of dose the flow from {origin} to {destination} moved, estimated: {figure}. "
            "Products and periods of more dose are compared with those of less; what else sets them apart is in it.",
            origin=pair[0],
            destination=pair[1],
            figure=_figure(by_dose),
        )
    if not placebos:
        said["clusters"] = tr(
            "No untouched pair could be compared: with one touched pair the clustered errors are too small to rely on."
        )
    return said


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


def _figure(row: Row) -> str:
    if row.get("change_pct") is None:
        return tr("not defined")
    change = f"{row['change_pct']:+.0f} %"
    if row.get("low_pct") is not None:
        change += tr(" (95 % from {low:+.0f} to {high:+.0f})", low=row["low_pct"], high=row["high_pct"])
    if row.get("p_placebo") is not None:
        change += tr(", placebo p {p:.2f}", p=row["p_placebo"])
    return change


def _agreement(after: dict[str, Row]) -> str:
    known = {m: r for m, r in after.items() if r.get("change_pct") is not None}
    if len(known) < 2:  # noqa: PLR2004 - one opinion agrees with none
        return tr("Only one method could be used: there is no second opinion.")
    unsure = [_NAMES[m] for m, r in known.items() if r.get("p_placebo") is not None and r["p_placebo"] >= _CLEAR]
    # Without untouched pairs there is only a clustered error, which one touched pair makes far too small.
    untold = [m for m, r in known.items() if r.get("p_placebo") is None]
    falls = [_NAMES[m] for m, r in known.items() if r["change_pct"] < 0]
    rises = [_NAMES[m] for m, r in known.items() if r["change_pct"] >= 0]
    if len(unsure) + len(untold) == len(known):
        return tr("By no method can the movement be told from chance: nothing is found.")
    if falls and rises:
        return tr(
            "The methods disagree: {falls} {say} a fall, {rises} {say_2} a rise.",
            falls=_listed(falls),
            say=_say(falls),
            rises=_listed(rises),
            say_2=_say(rises),
        )
    outside = _outside(known)
    way = tr("fall") if falls else tr("rise")
    if outside:
        return tr("The methods agree on a {way} but not on its size: {outside}.", way=way, outside=outside)
    if unsure:
        return tr(
            "The methods agree on a {way}; by {methods} untouched pairs moved as much too often to tell it from "
            "chance.",
            way=way,
            methods=_listed(unsure),
        )
    return tr("The methods agree on a {way} and, as far as their intervals tell, on its size.", way=way)


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


def _say(names: Sequence[str]) -> str:
    return tr("says") if len(names) == 1 else tr("say")
