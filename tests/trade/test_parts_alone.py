"""Parts of flows beside the flows that they are parts of, and parts whose whole is no row: those are lost, and said.

Headings are those of UN Comtrade's API, of the Census Bureau's and of Comext's bulk files; figures are invented.
"""

import json

import pytest
from tests.trade.both_ways import alike

from entrepot.core.errors import BadInputError
from entrepot.trade.loading import flow_file, losses

API = (
    "reporterISO,flowCode,partnerISO,partner2Code,cmdCode,classificationCode,period,customsCode,motCode,primaryValue,"
    "isAggregate"
)
BULK = "DECLARANT_ISO,PARTNER_ISO,PRODUCT_NC,FLOW,STAT_REGIME,SUPP_UNIT,PERIOD,VALUE_IN_EUROS,QUANTITY_IN_KG"


def comtrade(path, *rows):
    """Rows of partner, kind of flow, second partner, procedure, mode and value."""
    lines = [
        f"KGZ,{flow},{partner},{second},854231,H6,2022,{by},{mode},{value},True"
        for partner, flow, second, by, mode, value in rows
    ]
    path.write_text("\n".join([API, *lines]) + "\n", encoding="utf-8")
    return path


def exports(loaded, flow="export"):
    return {f["importer"]: f["value_usd"] for f in loaded.table.to_pylist() if f["flow"] == flow}


RUSSIA = (
    ("RUS", "X", 0, "C00", 0, 1000),
    ("RUS", "X", 0, "C00", 3200, 600),
    ("RUS", "X", 0, "C00", 3100, 400),
    ("RUS", "X", 0, "C04", 0, 1000),
    ("RUS", "X", 0, "C04", 3200, 600),
    ("RUS", "X", 0, "C04", 3100, 400),
    ("RUS", "X", 643, "C00", 0, 1000),
    ("RUS", "DX", 0, "C00", 0, 700),
    ("RUS", "RX", 0, "C00", 0, 300),
)


def test_parts_of_flows_that_are_rows_too_are_no_loss(tmp_path):
    loaded = alike(comtrade(tmp_path / "api.csv", *RUSSIA), tmp_path)
    assert exports(loaded) == {"RUS": 1000}
    assert exports(loaded, "re-export") == {"RUS": 300}
    assert loaded.losses.share() == 0
    said = {f["what"]: f["count"] for f in loaded.faults.to_pylist() if f["kind"] == "total_among_details"}
    assert said == {
        "details by customs procedure, parts of a flow that is a row too": 3,
        "details by mode of transport, parts of a flow that is a row too": 2,
        "details by second partner, parts of a flow that is a row too": 1,
        "flows that are parts of exports or imports (DX, MIP, …)": 1,
    }


@pytest.mark.parametrize(
    ("parts", "lost"),
    [
        ([("KAZ", "X", 0, "C00", 3200, 150), ("KAZ", "X", 0, "C00", 3100, 100)], 250),
        ([("KAZ", "X", 0, "C04", 0, 150), ("KAZ", "X", 0, "C05", 0, 100)], 250),
        ([("KAZ", "X", 398, "C00", 0, 150), ("KAZ", "X", 643, "C00", 0, 100)], 250),
        ([("KAZ", "DX", 0, "C00", 0, 150), ("KAZ", "XIP", 0, "C00", 0, 100)], 250),
        # By procedure, and each procedure by mode: divided twice, it is as much as once.
        ([("KAZ", "X", 0, "C04", 0, 250), ("KAZ", "X", 0, "C04", 3200, 150), ("KAZ", "X", 0, "C04", 3100, 100)], 250),
        ([("KAZ", "X", 0, "C00", 3200, 250), ("KAZ", "X", 0, "C04", 0, 250)], 250),
    ],
)
def test_parts_of_which_no_row_is_the_whole_are_a_loss(parts, lost, tmp_path):
    path = comtrade(tmp_path / "api.csv", *RUSSIA, *parts)
    loaded = alike(path, tmp_path)
    assert exports(loaded) == {"RUS": 1000}
    # Exports of 1,000 and re-exports of 300 are read.
    assert loaded.losses.share() == pytest.approx(lost / (1300 + lost))
    alone = {f["what"]: f["count"] for f in loaded.faults.to_pylist() if "no row is the whole" in f["what"]}
    assert sum(alone.values()) == len(parts)
    with pytest.raises(BadInputError, match="of which no row is the whole"):
        losses.refuse(loaded.losses, losses.ACCEPTED, path.name)


