"""Tables below a title with commas, and files that are no table."""

from __future__ import annotations

import pytest

from entrepot.core.errors import BadInputError


def test_commas_of_a_title_divide_no_cells(write, tmp_path):
    mapping = tmp_path / "map.toml"
    mapping.write_text('[fixed]\nreporter = "UZB"\n', "utf-8")
    text = (
        "Exports of goods, by country of destination, 2023\n"
        "in thousand US dollars, net weight in tonnes\n"
        "Code;Country;Net weight, tonnes;Value, thousand USD\n"
        "520100;China;12,5;7,25\n520100;Iran;1,5;3,5\n"
    )
    rows = write(text, mapping=mapping).table.to_pylist()
    assert sorted((r["importer"], r["value_usd"], r["net_kg"]) for r in rows) == [
        ("CHN", 7_250.0, 12_500.0),
        ("IRN", 3_500.0, 1_500.0),
    ]


def test_a_bulk_file_of_the_united_kingdom_is_called_by_its_name(write):
    text = "SMKI19|202402|IMPORT|20240412|\n520100000|1|000|720|CN|000000|02/2024\n"
    with pytest.raises(BadInputError, match="HM Revenue & Customs"):
        write(text, name="smki19.txt")
