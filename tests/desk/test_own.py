"""The verbs on ownership: rules on their days, intervals from file to verdict, and what an id opens."""

from __future__ import annotations

import pyarrow as pa
import pytest

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.desk.desk import Desk
from entrepot.ownership import ownership_rules

LINKS = """owner,owner_id,owned,interest,share
Corps,ofac-29299,Half Mill,shares,50
Corps,ofac-29299,Most Mill,shares,51
Corps,ofac-29299,Less Mill,shares,49
Corps,ofac-29299,Wide Mill,shares,25-60
Wide Mill,,Below Wide,shares,100
Corps,ofac-29299,Run Mill,control,
Corps,ofac-29299,Both Mill,shares,30
Bureau,ofac-29220,Both Mill,shares,30
Corps,ofac-29299,Voted Mill,votes,60
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    (folder / "owners.csv").write_text(LINKS, encoding="utf-8")
    desk = Desk(folder / "store")
    desk.load_ownership(folder / "owners.csv")
    return desk


def verdicts(desk, **asked):
    return {r["party"]: r["verdict"] for r in desk.own(everyone=True, **asked).to_pylist()}


def test_ofac_by_shares_alone(desk):
    assert verdicts(desk, as_of="2024-01-01") == {
        "Half Mill": "blocked",
        "Most Mill": "blocked",
        "Both Mill": "blocked",
        "Less Mill": "not_blocked",
        "Wide Mill": "cannot_be_excluded",
        "Below Wide": "cannot_be_excluded",
        "Run Mill": "not_blocked",  # controlled, and named apart
        "Voted Mill": "not_blocked",
    }


@pytest.mark.parametrize(
    ("rule", "day", "blocked"),
    [
        ("eu-50", "2024-07-02", {"Most Mill", "Both Mill"}),  # more than 50 %, added
        ("eu-50", "2024-07-03", {"Half Mill", "Most Mill", "Both Mill"}),  # 50 % or more
        ("uk-50", "2024-07-03", {"Most Mill", "Voted Mill"}),  # more than 50 % of shares or votes, not added
    ],
)
def test_a_rule_is_what_it_was_on_the_day(desk, rule, day, blocked):
    found = verdicts(desk, rule=rule, as_of=day, lists=["ofac-xinjiang"])
    assert {p for p, v in found.items() if v == "blocked"} == blocked


@pytest.mark.parametrize("day", ["2024-07-02", "2024-07-03"])  # the last of one state of the EU's rule, and the next
@pytest.mark.parametrize(("short", "rule"), [("eu", "eu-50"), ("uk", "uk-50"), ("ofac", "ofac-50")])
def test_the_first_part_of_a_rule_names_it_on_every_day(desk, short, rule, day):
    asked = {"everyone": True, "as_of": day, "lists": ["ofac-xinjiang"]}
    assert desk.own(rule=short, **asked).to_pylist() == desk.own(rule=rule, **asked).to_pylist()


def test_a_short_name_that_two_rules_would_bear_names_none(monkeypatch):
    another = dict.fromkeys(("eu-50", "eu-control", "uk-50"), "")
    monkeypatch.setattr(ownership_rules, "rule_names", lambda: another)
    assert [ownership_rules.rule_called(n) for n in ("eu", "eu-50", "uk", "", "u")] == ["eu", "eu-50", "uk-50", "", "u"]


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        ("2025-09-28", "not_in_force"),
        ("2025-09-29", "blocked"),
        ("2025-11-09", "blocked"),
        ("2025-11-10", "not_in_force"),
        ("2026-11-09", "not_in_force"),
        ("2026-11-10", "state_not_on_record"),
    ],
)
def test_the_affiliates_rule_and_its_suspension(desk, day, verdict):
    (row,) = desk.own("Half Mill", rule="bis-affiliates", as_of=day, lists=["ofac-xinjiang"]).to_pylist()
    assert (row["verdict"], row["by_shares"]) == (verdict, "blocked")
    if verdict == "state_not_on_record":
        assert "If it does: " in row["reason"]
        assert "If it does not: " in row["reason"]


def test_control_is_named_apart(desk):
    (row,) = desk.own("Run Mill", as_of="2024-01-01").to_pylist()
    assert (row["verdict"], row["high_percent"]) == ("not_blocked", 0)
    assert row["controlled_by"] == ["Corps: control"]
    (voted,) = desk.own("Voted Mill", as_of="2024-01-01").to_pylist()
    assert (voted["verdict"], voted["controlled_by"]) == ("not_blocked", ["Corps: votes 60"])
    notes = desk.own("Voted Mill", as_of="2024-01-01").notes
    assert any(
        n.startswith("1 party that is not blocked by what the rule counts is controlled otherwise") for n in notes
    )


# OFAC's and BIS's rules count no control; by the EU's and the UK's it is a criterion of its own, beside the share.
@pytest.mark.parametrize(
    ("rule", "day", "run", "voted"),
    [
        ("ofac-50", "2025-10-01", "not_blocked", "not_blocked"),
        ("bis-affiliates", "2025-10-01", "not_blocked", "not_blocked"),
        ("bis-affiliates", "2026-01-01", "not_blocked", "not_blocked"),
        ("eu-50", "2024-07-02", "cannot_be_excluded", "cannot_be_excluded"),
        ("eu-50", "2025-10-01", "cannot_be_excluded", "cannot_be_excluded"),
        ("uk-50", "2025-10-01", "cannot_be_excluded", "blocked"),  # votes count by it
    ],
)
def test_whom_a_listed_party_controls_cannot_be_excluded_where_control_is_a_criterion(desk, rule, day, run, voted):
    asked = {"rule": rule, "as_of": day, "lists": ["ofac-xinjiang"]}
    found = verdicts(desk, **asked)
    assert (found["Run Mill"], found["Voted Mill"]) == (run, voted)
    (row,) = desk.own("Run Mill", **asked).to_pylist()
    assert (row["verdict"], row["by_shares"], row["controlled_by"]) == (run, "not_blocked", ["Corps: control"])
    if run == "cannot_be_excluded":
        assert row["basis"] == "controlled"
        assert "that it is frozen cannot be excluded" in row["reason"]
        assert "29299" in row["listings"][0]
        (opened,) = desk.explain(row["ownership_id"])
        (link,) = [link for name, link in opened.rows if name == "verdict_links"]
        assert (link["owner"], link["interest"], link["owned"]) == ("Corps", "control", "Run Mill")
    else:
        assert (row["basis"], row["listings"] or None) == ("none", None)


def test_whom_nobody_listed_controls_is_not_blocked_where_control_is_a_criterion(tmp_path):
    desk = Desk(tmp_path / "store")
    links = "owner,owned,interest,share\nFree Co,Led Mill,control,\nFree Co,Held Mill,shares,60\n"
    (tmp_path / "owners.csv").write_text(links, encoding="utf-8")
    desk.load_ownership(tmp_path / "owners.csv")
    for party in ("Led Mill", "Held Mill"):
        (row,) = desk.own(party, rule="eu", as_of="2025-01-01", lists=["ofac-xinjiang"]).to_pylist()
        assert (row["verdict"], row["basis"]) == ("not_blocked", "none")


def test_what_cannot_be_excluded_says_what_would_settle_it(desk):
    (row,) = desk.own("below WIDE", as_of="2024-01-01").to_pylist()
    assert (row["low_percent"], row["high_percent"]) == (0, 100)
    assert row["chains"] == ["Corps -> (25 to 60 %) Wide Mill -> (100 %) Below Wide"]
    assert row["missing"] == ["shares of Corps in Wide Mill: 25 to 60 %"]
    assert row["worst_case"] == [
        "shares of Wide Mill in Below Wide: 100 %",
        "shares of Corps in Wide Mill: 50 % (the record allows 25 to 60 %)",
    ]


def test_an_id_opens_rule_links_and_source(desk):
    (row,) = desk.own("Half Mill", as_of="2024-01-01").to_pylist()
    (again,) = desk.own("Half Mill", as_of="2024-01-01").to_pylist()
    assert row == again
    (opened,) = desk.explain(row["ownership_id"])
    assert "never multiplied" in opened.rule
    links = [r for table, r in opened.rows if table == "verdict_links"]
    assert [(r["owner"], r["owned"], r["row"], r["low_percent"]) for r in links] == [("Corps", "Half Mill", 2, 50)]
    assert any("ofac.treasury.gov" in str(s.get("url")) for s in opened.sources)


def test_two_files_are_read_as_what_both_allow_else_as_an_interval(tmp_path):
    desk = Desk(tmp_path / "store")
    for name, shares in (("one.csv", ("50-75", "20")), ("two.csv", ("40-60", "70"))):
        text = "owner,owner_id,owned,share\n" + "".join(
            f"Corps,ofac-29299,Mill {n},{s}\n" for n, s in zip("AB", shares, strict=True)
        )
        (tmp_path / name).write_text(text, encoding="utf-8")
        desk.load_ownership(tmp_path / name)
    answer = desk.own(everyone=True, as_of="2024-01-01")
    ends = {r["party"]: (r["low_percent"], r["high_percent"], r["verdict"]) for r in answer.to_pylist()}
    assert ends == {"Mill A": (50, 60, "blocked"), "Mill B": (20, 70, "cannot_be_excluded")}
    assert any(n.startswith("1 stakes are said otherwise") for n in answer.notes)
    for row in desk.ownership_files().to_pylist():
        desk.remove_ownership(row["file_id"])
    assert desk.own(everyone=True, as_of="2024-01-01").num_rows == 0


def test_the_subsidiaries_of_the_record_are_the_first_data(tmp_path):
    desk = Desk(tmp_path / "store")
    (row,) = desk.own("Aksu Huafu Color Spinning Co., Ltd.", lists=["uflpa"], as_of="2025-06-01").to_pylist()
    assert (row["verdict"], row["basis"], row["by_shares"]) == ("blocked", "listed", "cannot_be_excluded")
    assert row["chains"] == ["Huafu Fashion Co., Ltd. -> (share not known) Aksu Huafu Color Spinning Co., Ltd."]
    huafu = [
        r
        for r in desk.own(everyone=True, lists=["uflpa"], as_of="2025-06-01").to_pylist()
        if "Huafu Fashion" in str(r["chains"])
    ]
    assert len(huafu) == 25  # as the notice counts: 22 in Xinjiang and 3 in Ningbo
    # OFAC lists none of their parents.
    assert (
        desk.own("Aksu Huafu Color Spinning Co., Ltd.", as_of="2025-06-01").to_pylist()[0]["verdict"] == "not_blocked"
    )


def test_what_is_asked_wrongly_is_told(desk):
    with pytest.raises(UnknownNameError, match="did you mean Half Mill"):
        desk.own("Half Mil")
    with pytest.raises(UnknownNameError, match="ofac-50"):
        desk.own(everyone=True, rule="ofac-5")
    with pytest.raises(BadInputError, match="no list of eu-50 is held"):
        desk.own(everyone=True, rule="eu-50")
    with pytest.raises(BadInputError, match="which party is not said"):
        desk.own()
    with pytest.raises(BadInputError, match="no state of uk-50"):
        desk.own(everyone=True, rule="uk-50", as_of="2019-01-01", lists=["uflpa"])
    with pytest.raises(BadInputError, match="ownership goes with the lists"):
        desk.screen(pa.table({"supplier": ["Mill"]}), pa.table({"name": ["Mill"]}), with_ownership=True)
    with pytest.raises(UnknownNameError, match="o-000000000000"):
        desk.remove_ownership("o-000000000000")
