"""Every fault of the brief planted into a clean table: found, named with its rows, never summed silently."""

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from entrepot.core.errors import BadInputError
from entrepot.trade.contract import FAULT_KINDS
from entrepot.trade.loading import streamed

HEADING = "reporter,partner,flow,product,period,value_usd,net_kg"


def line(reporter="ARM", partner="RUS", flow="export", product="851713", period="2020", value=1000, kg=10):  # noqa: PLR0913, PLR0917
    return f"{reporter},{partner},{flow},{product},{period},{value},{kg}"


def table(*lines):
    return "\n".join([HEADING, *lines]) + "\n"


YEARS = [line(period=str(y)) for y in range(2015, 2022)]


def total(loaded):
    return sum(r["value_usd"] or 0 for r in loaded.table.to_pylist() if not r["product"].startswith("+"))


def test_a_clean_table_has_no_fault(write):
    assert write(table(*YEARS)).faults.num_rows == 0


def test_the_same_row_again_counts_once(write, faults):
    loaded = write(table(*YEARS, YEARS[2]))
    assert faults(loaded, "duplicate") == {"set_aside": ["8"]}
    assert total(loaded) == 7000


def test_a_figure_that_is_kept_back_is_empty_and_no_zero(write, faults):
    loaded = write(table(*YEARS, line(period="2022", value="(D)")))
    assert faults(loaded, "suppressed") == {"set_aside": ["8"]}
    assert (total(loaded), loaded.table["value_usd"].null_count) == (7000, 1)


def test_two_figures_of_one_flow_are_neither_chosen_nor_added(write, faults):
    loaded = write(table(*YEARS, line(period="2017", value=9)))
    assert sorted(faults(loaded, "duplicate")["set_aside"]) == ["3", "8"]
    assert total(loaded) == 6000


def test_a_negative_value_is_set_aside(write, faults):
    loaded = write(table(*YEARS, line(partner="GEO", value=-5)))
    assert faults(loaded, "negative") == {"set_aside": ["8"]}
    assert total(loaded) == 7000


def test_a_reporter_that_stops_and_one_that_leaves_a_year_out(write):
    other = [line("GEO", "RUS", period=str(y)) for y in (2015, 2016, 2018, 2019)]
    told = [f["what"] for f in write(table(*YEARS, *other)).faults.to_pylist() if f["kind"] == "reporter_stops"]
    assert any("GEO reports no export after 2019" in t and "2021" in t for t in told)
    assert any("GEO reports no export in 2017" in t for t in told)
    assert not any("ARM" in t for t in told)


def test_a_month_left_out(write):
    months = [line(period=f"2020-{m:02}") for m in range(1, 13) if m != 6]
    (told,) = [f["what"] for f in write(table(*months)).faults.to_pylist()]
    assert "2020-06" in told


def test_one_report_in_two_editions_keeps_the_newest(write, faults):
    text = (
        "reporter,partner,flow,product,hs_vintage,period,value_usd\n"
        "ARM,RUS,export,851713,H6,2022,10\nARM,RUS,export,851712,H5,2022,10\nARM,RUS,export,851712,H5,2021,9\n"
    )
    loaded = write(text)
    found = faults(loaded, "mixed_vintage")
    assert found == {"set_aside": ["2"], "kept": ["3"]}
    assert total(loaded) == 19


def test_editions_that_nobody_declared(write, faults):
    rows = [line(product=p, period="2022") for p in ("854140", "854142", "854143")]
    loaded = write(table(*rows))
    assert faults(loaded, "mixed_vintage") == {"kept": ["1"]}
    assert "854142" in loaded.faults.to_pylist()[0]["what"]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (("1,234,567", "2,000"), (1_234_567, 2_000)),
        (("1.234.567", "2.000"), (1_234_567, 2_000)),
        (("1.234.567,5", "2.000"), (1_234_567.5, 2_000)),
        (("1,234.5", "2,000"), (1_234.5, 2_000)),
        (("1 234", "2 000,5"), (1_234, 2_000.5)),
        (("1\u202f234", "2'000"), (1_234, 2_000)),
    ],
)
def test_thousands_are_divided_as_the_column_shows(write, faults, cells, values):
    loaded = write(f'{HEADING}\nARM,RUS,export,85,2020,"{cells[0]}",1\nARM,RUS,export,85,2021,"{cells[1]}",1\n')
    assert tuple(loaded.table["value_usd"].to_pylist()) == pytest.approx(values)
    assert "1" in faults(loaded, "thousands_separator")["converted"]


