"""What is in force on a day, and the tables."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.contract import check
from entrepot.core.errors import UnknownNameError
from entrepot.core.periods import last_day
from entrepot.measures.goods_touched import touching
from entrepot.measures.measure import as_of, known, measure, measures, state, state_words
from entrepot.measures.overview import parts
from entrepot.measures.provisions import MEASURES, measure_sources, measures_table


@pytest.mark.parametrize(
    ("day", "count"),
    [
        # Strategy of 2022-06-17; Homeland Security releases of 2024-07-09 and 2025-08-19.
        ("2022-06-16", 0),
        ("2022-06-17", 4),
        ("2024-07-08", 4),
        ("2024-07-09", 7),
        ("2025-08-18", 7),
        ("2025-08-19", 12),
        ("2026-11-24", 12),
    ],
)
def test_the_priority_sectors_are_four_seven_twelve(day, count):
    assert len(as_of(measure("uflpa"), day).sectors) == count


def test_no_priority_sector_carries_the_presumption():
    assert [s.presumption for s in measure("uflpa").sectors] == [False] * 12


def test_the_presumption_is_scheduled_once_signed_and_in_force_from_21_june_2022():
    act = measure("uflpa")
    assert "presumption" not in {p.id for p in as_of(act, "2021-12-22").scheduled}
    assert "presumption" in {p.id for p in as_of(act, "2021-12-23").scheduled}
    assert "presumption" in {p.id for p in as_of(act, "2022-06-20").scheduled}
    assert "presumption" in {p.id for p in as_of(act, "2022-06-21").provisions}


@pytest.mark.parametrize(
    ("day", "live"),
    [
        ("2025-09-28", set()),
        ("2025-09-29", {"affiliates"}),
        ("2025-11-09", {"affiliates"}),
        ("2025-11-10", {"affiliates-suspended"}),
        ("2026-11-09", {"affiliates-suspended"}),
        ("2026-11-10", set()),  # whether it came back is told by nobody
    ],
)
def test_the_affiliates_rule_is_in_one_state_a_day(day, live):
    now = as_of(measure("bis-entity-list"), day)
    assert {p.id for p in now.provisions if p.id.startswith("affiliates")} == live


DUE = "2026-11-09", "2026-11-10"


def test_the_state_after_the_suspension_says_that_it_is_unverified():
    act = measure("bis-entity-list")
    (after,) = (p for p in act.provisions if p.id == "affiliates-after")
    assert after.verified == "unverified"
    # by the suspension's own terms it was due on 10 November 2026; that it came no source says
    told = {d: (state(after, date.fromisoformat(d)), state_words(after, date.fromisoformat(d))) for d in DUE}
    assert told == {DUE[0]: ("scheduled", "scheduled"), DUE[1]: ("unknown", "not known")}
    assert "affiliates-after" in {p.id for p in as_of(act, DUE[1]).ended}
    assert any("2026-11-10" in sentence for sentence in act.unknown)


def test_the_safeguard_ended_on_6_february_2026():
    act = measure("us-section-201-solar")
    assert [p.id for p in as_of(act, "2026-02-06").provisions] == ["second-term", "quota-2024"]
    assert as_of(act, "2026-02-07").provisions == ()
    assert as_of(act, "2026-02-07").status == "ended"


@pytest.mark.parametrize(
    ("day", "word", "words"),
    [
        # Announcement No. 46 of 2024; suspended from 2025-11-09 to 2026-11-27 (Fastmarkets, 2025-11-09)
        ("2025-11-08", "in_force", "in force"),
        ("2025-11-09", "suspended", "suspended to 27 November 2026"),
        ("2026-11-27", "suspended", "suspended to 27 November 2026"),
        ("2026-11-28", "unknown", "suspended to 27 November 2026, not known since"),
    ],
)
@pytest.mark.parametrize("act", ["cn-gallium-germanium", "cn-antimony", "cn-graphite"])
def test_a_ban_that_is_suspended_has_not_ended(act, day, word, words):
    now = measure(act)
    (ban,) = (p for p in known(now, date.fromisoformat(day)).provisions if p.id == "us-ban")
    assert (state(ban, date.fromisoformat(day)), state_words(ban, date.fromisoformat(day))) == (word, words)
    rows = {r["part_id"]: r["state"] for r in parts(act, day).to_pylist()}
    assert rows == {"licence": "in_force", "us-military": "in_force", "us-ban": word}  # point 1 was not suspended
    touched = touching(ban.hs[0].prefix, day).to_pylist()
    assert [r["state"] for r in touched if (r["measure_id"], r["part_id"]) == (act, "us-ban")] == [word]


def test_the_eu_ban_is_scheduled_until_14_december_2027():
    act = measure("eu-flr")
    assert "ban" in {p.id for p in as_of(act, "2027-12-13").scheduled}
    assert "ban" in {p.id for p in as_of(act, "2027-12-14").provisions}


def test_an_unknown_measure_names_the_nearest():
    with pytest.raises(UnknownNameError, match="uflpa") as caught:
        measure("uflap")
    assert caught.value.exit_code == 2


@given(st.dates(date(1900, 1, 1), date(2040, 1, 1)))
def test_a_day_sorts_every_part_once(day):
    for act in measures():
        now = as_of(act, day)
        known = [p for p in act.parts if state(p, day) != "not_known"]
        sorted_ids = [p.id for p in (*now.parts, *now.ended, *now.scheduled)]
        assert sorted(sorted_ids) == sorted(p.id for p in known)


@given(st.dates(date(1900, 1, 1), date(2040, 1, 1)), st.integers(0, 4000))
def test_states_only_move_forward(day, later):
    order = ["not_known", "scheduled", "begins", "in_force", "suspended", "unknown", "ended"]

    def place(part, when):
        word = state(part, when)  # within the month or year of its start it is unknown before it is in force
        is_begun = part.start is None or last_day(part.start) <= when
        return order.index("begins" if word == "unknown" and not is_begun else word)

    after = date.fromordinal(day.toordinal() + later)
    for act in measures():
        for part in act.parts:
            assert place(part, day) <= place(part, after)


def test_the_table_keeps_its_contract_and_every_source_is_registered():
    rows = check(MEASURES, measures_table()).to_pylist()
    assert len(rows) == sum(len(m.parts) for m in measures())
    registered = {s["source_id"]: s for s in measure_sources()}
    for row in rows:
        for source in (row["source_id"], *(row["more_sources"] or ())):
            assert source in registered
    assert all(s["url"] or s["url_basis"] == "none" for s in registered.values())


def test_the_table_of_a_day_holds_what_was_in_force_then():
    rows = measures_table([as_of(measure("uflpa"), "2023-03-01")]).to_pylist()
    assert sum(r["part_kind"] == "sector" for r in rows) == 4


@pytest.mark.parametrize(
    ("measure_id", "part_id", "day", "end"),
    [
        # BIS suspended the rule in November 2025: in October nobody knew its last day.
        ("bis-entity-list", "affiliates", "2025-10-15", None),
        ("bis-entity-list", "affiliates-suspended", "2025-12-01", "2026-11-09"),
        # Proclamation 9693 set four years; the rates of 2024 replaced List 2 after six, which nobody had said.
        ("us-section-201-solar", "first-term", "2019-01-01", "2022-02-06"),
        ("us-section-301-china", "list-2-solar", "2020-01-01", None),
        ("us-section-301-china", "list-2-solar", "2024-09-27", "2024-09-26"),
        ("ofac-xinjiang", "uhrpa", "2023-01-01", None),
        ("ofac-xinjiang", "uhrpa", "2025-01-01", "2030-06"),
    ],
)
def test_an_end_is_shown_from_the_day_on_which_it_was_known(measure_id, part_id, day, end):
    act = as_of(measure(measure_id), day)
    (part,) = (p for p in (*act.parts, *act.ended, *act.scheduled) if p.id == part_id)
    assert part.end == end
    shown = {r["part_id"]: r["valid_to"] for r in parts(measure_id, day).to_pylist()}
    assert shown[part_id] == end


@given(st.sampled_from(measures()), st.dates(date(2010, 1, 1), date(2035, 1, 1)))
def test_nothing_is_known_before_its_time_and_the_state_of_no_part_changes(act, day):
    then = {p.id: p for p in known(act, day).parts}
    for part in act.parts:
        assert (part.id in then) == (state(part, day) != "not_known")
        if part.id in then:
            assert state(then[part.id], day) == state(part, day)
            assert then[part.id].end in {None, part.end}


@pytest.mark.parametrize(
    ("start", "day", "word"),
    [
        ("2031", "2030-12-31", "scheduled"),
        ("2031", "2031-01-01", "unknown"),
        ("2031", "2031-12-30", "unknown"),
        ("2031", "2031-12-31", "in_force"),  # it began on some day of the year, this one at the latest
        ("2031-02", "2031-02-27", "unknown"),
        ("2031-02", "2031-02-28", "in_force"),
        ("2031-02-03", "2031-02-02", "scheduled"),
        ("2031-02-03", "2031-02-03", "in_force"),
        (None, "2031-02-03", "in_force"),
    ],
)
def test_a_start_to_the_month_or_year_is_not_known_until_that_has_passed(start, day, word):
    part = replace(measure("uflpa").provisions[0], start=start, end=None, known_from="2030-01-01")
    assert state(part, date.fromisoformat(day)) == word


# Public Law 119-21: the exemption is repealed from 1 July 2027.
@pytest.mark.parametrize(
    ("day", "word"), [("2027-01-02", "scheduled"), ("2027-06-30", "scheduled"), ("2027-07-01", "in_force")]
)
def test_the_repeal_of_de_minimis_begins_on_its_day(day, word):
    (part,) = (p for p in measure("us-de-minimis").provisions if p.id == "statute")
    assert state(part, date.fromisoformat(day)) == word


# Days by hand: Proclamations 9704, 9705, 10895 and those of 2025-06-03, 2026-04-02 and 2026-06-01; USTR's third
# tranche, and its notice of 2025-12-23; Directive 2025/794; CBP's guidance of 2022-06-13, which let an importer show
# that goods are outside the Act.
@pytest.mark.parametrize(
    ("act", "day", "live", "gone"),
    [
        ("us-section-232", "2019-01-01", {"steel-2018", "aluminium-2018"}, {"steel-2025-06", "aluminium-2025-03"}),
        ("us-section-232", "2025-03-12", {"steel-2018", "aluminium-2025-03"}, {"steel-2025-06", "aluminium-2018"}),
        ("us-section-232", "2025-06-04", {"steel-2025-06", "aluminium-2025-06"}, {"steel-2018", "aluminium-2025-03"}),
        ("us-section-232", "2026-04-05", {"steel-2025-06", "derivatives-2025-08"}, {"steel-2026-04"}),
        ("us-section-232", "2026-04-06", {"steel-2026-04", "derivatives-2026-04"}, {"derivatives-2025-08"}),
        ("us-section-232", "2026-06-08", {"aluminium-2026-04", "derivatives-2026-06"}, {"aluminium-2025-06"}),
        ("us-section-301-china", "2019-05-09", {"list-3-2018"}, {"list-3"}),
        ("us-section-301-china", "2019-05-10", {"list-3"}, {"list-3-2018"}),
        ("us-section-301-china", "2025-12-22", {"polysilicon-2025"}, {"second-action-2025"}),
        ("us-section-301-china", "2025-12-23", {"polysilicon-2025", "second-action-2025"}, set()),
        ("us-section-301-china", "2027-06-23", {"second-action-2027"}, {"second-action-2025"}),
        ("eu-csddd", "2025-04-16", {"phases-2024"}, {"delay-2025"}),
        ("eu-csddd", "2025-04-17", {"delay-2025"}, {"phases-2024"}),
        ("uflpa", "2022-06-20", set(), {"applicability"}),
        ("uflpa", "2022-06-21", {"applicability"}, set()),
        ("us-section-201-solar", "2024-07-31", {"second-term", "quota-2022"}, {"quota-2024", "two-sided"}),
        ("cbp-wro", "2020-06-16", {"hair-haolin"}, {"hair-meixin", "hair-lop-park"}),
        ("cbp-wro", "2016-03-09", {"section-307-1930"}, {"section-307"}),
        ("cbp-wro", "2016-03-10", {"section-307"}, {"section-307-1930"}),
    ],
)
def test_what_changed_is_a_part_of_its_own(act, day, live, gone):
    found = {p.id for p in as_of(measure(act), day).provisions}
    assert found >= live
    assert not found & gone
