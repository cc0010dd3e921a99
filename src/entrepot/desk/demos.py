"""The verb: which scans answer with no file to find; and what a scan is given of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import table
from entrepot.core.document.hinted import Hinted
from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr
from entrepot.desk.answer import Answer
from entrepot.diversion.demo_scans import DEMOS, Demo, demo
from entrepot.diversion.demo_scans import demos as known
from entrepot.diversion.second_leg import in_words, second_legs

if TYPE_CHECKING:
    import pyarrow as pa

_NONE = "none"  # as the verb divert calls a measure that is not given
_SOLD = 8  # places of the cross-section that are told in sentences; all stand on the page


@dataclass(frozen=True, slots=True)
class Given:
    """What a scan is given: by a person, or by a demo where the person says nothing.

    Attributes:
        flows: a path or a table.
        measure: its id, a file, or none.
        since, until: days; None as the measure and the flows have it.
        demo: the demo; None for flows of a person's own.
    """

    flows: Any
    measure: str
    since: str | None
    until: str | None
    demo: Demo | None = None

    def second(self, origin: str) -> pa.Table | None:
        """Both legs of one year, where the demo has them."""
        if self.demo is None or self.demo.second is None:
            return None
        return second_legs(self.demo.second, self.flows, origin)

    def figures(self) -> tuple[str, ...]:
        """Figures beside the scan: growth as printed, and facts."""
        if self.demo is None:
            return ()
        growth = (self.demo.growth.said,) if self.demo.growth else ()
        return (*growth, *(f.said for f in self.demo.facts))

    def told(self, second: pa.Table | None) -> tuple[str, ...]:
        """What is to be known of a demo, a sentence each."""
        if self.demo is None:
            return ()
        legs = () if second is None else in_words(second, _SOLD)
        return (
            self.demo.says,
            *legs,
            *self.figures(),
            self.demo.missing,
            tr("Source: {credit}.", credit=self.demo.credit),
        )


def given(flows: Any, named: str | None, measure: str, since: str | None, until: str | None) -> Given:
    """The flows and the question of a demo, or those that a person gives.

    Args:
        flows: a path or a table; None for those of a demo.
        named: the demo; None for none.
        measure: as a person gives it; another than none wins over the demo's, and its days with it.
        since: as a person gives it; wins over the demo's.
        until: likewise.

    Raises:
        BadInputError: neither flows nor a demo, or both.
        UnknownNameError: no such demo.
    """
    if named is None:
        if flows is None:
            remedy = tr("Give a file, or --demo NAME; `entrepot divert --demo` lists what there is without one.")
            raise BadInputError(tr("no flows are given"), remedy=remedy)
        return Given(flows, measure, since, until)
    if flows is not None:
        raise BadInputError(
            tr("a demo brings its own flows"), found=str(flows), remedy=tr("Leave out FLOWS, or --demo.")
        )
    chosen = demo(named)
    if measure != _NONE:
        return Given(chosen.table(), measure, since, until, chosen)
    return Given(chosen.table(), chosen.measure, since or chosen.since or None, until or chosen.until or None, chosen)


def demos() -> Answer:
    """List the scans that answer with no file to find.

    Returns:
        Under `demos`: what each looks at, which leg is missing, whom to credit.
    """
    rows = [{name: getattr(d, "id" if name == "demo" else name) for name in DEMOS.names} for d in known().values()]
    return Answer(table(DEMOS, rows), (Hinted(tr("entrepot divert --demo NAME asks one; --html PAGE.html draws it.")),))