def test_a_comma_that_may_be_either_is_not_guessed(write, faults):
    loaded = write(f'{HEADING}\nARM,RUS,export,85,2020,"12,345",1\nARM,RUS,export,85,2021,7,1\n')
    assert faults(loaded, "thousands_separator") == {"set_aside": ["1"]}
    assert loaded.table["value_usd"].to_pylist() == [None, 7]


def test_marks_that_contradict_each_other_are_not_guessed(write, faults):
    loaded = write(f'{HEADING}\nARM,RUS,export,85,2020,"1,234,567",1\nARM,RUS,export,85,2021,"1.234.567",1\n')
    assert sorted(
        faults(loaded, "unreadable").get("set_aside", []) + faults(loaded, "thousands_separator")["set_aside"]
    ) == ["1", "2"]
    assert loaded.table["value_usd"].to_pylist() == [None, None]


def test_a_currency_column(write, faults):
    rows = [f"ARM,RUS,85,{year},10,{money}" for year, money in ((2020, "USD"), (2021, "EUR"), (2022, "KZT"))]
    text = "\n".join(["exporter,importer,product,period,value,currency", *rows])
    loaded = write(text)
    # the ECB's mean rate of 2021 as it prints it: 1.1827 dollars for a euro
    assert loaded.table["value_usd"].to_pylist() == [10, pytest.approx(11.827, abs=0.001), None]
    assert faults(loaded, "currency_not_usd") == {"converted": ["2"], "set_aside": ["3"]}


def test_tonnes_among_kilograms(write, faults):
    rows = [line(period=str(2010 + y), value=1000 + y, kg=100 + y) for y in range(8)]
    rows[4] = line(period="2014", value=1004, kg=0.104)
    loaded = write(table(*rows))
    assert faults(loaded, "unit_suspect") == {"set_aside": ["5"]}
    weights = loaded.table["net_kg"].to_pylist()
    assert [w is None for w in weights] == [i == 4 for i in range(8)]
    assert total(loaded) == sum(1000 + y for y in range(8))


def test_totals_among_details(write, faults):
    rows = [line(product=p, partner=q) for p in ("TOTAL", "85", "851713") for q in ("World", "RUS", "ASEAN")]
    loaded = write(table(*rows))
    by_product = {r["product"] for r in loaded.table.to_pylist()}
    assert by_product == {"+TOTAL", "+85", "851713"}
    assert {r["importer"] for r in loaded.table.to_pylist()} == {"+WLD", "RUS", "+ASEAN"}
    details = [r for r in loaded.table.to_pylist() if not r["product"].startswith("+") and r["importer"][0] != "+"]
    assert sum(r["value_usd"] for r in details) == 1000
    assert {*faults(loaded, "total_among_details")["kept"]} == {"1", "2", "3", "4", "5", "6", "7", "9"}


def test_a_zero_beside_a_weight_is_no_value(write, faults):
    loaded = write(table(*YEARS[:-1], line(period="2021", value=0)))
    assert faults(loaded, "zero_unclear") == {"set_aside": ["7"]}
    assert loaded.table["value_usd"].to_pylist()[-1] is None


def test_a_weight_of_zero_beside_a_value_is_no_weight(write, faults):
    loaded = write(table(*YEARS[:-1], line(period="2021", value=1000, kg=0)))
    assert faults(loaded, "zero_unclear") == {"set_aside": ["7"]}
    assert [loaded.table[c].to_pylist()[-1] for c in ("value_usd", "net_kg")] == [1000, None]


def test_a_quantity_of_zero_beside_a_value_is_no_quantity(write, faults):
    heading = f"{HEADING},quantity,quantity_unit"
    rows = [f"{r},5,items" for r in YEARS[:-1]] + [f"{line(period='2021', value=250000)},0,items"]
    loaded = write("\n".join([heading, *rows]) + "\n")
    assert faults(loaded, "zero_unclear") == {"set_aside": ["7"]}
    assert loaded.table["quantity"].to_pylist()[-1] is None
    assert loaded.table["net_kg"].to_pylist()[-1] == 10


