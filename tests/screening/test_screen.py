"""Screening: who matches on which day, what is flagged, and what the record says of it."""

from __future__ import annotations

import csv
import gzip
import hashlib
import html
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.core.contract import check
from entrepot.core.errors import BadInputError, ContractBrokenError, UnknownNameError
from entrepot.intake.groups.row_words import names_nobody
from entrepot.lists.in_force import Listings, embedded, holds
from entrepot.print.html_page import html_page
from entrepot.screening.contract import MATCHES
from entrepot.screening.reports.clearance_record import Filing
from entrepot.screening.reports.clearance_record import clearance_record as record_of
from entrepot.screening.runs.run import NOT_LISTED, ScreenOptions, run_screening, screen
from entrepot.vocabulary.credit_code import check_character


def parties(*names, **columns):
    return pa.table({"name": list(names)} | columns)


def listed(table):
    return [r for r in table.to_pylist() if r["kind"] == "listing"]


def entities(table):
    return {r["entity_id"] for r in listed(table)}


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "day", "state"),
    [
        ("2022-06-21", None, "2022-06-20", ""),
        ("2022-06-21", None, "2022-06-21", "in_force"),
        ("2022-06-21", "2024-11-25", "2024-11-24", "in_force"),
        ("2022-06-21", "2024-11-25", "2024-11-25", ""),
        ("2020-09", None, "2020-08-31", ""),
        ("2020-09", None, "2020-09-10", "may_be_in_force"),
        ("2020-09", None, "2020-10-01", "in_force"),
        ("2020-09", "2023-03", "2023-03-15", "may_be_in_force"),
        ("2020-09", "2023-03", "2023-04-01", ""),
    ],
)
def test_when_a_listing_holds(valid_from, valid_to, day, state):
    assert holds(valid_from, valid_to, date.fromisoformat(day)) == state


def test_only_listings_in_force_that_day_match(small):
    file = parties("Xinjiang East Hope Nonferrous Metals", "Xinjiang Junggar Cotton and Linen")
    assert entities(screen(file, small, as_of="2019-01-01")) == set()
    assert entities(screen(file, small, as_of="2021-01-01")) == {"e-junggar"}
    assert entities(screen(file, small, as_of="2023-01-01")) == {"e-junggar", "e-hope"}
    assert entities(screen(file, small, as_of="2024-01-01")) == {"e-hope"}


def test_a_struck_alias_matches_until_the_day_it_was_struck(small):
    file = parties("Xinjiang Nonferrous")
    exact = ScreenOptions(min_score=0.99)
    assert entities(screen(file, small, as_of="2024-11-24", options=exact)) == {"e-hope"}
    assert entities(screen(file, small, as_of="2024-11-25", options=exact)) == set()


def test_a_replaced_name_matches_on_as_a_former_name_and_a_later_one_is_not_known_yet(small):
    old, new = parties("Hefei Meiling Co., Ltd."), parties("Changhong Meiling Co., Ltd.")
    before = listed(screen(old, small, as_of="2023-01-01"))[0]
    after = listed(screen(old, small, as_of="2025-01-01"))[0]
    assert (before["name_kind"], before["listed_name"]) == ("name", "Hefei Meiling Co., Ltd.")
    assert (after["name_kind"], after["listed_name"]) == ("former_name", "Changhong Meiling Co., Ltd.")
    assert any("2024-10-03" in r for r in after["reasons"])
    assert all(r["met_name"] != "Changhong Meiling Co., Ltd." for r in listed(screen(new, small, as_of="2023-01-01")))


def test_an_undated_alias_is_used_whenever_listed_and_the_reason_says_so(small):
    found = listed(screen(parties("Gorenska Holding"), small, as_of="2022-07-01"))[0]
    assert found["certainty"] == "since_at_least"
    assert any("not dated" in r for r in found["reasons"])


def test_sections_are_those_of_the_day(small):
    file = parties("Xinjiang East Hope Nonferrous Metals")
    assert listed(screen(file, small, as_of="2023-06-01"))[0]["section"] == "i"
    assert listed(screen(file, small, as_of="2024-06-01"))[0]["section"] == "v"


def test_an_end_that_came_later_is_not_in_the_match_of_the_day(small):
    """Done again after the delisting, the screening of an earlier day gives the same rows and ids."""
    party = parties("Xinjiang Junggar Cotton and Linen Co., Ltd.")
    at = small.listings.column_names.index("valid_to")
    still_open = small.listings.set_column(at, "valid_to", pa.nulls(small.listings.num_rows, pa.string()))
    before = Listings(still_open, small.membership, small.totals)
    then, now = (screen(party, listings, as_of="2022-07-01") for listings in (before, small))
    assert then.column("kind").to_pylist().count("listing") == 1
    assert now.to_pylist() == then.to_pylist()


