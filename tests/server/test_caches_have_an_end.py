"""What is kept of a party that was read has an end: a server that held each would grow with all it is asked about."""

from __future__ import annotations

import functools
import gc
import json

MANY = 300


def unending():
    """How much each cache without an end holds."""
    caches = (o for o in gc.get_objects() if isinstance(o, functools._lru_cache_wrapper))
    ours = (c for c in caches if c.__module__.startswith("entrepot.") and c.cache_info().maxsize is None)
    return {f"{c.__module__}.{c.__qualname__}": c.cache_info().currsize for c in ours}


def test_no_cache_without_an_end_grows_with_the_parties_of_a_stream(open_client):
    def streamed(first):
        names = [{"name": f"Invented Cooperage {n} Ltd"} for n in range(first, first + MANY)]
        placed = [{**said, "address": f"{n} Invented Lane, Lyon", "country": "fr"} for n, said in enumerate(names)]
        lines = map(json.dumps, names[: MANY // 2] + placed[MANY // 2 :])
        answer = open_client.post("/v1/screen/stream", content="\n".join(lines).encode())
        assert answer.text.count("\n") == MANY

    streamed(0)  # tables of words are read once
    before = unending()
    streamed(MANY)
    grown = {name: held - before.get(name, 0) for name, held in unending().items()}
    assert {name: by for name, by in grown.items() if by > MANY / 10} == {}