@pytest.mark.parametrize(("value", "kg"), [(999, 0), (20, 0), ("", 0), (5000, 0.2), (5000, "")])
def test_a_weight_that_may_be_rounded_or_is_none_stays(value, kg, write):
    loaded = write(table(*YEARS[:-1], line(period="2021", value=value, kg=kg)))
    assert loaded.table["net_kg"].to_pylist()[-1] == (None if kg == "" else kg)
    assert not [f for f in loaded.faults.to_pylist() if "net_kg is zero" in f["what"]]


def test_a_period_of_zeros_was_not_reported(write, faults):
    silent = [line(partner=p, period="2021", value=0, kg="") for p in ("RUS", "GEO")]
    loaded = write(table(*YEARS[:-1], *silent))
    assert sorted(faults(loaded, "zero_unclear")["set_aside"]) == ["7", "8"]
    assert any("no export after 2020" in f["what"] or "zero" in f["what"] for f in loaded.faults.to_pylist())


def test_one_zero_among_values_is_kept_and_named(write, faults):
    loaded = write(table(*YEARS, line(partner="GEO", value=0, kg="")))
    assert faults(loaded, "zero_unclear") == {"kept": ["8"]}
    assert 0 in loaded.table["value_usd"].to_pylist()


def test_a_place_that_nobody_knows(write, faults):
    loaded = write(table(*YEARS, line(partner="Ruritania")))
    assert faults(loaded, "unknown_place") == {"set_aside": ["8"]}
    assert "Ruritania" in loaded.faults.to_pylist()[0]["what"]


def test_a_column_that_nobody_reads(write):
    rows = "exporter,importer,product,period,value_usd,colour\nARM,RUS,85,2020,10,red\n"
    (fault,) = write(rows).faults.to_pylist()
    assert (fault["kind"], fault["done"]) == ("unread_column", "kept")
    assert "colour" in fault["what"]


def test_a_code_that_lost_its_zero(write):
    loaded = write(table(line(product="10121")))
    assert loaded.table["product"].to_pylist() == ["010121"]
    assert "zero" in loaded.faults.to_pylist()[0]["what"]


def test_codes_of_another_classification_are_set_aside(write, faults):
    text = "exporter,importer,product,classification,period,value_usd\nARM,RUS,776,S3,2020,1\nARM,RUS,8541,H5,2020,2\n"
    loaded = write(text)
    assert faults(loaded, "unreadable") == {"set_aside": ["1"]}
    assert loaded.table["product"].to_pylist() == ["8541"]


def test_many_rows_are_counted_and_the_first_named(write):
    loaded = write(table(*YEARS, *[line(partner="Ruritania", period=str(1950 + y)) for y in range(50)]))
    (fault,) = loaded.faults.to_pylist()
    assert (fault["count"], len(fault["rows"]), fault["rows"][0]) == (50, 20, "8")


def test_a_year_that_is_none_of_the_calendar_is_named(write, faults):
    found = write("exporter,importer,product,period,value_usd\nIND,KGZ,8708,2022-2023,5\n")
    assert found.table.to_pylist()[0]["period"] == "2022"
    assert faults(found, "fiscal_year") == {"converted": ["1"]}


def rupees(first, last):
    """Dollars for a rupee, the mean of the days of both."""
    from currency_converter import CurrencyConverter, RateNotFoundError

    found, rates, day = [], CurrencyConverter(), first
    while day <= last:
        with contextlib.suppress(RateNotFoundError):
            found.append(rates.convert(1, "INR", "USD", day))
        day += timedelta(1)
    return sum(found) / len(found)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2021-2022(Apr-Mar)", date(2021, 4, 1), date(2022, 3, 31)),
        ("July 2021 - June 2022", date(2021, 7, 1), date(2022, 6, 30)),
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021-2022", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021-06", date(2021, 6, 1), date(2021, 6, 30)),
    ],
)
def test_values_of_a_fiscal_year_are_turned_at_its_own_twelve_months(write, faults, period, first, last):
    found = write(f"exporter,importer,product,period,value,currency\nIND,KGZ,8708,{period},1000000,INR\n")
    (row,) = found.table.to_pylist()
    assert row["value_usd"] == pytest.approx(1e6 * rupees(first, last), rel=1e-6)
    said = [f["what"] for f in found.faults.to_pylist() if f["kind"] == "currency_not_usd"]
    assert ["for no month says when it begins" in s for s in said] == [period == "2021-2022"]
    assert ["mean rate of each period" in s for s in said] == [period != "2021-2022"]