def test_parts_of_the_world_do_not_weigh_beside_partners(tmp_path):
    path = comtrade(tmp_path / "api.csv", *RUSSIA, ("W00", "M", 0, "C00", 3200, 9000))
    assert alike(path, tmp_path).losses.share() == 0


def test_a_map_of_parts_does_not_lose_those_beside_a_whole_in_silence(tmp_path):
    how = tmp_path / "parts.toml"
    how.write_text('[file]\nrows = "parts"\n', encoding="utf-8")
    path = comtrade(tmp_path / "api.csv", *RUSSIA[:3], ("KAZ", "X", 0, "C00", 3200, 250))
    assert alike(path, tmp_path, how).losses.share() == pytest.approx(250 / 1250)


def test_regime_4_of_comext_is_the_total_of_the_others(tmp_path):
    lines = [
        f"DE,KZ,44121080,2,{regime},NO_SU,{month},{value},{kg}"
        for month in ("201901", "201902")
        for regime, value, kg in ((1, 100000, 5000), (2, 20000, 1000), (3, 5000, 250), (4, 125000, 6250))
    ]
    path = tmp_path / "full201901.dat"
    path.write_text("\n".join([BULK, *lines]) + "\n", encoding="utf-8")
    loaded = alike(path, tmp_path)
    assert loaded.table.column("net_kg").to_pylist() == [6250, 6250]
    # The European Central Bank's means of January and February 2019: 1.1416 and 1.1351 dollars a euro.
    assert loaded.table.column("value_usd").to_pylist() == pytest.approx([125000 * 1.1416, 125000 * 1.1351], rel=1e-4)
    assert loaded.losses.share() == 0


def test_regimes_of_comext_without_a_total_are_added(tmp_path):
    lines = [f"DE,KZ,44121080,2,{regime},NO_SU,201901,{value},{kg}" for regime, value, kg in ((1, 10, 5), (2, 2, 1))]
    path = tmp_path / "full201901.dat"
    path.write_text("\n".join([BULK, *lines]) + "\n", encoding="utf-8")
    assert alike(path, tmp_path).table.column("net_kg").to_pylist() == [6]


def test_a_regime_whose_total_is_no_row_is_a_loss(tmp_path):
    lines = ["DE,KZ,44121080,2,1,NO_SU,201901,300,5", "DE,KZ,44121080,2,4,NO_SU,201901,300,5"]
    path = tmp_path / "full201901.dat"
    path.write_text("\n".join([BULK, *lines, "DE,AM,44121080,2,1,NO_SU,201901,100,5"]) + "\n", encoding="utf-8")
    assert alike(path, tmp_path).losses.share() == pytest.approx(0.25)


def test_parts_of_exports_by_origin_of_goods_are_joined_where_no_row_is_both(tmp_path):
    head = ["CTY_NAME", "E_COMMODITY", "DF", "ALL_VAL_MO", "time"]
    rows = [
        *(
            ["KYRGYZSTAN", "8542310000", of, str(value), "2023-01"]
            for of, value in (("1", 700), ("2", 300), ("-", 1000))
        ),
        *(["KAZAKHSTAN", "8542310000", of, str(value), "2023-01"] for of, value in (("1", 50), ("2", 20))),
    ]
    path = tmp_path / "exports.json"
    path.write_text(json.dumps([head, *rows]), encoding="utf-8")
    loaded = flow_file.read_flows(path)
    assert exports(loaded) == {"KGZ": 1000, "KAZ": 70}
    assert exports(loaded, "re-export") == {"KGZ": 300, "KAZ": 20}
