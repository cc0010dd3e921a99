from __future__ import annotations

import pyarrow as pa
import pytest

from entrepot.lists.in_force import Listings

LISTING = {"list_id": "uflpa", "kind": "company", "name_zh": None, "valid_to": None, "source_id": "s-00000001"}
MEMBER = {"list_id": "uflpa", "valid_to": None, "certainty": "dated", "source_id": "s-00000001"}


def text_table(rows):
    names = list(dict.fromkeys(k for r in rows for k in r))
    return pa.table({n: pa.array([r.get(n) for r in rows], pa.string()) for n in names})


@pytest.fixture(scope="session")
def small() -> Listings:
    """Three entities with every kind of date: a rename, a struck alias, an undated alias, a month."""
    listings = [
        LISTING | {"entity_id": "e-meiling", "name": "Changhong Meiling Co., Ltd.", "valid_from": "2022-06-21"},
        LISTING
        | {
            "entity_id": "e-hope",
            "name": "Xinjiang East Hope Nonferrous Metals Co., Ltd.",
            "valid_from": "2022-06-21",
        },
        LISTING
        | {
            "entity_id": "e-junggar",
            "list_id": "cbp-wro",
            "name": "Xinjiang Junggar Cotton and Linen Co., Ltd.",
            "name_zh": "新疆准噶尔棉麻有限公司",
            "valid_from": "2020-09",
            "valid_to": "2023-03",
        },
    ]
    members = [
        ("e-meiling", "name", "Hefei Meiling Co., Ltd.", "2022-06-21", "2024-10-03", "dated"),
        ("e-meiling", "name", "Changhong Meiling Co., Ltd.", "2024-10-03", None, "dated"),
        ("e-meiling", "alias", "Gorenska Holding", "2022-06-21", None, "since_at_least"),
        ("e-meiling", "section", "ii", "2022-06-21", None, "dated"),
        ("e-hope", "alias", "Xinjiang Nonferrous", "2022-06-21", "2024-11-25", "dated"),
        ("e-hope", "section", "i", "2022-06-21", "2024-01-01", "dated"),
        ("e-hope", "section", "v", "2024-01-01", None, "dated"),
    ]
    keys = ("entity_id", "what", "value", "valid_from", "valid_to", "certainty")
    return Listings(
        text_table(listings),
        text_table([MEMBER | dict(zip(keys, m, strict=True)) for m in members]),
        {"uflpa": [("2022-06-21", 20), ("2024-11-25", 107)]},
    )
