"""A person's demand: read alike whatever divides its cells, or refused with row, value and what may stand there."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrepot.core.errors import BadInputError, BadRowsError, EntrepotError, UnreadableFileError
from entrepot.corridors.flows_on.demand_file import cap, caps, demand, units
from entrepot.corridors.network.network import network
from entrepot.record.embedded import load

DAYS = {"day": 1.0, "week": 7.0, "month": 365 / 12, "year": 365.0}
PLACES = ("Urumqi", "Almaty", "Kashgar", "Karachi", "Tashkent", "Duisburg")


@pytest.fixture(scope="module")
def net():
    from datetime import date

    return network(load().tables, date(2026, 11, 27))


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("demand") / "demand.csv"


def written(rows, divider=",", head=("from", "to", "amount", "unit", "mode")):
    out = io.StringIO()
    csv.writer(out, delimiter=divider, lineterminator="\n").writerows([head, *rows])
    return out.getvalue()


row = st.tuples(
    st.permutations(PLACES).map(lambda p: p[:2]),
    st.decimals(min_value="0.01", max_value=99999, places=2),
    st.sampled_from(sorted(units())),
    st.sampled_from(sorted(DAYS)),
    st.sampled_from(["", "road", "rail"]),
)
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(
    st.lists(row, min_size=1, max_size=5),
    st.tuples(st.sampled_from(",;\t"), st.booleans(), st.booleans(), st.booleans()),
)
def test_a_demand_is_read_alike_however_it_is_written(net, path, rows, manner):
    divider, marked, comma, crlf = manner
    cells = [
        (a.upper(), f" {b} ", str(amount).replace(".", ",") if comma else str(amount), f"{unit}/{period}", mode)
        for (a, b), amount, unit, period, mode in rows
    ]
    text = written(cells, divider)
    data = text.replace("\n", "\r\n") if crlf else text
    path.write_bytes(data.encode("utf-8-sig" if marked else "utf-8"))
    found = demand(path, net)
    assert [w.line for w in found] == list(range(1, len(rows) + 1))  # rows that say the same stay two rows
    for one, ((a, b), amount, unit, period, mode) in zip(found, rows, strict=True):
        assert (net.places[one.origin]["name"], net.places[one.target]["name"], one.mode) == (a, b, mode)
        assert one.loads == pytest.approx(float(amount) * units()[unit] / DAYS[period], rel=1e-12)


@pytest.mark.parametrize(
    "amount", ["0", "-4", "nan", "NaN", "inf", "", "1e3", "four", "0.0", "1,000", "9" * 400, "1;2", "٣"]
)
def test_an_amount_that_is_none_is_named(net, path, amount):
    path.write_text(written([("Urumqi", "Almaty", amount, "trucks/day", "")]), encoding="utf-8")
    with pytest.raises(BadRowsError) as failed:
        demand(path, net)
    (fault,) = failed.value.faults
    assert (fault.where, fault.column) == ("line 2", "amount, unit")
    assert repr(amount) in fault.problem


def test_what_is_wrong_with_an_amount_is_named_and_not_all_that_could_be(net, path):
    path.write_text(
        written([("Urumqi", "Almaty", "5", "trucks", ""), ("Urumqi", "Almaty", "-5", "trucks/day", "")]), "utf-8"
    )
    with pytest.raises(BadRowsError) as failed:
        demand(path, net)
    period, sign = failed.value.faults
    assert period.allowed == "a period behind the unit, as 5 trucks/day: day, week, month, year"
    assert sign.allowed == "a number above 0, without a sign"
    with pytest.raises(BadInputError, match="a period behind the unit, as 650/day"):
        cap("khorgos:road=650", net)
    with pytest.raises(BadInputError, match="without a sign"):
        cap("khorgos:road=-5/day", net)


def test_a_comma_before_three_digits_is_not_guessed(net, path):
    path.write_text(written([("Urumqi", "Almaty", "1,250", "trucks/day", "")]), encoding="utf-8")
    with pytest.raises(BadRowsError, match=r"1250 or 1\.250"):
        demand(path, net)
    path.write_text(written([("Urumqi", "Almaty", "0,250", "trucks/day", "")]), encoding="utf-8")
    assert demand(path, net)[0].loads == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("cells", "column", "near"),
    [
        (("Urumqy", "Almaty", "1", "trucks/day", ""), "from", "Urumqi"),
        (("Urumqi", "Almaaty", "1", "trucks/day", ""), "to", "Almaty"),
        (("Urumqi", "Almaty", "1", "truks/day", ""), "amount, unit", "trucks"),
        (("Urumqi", "Almaty", "1", "trucks/fortnight", ""), "amount, unit", "week"),
        (("Urumqi", "Almaty", "1", "trucks", ""), "amount, unit", "trucks/day"),
        (("Urumqi", "Almaty", "1", "trucks/day", "air"), "mode", "road"),
        (("Urumqi", "urumqi", "1", "trucks/day", ""), "to", "another place"),
    ],
)
def test_an_unknown_word_is_told_with_the_nearest(net, path, cells, column, near):
    path.write_text(written([cells]), encoding="utf-8")
    with pytest.raises(BadRowsError) as failed:
        demand(path, net)
    (fault,) = failed.value.faults
    assert fault.column == column
    assert near in fault.allowed


@pytest.mark.parametrize("head", ["from,to,amount", "from,to,quantity,unit", "from,to,amount,amount,unit", "a,b,c,d"])
def test_a_column_that_lacks_or_stands_twice_is_named(net, path, head):
    path.write_text(f"{head}\nUrumqi,Almaty,4,trucks/day,x\n", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="amount"):
        demand(path, net)


def test_a_short_row_lacks_its_cells_and_a_long_one_tells_what_is_beyond(net, path):
    path.write_text("from,to,amount,unit\nUrumqi,Almaty\nUrumqi,Almaty,12,5,trucks/day\n", encoding="utf-8")
    with pytest.raises(EntrepotError) as failed:
        demand(path, net)
    assert "line 2" in str(failed.value) or "line 3" in str(failed.value)


@quick
@given(st.text(max_size=30) | st.from_regex(r"khorgos:(road|rail|)=\d{1,12}([.,]\d{1,4})? ?(trucks|TEU|)/(day|year)"))
def test_a_capacity_is_above_nothing_or_refused(net, text):
    try:
        found = cap(text, net)
    except BadInputError:
        return
    assert 0 < found.loads <= 1e9
    assert found.place in net.places


def test_a_file_of_something_else_is_refused_without_a_search_for_each_row(net, path):
    # 20,000 names, each of which would be held against every place of the network
    path.write_text(
        written([(f"Nowhere {i}", "Nowhere", "1", "trucks/day", "") for i in range(20_000)]), encoding="utf-8"
    )
    with pytest.raises(BadRowsError) as failed:
        demand(path, net)
    assert failed.value.faults[-1].where == "from line 201 on"


@pytest.mark.parametrize(
    ("amount", "unit", "told"),
    [
        ("", "trucks/day", "the cell is empty"),
        ("1 000", "trucks/day", "without spaces, as 1000 trucks/day"),
        ("nan", "trucks/day", "a number above 0"),
        ("1e30", "trucks/day", "a number above 0"),
        ("99999999999", "trucks/day", "below 1,000,000,000"),
    ],
)
def test_an_amount_that_cannot_be_taken_says_what_is_wrong_with_it(net, path, amount, unit, told):
    path.write_text(written([("Urumqi", "Almaty", amount, unit, "")]), encoding="utf-8")
    with pytest.raises(BadRowsError, match=told):
        demand(path, net)


def test_units_periods_and_modes_are_read_in_any_case_and_with_per(net, path):
    rows = [("Urumqi", "Almaty", "7", "Trucks/Day", "ROAD"), ("Urumqi", "Almaty", "7", "trucks per day", "road")]
    path.write_text(written(rows), encoding="utf-8")
    one, other = demand(path, net)
    assert (one.loads, one.mode) == (other.loads, other.mode) == (7.0, "road")


def test_two_capacities_of_one_place_and_mode_are_refused_unless_they_say_the_same(net):
    assert len(caps(["khorgos:road=5/day", "khorgos:road=5/day", "khorgos:rail=5 trains/day"], net)) == 2
    with pytest.raises(BadInputError, match="two capacities of khorgos, road"):
        caps(["khorgos:road=5/day", "khorgos:road=6/day"], net)


def test_a_capacity_of_nothing_points_to_the_option_that_shuts(net):
    with pytest.raises(BadInputError, match="--close khorgos"):
        cap("khorgos:road=0 trucks/day", net)
