"""The arcs of a map of flows as the bytes that its script draws: what each column is says the head."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from entrepot.vocabulary.countries import name_of

if TYPE_CHECKING:
    import pyarrow as pa

    from entrepot.brief.charts.on_pages.flow_map import Arcs

_WORD = 4  # bytes: columns begin at multiples of it, as the arrays of a browser want them
_NAMED = ("exporter", "importer", "product", "period")


def flow_bytes(flows: pa.Table, arcs: Arcs) -> bytes:
    """The flows that are drawn, the largest first.

    Four bytes of the length of the head; the head, JSON: how many flows there are, and what each word of `exporter`,
    `importer`, `product` and `period` is; then columns of 32 bits, little-endian: `ends` (four a flow), `width`,
    `bend`, `value` as floats, and a number a flow for each of the four words.

    Args:
        flows: under `placed_flows`, those that are drawn.
        arcs: the same flows as arcs.
    """
    import numpy as np

    words: dict[str, list[str]] = {}
    numbers: list[np.ndarray[Any, Any]] = []
    for column in _NAMED:
        held = flows.column(column).combine_chunks().fill_null("").dictionary_encode()
        words[column] = held.dictionary.to_pylist()
        numbers.append(np.asarray(held.indices, "<u4"))
    places = {code: name_of(code, code) for code in (*words["exporter"], *words["importer"])}
    head = json.dumps({"count": flows.num_rows, "words": words, "places": places}, ensure_ascii=False).encode()
    head += b" " * (-len(head) % _WORD)
    value = np.asarray(flows.column("value_usd").to_numpy(), "<f4")
    floats = (np.ascontiguousarray(c, "<f4") for c in (arcs.ends, arcs.width, arcs.bend, value))
    parts = (len(head).to_bytes(_WORD, "little"), head, *(c.tobytes() for c in (*floats, *numbers)))
    return b"".join(parts)