def test_codes_of_another_classification_stay_as_they_are(write, faults):
    rows = [f"USA,CHN,import,{code},2020,5" for code in ("315", "313", "314", "00")]
    found = write("\n".join(["reporter,partner,flow,product,period,value_usd", *rows]) + "\n")
    assert {r["product"] for r in found.table.to_pylist()} == {"315", "313", "314", "+TOTAL"}
    assert faults(found, "not_hs") == {"kept": ["1", "2", "3"]}


def test_each_code_of_another_classification_is_named_and_the_rest_counted(write, tmp_path):
    codes = ["315", "313", "314", "995500", "ABC", "7799", "0000AA", "315"]
    text = "\n".join(
        ["reporter,partner,flow,product,period,value_usd"]
        + [f"USA,CHN,import,{c},20{n + 10},5" for n, c in enumerate(codes)]
    )
    for loaded in (write(text + "\n"), streamed.load_to((tmp_path / "flows.csv",), tmp_path / "x.parquet")):
        (fault,) = [f for f in loaded.faults.to_pylist() if f["kind"] == "not_hs"]
        assert all(repr(code) in fault["what"] for code in codes[:5])
        assert "and 2 more" in fault["what"]
        assert fault["count"] == 8


def yearly(factors, partners=("KAZ", "KGZ", "UZB", "TJK", "TKM", "RUS")):
    rows = [
        f"CHN,{p},export,8541,{2015 + n},{round(1e6 * (1 + i) * f * (1 + 0.1 * ((i + n) % 3)))}"
        for i, p in enumerate(partners)
        for n, f in enumerate(factors)
    ]
    return "\n".join(["reporter,partner,flow,product,period,value_usd", *rows]) + "\n"


def suspects(loaded):
    return [r["what"] for r in loaded.faults.to_pylist() if r["kind"] == "value_suspect"]


def test_a_year_of_one_month_and_a_year_in_thousands_are_named(write):
    (found,) = suspects(write(yearly((1, 1, 1 / 12, 1, 1))))
    assert found.startswith("CHN, export of 2017: values are a twelfth of those of 2016 and 2018")
    (found,) = suspects(write(yearly((1, 1, 1, 1 / 1000, 1))))
    assert "export of 2018: values are a thousandth" in found
    (found,) = suspects(write(yearly((1, 1, 1 / 12))))  # a year that is not over yet
    assert "export of 2017: values are a twelfth of those of 2016 for" in found


def test_growth_and_the_fall_of_one_partner_are_no_faults_of_the_value(write):
    assert suspects(write(yearly((1, 1.5, 0.7, 2, 1)))) == []
    assert suspects(write(yearly((1, 1, 1 / 12, 1, 1), partners=("KAZ",)))) == []


def test_a_value_that_no_trade_can_be_is_emptied(write, faults):
    found = write("exporter,importer,product,period,value_usd\nCHN,KAZ,8541,2020,1e30\nCHN,KGZ,8541,2020,5\n")
    assert {r["importer"]: r["value_usd"] for r in found.table.to_pylist()} == {"KAZ": None, "KGZ": 5}
    assert faults(found, "value_suspect") == {"set_aside": ["1"]}
    assert found.losses.share() == 0.5  # one value of two


def test_a_price_out_of_all_bounds_is_named(write, faults):
    rows = [f"CHN,{p},8541,{y},{1000 + y},{100}" for p in ("KAZ", "KGZ", "UZB", "TJK") for y in range(2015, 2021)]
    rows.append("CHN,RUS,8541,2020,99999999,1")
    found = write("\n".join(["exporter,importer,product,period,value_usd,net_kg", *rows]) + "\n")
    assert faults(found, "value_suspect") == {"kept": ["25"]}


