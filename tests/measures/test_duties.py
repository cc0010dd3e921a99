"""Duties of diligence against companies judged by hand from the acts' own thresholds, and against properties."""

import json
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.errors import BadInputError, UnreadableFileError
from entrepot.desk.duties import duties
from entrepot.measures.act_files import read_act
from entrepot.measures.duties.company import Company
from entrepot.measures.duties.owed import owed

TODAY = date(2026, 11, 27)
LKSG, CSDDD, FLR, UFLPA = "de-lksg/seat", "eu-csddd/companies-of-the-union", "eu-flr/sellers", "uflpa/importer"


def answers(company, day=TODAY):
    return {f"{r['measure_id']}/{r['rule']}": r["answer"] for r in owed(company, day).to_pylist()}


def german(**more):
    return Company(seat="DE", **more)


# Section 1 LkSG: 3,000 employees in Germany from 2023, 1,000 from 2024; both numbers included.
@pytest.mark.parametrize(
    ("day", "employees", "rule", "answer"),
    [
        (date(2023, 6, 1), 3_000, "de-lksg/seat-2023", "applies"),
        (date(2023, 6, 1), 2_999, "de-lksg/seat-2023", "does_not_apply"),
        (date(2023, 12, 31), 1_000, "de-lksg/seat-2023", "does_not_apply"),
        (date(2023, 12, 31), 1_000, "de-lksg/seat", "applies_later"),
        (date(2024, 1, 1), 1_000, "de-lksg/seat", "applies"),
        (date(2024, 1, 1), 999, "de-lksg/seat", "does_not_apply"),
    ],
)
def test_the_german_act_counts_employees_in_germany(day, employees, rule, answer):
    assert answers(german(employees={"": 9_000, "DE": employees}), day)[rule] == answer


# Directive 2024/1760 as amended by 2026/470: more than 5,000 employees and more than 1.5 billion EUR; both excluded.
@pytest.mark.parametrize(
    ("seat", "employees", "turnover", "answer"),
    [
        ("FR", 5_001, 1_500_000_001, "applies_later"),
        ("FR", 5_000, 1_500_000_001, "does_not_apply"),
        ("FR", 5_001, 1_500_000_000, "does_not_apply"),
        ("GB", 5_001, 1_500_000_001, "does_not_apply"),  # left the Union in 2020
        ("US", 5_001, 1_500_000_001, "does_not_apply"),
    ],
)
def test_the_directive_needs_both_thresholds_and_a_seat_in_the_union(seat, employees, turnover, answer):
    company = Company(seat=seat, employees={"": employees}, turnover={"": ("EUR", turnover)})
    assert answers(company)[CSDDD] == answer
    assert answers(company, date(2029, 7, 26))[CSDDD] == answer.replace("applies_later", "applies")


def test_a_company_from_elsewhere_is_told_by_its_turnover_in_the_union_alone():
    rule = "eu-csddd/companies-from-elsewhere"
    assert answers(Company(seat="US", turnover={"EU": ("EUR", 1.6e9)}))[rule] == "applies_later"
    assert answers(Company(seat="US", turnover={"": ("EUR", 1.4e9)}))[rule] == "does_not_apply"  # less in all
    assert answers(Company(seat="US", turnover={"": ("EUR", 9e9)}))[rule] == "cannot_be_decided"
    assert answers(Company(seat="US", turnover={"EU": ("USD", 9e9)}))[rule] == "cannot_be_decided"


# Article 37(1) as enacted: 2027 above 5,000 and 1.5 billion, 2028 above 3,000 and 900 million, 2029 the rest; from
# elsewhere by turnover in the Union. Directive 2025/794, in force 2025-04-17: 2028 above 3,000 and 900 million, then
# the rest in 2029.
ENACTED, DELAYED = date(2024, 11, 25), date(2025, 4, 17)


def begins(company, day):
    """The days on which rules of the directive begin to bind, as told on a day."""
    rows = owed(company, day).to_pylist()
    return [r["valid_from"] for r in rows if r["measure_id"] == "eu-csddd" and r["answer"] == "applies_later"]


@pytest.mark.parametrize(
    ("employees", "turnover", "enacted", "delayed"),
    [
        (5_001, 1.6e9, ["2027-07-26"], ["2028-07-26"]),
        (5_000, 1.6e9, ["2028-07-26"], ["2028-07-26"]),
        (6_000, 1.5e9, ["2028-07-26"], ["2028-07-26"]),
        (3_001, 9.1e8, ["2028-07-26"], ["2028-07-26"]),
        (3_000, 2e9, ["2029-07-26"], ["2029-07-26"]),
        (9_000, 9e8, ["2029-07-26"], ["2029-07-26"]),
        (1_001, 4.6e8, ["2029-07-26"], ["2029-07-26"]),
        (1_000, 9e9, [], []),
        (9_000, 4.5e8, [], []),
    ],
)
def test_the_phases_of_2024_bind_a_company_of_the_union_once(employees, turnover, enacted, delayed):
    company = german(employees={"": employees}, turnover={"": ("EUR", turnover)})
    assert begins(company, ENACTED) == begins(company, date(2025, 4, 15)) == enacted
    assert begins(company, DELAYED) == begins(company, date(2026, 2, 25)) == delayed


