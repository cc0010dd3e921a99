"""A map whose year and month, or quarter, stand in two columns; currencies by their names; weights in tonnes."""

from __future__ import annotations

import pytest
from tests.trade.both_ways import alike

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.trade.loading import flow_file

FIXED = '[fixed]\nreporter = "{reporter}"\nflow = "export"\n'


def mapped(tmp_path, columns, rest=""):
    how = tmp_path / "map.toml"
    lines = "".join(f'{ours} = "{theirs}"\n' for ours, theirs in columns.items())
    how.write_text(f"[columns]\n{lines}{FIXED.format(reporter='SRB')}{rest}", encoding="utf-8")
    return how


def sheet(tmp_path, *lines):
    path = tmp_path / "sheet.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


SIDES = {"partner": "Zemlja", "product": "Kod", "value": "Value USD"}


@pytest.mark.parametrize(
    ("part", "word", "cells", "expected"),
    [
        ("month", "Mesec", ("1", "12"), {"2021-01", "2021-12"}),
        ("month", "Mesec", ("januar", "december"), {"2021-01", "2021-12"}),
        ("quarter", "Tromesečje", ("Q1", "4"), {"2021-Q1", "2021-Q4"}),
    ],
)
def test_a_year_and_its_part_are_one_period(tmp_path, part, word, cells, expected):
    path = sheet(
        tmp_path,
        f"Godina;{word};Zemlja;Kod;Value USD",
        f"2021;{cells[0]};Egypt;841111;700",
        f"2021;{cells[1]};Egypt;841111;900",
    )
    loaded = alike(path, tmp_path, mapped(tmp_path, {**SIDES, "year": "Godina", part: word}))
    assert {r["period"] for r in loaded.table.to_pylist()} == expected
    assert sum(r["value_usd"] for r in loaded.table.to_pylist()) == 1600
    assert not [f for f in loaded.faults.to_pylist() if "Godina" in f["what"] or word in f["what"]]


def test_a_year_alone_is_the_period_and_a_period_beside_months_is_the_year(tmp_path):
    path = sheet(tmp_path, "Godina;Mesec;Zemlja;Kod;Value USD", "2020;7;Egypt;841111;5")
    alone = flow_file.load((path,), mapping=mapped(tmp_path, {**SIDES, "year": "Godina"}))
    assert alone.table.to_pylist()[0]["period"] == "2020"
    both = flow_file.load((path,), mapping=mapped(tmp_path, {**SIDES, "period": "Godina", "month": "Mesec"}))
    assert both.table.to_pylist()[0]["period"] == "2020-07"


@pytest.mark.parametrize("parts", [{"month": "Mesec"}, {"year": "Godina", "month": "Mesec", "quarter": "Kod"}])
def test_months_of_no_year_are_refused(tmp_path, parts):
    path = sheet(tmp_path, "Godina;Mesec;Zemlja;Kod;Value USD", "2020;7;Egypt;841111;5")
    with pytest.raises(BadInputError, match="year and month"):
        flow_file.load((path,), mapping=mapped(tmp_path, {**SIDES, **parts}))


def test_an_unknown_word_of_a_map_is_told_with_every_word_there_is(tmp_path):
    path = sheet(tmp_path, "Zemlja;Kod;Value USD", "Egypt;841111;5")
    with pytest.raises(UnknownNameError) as raised:
        flow_file.load((path,), mapping=mapped(tmp_path, {**SIDES, "xyzzy": "Kod"}))
    assert {"year", "month", "quarter", "weight", "vintage"} <= {*raised.value.known}
    assert all(word in str(raised.value) for word in raised.value.known)


def test_tonnes_in_the_heading_that_a_map_names_are_kilograms(tmp_path):
    path = sheet(tmp_path, "Period;Zemlja;Kod;Value USD;Net weight (tonnes)", "2020;Egypt;841111;500;1.5")
    how = mapped(tmp_path, {**SIDES, "period": "Period", "weight": "Net weight (tonnes)"})
    assert alike(path, tmp_path, how).table.to_pylist()[0]["net_kg"] == 1500
    said = how.read_text(encoding="utf-8") + "[scale]\nweight = 1\n"
    how.write_text(said, encoding="utf-8")
    assert flow_file.load((path,), mapping=how).table.to_pylist()[0]["net_kg"] == 1.5


def test_a_heading_of_flow_thousands_and_a_currency_without_a_rate_is_a_value(tmp_path):
    path = sheet(tmp_path, "Страна;ТН ВЭД;Месяц;Год;Экспорт, тыс. драмов", "Египет;841111;март;2022;40")
    how = tmp_path / "map.toml"
    how.write_text('[fixed]\nreporter = "ARM"\n[rates]\nAMD = 0.0025\n', encoding="utf-8")
    (row,) = alike(path, tmp_path, how).table.to_pylist()
    assert (row["period"], row["flow"], row["value_usd"]) == ("2022-03", "export", 40 * 1000 * 0.0025)


def test_an_ellipsis_is_no_figure_and_no_loss(tmp_path):
    path = sheet(tmp_path, "reporter,partner,flow,product,period,value", "UZB,EGY,export,841111,2022,…",
                 "UZB,PER,export,841111,2022,80")  # fmt: skip
    loaded = alike(path, tmp_path)
    assert loaded.losses.share() == 0
    assert [r["value_usd"] for r in loaded.table.sort_by("value_usd").to_pylist()] == [80, None]


def test_what_no_list_of_countries_has_and_an_office_counts_apart_is_no_country(tmp_path):
    path = sheet(tmp_path, "reporter,partner,flow,product,period,value", "TUR,K.K.T.C.,export,841111,2022,7",
                 "TUR,Cyprus,export,841111,2022,5")  # fmt: skip
    found = {r["importer"]: r["value_usd"] for r in flow_file.load((path,)).table.to_pylist()}
    assert found == {"+NORTHERN-CYPRUS": 7, "CYP": 5}
