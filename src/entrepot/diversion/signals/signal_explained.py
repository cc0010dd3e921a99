"""What stands behind a signal of a scan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import marked
from entrepot.diversion.signals.signal_words import answer
from entrepot.sources.explanation import Explanation, explain_row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.core.shown import Look

_SIGNAL = marked("How much can have come round through a possible hub, as a scan of flows found it; not what happened.")


def explain(signal: Mapping[str, Any], look: Look) -> Explanation:
    """Explain a signal: what it answers in words, and the row whole.

    Args:
        signal: a row of `signals`.
        look: where its sources are found.
    """
    found = explain_row("signals", str(signal["signal_id"]), signal, _SIGNAL, look.sources)
    return replace(found, told=(f"{answer(signal)}.",))