@pytest.mark.parametrize(
    ("turnover", "enacted", "delayed"),
    [
        (2e9, ["2027-07-26"], ["2028-07-26"]),
        (1.5e9, ["2028-07-26"], ["2028-07-26"]),
        (9e8, ["2029-07-26"], ["2029-07-26"]),
        (4.5e8, [], []),
    ],
)
def test_the_phases_of_2024_bind_a_company_from_elsewhere_by_its_turnover_in_the_union(turnover, enacted, delayed):
    for company in (
        Company(seat="US", turnover={"EU": ("EUR", turnover)}),
        Company(seat="JP", employees={"": 3}, turnover={"": ("EUR", 9e9), "EU": ("EUR", turnover)}),
    ):
        assert begins(company, ENACTED) == enacted
        assert begins(company, DELAYED) == delayed


def test_a_rule_on_the_rest_needs_what_the_rules_before_it_need():
    company = german(employees={"": 4_000}, turnover={"EU": ("EUR", 5e8)})  # in all: more than 450 million, or far more
    (row,) = [r for r in owed(company, ENACTED).to_pylist() if r["rule"] == "companies-of-the-union-2024"]
    assert row["said"] == "cannot be decided: needs the turnover (--turnover EUR:AMOUNT)"
    assert "not bound already by: Companies of the Union, first phase as enacted in 2024: yes" in row["reasons"]
    assert "not bound already by: Companies of the Union, second phase as enacted in 2024: not known" in row["reasons"]


def test_the_scope_of_2024_is_told_until_it_was_replaced():
    company = german(employees={"": 2_000}, turnover={"": ("EUR", 5e8)})
    rule = "eu-csddd/companies-of-the-union-2024"
    assert rule not in answers(company, date(2024, 7, 4))
    assert answers(company, date(2025, 6, 1))[rule] == "applies_later"
    assert rule not in answers(company, date(2026, 3, 18))
    assert answers(company, date(2026, 3, 18))[CSDDD] == "does_not_apply"


def test_selling_and_importing_bind_by_place():
    both = Company(sells_in=frozenset({"FR", "US"}), imports_to=frozenset({"US"}))
    assert (answers(both)[FLR], answers(both)[UFLPA]) == ("applies_later", "applies")
    assert answers(both, date(2027, 12, 14))[FLR] == "applies"
    assert UFLPA not in answers(both, date(2021, 12, 22))
    neither = Company(sells_in=frozenset({"CH"}), imports_to=frozenset({"CA"}))
    assert (answers(neither)[FLR], answers(neither)[UFLPA]) == ("does_not_apply", "does_not_apply")


# Article 3 of Regulation 2024/3015: neither on the Union market nor exported from it.
@pytest.mark.parametrize(
    ("seat", "branch", "sells", "seated", "branched"),
    [
        ("DE", None, {"US"}, "applies", "does_not_apply"),
        ("FR", None, {"DE", "US"}, "applies", "does_not_apply"),
        ("FR", None, {"EU", "CH"}, "applies", "does_not_apply"),
        ("FR", None, {"GB"}, "applies", "does_not_apply"),  # left the Union in 2020
        ("FR", None, {"DE", "EU"}, "does_not_apply", "does_not_apply"),  # nothing leaves it
        ("FR", None, None, "cannot_be_decided", "does_not_apply"),
        (None, None, {"US"}, "cannot_be_decided", "cannot_be_decided"),
        ("US", {"NL"}, {"CA"}, "does_not_apply", "applies"),
        ("US", {"MX"}, {"CA"}, "does_not_apply", "does_not_apply"),
        ("US", None, {"CA"}, "does_not_apply", "cannot_be_decided"),
        ("US", {"NL"}, {"NL"}, "does_not_apply", "does_not_apply"),
    ],
)
def test_the_ban_on_forced_labour_is_on_exports_too(seat, branch, sells, seated, branched):
    company = Company(seat, branch and frozenset(branch), sells_in=sells and frozenset(sells))
    found = answers(company, date(2028, 1, 10))
    assert (found["eu-flr/exporters"], found["eu-flr/exporters-branch"]) == (seated, branched)
    assert answers(company)["eu-flr/exporters"] == seated.replace("applies", "applies_later")


def test_a_missing_input_is_named():
    (row,) = [r for r in owed(german(employees={"": 6_000}), TODAY).to_pylist() if r["rule"] == "seat"]
    assert row["said"] == "cannot be decided: needs the employees in DE (--employees-in DE=N)"
    assert answers(Company())[UFLPA] == "cannot_be_decided"


_COUNT = st.integers(0, 20_000).map(float)
_MONEY = st.floats(0, 4e9, allow_nan=False).map(lambda x: ("EUR", x))
_PLACES = st.frozensets(st.sampled_from(["DE", "FR", "US", "CN", "EU", "GB"]), min_size=1)
_DAYS = st.dates(date(2020, 1, 1), date(2031, 12, 31))