def test_columns_that_are_swapped_in_a_map_are_refused(write, tmp_path):
    path = tmp_path / "map.toml"
    path.write_text('[columns]\nimporter = "USD"\nexporter = "From"\nproduct = "HS"\nperiod = "Year"\nvalue = "To"\n')
    with pytest.raises(BadInputError, match="the column that is read as the value holds places: 'Kazakhstan'"):
        write("From,To,HS,Year,USD\nChina,Kazakhstan,8541,2020,5\nChina,Kyrgyzstan,8541,2020,6\n", mapping=path)


def test_a_total_larger_than_its_codes_is_told_with_what_no_code_tells_apart(write):
    loaded = write(table(line(product="8517", value=5000), line(value=3500), line(product="851714", value=400)))
    (fault,) = [f for f in loaded.faults.to_pylist() if f["kind"] == "not_told_apart"]
    assert (fault["rows"], fault["done"]) == (["1"], "kept")
    assert "USD 1,100" in fault["what"]
    assert total(loaded) == 5000


def test_every_kind_of_fault_is_tried_here():
    from pathlib import Path

    text = Path(__file__).read_text(encoding="utf-8")
    assert [k for k in FAULT_KINDS if f'"{k}"' not in text] == []


COUNTRIES = ("ARM", "GEO", "RUS", "CHN", "KGZ", "USA")
ROWS = st.lists(
    st.tuples(
        st.sampled_from(COUNTRIES),
        st.sampled_from(COUNTRIES),
        st.sampled_from(("851713", "854142", "010121")),
        st.integers(2010, 2023),
        st.floats(0.01, 1e12),
    ),
    min_size=1,
    max_size=40,
    unique_by=lambda r: r[:4],
)


@given(ROWS)
def test_distinct_flows_come_back_as_they_were(tmp_path_factory, rows):
    from entrepot.trade.loading import flow_file

    path = tmp_path_factory.mktemp("rows") / "own.csv"
    path.write_text(
        "exporter,importer,product,period,value_usd\n" + "".join(f"{a},{b},{p},{t},{v!r}\n" for a, b, p, t, v in rows)
    )
    found = {
        (r["exporter"], r["importer"], r["product"], int(r["period"])): r["value_usd"]
        for r in flow_file.read_flows(path).table.to_pylist()
    }
    assert found == {r[:4]: r[4] for r in rows}


@given(ROWS, st.data())
def test_rows_are_kept_or_named(tmp_path_factory, rows, data):
    """Whatever is broken, a row is in the table or among the rows set aside: nothing vanishes and nothing is added."""
    from entrepot.trade.loading import flow_file
    from entrepot.trade.loading.faults import SHOWN

    broken = st.sampled_from(("keep", "negative", "again", "nowhere", "when"))
    lines = []
    for a, b, p, t, v in rows:
        match data.draw(broken):
            case "keep":
                lines.append(f"{a},{b},{p},{t},{v!r}")
            case "negative":
                lines.append(f"{a},{b},{p},{t},{-v!r}")
            case "again":
                lines += [f"{a},{b},{p},{t},{v!r}"] * 2
            case "nowhere":
                lines.append(f"{a},Nowhere,{p},{t},{v!r}")
            case "when":
                lines.append(f"{a},{b},{p},soon,{v!r}")
    path = tmp_path_factory.mktemp("rows") / "own.csv"
    path.write_text("exporter,importer,product,period,value_usd\n" + "\n".join([*lines, "ARM,RUS,99,2000,1"]) + "\n")
    loaded = flow_file.read_flows(path)
    aside = [f for f in loaded.faults.to_pylist() if f["done"] == "set_aside"]
    # Of a value that is written so that it may be two (1.375) the row stays, without it, and is named.
    kept = sum(v is not None for v in loaded.table.column("value_usd").to_pylist())
    assert kept + sum(f["count"] for f in aside) == len(lines) + 1
    assert all(len(f["rows"]) == min(f["count"], SHOWN) for f in aside)


@given(st.binary(max_size=400))
@example(b"\x1c")
def test_any_bytes_are_read_or_refused(tmp_path_factory, data):
    from entrepot.core.errors import EntrepotError
    from entrepot.trade.loading import flow_file

    path = tmp_path_factory.mktemp("bytes") / "any.csv"
    path.write_bytes(data)
    try:
        flow_file.read_flows(path)
    except EntrepotError as exc:
        assert len(str(exc)) < 2000


