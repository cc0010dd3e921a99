"""What the heading of a column of weights counts in, in a table of one's own: kilograms, thousands, tonnes."""

from __future__ import annotations

import pytest

from entrepot.core.errors import BadInputError
from entrepot.trade.formats.weighed import is_gross, kilograms
from entrepot.trade.loading import flow_file
from entrepot.trade.loading.printed.printed_units import said

HEAD = "reporter,partner,flow,product,period,value_usd"


def loaded(folder, headings, cells):
    path = folder / "flows.csv"
    quoted = ",".join(f'"{h}"' for h in headings)
    path.write_text(f"{HEAD},{quoted}\nTUR,GEO,export,870323,2024,90000,{','.join(cells)}\n", encoding="utf-8")
    return flow_file.read_flows(path)


@pytest.mark.parametrize(
    ("heading", "of_one"),
    [
        ("Net weight (thousand tonnes)", 1e6),
        ("Net weight (million tonnes)", 1e9),
        ("Net weight (1,000 t)", 1e6),
        ("Net mass (1000 kg)", 1e3),
        ("Weight ('000 kg)", 1e3),
        ("Net weight (thousands of kg)", 1e3),
        ("Weight (Mn kg)", 1e6),
        ("Net weight (Lakh kg)", 1e5),
        ("Gewicht (100 kg)", 100),
        ("QUANTITY_IN_100KG", 100),
        ("Net weight (kt)", 1e6),
        ("Weight (lbs)", 0.45359237),
        ("Вес нетто, ц", 100),
        ("Tonnes ('000)", 1e6),
        ("Net weight (kg)", 1),
        ("Net mass (MT)", 1e3),
        ("Weight (metric tons)", 1e3),
        ("重量(公吨)", 1e3),
        ("Netto (Dezitonnen)", 100),
        ("Net weight (thousand short tons)", 907_184.74),
        ("Weight, long tons", 1016.0469088),
        ("Net weight (kg x 1000)", 1e3),
        ("Net weight", 1),
        ("NETTO", 1),
        ("Net tonnes", 1e3),
    ],
)
def test_the_scale_and_the_unit_of_a_heading_are_those_of_the_weights(tmp_path, heading, of_one):
    (row,) = loaded(tmp_path, [heading], ["7"]).table.to_pylist()
    assert row["net_kg"] == pytest.approx(7 * of_one)
    assert row["quantity"] is None


@pytest.mark.parametrize(
    ("heading", "why"),
    [
        ("Gross weight (kg)", "packing"),
        ("Вес брутто, кг", "packing"),
        ("Net weight (thousands)", "no unit that is known"),
        ("Net weight (zolotniks)", "no unit that is known"),
    ],
)
def test_gross_weights_and_units_that_are_not_known_are_not_read_and_told(tmp_path, heading, why):
    found = loaded(tmp_path, [heading], ["7"])
    assert found.table["net_kg"].to_pylist() == [None]
    assert any(heading in f["what"] and why in f["what"] for f in found.faults.to_pylist())


def test_beside_a_gross_weight_the_net_weight_is_read(tmp_path):
    (row,) = loaded(tmp_path, ["Gross weight, t", "Weight, net, t"], ["9", "7"]).table.to_pylist()
    assert row["net_kg"] == 7000


def test_quantities_and_prices_are_no_weights(tmp_path):
    (row,) = loaded(tmp_path, ["Quantity", "Price per kg"], ["5", "7"]).table.to_pylist()
    assert (row["net_kg"], row["quantity"]) == (None, 5)
    assert kilograms("USD per 100 kg") is None
    assert not is_gross("Grosseto")


@pytest.mark.parametrize("heading", ["G38", "T1", "G31_1", "KT1", "т5"])
def test_a_letter_and_digits_are_the_label_of_a_field_and_no_unit(tmp_path, heading):
    (row,) = loaded(tmp_path, [heading], ["7"]).table.to_pylist()
    assert (row["net_kg"], row["quantity"]) == (None, None)
    assert said(heading).label == ""


