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
