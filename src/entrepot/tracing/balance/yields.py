"""What one stage gives of another: stages told by the words and codes of goods, yields along a chain multiplied."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import in_english, tr
from entrepot.tracing.balance.contract import STAGES, YIELDS

_CODE = re.compile(r"\bHS ?([0-9.]{4,})", re.IGNORECASE)


class Yield(NamedTuple):
    """How much comes out of a unit that goes in, with what it rests on."""

    low: float
    high: float
    input_unit: str
    output_unit: str
    basis: tuple[str, ...]


@cache
def stage(material: str | None) -> str | None:
    """The stage of a material; None where its name says none, or more than one of which none holds the others.

    A name says a stage where it holds one of the stage's names whole; the longest that it holds counts, so that tomato
    paste is no tomato.
    """
    said = " ".join(re.sub(r"[^\w.-]+", " ", (material or "").casefold()).split())
    if not said:
        return None
    if found := _CODE.search(said):
        code = found[1].replace(".", "")
        return max(((h, s) for h, s in _codes().items() if code.startswith(h)), default=("", None))[1]
    held = sorted((w for w in _words() if re.search(rf"(?<!\w){re.escape(w)}(?!\w)", said)), key=len, reverse=True)
    outer = [w for i, w in enumerate(held) if not any(w in longer for longer in held[:i])]
    # Of a compound the last word says what it is: cotton yarn for shirts is named by more than one stage, and by none.
    stages = {_words()[w] for w in outer}
    return stages.pop() if len(stages) == 1 else None


@cache
def head_stage(material: str | None) -> str | None:
    """The stage of a material whose name ends with one of the stage's names: tomato sauce is no tomato by its code."""
    found = stage(material)
    said = " ".join((material or "").casefold().split())
    ends = any(re.search(rf"(?<!\w){re.escape(w)}$", said) for w, held in _words().items() if held == found)
    return found if found and ends else None


@cache
def codes_of(name: str) -> tuple[str, ...]:
    """The codes under which goods of a stage go, digits alone; none where the data have none."""
    return tuple(code for code, held in _codes().items() if held == name)


@cache
@in_english
def yield_between(before: str, after: str) -> Yield | None:
    """What a stage gives of a later one of its chain, step by step; one of itself. None where there is no way."""
    if before == after:
        return Yield(0.0, 1.0, "", "", ())
    reached = {before: Yield(1.0, 1.0, "", "", ())}
    for row in packaged_rows(YIELDS):  # in the order of the chains, so that one pass reaches all
        if (so_far := reached.get(row["input"])) is None or row["output"] in reached:
            continue
        if so_far.output_unit not in {"", row["input_unit"]}:
            continue
        said = tr(
            "{yield_id} {low:g} to {high:g} {output_unit} a {input_unit}",
            yield_id=row["yield_id"],
            low=row["low"],
            high=row["high"],
            output_unit=row["output_unit"],
            input_unit=row["input_unit"],
        )
        reached[row["output"]] = Yield(
            so_far.low * row["low"],
            so_far.high * row["high"],
            so_far.input_unit or row["input_unit"],
            row["output_unit"],
            (*so_far.basis, f"{said} ({row['source']})"),
        )
    return reached.get(after)


@cache
def _words() -> dict[str, str]:
    return {word: row["stage"] for row in packaged_rows(STAGES) for word in row["words"]}


@cache
def _codes() -> dict[str, str]:
    return {code: row["stage"] for row in packaged_rows(STAGES) for code in row["hs"] or ()}