@pytest.mark.parametrize("heading", ["G38", "T5", "NETTO38"])
def test_a_map_that_names_a_label_as_the_weight_has_its_figures_read_as_kilograms_and_told(tmp_path, heading):
    path, its = tmp_path / "flows.csv", tmp_path / "map.toml"
    path.write_text(f"{HEAD},{heading}\nTUR,GEO,export,870323,2024,90000,7\n", encoding="utf-8")
    columns = "\n".join(f'{n} = "{n}"' for n in HEAD.split(",")[:-1])
    text = f'[columns]\n{columns}\nvalue = "value_usd"\nweight = "{heading}"\n'
    its.write_text(text, encoding="utf-8")
    found = flow_file.read_flows(path, mapping=its)
    assert found.table["net_kg"].to_pylist() == [7]
    assert any(heading in f["what"] and "kilograms" in f["what"] for f in found.faults.to_pylist())
    its.write_text(f"{text}[scale]\nweight = 1000\n", encoding="utf-8")
    found = flow_file.read_flows(path, mapping=its)
    assert found.table["net_kg"].to_pylist() == [7000]
    assert not any("kilograms" in f["what"] for f in found.faults.to_pylist())


def test_a_column_taken_for_the_unit_that_it_names_is_told(tmp_path):
    found = loaded(tmp_path, ["Netto (Dezitonnen)"], ["7"])
    assert any("Netto (Dezitonnen)" in f["what"] and "100 kg" in f["what"] for f in found.faults.to_pylist())
    found = loaded(tmp_path, ["net_kg"], ["7"])
    assert not any("net_kg" in f["what"] for f in found.faults.to_pylist())


def test_mt_may_be_a_million_tonnes_and_is_not_read(tmp_path):
    done = loaded(tmp_path, ["Net weight (Mt)"], ["3"])
    assert done.table.to_pylist()[0]["net_kg"] is None
    assert any("million tonnes" in f["what"] for f in done.faults.to_pylist())


@pytest.mark.parametrize(("line", "kilos"), [("weight = 1000", 3e3), ("weight = 1000000000", 3e9), ("", None)])
def test_a_map_says_what_mt_is(tmp_path, line, kilos):
    columns = {n: n for n in ("reporter", "partner", "flow", "product", "period")}
    columns |= {"value": "value_usd", "weight": "Net weight (Mt)"}
    text = "[columns]\n" + "".join(f'{k} = "{v}"\n' for k, v in columns.items()) + f"[scale]\n{line}\n"
    (tmp_path / "map.toml").write_text(text, "utf-8")
    path = tmp_path / "flows.csv"
    path.write_text(f'{HEAD},"Net weight (Mt)"\nTUR,GEO,export,870323,2024,90000,3\n', "utf-8")
    if kilos is None:
        with pytest.raises(BadInputError, match="million tonnes"):
            flow_file.read_flows(path, mapping=tmp_path / "map.toml")
    else:
        read = flow_file.read_flows(path, mapping=tmp_path / "map.toml")
        assert read.table.to_pylist()[0]["net_kg"] == kilos


@pytest.mark.parametrize(
    ("heading", "currency", "scale"),
    [
        ("Value, USD (x 1000)", "USD", 1e3),
        ("Value (1000 × USD)", "USD", 1e3),
        ("Valeur (millions d'euros)", "EUR", 1e6),
        ("Valore, milioni di euro", "EUR", 1e6),
        ("出口金额（亿元）", "CNY", 1e8),
        ("出口金额（万美元）", "USD", 1e4),
        ("金额：港币万元", "HKD", 1e4),
    ],
)
def test_what_headings_say_of_money_in_one_meaning(heading, currency, scale):
    spoken = said(heading)
    assert (spoken.currency, spoken.scale, spoken.rest) == (currency, scale, ())