def test_a_chinese_name_says_that_the_list_does_not_print_it(small):
    found = listed(screen(parties("新疆准噶尔棉麻有限公司"), small, as_of="2022-01-01"))[0]
    assert found["name_kind"] == "chinese_name"
    assert any("not printed on the list" in r for r in found["reasons"])


def test_a_list_can_be_chosen_and_an_unknown_one_names_the_nearest(small):
    file = parties("Xinjiang Junggar Cotton and Linen")
    assert not listed(screen(file, small, as_of="2021-01-01", options=ScreenOptions(lists=("uflpa",))))
    with pytest.raises(UnknownNameError, match="did you mean uflpa"):
        screen(file, small, options=ScreenOptions(lists=("uflpaa",)))


def test_address_credit_code_and_name_are_three_grounds(small):
    code = "91650100MA7ABCDE1"
    code += check_character(code)
    table = parties(
        "Acme Trading",
        "Beta Trading",
        "Xinjiang Gamma Trading",
        "Delta",
        address=["Korla, Xinjiang", "Shanghai", "Shanghai", "500 Urumqi Road, Shanghai"],
        credit_code=[None, code, None, None],
    )
    found = screen(table, small, as_of="2024-01-01").to_pylist()
    assert [(r["row"], r["basis"], r["place_id"], r["strength"]) for r in found] == [
        (1, "address", "652801", "certain"),
        (2, "credit_code", "650100", "certain"),
        (3, "name", "650000", "possible"),
    ]
    assert all(r["source_id"] and r["span"] for r in found)


def test_regional_flags_do_not_depend_on_lists_or_the_day(small):
    file = parties("Acme", address=["Hotan"])
    assert len(screen(file, small, as_of="1990-01-01")) == len(screen(file, small, as_of="2026-01-01")) == 1


def test_a_wrong_credit_code_is_named_and_not_flagged(small):
    code = "91650100MA7ABCDE1"
    wrong = code + ("0" if check_character(code) != "0" else "1")
    run = run_screening(parties("Acme", uscc=[wrong]), small)
    assert run.matches.num_rows == 0
    assert any(wrong in n and "wrong check character" in n for n in run.notes)


def test_coverage_counts_the_day(small):
    run = run_screening(parties("Acme"), small, as_of="2024-11-24", options=ScreenOptions(lists=("uflpa",)))
    assert run.coverage.to_pylist()[0]["sentence"] == "holds 2 of 20: a partial list"


def test_the_embedded_uflpa_list_says_how_much_of_it_is_held():
    # DHS: 187 entities from 2026-08-03, all of them on the data shelf (its FIELDS).
    run = run_screening(parties("Acme"), as_of="2026-11-25", options=ScreenOptions(lists=("uflpa",)))
    row = run.coverage.to_pylist()[0]
    assert (row["entities_held"], row["entities_published"]) == (187, 187)
    assert "holds 187 of 187" in row["sentence"]


def test_every_embedded_name_in_force_meets_its_own_entity():
    from entrepot.lists.in_force import list_ids, names_in_force

    data = embedded()
    names = names_in_force(data, list_ids(data), date(2026, 11, 25))
    found = listed(screen(parties(*[n.text for n in names]), as_of="2026-11-25"))
    met = {(r["row"], r["entity_id"]): r["score"] for r in found}
    for i, n in enumerate(names, 1):  # one text is certain, save where the name itself is only probable
        score = met[i, n.entity_id]
        assert score == 1 or (n.name_kind == "probable_chinese_name" and score < 1), n.text


def test_the_result_keeps_its_contract_and_its_ids(small):
    file = parties("Hefei Meiling", "Acme", address=["Urumqi", None])
    first, second = (screen(file, small, as_of="2024-01-01") for _ in range(2))
    assert first.equals(second)
    assert check(MATCHES, first).num_rows == first.num_rows
    assert len(set(first.column("match_id").to_pylist())) == first.num_rows


def test_a_party_is_matched_alike_alone_and_among_others(small):
    alone = screen(parties("Hefei Meiling"), small, as_of="2024-01-01").to_pylist()
    crowd = screen(parties("Hefei Meiling", *[f"Acme {i}" for i in range(500)]), small, as_of="2024-01-01").to_pylist()
    assert crowd[: len(alone)] == alone


def test_listings_without_a_column_say_which():
    with pytest.raises(ContractBrokenError, match="valid_from"):
        Listings(pa.table({"entity_id": ["a"]}), pa.table({"entity_id": ["a"]}))