@st.composite
def whole_companies(draw):
    employees, turnover = draw(_COUNT), draw(_MONEY)
    return Company(
        draw(st.sampled_from(["DE", "FR", "US", "CN"])),
        draw(_PLACES),
        {"": employees, "DE": draw(st.floats(0, 1)) * employees},
        {"": turnover, "EU": ("EUR", turnover[1] * draw(st.floats(0, 1)))},
        draw(_PLACES),
        draw(_PLACES),
    )


def less(company, gone):
    """The same company with less said of it."""
    return Company(
        None if "seat" in gone else company.seat,
        None if "branch" in gone else company.branch_in,
        {k: v for k, v in company.employees.items() if f"employees {k}" not in gone},
        {k: v for k, v in company.turnover.items() if f"turnover {k}" not in gone},
        None if "sells" in gone else company.sells_in,
        None if "imports" in gone else company.imports_to,
    )


_FACTS = ["seat", "branch", "employees ", "employees DE", "turnover ", "turnover EU", "sells", "imports"]


@given(whole_companies(), st.frozensets(st.sampled_from(_FACTS)), _DAYS)
def test_what_is_not_said_can_open_an_answer_and_never_turn_it(company, gone, day):
    known, fewer = answers(company, day), answers(less(company, gone), day)
    assert known.keys() == fewer.keys()
    assert all(fewer[k] in (known[k], "cannot_be_decided") for k in known)


@given(whole_companies(), _DAYS)
def test_an_answer_that_cannot_be_decided_says_what_it_needs_and_no_other_does(company, day):
    for row in owed(less(company, {"seat", "employees DE"}), day).to_pylist():
        assert bool(row["needs"]) == (row["answer"] == "cannot_be_decided")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"seat": "Atlantis"}, "no country or group"),
        ({"employees": "many"}, "no number of employees"),
        ({"employees": "-4"}, "no number of employees"),
        ({"employees_in": ["DE"]}, "PLACE=N"),
        ({"employees_in": ["DE=4", "Germany=5"]}, "twice"),
        ({"turnover": "2e9"}, "CURRENCY:AMOUNT"),
        ({"turnover": "EUR:nan"}, "CURRENCY:AMOUNT"),
        ({"employees": "10", "employees_in": ["DE=11"]}, "more employees in DE than in all"),
        ({"turnover": "EUR:1e9", "turnover_eu": "EUR:2e9"}, "more turnover in EU than in all"),
    ],
)
def test_what_is_no_input_is_refused(given, message, tmp_path):
    with pytest.raises(BadInputError, match=message):
        duties(**given, store=tmp_path / "store")


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ('when = [{ fact = "seat" }]', "among or not_among"),
        ('when = [{ fact = "seat", among = ["DE"], not_among = ["FR"] }]', "among or not_among"),
        ('when = [{ fact = "employees" }]', "at_least or more_than"),
        ('when = [{ fact = "turnover", more_than = 5 }]', "currency"),
        ('when = [{ fact = "colour", among = ["DE"] }]', "expected"),
        ("when = []", "at least one"),
    ],
)
def test_a_duty_that_breaks_its_rules_is_refused(when, message):
    head = """
id = "x"
title = "t"
short = "s"
jurisdiction = "DE"
kind = "due_diligence"
authority = "a"
status = "in_force"
checked = 2026-11-27
direction = "none"
summary = "s"
[[duty]]
id = "d"
name = "n"
from = 2024-01-01
text = "t"
citation = "c"
verified = "official"
sources = ["s-x"]
"""
    with pytest.raises(UnreadableFileError, match=message):
        read_act("x.toml", head + when)


@pytest.mark.parametrize("other", ["no-such-duty", "companies-of-the-union"])  # none of that name; one further down
def test_a_rule_on_the_rest_names_rules_above_it(other):
    text = (files("entrepot.measures") / "data" / "acts" / "eu-csddd.toml").read_text(encoding="utf-8")
    broken = text.replace('unless = ["companies-of-the-union-2024-first"]', f'unless = ["{other}"]')
    with pytest.raises(UnreadableFileError, match=r"companies-of-the-union-2024-second\.unless"):
        read_act("eu-csddd.toml", broken)


def test_the_command_answers_rule_by_rule_and_explains_each(run_cli):
    words = "--seat DE --employees 6000 --employees-in DE=4000 --turnover EUR:2e9 --turnover-eu EUR:1e9 --sells-in EU"
    done = run_cli("duties", *words.split(), "--imports-to", "US", "--as-of", "2026-11-27", "--format", "json")
    assert done.code == 0, done.stderr
    said = {f"{r['measure_id']}/{r['rule']}": r["said"] for r in json.loads(done.stdout)}
    assert said[LKSG] == said[UFLPA] == "applies"
    assert said[CSDDD] == "applies from 2029-07-26"
    assert said[FLR] == "applies from 2027-12-14"
    (row,) = [r for r in json.loads(done.stdout) if r["rule"] == "seat"]
    shown = run_cli("explain", row["duty_id"])
    assert shown.code == 0, shown.stderr
    assert "gesetze-im-internet.de" in shown.stdout
    assert "official: read on the authority's own page" in shown.stdout
