"""Numbers of partners: 4 is Afghanistan to the United Nations and Germany to HM Revenue & Customs. None is guessed."""

import json
from collections import defaultdict

import pytest

from entrepot.core.errors import BadInputError
from entrepot.core.periods import parse
from entrepot.trade.loading import flow_file
from entrepot.vocabulary import currencies

# What each number of the constructed answer is, by the list that HM Revenue & Customs gives with its API.
PLACES = {"4": "DEU", "1": "FRA", "720": "CHN", "400": "USA", "83": "KGZ"}
FLOWS = {1: "import", 2: "export", 3: "import", 4: "export"}  # 1 and 2 with the European Union, 3 and 4 with others
NUMBERED = "Country,HS,Year,Value (USD)\n"


def printed(path):
    """The answer's own sums: flow, partner, code and month to pounds and kilograms, ports added up."""
    sums = defaultdict(lambda: [0.0, 0.0])
    for row in json.loads(path.read_text(encoding="utf-8"))["value"]:
        code, month = str(row["CommodityId"]).zfill(8), str(row["MonthId"])
        key = FLOWS[row["FlowTypeId"]], PLACES[str(row["CountryId"])], code, f"{month[:4]}-{month[4:]}"
        sums[key][0] += row["Value"]
        sums[key][1] += row["NetMass"]
    return sums


def loaded(found):
    ours = {}
    for row in found.table.to_pylist():
        partner = row["importer"] if row["flow"] == "export" else row["exporter"]
        rate = currencies.mean_rate("GBP", "USD", parse(row["period"])).value
        ours[row["flow"], partner, row["product"], row["period"]] = [row["value_usd"] / rate, row["net_kg"]]
    return ours


@pytest.fixture
def mapping(tmp_path):
    def of(text):
        path = tmp_path / "map.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return of


def test_an_answer_of_hm_revenue_and_customs_adds_up_in_pounds_and_by_both_its_kinds_of_trade(constructed, mapping):
    """Its flow 3 is an import from outside the Union, and no re-export; its ports are parts of a flow."""
    want = printed(constructed / "hmrc_ots.json")
    places = "[places]\n" + "".join(f'{number} = "{code}"\n' for number, code in PLACES.items())
    told = flow_file.read_flows(constructed / "hmrc_ots.json", mapping=mapping(places))
    joined = flow_file.read_flows(constructed / "hmrc_ots_joined.csv")
    for one in (told, joined):
        assert one.form == "hmrc"
        ours = loaded(one)
        assert ours.keys() == want.keys()
        assert all(ours[key] == pytest.approx(want[key]) for key in want)
        assert set(one.table["reporter"].to_pylist()) == {"GBR"}
    assert joined.losses.share() == 0


def test_the_numbers_of_hm_revenue_and_customs_are_not_those_of_the_un(constructed, write, mapping):
    """Before, 4 was Afghanistan and 400 Jordan, and what is no number of the UN was set aside."""
    with pytest.raises(BadInputError, match=r"HM Revenue & Customs .* 4 \(AFG to the UN\).*\[places\]"):
        flow_file.read_flows(constructed / "hmrc_ots.json")
    of_britain = mapping('[fixed]\nreporter = "GBR"\nflow = "export"\n')
    text = NUMBERED + "World,870323,2023,11\n400,870323,2023,7\n4,870323,2023,4\n"
    with pytest.raises(BadInputError, match="HM Revenue & Customs"):
        write(text, mapping=of_britain)
    of_the_un = mapping('[fixed]\nreporter = "GBR"\nflow = "export"\n[file]\nnumbers = "UN"\n')
    assert set(write(text, mapping=of_the_un).table["importer"].to_pylist()) == {"+WLD", "JOR", "AFG"}


def test_numbers_of_a_list_that_nobody_told_are_refused(write, mapping):
    """Schedule C of the United States: of 5700, 4280, 1220 and 124 only the last is a number of the UN."""
    text = NUMBERED + "".join(f"{n},870323,2023,7\n" for n in (5700, 4280, 1220, 124))
    with pytest.raises(BadInputError, match=r"3 of 4 are none of the United Nations'.*numbers = .UN."):
        write(text, mapping=mapping('[fixed]\nreporter = "ISL"\nflow = "export"\n'))
    known = write(
        NUMBERED + "156,870323,2023,7\n643,870323,2023,9\n",
        mapping=mapping('[fixed]\nreporter = "ISL"\nflow = "export"\n'),
    )
    assert set(known.table["importer"].to_pylist()) == {"CHN", "RUS"}


def test_a_map_says_in_whose_list_numbers_are(write, mapping):
    """410 is Brazil to Japan and Korea to the UN."""
    japan = '[fixed]\nreporter = "JPN"\nflow = "export"\n'
    text = NUMBERED + "410,870322,2023,7\n"
    for whose, place in (("JPN", "BRA"), ("UN", "KOR")):
        found = write(text, mapping=mapping(f'{japan}[file]\nnumbers = "{whose}"\n'))
        assert found.table["importer"].to_pylist() == [place]
    with pytest.raises(BadInputError, match=r"GBR.*UN, BRA, JPN, USA"):
        write(text, mapping=mapping(f'{japan}[file]\nnumbers = "GBR"\n'))


@pytest.mark.parametrize("numbers", [("643", "156", "051"), ("643", "156", "51"), ("701", "702", "703")])
def test_numbers_called_code_beside_places_are_no_goods(tmp_path, numbers):
    path, how = tmp_path / "office.csv", tmp_path / "map.toml"
    rows = zip(("Россия", "Китай", "Армения"), numbers, strict=True)
    path.write_text("Страна,Код,2022\n" + "".join(f"{name},{number},5\n" for name, number in rows), "utf-8")
    how.write_text('[fixed]\nreporter = "UZB"\nflow = "export"\n', "utf-8")
    flows = flow_file.read_flows(path, mapping=how).table.to_pylist()
    assert {(f["importer"], f["product"]) for f in flows} == {(c, "+TOTAL") for c in ("RUS", "CHN", "ARM")}


def test_codes_of_goods_beside_places_stay_goods(tmp_path):
    path, how = tmp_path / "office.csv", tmp_path / "map.toml"
    path.write_text("Страна,Код,2022\nРоссия,51,5\nКитай,52,6\n", "utf-8")
    how.write_text('[fixed]\nreporter = "UZB"\nflow = "export"\n', "utf-8")
    flows = flow_file.read_flows(path, mapping=how).table.to_pylist()
    assert {f["product"] for f in flows} == {"51", "52"}