def test_a_score_outside_its_range_is_refused():
    with pytest.raises(BadInputError, match="0 to 1"):
        ScreenOptions(min_score=80)


def clearance_record(run, operator=""):
    return html_page(record_of(run, Filing(operator)))


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=4), st.text(max_size=40))
def test_any_text_can_be_screened_and_filed(names, address):
    clean = [n.encode("utf-8", "ignore").decode() for n in names]
    table = pa.table({"name": clean, "address": [address.encode("utf-8", "ignore").decode()] * len(clean)})
    if all(not n.strip() or names_nobody(n) for n in [*clean, *table.column("address").to_pylist()]):
        with pytest.raises(BadInputError, match="no row has a name"):
            run_screening(table, as_of="2024-01-01")
        return
    run = run_screening(table, as_of="2024-01-01")
    assert "<script" not in clearance_record(run)


def test_hostile_names_are_screened_without_a_hang(small):
    names = ["x" * 10_000, "\x00" * 10_000, "中" * 10_000, "\u202e" * 10_000, "😀" * 10_000, "Z" + "\u0336" * 9_999]
    assert screen(parties(*names), small).num_rows == 0


def test_the_clearance_record_says_who_what_and_how_much(small, tmp_path):
    path = tmp_path / "parties.csv"
    path.write_text("name,address\nHefei Meiling,Urumqi\n<b>Nobody</b> & Co,London\n", encoding="utf-8")
    run = run_screening(path, small, as_of="2024-11-24")
    page = clearance_record(run, operator="A. Desk <x>")
    for said in (
        html.escape("A. Desk <x>"),
        hashlib.sha256(path.read_bytes()).hexdigest(),
        "holds 2 of 20: a partial list",
        "&lt;b&gt;Nobody&lt;/b&gt; &amp; Co",
        "2 parties in 2 rows",
        "Hefei Meiling Co., Ltd.",
        *(r["sha256"] for r in run.coverage.to_pylist()),
        *run.matches.column("match_id").to_pylist(),
    ):
        assert said in page, said
    assert NOT_LISTED in html.unescape(page)
    assert "<b>Nobody" not in page
    assert page.count("not legal advice") == 1
    for outside in ("http://", "src=", "<script", "<link", "@import", "url("):
        assert outside not in page.replace("https://", "")


def test_a_record_without_matches_says_so(small):
    page = clearance_record(run_screening(parties("Acme"), small, as_of="2024-01-01"))
    assert "No party met a listed name" in page
    assert NOT_LISTED in html.unescape(page)
    assert "Acme" in page


@pytest.mark.shared
def test_chinese_listed_companies_by_their_full_names(shared):
    # Published: 7,828 companies under their Chinese names. Some are on the UFLPA list under an English name; whose
    # Chinese name the shelf gives is met for certain, and of all the others hardly any may match.
    with (shared / "embed/uflpa_entities.csv").open(encoding="utf-8", newline="") as file:
        own = {r["name_zh"] for r in csv.DictReader(file) if r["name_zh"] and "probable" not in r["name_zh_source"]}
    with (shared / "data/names/chinese_listed_company_names.csv").open(encoding="utf-8") as file:
        names = [r["公司中文名称"] for r in csv.DictReader(file)]
    matched: dict[str, str] = {}
    certain = set()
    for row in listed(screen(parties(*names), as_of="2026-11-25")):
        matched.setdefault(row["party"], row["listed_name"])  # the best match of a party comes first
        certain |= {row["party"]} if row["score"] == 1 else set()
    assert matched["新疆中泰化学股份有限公司"] == "Xinjiang Zhongtai Chemical Co., Ltd."
    assert matched["长虹美菱股份有限公司"] == "Changhong Meiling Co., Ltd."
    assert matched["晨光生物科技集团股份有限公司"].startswith("Chenguang Biotech")
    assert matched["新疆众和股份有限公司"] == "Xinjiang Zhonghe Co., Ltd."
    assert matched["合盛硅业股份有限公司"].startswith("Hoshine Silicon")
    assert certain == own & set(names)
    assert len(matched.keys() - own) <= len(names) * 0.002  # about fifteen


@pytest.mark.shared
def test_invented_persons_do_not_match(shared):
    # yente's invented negatives: none of them is a listed party.
    with gzip.open(shared / "data/names/negatives_us.csv.gz", "rt", encoding="utf-8") as file:
        names = [r["full_name"] for _, r in zip(range(5_000), csv.DictReader(file), strict=False)]
    assert len(listed(screen(parties(*names), as_of="2026-11-25"))) <= 5  # 0.1 %
