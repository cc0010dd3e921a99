"""Tables with turnover beside exports and imports under each year: what is of both is left out and named."""

from __future__ import annotations

import pytest

from entrepot.core.errors import BadInputError

PLACES = ("Russia", "China", "Turkey", "Uzbekistan", "Germany")
REPORTER = '[fixed]\nreporter = "KAZ"\n'


def text(given, places=PLACES):
    """Rows of a place: exports are 200, 201, … and imports 100 of each year, all else their sum or difference."""
    title, unit, corner, years, kinds = given
    over = [corner, *(c for year in years for c in (year, *[""] * (len(kinds) - 1)))]
    of = {"export": lambda n: 200 + n, "import": lambda _: 100, "both": lambda n: 300 + n, "balance": lambda n: 100 + n}
    rows = [[place, *(str(of[k](n)) for _ in years for k in kinds.values())] for n, place in enumerate(places)]
    wide = [[title], [unit], over, ["", *(k for _ in years for k in kinds)], *rows]
    return "\n".join(",".join([*row, *[""] * (len(over) - len(row))]) for row in wide) + "\n"


@pytest.fixture
def load(write, tmp_path):
    def loaded(lines, how=REPORTER):
        (tmp_path / "map.toml").write_text(how, encoding="utf-8")
        return write(lines, mapping=tmp_path / "map.toml")

    return loaded


def sums(loaded):
    found = {}
    for row in loaded.table.to_pylist():
        found[row["flow"]] = found.get(row["flow"], 0) + row["value_usd"]
    return found


RU, EN = ("Внешняя торговля", "тысяч долларов США"), ("Foreign trade", "thousand US dollars")
YEARS = ("2022", "2023")
RU_FLOWS, EN_FLOWS = {"Экспорт": "export", "Импорт": "import"}, {"Exports": "export", "Imports": "import"}
TR_FLOWS, DE_FLOWS = {"İhracat": "export", "İthalat": "import"}, {"Ausfuhr": "export", "Einfuhr": "import"}
OF_BOTH = [
    (*RU, "Наименование страны", ("2022 год", "2023 год"), {"Товарооборот": "both", **RU_FLOWS}),
    (*RU, "Страны", ("2022 г.", "2023 г."), {"Товарооборот": "both", **RU_FLOWS}),
    (*RU, "Страна", YEARS, {"Внешнеторговый оборот": "both", **RU_FLOWS}),
    (*RU, "Страна", YEARS, {**RU_FLOWS, "Оборот": "both", "Сальдо": "balance"}),
    (*RU, "", ("2022 год", "2023 год"), {"Товарооборот": "both", **RU_FLOWS}),
    (*EN, "Country", YEARS, {"Turnover": "both", **EN_FLOWS}),
    (*EN, "Country", YEARS, {"Trade turnover": "both", "Export": "export", "Import": "import"}),
    (*EN, "Country", YEARS, {"Total trade": "both", **EN_FLOWS, "Balance": "balance"}),
    ("Dış ticaret", "Bin ABD $", "Ülke", YEARS, {"Hacim": "both", **TR_FLOWS}),
    ("Außenhandel", "Tausend US-Dollar", "Land", YEARS, {"Umsatz": "both", **DE_FLOWS}),
    # Of a word that no table knows exports and imports are read all the same.
    (*EN, "Country", YEARS, {"Xyzzy": "both", **EN_FLOWS}),
    # As these are read, which have no such column, or one on record.
    (*EN, "Country", YEARS, EN_FLOWS),
    ("国别贸易", "千美元", "国家", ("2022年", "2023年"), {"进出口": "both", "出口": "export", "进口": "import"}),
]


@pytest.mark.parametrize("given", OF_BOTH)
def test_exports_and_imports_are_read_and_what_is_of_both_is_not(load, given):
    loaded = load(text(given))
    # 2 years of 200 + 201 + 202 + 203 + 204 thousand, and of 5 times 100.
    assert sums(loaded) == {"export": 2_020_000, "import": 1_000_000}
    assert loaded.table["net_kg"].null_count == loaded.table.num_rows
    said = [*loaded.notes, *(f["what"] for f in loaded.faults.to_pylist())]
    assert all(any(kind in one for one in said) for kind, of in given[-1].items() if of not in {"export", "import"})


@pytest.mark.parametrize("given", OF_BOTH[:9])
def test_a_flow_for_all_rows_is_refused_where_headings_say_it(load, given):
    with pytest.raises(BadInputError, match="the map fixes flow"):
        load(text(given), '[fixed]\nreporter = "KAZ"\nflow = "export"\n')


@pytest.mark.parametrize("places", [PLACES[:1], PLACES[:2]])
def test_few_partners_are_read_as_many_are(load, places):
    loaded = load(text(OF_BOTH[0], places))
    assert sums(loaded)["export"] == 2 * sum(200_000 + 1_000 * n for n in range(len(places)))
