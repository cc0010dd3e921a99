"""Values of a publisher that gives them in dollars or in thousands, as who takes them chooses: the file has to say."""

from __future__ import annotations

import pytest

from entrepot.core.errors import BadInputError
from entrepot.desk.load import load

HEADINGS = "기간,품목코드,국가명,수출 중량,수출 금액,수입 중량,수입 금액,무역수지"
TABLE = f"{HEADINGS}\n2024.01,854143,미국,120,15000,5,200,14800\n"


@pytest.fixture
def loaded(tmp_path):
    def read(text, told=""):
        (tmp_path / "korea.csv").write_text(text, "utf-8-sig")
        (tmp_path / "korea.toml").write_text(told, "utf-8")
        return load(tmp_path / "korea.csv", mapping=tmp_path / "korea.toml" if told else None)

    return read


def by_flow(found):
    return {r["flow"]: r["value_usd"] for r in found.table.to_pylist()}


@pytest.mark.parametrize("text", [TABLE, TABLE.replace("수출 ", "수출").replace("수입 ", "수입")])
def test_nothing_is_read_until_it_is_said(loaded, text):
    with pytest.raises(BadInputError, match="in USD or in thousand USD, as who takes them chooses"):
        loaded(text)


@pytest.mark.parametrize(("scale", "exports"), [(1, 15_000), (1000, 15_000_000)])
def test_a_map_says_it(loaded, scale, exports):
    assert by_flow(loaded(TABLE, f"[scale]\nvalue = {scale}\n"))["export"] == exports


def test_a_line_above_or_a_heading_says_it(loaded):
    assert by_flow(loaded(f"(금액: 천불)\n{TABLE}"))["export"] == 15_000_000
    told = TABLE.replace("수출 금액", "수출 금액(천불)").replace("수입 금액", "수입 금액(천불)")
    assert by_flow(loaded(told, '[fixed]\nreporter = "KOR"\n')) == {"export": 15_000_000, "import": 200_000}
