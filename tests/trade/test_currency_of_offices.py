"""Offices that print amounts in their own currency and do not say so: their figures are no dollars."""

import pytest

from entrepot.core.periods import parse
from entrepot.trade.loading.flow_file import read_flows
from entrepot.vocabulary import currencies

# The headings are those of the offices' own files, the figures invented: 1,000 of their currency in January 2023.
CANADA = (
    "YearMonth/AnnéeMois,HS8,Country/Pays,Province,State/État,Value/Valeur,Quantity/Quantité,"
    "Unit of Measure/Unité de Mesure\n202301,85414300,KZ,35,,1000,5,NMB\n"
)
SOUTH_AFRICA = (
    "TradeType,CountryOfOrigin,CountryOfDestination,Tariff,YearMonth,CustomsValue\nExports,ZA,KZ,85414300,202301,1000\n"
)
EXPORTS = (
    "month,hs,hs_desc,uom,country,Export_FOB,Export_Qty,Re_export_FOB,Re_export_Qty,status\n"
    "202301,8541430000,PV,NMB,Kazakhstan,1000,5,0,0,Final\n"
)
IMPORTS = "month,hs,hs_desc,uom,country,vfd,cif,qty,status\n202301,8541430000,PV,NMB,Kazakhstan,900,1000,5,Final\n"


@pytest.mark.parametrize(
    ("text", "flow", "reporter", "currency"),
    [
        (CANADA, "export", "CAN", "CAD"),
        (SOUTH_AFRICA, "", "ZAF", "ZAR"),
        (EXPORTS, "", "NZL", "NZD"),
        (IMPORTS, "import", "NZL", "NZD"),
    ],
    ids=["statcan", "sars", "statsnz-exports", "statsnz-imports"],
)
def test_what_an_office_prints_in_its_own_currency_is_turned_into_dollars(tmp_path, text, flow, reporter, currency):
    path, how = tmp_path / "office.csv", tmp_path / "map.toml"
    path.write_text(text, "utf-8")
    how.write_text(f'[fixed]\nflow = "{flow}"\n', "utf-8")
    rows = [r for r in read_flows(path, mapping=how if flow else None).table.to_pylist() if r["value_usd"]]
    rate = currencies.mean_rate(currency, "USD", parse("2023-01")).value
    assert {r["reporter"] for r in rows} == {reporter}
    assert [r["value_usd"] for r in rows] == [pytest.approx(1000 * rate)]
    assert rate < 1  # else dollars and it would not be told apart


@pytest.mark.parametrize(
    ("heading", "reporter", "currency", "times"),
    [
        ("Verdi (1 000 kr)", "NOR", "NOK", 1e3),
        ("Verdi (mill. kr)", "NOR", "NOK", 1e6),
        ("Værdi (mio. kr.)", "DNK", "DKK", 1e6),
        ("Værdi (mia. kroner)", "DNK", "DKK", 1e9),
        ("Värde, kr", "SWE", "SEK", 1),
    ],
)
def test_kroner_are_those_of_who_reports(tmp_path, heading, reporter, currency, times):
    path, how = tmp_path / "office.csv", tmp_path / "map.toml"
    path.write_text(f'land;flow;år;"{heading}"\nKina;export;2022;2\n', "utf-8")
    how.write_text(f'[fixed]\nreporter = "{reporter}"\n', "utf-8")
    (row,) = read_flows(path, mapping=how).table.to_pylist()
    assert row["value_usd"] == pytest.approx(2 * times * currencies.mean_rate(currency, "USD", parse("2022")).value)


def test_kroner_of_who_has_none_are_no_dollars(tmp_path):
    path, how = tmp_path / "office.csv", tmp_path / "map.toml"
    path.write_text('land;flow;år;"Verdi (1 000 kr)"\nKina;export;2022;2\n', "utf-8")
    how.write_text('[fixed]\nreporter = "DEU"\n', "utf-8")
    found = read_flows(path, mapping=how)
    assert found.table.to_pylist()[0]["value_usd"] is None
    assert found.losses.share() == 1


def test_a_weight_and_a_value_under_years_in_brazils_words(tmp_path):
    path, how = tmp_path / "office.csv", tmp_path / "map.toml"
    heading = "Fluxo;Código NCM;Países;2023 - Valor US$ FOB;2023 - Quilograma Líquido;2024 - Valor US$ FOB"
    path.write_text(f"{heading};2024 - Quilograma Líquido\nExportação;85414300;Rússia;1000;5;1100;6\n", "utf-8")
    how.write_text('[fixed]\nreporter = "BRA"\n', "utf-8")
    rows = read_flows(path, mapping=how).table.to_pylist()
    assert [(r["period"], r["value_usd"], r["net_kg"]) for r in rows] == [("2023", 1000, 5), ("2024", 1100, 6)]


def test_mexicos_value_in_dollars(tmp_path):
    path, how = tmp_path / "office.csv", tmp_path / "map.toml"
    path.write_text("ANIO,MES,FRACCION,PAIS,VAL_USD,TIPO\n2023,1,85414301,China,1000,Importaciones\n", "utf-8")
    how.write_text('[fixed]\nreporter = "MEX"\n', "utf-8")
    (row,) = read_flows(path, mapping=how).table.to_pylist()
    assert (row["exporter"], row["period"], row["value_usd"]) == ("CHN", "2023-01", 1000)
