"""Write the main figures of the presets that stand for a measure: what a brief says under "what if".

    python scripts/preset_answers.py          write preset_answers.csv and preset_assumptions.csv
    python scripts/preset_answers.py --check  exit 1 where they are no longer what the model gives; a minute

A brief has no time to simulate: a hundred draws take a quarter of a minute. Run it after a change of the model, of the
packaged world or of a preset; tests hold the figures to what the model gives.
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path
from typing import Any

from entrepot.core.runtime.algebra_threads import one_thread
from entrepot.scenarios.contract import PRESET_ANSWERS, PRESET_ASSUMPTIONS

DATA = Path(__file__).parents[1] / "src" / "entrepot" / "scenarios" / "data"
DRAWS = 100  # as the command line and the page of the server draw
DIGITS = 5  # significant: three are shown; the sixth changes with the order in which a machine adds
NUMBERS = ("value", "low", "high")


def made(draws: int = DRAWS) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of both tables, as the model gives them."""
    from entrepot.scenarios.answered_scenario import Doubt, answered
    from entrepot.scenarios.asked.presets import preset, preset_names
    from entrepot.scenarios.asked.unsure_world import default_unsure_world
    from entrepot.scenarios.preset_answers import kept_rows

    unsure = default_unsure_world()
    figures: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    for scenario in (preset(name, unsure.codes) for name in preset_names()):
        if scenario.measure:
            kept, said = kept_rows(unsure, answered(unsure, scenario, Doubt(draws=draws)), draws)
            figures += [{k: rounded(v) if k in NUMBERS else v for k, v in row.items()} for row in kept]
            words += said
    return figures, words


def rounded(value: float | None) -> float | None:
    """With as many digits as are kept."""
    return None if value is None else float(f"{value:.{DIGITS}g}")


def text(columns: tuple[str, ...], rows: list[dict[str, Any]]) -> str:
    """Rows as a packaged file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({k: "" if v is None else v for k, v in row.items()} for row in rows)
    return out.getvalue()


def main(arguments: list[str]) -> int:
    """Write, or check."""
    one_thread()
    stale = 0
    for packaged, rows in zip((PRESET_ANSWERS, PRESET_ASSUMPTIONS), made(), strict=True):
        file, new = DATA / packaged.file, text(packaged.contract.names, rows)
        if arguments != ["--check"]:
            file.write_text(new, encoding="utf-8")
        elif file.read_text(encoding="utf-8") != new:
            print(f"{packaged.file} is not what the model gives; run python scripts/preset_answers.py")
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
