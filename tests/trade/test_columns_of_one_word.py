"""What an unread column says in every row is told: a file of one province or procedure is not all of a country's."""

from __future__ import annotations

import pytest

from entrepot.desk.load import load

HEADING = "数据年月,商品编码,商品名称,贸易伙伴编码,贸易伙伴名称,贸易方式名称,注册地名称,美元"
ROWS = (
    '202401,85414300,光电池,145,哈萨克斯坦,一般贸易,新疆维吾尔自治区,"1,234,567"',
    '202402,85414300,光电池,127,巴基斯坦,边境小额贸易,新疆维吾尔自治区,"44,567"',
)
MAP = '[fixed]\nreporter = "CHN"\nflow = "export"\n'


@pytest.fixture
def told(tmp_path):
    def read(*rows):
        (tmp_path / "gacc.csv").write_text("\n".join([HEADING, *rows]) + "\n", "gb18030")
        (tmp_path / "gacc.toml").write_text(MAP, "utf-8")
        return [f["what"] for f in load(tmp_path / "gacc.csv", mapping=tmp_path / "gacc.toml").faults.to_pylist()]

    return read


def test_the_province_of_every_row_is_told(told):
    found = told(*ROWS)
    assert any("'注册地名称'" in w and "'新疆维吾尔自治区' in every row" in w for w in found)
    assert not any("'贸易方式名称'" in w and "every row" in w for w in found)


def test_of_two_provinces_nothing_is_said(told):
    assert not any(
        "'注册地名称'" in w and "every row" in w for w in told(ROWS[0], ROWS[1].replace("新疆维吾尔自治区", "江苏省"))
    )


def test_of_a_block_of_a_large_table_nothing_is_said(tmp_path):
    rows = (f"KAZ,CHN,Export,{i + 100_000},2023,5,{'Xinjiang' if i < 190_000 else 'Jiangsu'}" for i in range(200_000))
    (tmp_path / "big.csv").write_text("reporter,partner,flow,hs,year,value,province\n" + "\n".join(rows), "utf-8")
    found = load(tmp_path / "big.csv", out=tmp_path / "big.parquet")
    whats = [f["what"] for f in found.faults.to_pylist()]
    assert "column 'province' is not read" in whats
    assert not any("every row" in w for w in whats)