TELLING = "CHN World M X 1 2023 202306 854142 H5 C00 0 1,5 1.000.000 - NaN inf 1e400".split()  # noqa: SIM905
CELLS = st.one_of(st.none(), st.text(max_size=8), st.integers(-5, 10**7).map(str), st.sampled_from(TELLING))
HEADINGS = {
    "own": "exporter,importer,product,period,value_usd,net_kg,currency,hs_vintage",
    "comtrade": "reporterISO,partnerISO,flowCode,cmdCode,period,primaryValue,netWgt,isNetWgtEstimated,customsCode,"
    "motCode,partner2Code,cifvalue,fobvalue,classificationCode",
    "baci": "t,i,j,k,v,q",
    "comext": "REPORTER,PARTNER,PRODUCT_NC,FLOW,PERIOD,VALUE_EUR,QUANTITY_KG,SUPPL_UNIT,QUANTITY_SUPPL_UNIT",
    "ember": "Area,Date,Area type,Commodity code,Amount (items),Amount (kg),Amount (USD),Capacity (MW)",
}


@pytest.mark.parametrize("form", HEADINGS)
@given(data=st.data())
def test_any_cells_under_a_known_heading_are_read_or_refused(tmp_path_factory, form, data):
    """Every reader on cells of any kind: the contract holds, or the file is refused."""
    import csv
    import io

    from entrepot.core.errors import EntrepotError
    from entrepot.trade.loading import flow_file

    names = HEADINGS[form].split(",")
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(names), max_size=len(names)), min_size=1, max_size=6))
    out = io.StringIO()
    csv.writer(out).writerows([names, *[[c if c is not None else "" for c in r] for r in rows]])
    path = tmp_path_factory.mktemp("cells") / "any.csv"
    path.write_text(out.getvalue(), encoding="utf-8", errors="replace")
    try:
        loaded = flow_file.read_flows(path)
    except EntrepotError:
        return
    assert loaded.form == form
    assert all(v is None or 0 <= v < float("inf") for v in loaded.table["value_usd"].to_pylist())


@pytest.mark.parametrize(
    ("short", "whole"), [("30617", "030617"), ("3061700", "03061700"), ("306170000", "0306170000")]
)
def test_a_code_that_lost_its_leading_zero_is_the_one_that_did_not(write, faults, short, whole):
    heading = "reporter,partner,flow,product,period,value_usd\n"
    found = write(f"{heading}CHN,KAZ,export,{short},2020,5\nCHN,KGZ,export,{whole},2020,7\n")
    assert found.table["product"].to_pylist() == [whole, whole]
    assert faults(found, "unreadable") == {"converted": ["1"]}
    flows = (("KAZ", short, 5), ("KAZ", whole, 5), ("KGZ", whole, 7))
    same = write(heading + "".join(f"CHN,{place},export,{code},2020,{value}\n" for place, code, value in flows))
    assert faults(same, "duplicate") == {"set_aside": ["2"]}  # one flow, once with its zero and once without


def test_hubs_and_values_that_are_swapped_are_refused(write):
    heading = "reporter,partner,flow,product,period,value_usd\n"
    with pytest.raises(BadInputError, match="holds places: 'Kyrgyzstan'"):
        write(f"{heading}CHN,500,export,854231,2020,Kyrgyzstan\nCHN,700,export,854231,2020,Armenia\n")


@pytest.mark.parametrize("fixed", ['period = "2022"', 'flow = "import"', 'product = "8703"'])
def test_a_map_for_another_file_overrules_no_column(write, tmp_path, fixed):
    """Every row would stand under one year, one flow, one product, and nothing would say so."""
    path = tmp_path / "map.toml"
    path.write_text(f"[fixed]\n{fixed}\n")
    rows = ("CHN,KAZ,export,854231,2020,9", "CHN,KGZ,import,854239,2021,9")
    with pytest.raises(BadInputError, match="a column of the file says it row by row"):
        write("\n".join(["reporter,partner,flow,product,period,value_usd", *rows]) + "\n", mapping=path)
