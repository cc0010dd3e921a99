"""Areas without a code of a country that an office names one by one: each is a part of what is not told by country."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from entrepot.trade.loading import flow_file, streamed

HEADING = "Reporter,Partner,Trade Flow,HS Code,Year,Trade Value (US$),Net weight (kg)"


def lines(areas):
    return [f"Turkey,{name},Export,854143,2023,{value},{value * 2}" for name, value in areas]


@pytest.fixture
def file(tmp_path):
    def made(areas, name="own.csv"):
        (tmp_path / name).write_text("\n".join([HEADING, *lines([("Kazakhstan", 1000), *areas])]) + "\n")
        return tmp_path / name

    return made


@pytest.mark.parametrize("second", [70, 40])  # equal figures of two areas are two figures
def test_they_are_added_up_and_nothing_is_lost(file, second):
    loaded = flow_file.read_flows(file([("Other countries", 70), ("Not specified", second), ("Unknown", 3)]))
    assert sum(loaded.table["value_usd"].to_pylist()) == 1000 + 70 + second + 3
    assert sum(loaded.table["net_kg"].to_pylist()) == 2 * (1000 + 70 + second + 3)
    assert loaded.table.num_rows == 2
    assert loaded.losses.share() == 0
    (fault,) = [f for f in loaded.faults.to_pylist() if "several names" in f["what"]]
    assert (fault["done"], fault["rows"]) == ("converted", ["2", "3", "4"])


def test_a_name_that_stands_twice_is_one_flow_with_two_figures(file):
    loaded = flow_file.read_flows(file([("Unknown", 70), ("Unknown", 40)]))
    assert loaded.table["importer"].to_pylist() == ["KAZ"]
    assert loaded.losses.share() == pytest.approx(110 / 1110)


def test_the_same_area_by_two_names_in_two_files_is_not_added(file):
    one, other = file([("Areas NES", 70)]), file([("Area Nes", 70)], "other.csv")
    loaded = flow_file.load((one, other))
    assert sorted(loaded.table["value_usd"].to_pylist()) == [70, 1000]


def test_countries_by_two_names_are_not_added(file):
    loaded = flow_file.read_flows(file([("Viet Nam", 70), ("Vietnam", 40)]))
    assert loaded.table["importer"].to_pylist() == ["KAZ"]
    assert loaded.losses.share() == pytest.approx(110 / 1110)


def test_a_large_file_is_read_alike(file, tmp_path):
    path = file([("Other countries", 70), ("Not specified", 70), ("Secret", 5)])
    held = flow_file.read_flows(path)
    found = streamed.load_to((path,), tmp_path / "x.parquet", streamed.Manner(accepted=0.01))
    assert pq.read_table(tmp_path / "x.parquet").to_pylist() == held.table.to_pylist()
    assert found.faults.to_pylist() == held.faults.to_pylist()


def test_parts_of_a_country_beside_its_name_are_that_country_added_up(tmp_path):
    path = tmp_path / "flows.csv"
    rows = ("China,5", "UAE - Dubai,1500", "UAE - Abu Dhabi,100", "China - Hong Kong,7")
    path.write_text("reporter,flow,year,partner,value\n" + "".join(f"PAK,export,2022,{row}\n" for row in rows))
    found = flow_file.read_flows(path)
    assert {f["importer"]: f["value_usd"] for f in found.table.to_pylist()} == {"CHN": 5, "ARE": 1600, "HKG": 7}


def test_a_country_and_its_parts_are_not_added(tmp_path):
    path = tmp_path / "flows.csv"
    rows = ("UAE,1600", "UAE - Dubai,1500", "UAE - Abu Dhabi,100", "Peru,1")
    path.write_text("reporter,flow,year,partner,value\n" + "".join(f"PAK,export,2022,{row}\n" for row in rows))
    found = flow_file.read_flows(path)
    assert sum(f["value_usd"] for f in found.table.to_pylist() if f["importer"] == "ARE") <= 1600


def test_free_zones_by_their_names_are_one_area(tmp_path):
    path = tmp_path / "flows.csv"
    rows = ("Kazakistan,9", "Mersin Serbest Bölgesi,2", "İstanbul Endüstri ve Tic. Serb. Bölgesi,3")
    path.write_text("reporter,flow,year,partner,value\n" + "".join(f"TUR,export,2022,{row}\n" for row in rows), "utf-8")
    found = flow_file.read_flows(path)
    assert {f["importer"]: f["value_usd"] for f in found.table.to_pylist()} == {"KAZ": 9, "+FREE-ZONES": 5}
