"""Who the partner is where columns name an origin, a dispatch and a destination beside who reports."""

from __future__ import annotations

import pytest
from tests.trade.both_ways import alike

from entrepot.core.errors import BadInputError


def written(folder, text, name="flows.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def sides(loaded):
    return sorted(
        (f["reporter"], f["flow"], f["exporter"], f["importer"], f["value_usd"]) for f in loaded.table.to_pylist()
    )


def notices(loaded):
    return [f["what"] for f in loaded.faults.to_pylist() if f["kind"] == "unread_column"]


DECLARED = {
    "en": "Reporter,Flow,Year,HS code,{o},{d},{c},Value USD\n",
    "names": ("Country of origin", "Country of destination", "Country of dispatch"),
}
ROWS = "ARM,Export,2023,870323,Japan,Russia,Georgia,300\nARM,Import,2023,870323,Japan,Armenia,Georgia,200\n"


@pytest.mark.parametrize(
    "names",
    [
        ("Country of origin", "Country of destination", "Country of dispatch"),
        ("Страна происхождения", "Страна назначения", "Страна отправления"),
        ("País de origen", "País de destino", "País de procedencia"),
    ],
)
def test_the_partner_of_an_export_is_the_destination_and_of_an_import_the_origin(tmp_path, names):
    o, d, c = names
    loaded = alike(written(tmp_path, DECLARED["en"].format(o=o, d=d, c=c) + ROWS), tmp_path)
    assert sides(loaded) == [("ARM", "export", "ARM", "RUS", 300), ("ARM", "import", "JPN", "ARM", 200)]
    assert any(f"of exports is read from '{d}'" in n for n in notices(loaded))
    assert any(f"of imports is read from '{o}'" in n for n in notices(loaded))


def test_without_an_origin_the_partner_of_an_import_is_the_dispatch(tmp_path):
    text = DECLARED["en"].format(o="Note", d="Country of destination", c="Country of dispatch") + ROWS
    assert sides(alike(written(tmp_path, text), tmp_path))[1] == ("ARM", "import", "GEO", "ARM", 200)


def test_who_reports_by_a_map_stays_the_reporter(tmp_path):
    how = written(tmp_path, '[fixed]\nreporter = "ARM"\n', "map.toml")
    text = "Flow,Year,HS code,Country of origin,Country of destination,Value USD\n"
    text += "Export,2023,870323,Japan,Russia,300\nImport,2023,870323,Japan,Armenia,200\n"
    loaded = alike(written(tmp_path, text), tmp_path, how)
    assert sides(loaded) == [("ARM", "export", "ARM", "RUS", 300), ("ARM", "import", "JPN", "ARM", 200)]
    how.write_text('[fixed]\nreporter = "PER"\n')
    with pytest.raises(BadInputError, match="the origin or destination of no row"):
        alike(written(tmp_path, text), tmp_path, how)


def test_origins_of_one_export_are_parts_that_a_person_has_to_say(tmp_path):
    head = "Reporter,Flow,Year,HS code,Country of origin,Country of destination,Value USD\n"
    text = head + "ARM,Export,2023,870323,Japan,Russia,300\nARM,Export,2023,870323,Germany,Russia,300\n"
    with pytest.raises(BadInputError, match="cells of a column that is not read"):
        alike(written(tmp_path, text), tmp_path)
    how = written(tmp_path, '[file]\nrows = "parts"\n', "map.toml")
    assert sides(alike(written(tmp_path, text), tmp_path, how)) == [("ARM", "export", "ARM", "RUS", 600)]


def test_a_flow_from_a_country_to_itself_is_told(tmp_path):
    head = "Reporter,Flow,Year,HS code,Country of origin,Country of destination,Value USD\n"
    text = head + "ARM,Export,2023,870323,Japan,Armenia,1\nARM,Import,2023,870323,Armenia,Armenia,2\n"
    loaded = alike(written(tmp_path, text + "ARM,Export,2023,870323,Armenia,Russia,997\n"), tmp_path)
    assert sides(loaded) == [("ARM", "export", "ARM", "RUS", 997), ("ARM", "import", "ARM", "ARM", 2)]
    told = {f["done"]: f["what"] for f in loaded.faults.to_pylist() if f["kind"] == "unknown_place"}
    assert "to itself" in told["set_aside"]
    assert "came back" in told["kept"]
    assert loaded.losses.share() == pytest.approx(1 / 1000)


def test_the_destination_of_an_import_is_no_partner(tmp_path):
    text = "Reporter,Flow,Year,HS code,Country of destination,Value USD\n"
    text += "ARM,Export,2023,870323,Russia,300\nARM,Import,2023,870323,Armenia,2\n"
    loaded = alike(written(tmp_path, text), tmp_path)
    assert sides(loaded) == [("ARM", "export", "ARM", "RUS", 300)]
    assert loaded.losses.share() == pytest.approx(2 / 302)


def test_goods_sent_on_by_nobody_are_asked_for(tmp_path):
    text = (
        "Year,HS code,Country of origin,Country of destination,Flow,Value USD\n2023,870323,Japan,Russia,Re-export,9\n"
    )
    with pytest.raises(BadInputError, match="who re-exports"):
        alike(written(tmp_path, text), tmp_path)
    how = written(tmp_path, '[fixed]\nreporter = "GEO"\n', "map.toml")
    assert sides(alike(written(tmp_path, text), tmp_path, how)) == [("GEO", "re-export", "GEO", "RUS", 9)]


@pytest.mark.parametrize(
    "head",
    [
        "reporter,flow,period,product,partner,origin,value_usd",  # a column called partner says it
        "reporter,flow,period,product,importer,exporter,value_usd",  # and so do exporter and importer
    ],
)
def test_a_partner_that_is_said_stays(tmp_path, head):
    loaded = alike(written(tmp_path, head + "\nARM,export,2023,870323,RUS,ARM,5\n"), tmp_path)
    assert sides(loaded) == [("ARM", "export", "ARM", "RUS", 5)]


def test_an_origin_and_a_destination_of_nobodys_report_stay_the_ends_of_a_flow(tmp_path):
    loaded = alike(written(tmp_path, "origin,destination,hs6,year,value\nARM,RUS,870323,2023,5\n"), tmp_path)
    assert sides(loaded) == [("OWN", "balanced", "ARM", "RUS", 5)]


@pytest.mark.parametrize(
    "heading", ["País origen/destino", "Country of origin/destination", "Ursprungsland/Bestimmungsland"]
)
def test_a_heading_of_both_ends_is_the_partner_of_both_flows(tmp_path, heading):
    text = (
        f"Reporter,Flow,Year,HS code,{heading},Value USD\nARM,Export,2023,870323,RUS,3\nARM,Import,2023,870323,JPN,2\n"
    )
    loaded = alike(written(tmp_path, text), tmp_path)
    assert sides(loaded) == [("ARM", "export", "ARM", "RUS", 3), ("ARM", "import", "JPN", "ARM", 2)]


def test_a_heading_in_two_languages_is_one_end(tmp_path):
    ends = "Country of origin/Pays d'origine,Country of destination/Pays de destination"
    text = f"Reporter,Flow,Year,HS code,{ends},Value USD\n"
    text += "ARM,Export,2023,870323,JPN,RUS,3\n"
    assert sides(alike(written(tmp_path, text), tmp_path)) == [("ARM", "export", "ARM", "RUS", 3)]
