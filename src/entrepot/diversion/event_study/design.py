"""The design of an event study: which terms, which effects, which clusters, each chosen by a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.words.translate import marked, tr
from entrepot.diversion.event_study.dose import doses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.diversion.event_study.dose import Dose

PAIR = ("exporter", "importer")
# What a name of an effect stands for: columns of the panel; `period` and `season` are numbers there.
EFFECTS = {
    "exporter-product-period": ("exporter", "product", "index"),
    "importer-product-period": ("importer", "product", "index"),
    "product-period": ("product", "index"),
    "pair-period": (*PAIR, "index"),
    "pair-product": (*PAIR, "product"),
    "pair-product-season": (*PAIR, "product", "season"),
}
# The same in words: what of a flow is taken for something else than the measure.
ABSORBED = {
    "exporter-product-period": marked("all that an exporter sold of a product in a period"),
    "importer-product-period": marked("all that an importer bought of a product in a period"),
    "product-period": marked("all trade in a product in a period"),
    "pair-period": marked("all that one place sold another in a period"),
    "pair-product": marked("what one place usually sells another of a product"),
    "pair-product-season": marked("what one place usually sells another of a product in a season"),
}
LEAST = ("product-period", "pair-product")  # absorbs so little that a flow is compared with any other of its product
CLUSTERS = {
    "pair": PAIR,
    "exporter": ("exporter",),
    "importer": ("importer",),
    "product": ("product",),
    "pair-product": (*PAIR, "product"),
}


@dataclass(frozen=True, slots=True)
class Design:
    """What is chosen of an event study.

    Attributes:
        before, after: most terms on either side of the date; None: all.
        effects: names of `EFFECTS`; empty: exporter and importer in each product and period, and each pair in each
            product and season, and with control products each pair in each period.
        cluster: a name of `CLUSTERS`.
        placebos: untouched pairs that are taken for the touched one; the largest before the date. 39 beside the touched
            one put the lowest p at 1 in 40, which a two-sided 5 % needs.
        doses: how much of the measure each product has, and from when; empty: only that it came.
    """

    before: int | None = None
    after: int | None = None
    effects: tuple[str, ...] = ()
    cluster: str = "pair"
    placebos: int = 39
    doses: tuple[Dose, ...] = ()


USUAL = Design()


def design(
    *,
    window: str | None = None,
    effects: str | Sequence[str] = (),
    cluster: str = "pair",
    placebos: int = 39,
    dose: str | None = None,
) -> Design:
    """A design as a person writes it.

    Args:
        window: terms before and after, `8:4`; None: all.
        effects: names, parted by commas or one each.
        cluster: a name.
        placebos: untouched pairs.
        dose: `CODE=AMOUNT@DAY`, parted by commas.

    Raises:
        BadInputError: a window that is none, or that leaves nothing to compare; a dose that is none; fewer placebos
            than none.
        UnknownNameError: no such effect or cluster.
    """
    named = [effects] if isinstance(effects, str) else effects  # a form of the web sends a list of one, with commas
    chosen = tuple(e.strip() for some in named for e in some.split(",") if e.strip())
    if placebos < 0:
        raise BadInputError(tr("fewer than no pairs cannot be tried"), found=str(placebos), allowed=tr("0 or more"))
    for name in chosen:
        if name not in EFFECTS:
            raise UnknownNameError(tr("effect"), name, EFFECTS)
    if cluster not in CLUSTERS:
        raise UnknownNameError(tr("cluster"), cluster, CLUSTERS)
    before, after = _window(window)
    return Design(before, after, chosen, cluster, placebos, doses(dose))


def _window(text: str | None) -> tuple[int | None, int | None]:
    if not text:
        return None, None
    first, parted, last = text.partition(":")
    if not parted or not first.strip().isdecimal() or not last.strip().isdecimal() or not int(first):
        raise BadInputError(
            tr("a window is two numbers of terms"), found=text, allowed=tr("8:4, at least 1 before the date")
        )
    return int(first), int(last)
