"""Exports of eight offices and databases as remembered, with invented figures: their rows and their value come out."""

import pytest

from entrepot.core.errors import UnreadableFileError
from entrepot.intake.reading_options import ReadingOptions
from entrepot.trade.loading import flow_file

KITA = """한국무역협회 - 국가 수출입
단위 : 천 달러(US$ 1 000)

순번,기간,국가명,HSK코드,품목명,수출금액,수출증감률,수입금액,수입증감률,수지
1,2023년01월,중국,8542321010,디램,"1,234,567",3.2,"234,567",-1.0,"1,000,000"
2,2023년02월,베트남,8542321010,디램,"900,100",3.2,"1,200",-1.0,"898,900"
"""
COMEX_STAT = """Fluxo;Ano;Mês;País;Código NCM;Descrição NCM;Valor US$ FOB;Quilograma Líquido
Exportação;2023;01. Janeiro;China;12019000;Soja, mesmo triturada;165500;300000
Exportação;2023;02. Fevereiro;China;12019000;Soja, mesmo triturada;35000;70000
Importação;2023;02. Fevereiro;Estados Unidos;84111200;Turborreatores;990000;800
"""
MEXICO = """ANIO,MES,TIPO,FRACCION,CLAVE_PAIS,PAIS,VALOR_USD,CANTIDAD,UMF
2023,1,Exportaciones,87032301,USA,Estados Unidos de América,1250000,50,Pieza
2023,2,Importaciones,85423103,CHN,China,560000,90000,Pieza
"""
VIETNAM = """TỔNG CỤC HẢI QUAN
XUẤT KHẨU HÀNG HÓA THEO NƯỚC/VÙNG LÃNH THỔ
Tháng 3 năm 2023

STT,Nước/Vùng lãnh thổ,Mặt hàng chủ yếu,ĐVT,Lượng tháng 3,Trị giá tháng 3 (USD),Trị giá lũy kế 3 tháng (USD)
1,Hoa Kỳ,"Hàng dệt, may",USD,,1.234.567.890,3.456.789.012
2,Trung Quốc,Hàng rau quả,USD,,250.000.123,640.000.321
"""
AUSTRALIA = """DATAFLOW,COMMODITY_SITC: SITC,COUNTRY_DEST: Country of destination,STATE_ORIGIN: State of origin,\
FREQ: Frequency,TIME_PERIOD: Time Period,OBS_VALUE,UNIT_MEASURE: Unit of Measure,UNIT_MULT: Unit of Multiplier
ABS:MERCH_EXP(1.0.0),TOT: Total,CHIN: China (excludes SARs and Taiwan),TOT: Total,M: Monthly,2023-01,15200,\
USD: US Dollars,3: Thousands
ABS:MERCH_EXP(1.0.0),TOT: Total,JAP: Japan,TOT: Total,M: Monthly,2023-01,9.8,USD: US Dollars,6: Millions
"""
UNCTAD = """Year,Economy,Economy Label,Partner,Partner Label,Flow,Flow Label,Product,Product Label,\
US$ at current prices in thousands,US$ at current prices in thousands Footnote
2022,0156,China,0840,United States of America,02,Exports,TOTAL,Total all products,583000000,
2022,0156,China,0840,United States of America,01,Imports,TOTAL,Total all products,178000000,
"""
JAPAN = """Exp or Imp,Year,HS,Country,Unit1,Unit2,Quantity1-Year,Value-Year,Quantity1-Jan,Value-Jan,\
Quantity1-Feb,Value-Feb,Quantity1-Mar,Value-Mar
1,2023,'854231010',105,NO,KG,6000,312000,1000,52000,2000,104000,3000,156000
1,2023,'854231010',103,NO,KG,1200,54600,200,9100,400,18200,600,27300
"""
INDIA = """S.No.,HSCode,Commodity,2022-2023,%Share,2023-2024(Apr-Feb),%Share,%Growth
1.,27,MINERAL FUELS,"4,512.33",60.1,"4,100.21",58.0,-9.1
2.,71,PEARLS,"1,998.01",26.6,"2,011.20",28.4,0.7
"""
# What stands in the file, its map, and what is to come out: rows, dollars, kilograms, periods.
OFFICES = {
    "kita": (KITA, {"reporter": "KOR"}, (4, 2_370_434_000, 0, ["2023-01", "2023-02"])),
    "comex_stat": (COMEX_STAT, {"reporter": "BRA"}, (3, 1_190_500, 370_800, ["2023-01", "2023-02"])),
    "mexico": (MEXICO, {"reporter": "MEX"}, (2, 1_810_000, 0, ["2023-01", "2023-02"])),
    "vietnam": (VIETNAM, {"reporter": "VNM", "flow": "export"}, (2, 1_484_568_013, 0, ["2023-03"])),
    "australia": (AUSTRALIA, {"reporter": "AUS", "flow": "export"}, (2, 25_000_000, 0, ["2023-01"])),
    "unctad": (UNCTAD, {}, (2, 761_000_000_000, 0, ["2022"])),
    "japan": (JAPAN, {"reporter": "JPN", "currency": "USD"}, (6, 366_600, 0, ["2023-01", "2023-02", "2023-03"])),
    "india": (INDIA, {"reporter": "IND", "partner": "ARE", "flow": "export"}, (2, 6_510.34, 0, ["2022"])),
}


@pytest.mark.parametrize("office", OFFICES)
def test_rows_and_value_are_those_of_the_file(office, tmp_path):
    text, fixed, expected = OFFICES[office]
    path, how = tmp_path / f"{office}.csv", tmp_path / "map.toml"
    path.write_text(text, encoding="utf-8")
    how.write_text("\n".join(["[fixed]", *(f'{k} = "{v}"' for k, v in fixed.items())]), encoding="utf-8")
    loaded = flow_file.read_flows(path, mapping=how if fixed else None)
    held = loaded.table.to_pylist()
    sums = [sum(r[c] or 0 for r in held) for c in ("value_usd", "net_kg")]
    assert sorted({r["period"] for r in held}) == expected[-1]
    assert (len(held), *sums) == pytest.approx(expected[:-1])
    assert not any(f["done"] == "set_aside" for f in loaded.faults.to_pylist())


def test_a_file_in_another_encoding_says_which_it_may_be(tmp_path):
    path = tmp_path / "kita.csv"
    path.write_bytes(KITA.encode("cp949"))
    with pytest.raises(UnreadableFileError, match="--encoding cp949"):
        flow_file.read_flows(path)
    how = tmp_path / "map.toml"
    how.write_text('[fixed]\nreporter = "KOR"\n')
    loaded = flow_file.read_flows(path, options=ReadingOptions(encoding="cp949"), mapping=how)
    assert loaded.table.num_rows == OFFICES["kita"][-1][0]


def test_lines_above_a_heading_that_are_not_understood_are_left_out_by_a_map(tmp_path):
    path = tmp_path / "india.csv"
    path.write_text("Department of Commerce\nExport Import Data Bank\n" + INDIA)
    with pytest.raises(UnreadableFileError, match=r"\[file\] skip = "):
        flow_file.read_flows(path)
