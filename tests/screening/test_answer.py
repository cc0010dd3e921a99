"""The answer has the shape that yente publishes.

Written from EntityMatchResponse and what it holds (github.com/opensanctions/yente, yente/data/common.py) and from
FtResult and FeatureDoc (github.com/opensanctions/nomenklatura, nomenklatura/matching/types.py): field, type, whether it
must be there. A constructed copy: neither package is needed.
"""

from __future__ import annotations

import io
import json

import pyarrow as pa

from entrepot.screening.reports.yente import answer
from entrepot.screening.runs.run import run_screening

TOTAL = {"value": (int, True), "relation": (str, True)}
EXAMPLE = {"id": (str, False), "schema": (str, True), "properties": (dict, True)}
EXPLAINED = {"detail": (str, True), "score": (float, True), "query": (str, False), "candidate": (str, False)}
FEATURE = {"description": (str, True), "coefficient": (float, True), "url": (str, True)}
RESULT = {
    "id": (str, True),
    "caption": (str, True),
    "schema": (str, True),
    "properties": (dict, True),
    "datasets": (list, True),
    "referents": (list, True),
    "target": (bool, False),
    "first_seen": (type(None), False),
    "last_seen": (type(None), False),
    "last_change": (type(None), False),
    "score": (float, True),
    "features": (dict, True),
    "explanations": (dict, True),
    "match": (bool, True),
    "token": (str, False),
}
MATCHES = {"status": (int, True), "results": (list, True), "total": (dict, True), "query": (dict, True)}
RESPONSE = {"responses": (dict, True), "matcher": (dict, True), "limit": (int, True)}


def keeps(value, shape):
    assert set(value) <= set(shape)
    for name, (kind, needed) in shape.items():
        assert name in value or not needed, name
        assert name not in value or isinstance(value[name], kind), name
    return value


def answered(table, small):
    run, out = run_screening(table, small, as_of="2024-01-01"), io.StringIO()
    written = answer(run, out)
    return run, json.loads(out.getvalue()), written


def test_the_answer_keeps_the_published_shape(small):
    table = pa.table(
        {"name": ["Hefei Meiling", "Acme", None], "country": ["CN", None, None], "address": [None, "A", "Kashi"]}
    )
    run, said, written = answered(table, small)
    keeps(said, RESPONSE)
    for feature in said["matcher"].values():
        keeps(feature, FEATURE)
    assert list(said["responses"]) == ["1", "2", "3"]
    for key, matches in said["responses"].items():
        regions = matches.pop("regions")  # a field of ours: clients of yente pass over what they do not know
        assert [r["place_id"] for r in regions] == (["653100"] if key == "3" else [])
        keeps(matches, MATCHES)
        keeps(matches["total"], TOTAL)
        assert keeps(matches["query"], EXAMPLE)["id"] == key
        assert all(
            isinstance(v, list) and all(isinstance(x, str) for x in v) for v in matches["query"]["properties"].values()
        )
        for result in matches["results"]:
            keeps(result, RESULT)
            assert set(result["features"]) == set(result["explanations"]) <= set(said["matcher"])
            for explained in result["explanations"].values():
                keeps(explained, EXPLAINED)
    listed = [m for m in run.matches.to_pylist() if m["kind"] == "listing"]
    assert written == len(listed) == len(said["responses"]["1"]["results"])
    assert said["responses"]["2"]["results"] == []
    assert said["limit"] == written


def test_several_parties_of_a_row_are_several_queries(small):
    table = pa.table({"shipper": ["Hefei Meiling"], "consignee": ["Xinjiang East Hope Nonferrous Metals"]})
    _, said, _ = answered(table, small)
    assert {k: r["results"][0]["id"] for k, r in said["responses"].items()} == {
        "1:shipper": "e-meiling",
        "1:consignee": "e-hope",
    }


def test_the_command_writes_it(run_cli, tmp_path):
    path, out = tmp_path / "p.csv", tmp_path / "answer.json"
    path.write_text("supplier\nHoshine Silicon\n", encoding="utf-8")
    assert run_cli("screen", path, "--format", "yente", "--out", out).code == 0
    printed = run_cli("screen", path, "--format", "yente")
    assert json.loads(printed.stdout) == json.loads(out.read_text(encoding="utf-8"))
    assert json.loads(printed.stdout)["responses"]["2"]["total"]["value"] >= 1
