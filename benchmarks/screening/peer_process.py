"""Runs in the environment of the peers: one JSON object a line in, one a line out. Imports nothing of the product.

nomenklatura needs an older DuckDB than the product does, so the two cannot share an environment.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

_PROXIES: dict[str, Any] = {}


def score(asked: dict[str, Any]) -> dict[str, Any]:
    """Scores of pairs: [left name, schema, right names, schema] each; CPU seconds of making and comparing them."""
    from nomenklatura.matching import get_algorithm

    algorithm = get_algorithm(asked["algorithm"])
    config = algorithm.default_config()
    begun = time.process_time()
    scores = []
    for number, (name, schema, candidates) in enumerate(asked["queries"]):
        # Names read are cached by the id of their entity: each query needs its own.
        query = _proxy(f"query {asked['batch']} {number}", schema, [name])
        scores.append([algorithm.compare(query, _PROXIES[c], config).score for c in candidates])
    return {"scores": scores, "cpu": time.process_time() - begun}


def hold(asked: dict[str, Any]) -> dict[str, Any]:
    """Keep entities to be compared: id -> [schema, names]."""
    begun = time.process_time()
    _PROXIES.clear()
    _PROXIES.update(
        {i: _proxy(f"{i} {asked['batch']}", schema, names) for i, (schema, names) in asked["entities"].items()}
    )
    return {"cpu": time.process_time() - begun}


def perturb(asked: dict[str, Any]) -> dict[str, Any]:
    """Cases of sanctions-screening-benchmark for entities given as [id, type, primary name, aliases]."""
    from ssb.benchmark import build
    from ssb.sources import Entity, ListSnapshot

    entities = [Entity(i, name, kind, [], aliases) for i, kind, name, aliases in asked["entities"]]
    snapshot = ListSnapshot("ofac_sdn", "", entities)
    built = build(snapshot, limit=asked["limit"], seed=asked["seed"], individuals_only=False)
    cases = [[c.query, c.expected_entity_id, c.perturbation] for c in built.cases]
    return {"cases": cases, "candidates": list(built.candidates)}


def versions(_: dict[str, Any]) -> dict[str, Any]:
    """Versions of the peers."""
    from importlib.metadata import version

    return {n: version(n) for n in ("nomenklatura", "followthemoney", "rigour", "sanctions-screening-benchmark")}


def _proxy(entity: str, schema: str, names: list[str]) -> Any:
    from followthemoney import model

    return model.get_proxy({"id": entity, "schema": schema, "properties": {"name": names}})


def main() -> None:
    """Answer until the input ends."""
    verbs = {f.__name__: f for f in (score, hold, perturb, versions)}
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(verbs[asked["do"]](asked)), flush=True)


if __name__ == "__main__":
    main()
