"""How much of the value of files is not read: by reason, beside what they hold.

A row that is set aside may be half of a country's trade, so rows alone say little. Values are counted as printed until
they are dollars, then in dollars, and the two shares are joined: `1 - (1 - lost before) * (1 - lost after)`. Rows of
the world hold what the others hold, so they are in neither sum while there are others. A value that cannot be read is
as large as the mean of those that can.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.units import counted
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    import polars as pl

ACCEPTED = 0.01  # of the value: a file that loses more answers another question than it is asked
_WORLD = "+WLD"
_SHOWN = 3  # reasons in a refusal
_PRINTED, _DOLLARS = "value", "value_usd"  # what the value is called until it is converted, and then


@dataclass(slots=True)
class Sums:
    """Values in one unit: of the rows of the world, and of all others."""

    world: float = 0.0
    others: float = 0.0

    def add(self, frame: pl.DataFrame, name: str) -> None:
        """Count the rows of a frame; negative values by their size."""
        import polars as pl

        world = pl.lit(value=False)
        for side in ("exporter", "importer"):
            if side in frame.columns:
                world |= (pl.col(side) == _WORLD).fill_null(value=False)
        value = pl.col(name).cast(pl.Float64(), strict=False).abs().fill_nan(None)
        every, mine = frame.select(value.sum().alias("e"), value.filter(world).sum().alias("w")).row(0)
        self.world, self.others = self.world + float(mine or 0), self.others + float((every or 0) - (mine or 0))

    def plus(self, more: Sums) -> None:
        """Count what is counted already."""
        self.world, self.others = self.world + more.world, self.others + more.others

    def of(self, every: Sums) -> float:
        """The share that these are of all; of the rows of the world where there are no others."""
        part, whole = (self.others, every.others) if every.others else (self.world, every.world)
        return min(1.0, part / whole) if whole else 0.0


@dataclass(frozen=True, slots=True)
class Loss:
    """What one reason took.

    Attributes:
        kind: of the fault.
        what: the fault in words.
        rows: that were set aside.
        share: of the value of the files, from 0 to 1.
    """

    kind: str
    what: str
    rows: int
    share: float


@dataclass(slots=True)
class Losses:
    """The value of files as it is read, and what of it was set aside.

    Attributes:
        printed: what comes to be converted, as printed.
        dollars: the same in dollars, without what has no rate.
        unread: cells of the value that hold something else than a number, and all cells that hold anything.
        zeroed: codes of goods whose leading zero was put back.
        zero_led: codes of goods that were printed with it.
    """

    printed: Sums = field(default_factory=Sums)
    dollars: Sums = field(default_factory=Sums)
    unread: list[int] = field(default_factory=lambda: [0, 0])
    zeroed: set[str] = field(default_factory=set)
    zero_led: set[str] = field(default_factory=set)
    _lost: dict[tuple[str, str, str], Sums] = field(default_factory=dict)
    _rows: dict[tuple[str, str], int] = field(default_factory=dict)

    def lose(self, kind: str, what: str, bad: pl.DataFrame) -> None:
        """Count rows that are set aside, with the value that they have at this stage."""
        name = next((n for n in (_DOLLARS, _PRINTED) if n in bad.columns), "")
        self._rows[kind, what] = self._rows.get((kind, what), 0) + bad.height
        if name:
            self._lost.setdefault((kind, what, name), Sums()).add(bad, name)

    def not_read(self, kind: str, what: str, rows: int) -> None:
        """Count cells of the value that cannot be read."""
        self.unread[0] += rows
        self._rows[kind, what] = self._rows.get((kind, what), 0) + rows
        self._lost.setdefault((kind, what, ""), Sums()).others += rows

    def of(self) -> list[Loss]:
        """The losses, largest first; reasons that took no value are among them."""
        found = dict.fromkeys(self._rows, 0.0)
        unread = self.unread[0] / self.unread[1] if self.unread[1] else 0.0
        every = Sums(self.printed.world, self.printed.others)
        for (_, _, name), sums in self._lost.items():
            if name == _PRINTED:
                every.world, every.others = every.world + sums.world, every.others + sums.others
        kept = (1 - unread) * self.printed.of(every)
        for (kind, what, name), sums in self._lost.items():
            if name == _PRINTED:
                found[kind, what] += (1 - unread) * sums.of(every)
            elif name == _DOLLARS:
                found[kind, what] += kept * sums.of(self.dollars)
            else:
                found[kind, what] += sums.others / self.unread[1]
        made = [Loss(kind, what, self._rows[kind, what], share) for (kind, what), share in found.items()]
        return sorted(made, key=lambda one: (-one.share, -one.rows, one.kind, one.what))

    def share(self) -> float:
        """The share of the value that is set aside, from 0 to 1."""
        return min(1.0, sum(one.share for one in self.of()))

    def both_ways(self) -> str:
        """That codes stand in the files with their leading zero and without it, for then one flow may be two rows."""
        both = sorted(self.zeroed & self.zero_led)
        if not both:
            return ""
        codes = counted(len(both), "code of goods stands", "codes of goods stand")
        return tr(
            "{codes} in the file with a leading zero and without it, {both} and {both_2}: one code.",
            codes=codes,
            both=both[0],
            both_2=both[0][1:],
        )

    def sentence(self) -> str:
        """The share of the value that is set aside, by kind of fault."""
        kinds: dict[str, tuple[int, float]] = {}
        for one in self.of():
            rows, share = kinds.get(one.kind, (0, 0.0))
            kinds[one.kind] = rows + one.rows, share + one.share
        if not kinds:
            return tr("0 % of the value is set aside.")
        each = "; ".join(f"{k} {percent(s)} ({counted(r, 'row')})" for k, (r, s) in kinds.items())
        return tr("{percent} of the value is set aside: {each}.", percent=percent(self.share()), each=each)


def percent(share: float) -> str:
    """A share as a person reads it, rounded, where a little is never nothing."""
    if 0 < share < 0.0005:  # noqa: PLR2004 - what would be rounded to 0.0
        return "under 0.1 %"
    return f"{100 * share:.1f} %" if share else "0 %"


def refuse(losses: Losses, accepted: float, name: str) -> None:
    """Stop where more of the value is set aside than is accepted.

    Args:
        losses: of the files.
        accepted: the largest share, from 0 to 1.
        name: what a message calls the files.

    Raises:
        BadInputError: more is lost; names the largest reasons, and what to do.
    """
    share = losses.share()
    if share <= accepted:
        return
    largest = losses.of()[:_SHOWN]
    more = len([one for one in losses.of() if one.share > 0]) - len(largest)
    said = "; ".join(
        f"{one.what}: {percent(one.share)}, {one.rows:,} {'row' if one.rows == 1 else 'rows'}"
        for one in largest
        if one.share > 0
    )
    rest = tr("; and {more} more reasons", more=more) if more > 0 else ""
    one_code = (
        tr(". And {removesuffix}", removesuffix=losses.both_ways().removesuffix(".")) if losses.both_ways() else ""
    )
    raise BadInputError(
        tr(
            "{name}: {percent} of the value would be set aside, {said}{rest}{one_code}",
            name=name,
            percent=percent(share),
            said=said,
            rest=rest,
            one_code=one_code,
        ),
        allowed=tr("at most {percent}", percent=percent(accepted)),
        remedy=tr(
            "Correct the file, or say in a map what it means ([places], [columns]: --map FILE.toml). To go "
            "on without it: --accept-loss {ceil:.2f}.",
            ceil=ceil(100 * share) / 100,
        ),
    )


def accepted_of(share: float) -> float:
    """A share that a person accepts to lose.

    Raises:
        BadInputError: no share.
    """
    if not 0 <= share <= 1:
        raise BadInputError(tr("accept-loss is no share"), found=share, allowed=tr("0 to 1, as 0.05 for five per cent"))
    return share
