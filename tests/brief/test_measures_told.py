"""What the brief of each measure says of it holds on the day of the brief, and of this measure."""

from __future__ import annotations

import pytest

from entrepot.brief.report import plain_text


def shown(report, test_id):
    (test,) = (t for t in report.answer.tests if t.id == test_id)
    return [plain_text(line.says) for line in test.shown]


@pytest.mark.parametrize(
    ("day", "sizes"),
    [
        # the release that counts 37 in two tranches was reprinted on 22 July 2020: 37 - 28 = 9
        ("2020-07-21", "28 entities on 7 October 2019, 11 on 20 July 2020"),
        ("2020-07-22", "28 entities on 7 October 2019, 9 in June 2020, 11 on 20 July 2020"),
        # 28 + 9 + 11 + 5 = 53, as the event of June 2021 counts in all
        ("2021-06-30", "28 entities on 7 October 2019, 9 in June 2020, 11 on 20 July 2020, 5 on 24 June 2021"),
    ],
)
def test_a_tranche_whose_size_only_a_provision_tells_stands_among_the_others(plain_brief, day, sizes):
    assert shown(plain_brief("bis-entity-list", as_of=day), "pressure") == [
        f"bodies listed over Xinjiang: {sizes}; none on record since"
    ]


def test_the_size_of_a_tranche_is_not_said_to_be_missing_beside_it(plain_brief):
    (line,) = next(t for t in plain_brief("bis-entity-list").answer.tests if t.id == "pressure").shown
    assert "without its size" not in line.look.caution
    assert "The nine of June 2020" in line.look.caution


def test_a_part_of_which_nobody_knows_whether_it_began_is_not_drawn_as_in_force(plain_brief):
    lead = plain_brief("bis-entity-list", as_of="2026-12-01").lead
    assert lead.title == (
        "In force: tranche of July 2021; tranche of June 2021 and others; "
        "suspended to 9 November 2026, not known since: affiliates rule (50 per cent)"
    )
    assert "State of the affiliates rule after the suspension: not known: from 10 November 2026, not known" in lead.svg


def lacking(report, test_id):
    return next(t.lacking for t in report.answer.tests if t.id == test_id)


def test_of_a_ban_that_names_no_place_no_place_is_asked(plain_brief):
    # Regulation (EU) 2024/3015 names no region; the order on Crimea does
    assert lacking(plain_brief("eu-flr"), "direct").endswith("is imports of the barred goods by origin and month.")
    assert "imports of the barred goods from the places that it names" in lacking(plain_brief("us-crimea"), "direct")
    # steel and aluminium pay from almost everywhere, the lists of section 301 from China
    assert "those whom it names" not in lacking(plain_brief("us-section-232"), "direct")
    assert "from those whom it names" in lacking(plain_brief("us-section-301-china"), "direct")


def test_the_table_of_what_is_asked_says_it_of_this_measure(plain_brief):
    made = plain_brief("eu-flr").chapters[-1]
    (asked,) = (g for g in made.grids if g.title.startswith("What is asked of a measure of this kind"))
    cells = [str(c) for row in asked.rows for c in row]
    assert "imports of the barred goods by origin and month" in cells
    assert not any("places that it names" in c or "{" in c for c in cells)


@pytest.mark.parametrize("day", ["2024-01-31", "2026-11-24", "2028-06-01"])
def test_what_would_settle_the_ban_names_no_day_of_its_own(plain_brief, day):
    said = plain_text(plain_brief("eu-flr", as_of=day).answer.verdict)
    assert "what would settle it is the decisions that forbid a product, by Member State and year" in said
    assert "there is none yet" not in said
    assert "14 December 2027" not in said


@pytest.mark.parametrize(
    ("measure_id", "day", "test_id", "figure"),
    [
        ("khorgos-allowance", "2024-03-01", "direct", "Xinjiang’s trade with Kazakhstan"),
        ("ofac-xinjiang", "2026-11-24", "direct", "Xinjiang’s exports to the United States"),
        ("cbp-wro", "2026-11-24", "direct", "Xinjiang’s exports to the United States"),
        ("eu-flr", "2024-01-31", "direct", "Xinjiang’s trade with the European Union"),
    ],
)
def test_what_a_measure_does_not_touch_is_shown_and_points_nowhere(plain_brief, measure_id, day, test_id, figure):
    answer = plain_brief(measure_id, as_of=day).answer
    (test,) = (t for t in answer.tests if t.id == test_id)
    assert (test.direction, test.sure) == ("not_known", "")
    assert test.why == "it counts what the measure does not touch"
    assert any(plain_text(line.says).startswith(figure) for line in test.shown)
    assert figure not in plain_text(answer.verdict)


def test_cargo_of_which_none_passes_under_the_allowance_makes_nothing_sure(plain_brief):
    (test,) = (t for t in plain_brief("khorgos-allowance").answer.tests if t.id == "corridors")
    # what points is the one count of those who visit the centre, by one office, known from a copy
    assert (test.direction, test.sure) == ("up", "very unsure")
    assert {line.label.split(",")[0] for line in test.lines if line.points} == {
        "passengers at Khorgos cooperation centre"
    }
    (cargo,) = (line for line in test.shown if line.label == "cargo at Khorgos, by rail")
    assert plain_text(cargo.says).endswith("(it counts what the measure does not touch)")


def test_what_is_all_of_what_a_measure_bars_points_as_it_did(plain_brief):
    (direct,) = (t for t in plain_brief("uflpa").answer.tests if t.id == "direct")
    assert direct.direction == "up"


@pytest.mark.parametrize(
    ("measure_id", "day", "was"),
    [
        # the order of 2017 and the guidance of 2014 are in force, the first designation came on 9 July 2020
        ("ofac-xinjiang", "2019-06-01", "the measure touched nobody yet: only what it rests on was in force"),
        ("cbp-wro", "1985-01-01", "the measure touched nobody yet: only what it rests on was in force"),
        ("ofac-xinjiang", "2010-06-01", "no part of the measure was in force"),
        ("us-crimea", "2010-06-01", "no part of the measure was in force"),
    ],
)
def test_before_anybody_is_listed_the_brief_says_so(plain_brief, measure_id, day, was):
    said = plain_text(plain_brief(measure_id, as_of=day).answer.verdict)
    assert f"{was}. Whether trade moved is asked all the same: " in said
    assert "these designations" not in said
    assert "Xinjiang Production and Construction Corps" not in said


@pytest.mark.parametrize(("measure_id", "day"), [("ofac-xinjiang", "2020-07-09"), ("cbp-wro", "1991-11-06")])
def test_from_the_first_party_on_it_does_not(plain_brief, measure_id, day):
    assert "touched nobody" not in plain_text(plain_brief(measure_id, as_of=day).answer.verdict)


@pytest.mark.parametrize(
    ("measure_id", "day", "said"),
    [
        ("us-section-301-china", "2026-12-01", "from 10 May 2019, in an earlier form since 24 September 2018"),
        ("us-section-301-china", "2019-05-09", "list 2, solar cells and modules from 23 August 2018; further"),
        (
            "us-section-232",
            "2026-04-05",
            "aluminium at 50 per cent from 4 June 2025, in an earlier form since 23 March 2018",
        ),
    ],
)
def test_a_duty_is_not_dated_by_its_latest_rate_alone(plain_brief, measure_id, day, said):
    of_measure = next(c for c in plain_brief(measure_id, as_of=day).chapters if c.key == "measure")
    assert said in plain_text(of_measure.headline)
