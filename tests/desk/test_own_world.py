"""Scenarios asked of a table of one's own, by the verb: what is answered, and every bad input named."""

from __future__ import annotations

import pytest

from entrepot.core.errors import BadInputError, EntrepotError
from entrepot.desk.desk import Desk
from entrepot.scenarios.asked.own_unsure_world import OwnTable, own_unsure_world
from fuzz import made_worlds

BAN = """\
title = "A ban"
from = 2026-01-01

[[act]]
by = ["DEU"]
on = ["KAZ"]
instrument = "import ban"
"""
AGAIN = '\n[[act]]\nby = ["DEU"]\non = ["KAZ"]\ninstrument = "tariff"\npercent = 5\n'


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return Desk(store=tmp_path_factory.mktemp("store"))


def simulated(desk, folder, *, table=None, ban=BAN, **more):
    (folder / "ban.toml").write_text(ban, encoding="utf-8")
    (folder / "table.csv").write_text(table or made_worlds.icio(), encoding="utf-8")
    given = {"elasticities": ("5",), "year": "2022"} | more
    table = folder / "table.csv"
    return desk.simulate(folder / "ban.toml", draws=0, parts=("economies",), world=table, **given)


@pytest.mark.parametrize(
    ("table", "codes"),
    [(made_worlds.icio(), {"DEU", "KAZ", "CHN"}), (made_worlds.wiod(), {"DEU", "KAZ", "CHN"}),
     (made_worlds.panel(), {"DEU", "KAZ", "CHN"})],
)  # fmt: skip
def test_each_layout_is_asked(desk, tmp_path, table, codes):
    year = {"year": "2006"} if table.startswith("exporter") else {}
    found = simulated(desk, tmp_path, table=table, **year)
    welfare = {r["economy"]: r["value"] for r in found.to_pylist() if r["quantity"] == "welfare"}
    assert welfare.keys() == codes
    assert welfare["DEU"] < 0
    assert welfare["KAZ"] < 0
    assert any("a table of one's own, table.csv" in note for note in found.notes)


def test_wiod_and_the_oecd_say_the_same_of_the_same_table(desk, tmp_path):
    values = []
    for table in (made_worlds.icio(), made_worlds.wiod()):
        found = simulated(desk, tmp_path, table=table)
        values.append([r["value"] for r in found.to_pylist() if r["quantity"] == "welfare"])
    assert values[0] == pytest.approx(values[1], abs=1e-6)


def test_a_mapping_joins_and_scenarios_name_its_groups(desk, tmp_path):
    (tmp_path / "mapping.toml").write_text(made_worlds.MAPPING, encoding="utf-8")
    # of two alone, each of which sells the other all that it sells abroad, a ban without a leak has no equilibrium
    ban = BAN.replace("DEU", "EU").replace("KAZ", "REST") + "leakage = 0.2\n"
    found = simulated(desk, tmp_path, ban=ban, mapping=tmp_path / "mapping.toml")
    assert {r["economy"] for r in found.to_pylist()} == {"EU", "REST"}
    rows = desk.scenario_codes(
        world=tmp_path / "table.csv", mapping=tmp_path / "mapping.toml", elasticities=["5"]
    ).to_pylist()
    assert {r["code"] for r in rows} == {"EU", "REST", "goods"}


def changed(old, new):
    text = made_worlds.icio()
    assert old in text
    return text.replace(old, new, 1)


ROW = next(line for line in made_worlds.icio().splitlines() if line.startswith("KAZ_A01"))
CELL = ROW.split(",")[1]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"table": changed(ROW, ROW.replace(CELL, "900", 1))}, r"1 rows that do not add up.*KAZ_A01 adds up to"),
        ({"table": changed(ROW, ROW.replace(CELL, "-5", 1))}, r"below 0: 'KAZ_A01 to DEU_A01: -5; 1 in all"),
        ({"elasticities": ("0",)}, r"a trade elasticity: '0'; expected a number above 0"),
        ({"elasticities": ("5", "C10=-2")}, r"a trade elasticity: 'C10=-2'"),
        ({"elasticities": ("5", "C11=2")}, r"unknown sector of the table 'C11'; did you mean C10"),
        ({"elasticities": ("5", "6")}, r"two elasticities of all sectors"),
        ({"elasticities": ()}, r"unknown sector with an elasticity 'A01'"),
        ({"ban": BAN.replace("KAZ", "KZA")}, r"line 6: act 1.on is 'KZA'.*did you mean KAZ"),
        ({"ban": BAN.replace('["KAZ"]', '["KAZ", "DEU"]')}, r"DEU would sanction itself"),
        ({"ban": BAN + AGAIN}, r"a tariff stands beside a ban that lets nothing pass"),
        ({"table": "a,b\n1,2\n"}, r"a column called 'b'"),
        ({"table": made_worlds.panel(), "year": "1999"}, r"no row of 1999"),
        ({"table": made_worlds.panel(), "year": ""}, r"Name the year|a year"),
    ],
)  # fmt: skip
def test_each_bad_input_is_named(desk, tmp_path, more, words):
    with pytest.raises(EntrepotError, match=words):
        simulated(desk, tmp_path, **more)


def test_an_economy_without_output_is_named(tmp_path):
    lines = made_worlds.icio().splitlines()
    head = lines[0].split(",")
    gone = [at for at, name in enumerate(head) if name.startswith("KAZ")]
    rows = []
    for line in lines:
        cells = line.split(",")
        idle = cells[0].startswith("KAZ")
        rows.append(
            [c if not at or line is lines[0] else "0" if idle or at in gone else c for at, c in enumerate(cells)]
        )
    for row in rows[1:-2]:  # the totals of what is left
        row[-1] = str(sum(float(c) for c in row[1:-1]))
    sold = {row[0]: row[-1] for row in rows[1:-2]}
    rows[-1] = ["OUT", *(sold.get(name, "0") for name in head[1:])]
    used = [sum(float(row[at]) for row in rows[1:-2]) for at in range(1, len(head))]
    rows[-2] = [
        "VA",
        *(str(float(o) - u) if n in sold else "0" for n, o, u in zip(head[1:], rows[-1][1:], used, strict=True)),
    ]
    path = tmp_path / "idle.csv"
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    with pytest.raises(BadInputError, match=r"an economy without output: 'KAZ'"):
        own_unsure_world(OwnTable(path, elasticities=("5",)))


def test_presets_are_of_the_packaged_world(desk, tmp_path):
    (tmp_path / "table.csv").write_text(made_worlds.icio(), encoding="utf-8")
    with pytest.raises(EntrepotError, match=r"preset uflpa.*'USA'"):
        desk.simulate(presets=["uflpa"], draws=0, world=tmp_path / "table.csv", elasticities=["5"])
    with pytest.raises(BadInputError, match="year without a table of your own"):
        desk.simulate(presets=["uflpa"], year="2022")
    (tmp_path / "panel.csv").write_text(made_worlds.panel(), encoding="utf-8")
    with pytest.raises(BadInputError, match="a mapping beside a panel"):
        own_unsure_world(OwnTable(tmp_path / "panel.csv", tmp_path / "m.toml", ("5",), "2006"))
